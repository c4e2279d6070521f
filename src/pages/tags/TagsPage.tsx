import Button from '@mui/material/Button'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { Link, useLocation } from 'react-router'
import { useActor } from '../../api/session.ts'
import { tagSearchOptions } from '../../api/tags.ts'
import { counted } from '../../features/tagging/counted.ts'
import { newTagId } from '../../features/tagging/use-tag-edit.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../rules/actor.ts'
import { commands } from '../../rules/commands.ts'
import { mayCreateTag, maySeeTags } from '../../rules/tags.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { EditedTag } from './EditedTag.tsx'
import { editButtonId, focusLater, newTagButton } from './focus.ts'
import { NotForYou } from './NotForYou.tsx'
import { type Saved, SavedNotice } from './SavedNotice.tsx'
import { ReasonedButton } from './ReasonedButton.tsx'
import { TagList } from './TagList.tsx'
import { TagsToolbar } from './TagsToolbar.tsx'
import { filterOf, parseTagsParams } from './tags-params.ts'
import { useTagsParams } from './use-tags-params.ts'

/** All tags: what each is, who may use it, whom it opens apps to. */
export function TagsPage() {
  const actor = useActor()
  const seen = maySeeTags(actor)
  return (
    <Page title="Tags">
      {seen.allowed && actor.userId !== null ? (
        <Tags actor={actor} userId={actor.userId} />
      ) : (
        <NotForYou title="Tags" decision={seen} />
      )}
    </Page>
  )
}

/** The first rows at once, the others when there is time. */
const atOnce = 60

function Tags({ actor, userId }: { actor: Actor; userId: string }) {
  const { params, text, type, change, clear } = useTagsParams()
  const list = useInfiniteQuery(tagSearchOptions(filterOf(params)))
  const { pathname } = useLocation()
  const creating = mayCreateTag(actor)
  const pages = list.data?.pages
  const first = pages?.[0]
  const tags = pages?.flatMap((page) => page.tags) ?? []
  const later = useDeferredValue(tags)
  const shown = later.length === 0 ? tags.slice(0, atOnce) : later
  const isFiltered = params.q !== '' || params.kind !== null
  const isEditing = params.edit !== null
  const [saved, setSaved] = useState<Saved | null>(null)
  const isInList = shown.some(({ id }) => id === params.edit)
  const close = () => {
    change({ edit: null })
    // The form had the focus, and is gone with it.
    focusLater(params.edit === newTagId ? newTagButton : editButtonId(params.edit ?? ''))
  }
  const editor = isEditing && (
    <EditedTag
      key={params.edit}
      tagId={params.edit ?? newTagId}
      actor={actor}
      userId={userId}
      staysAt={(location) =>
        location.pathname === pathname &&
        parseTagsParams(new URLSearchParams(location.search)).edit === params.edit
      }
      onSaved={(tag) => {
        setSaved({ id: tag.id, title: tag.title, isNew: params.edit === newTagId })
        close()
      }}
      onClose={close}
    />
  )
  return (
    <>
      <PageHeader
        title="Tags"
        lead="Categories of the catalog, doors for visitors, and plain labels."
        actions={
          <ReasonedButton
            id={newTagButton}
            decision={creating}
            variant="contained"
            onClick={() => change({ edit: newTagId })}
          >
            New tag
          </ReasonedButton>
        }
      />
      <TagsToolbar
        text={text}
        onType={type}
        kind={params.kind}
        kinds={first?.kinds}
        onKind={(kind) => change({ kind })}
        sort={params.sort}
        onSort={(sort) => change({ sort })}
      />
      {saved !== null && !isEditing && <SavedNotice saved={saved} onClose={() => setSaved(null)} />}
      {isEditing && !isInList && editor}
      {first === undefined ? (
        list.isError ? (
          <ErrorState
            title="The tags could not be read"
            error={list.error}
            retrying={list.isFetching}
            onRetry={() => void list.refetch()}
          />
        ) : (
          <TagsSkeleton />
        )
      ) : tags.length === 0 ? (
        isFiltered ? (
          <EmptyState
            title="No tag matches"
            actions={<Button onClick={clear}>Show all tags</Button>}
          >
            Searched are names, titles, descriptions and roles.
          </EmptyState>
        ) : (
          <EmptyState
            icon={<Icon name="tag" />}
            title="There are no tags yet"
            actions={
              creating.allowed && (
                <Button variant="contained" component={Link} to={paths.newTag()}>
                  Create the first
                </Button>
              )
            }
          >
            {creating.allowed
              ? 'A tag can be a category, open apps to visitors, or just say something about an app.'
              : creating.reason}
          </EmptyState>
        )
      ) : (
        <>
          <TagList
            tags={shown}
            total={first.totalSize}
            actor={actor}
            sort={params.sort}
            onSort={(sort) => change({ sort })}
            stale={list.isPlaceholderData}
            editedId={isInList ? params.edit : null}
            editor={editor}
            onEdit={(edit) => change({ edit })}
          />
          {list.hasNextPage && (
            <Button
              sx={{ marginTop: '16px' }}
              aria-disabled={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {list.isFetchingNextPage
                ? 'Loading…'
                : `Show more of ${counted(first.totalSize, 'tag')}`}
            </Button>
          )}
          <div style={{ marginTop: 24 }}>
            <CommandLine command={commands.listTags()} />
          </div>
        </>
      )}
    </>
  )
}

function TagsSkeleton() {
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <Skeleton key={row} height={52} round />
      ))}
    </div>
  )
}
