import { useQuery } from '@tanstack/react-query'
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router'
import { ApiError } from '../../api/errors.ts'
import type { TagDetail } from '../../api/generated/types.gen.ts'
import { useActor } from '../../api/session.ts'
import { tagOptions } from '../../api/tags.ts'
import { kindWords } from '../../features/tagging/kind-words.ts'
import { TagEditor } from '../../features/tagging/TagEditor.tsx'
import { paths } from '../../paths.ts'
import type { Actor } from '../../rules/actor.ts'
import { mayEditTag, maySeeTags, tagKinds } from '../../rules/tags.ts'
import { Chip } from '../../ui/Chip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { withinPage } from '../../ui/within-page.ts'
import Button from '@mui/material/Button'
import { Link } from 'react-router'
import { editButtonId, focusLater } from './focus.ts'
import { NotForYou } from './NotForYou.tsx'
import { ReasonedButton } from './ReasonedButton.tsx'
import { formatTagPageParams, parseTagPageParams, type TagPageParams } from './tag-page-params.ts'
import { TagApps } from './TagApps.tsx'
import { appsWords } from './TagParts.tsx'
import { TagMenu } from './TagMenu.tsx'

/** One tag: what it is, the apps that carry it, and who sees what through it. */
export function TagPage() {
  const { tagId = '' } = useParams()
  const actor = useActor()
  const seen = maySeeTags(actor)
  if (!seen.allowed || actor.userId === null) {
    return (
      <Page title="Tag">
        <NotForYou title="Tag" decision={seen} />
      </Page>
    )
  }
  return <Known key={tagId} tagId={tagId} actor={actor} userId={actor.userId} />
}

type KnownProps = { tagId: string; actor: Actor; userId: string }

function Known({ tagId, actor, userId }: KnownProps) {
  const { data: tag, error, refetch, isFetching } = useQuery(tagOptions(tagId))
  const [search] = useSearchParams()
  const isGone = error instanceof ApiError && error.status === 404
  // Who is in the middle of an edit keeps the form, and what was typed.
  if (tag !== undefined && (!isGone || parseTagPageParams(search).edit)) {
    return <TagView tag={tag} actor={actor} userId={userId} />
  }
  return (
    <Page title="Tag">
      <PageHeader title={tag?.title ?? 'Tag'} />
      {isGone ? (
        <EmptyState
          title="There is no such tag"
          actions={
            <Button component={Link} to={paths.tags()}>
              See all tags
            </Button>
          }
        >
          It was deleted, or merged into another.
        </EmptyState>
      ) : error === null ? (
        <Skeleton height={320} round />
      ) : (
        <ErrorState
          title="The tag could not be read"
          error={error}
          retrying={isFetching}
          onRetry={() => void refetch()}
        />
      )}
    </Page>
  )
}

function TagView({ tag, actor, userId }: { tag: TagDetail; actor: Actor; userId: string }) {
  const [search, setSearch] = useSearchParams()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const params = parseTagPageParams(search)
  const editing = mayEditTag(actor, tag)
  const change = (next: Partial<TagPageParams>, replace = false) =>
    setSearch(formatTagPageParams({ ...params, ...next }), {
      replace,
      state: withinPage,
      preventScrollReset: true,
    })
  const close = () => {
    change({ edit: false })
    focusLater(editButtonId(tag.id))
  }
  return (
    <Page title={`${tag.title} · Tags`}>
      <PageHeader
        title={tag.title}
        lead={
          <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 10px' }}>
            <Chip title={tag.title} color={tag.color} />
            <code>{tag.name}</code>
            <span>
              {tagKinds(tag)
                .map((kind) => kindWords[kind])
                .join(', ')}
            </span>
            <span>on {appsWords(tag)}</span>
          </div>
        }
        actions={
          <>
            <ReasonedButton
              id={editButtonId(tag.id)}
              decision={editing}
              onClick={() => change({ edit: !params.edit })}
            >
              Edit
            </ReasonedButton>
            {editing.allowed && (
              <Button variant="contained" onClick={() => change({ assign: true })}>
                Assign to apps…
              </Button>
            )}
            <TagMenu
              tag={tag}
              actor={actor}
              label={`More for ${tag.title}`}
              onGone={(into) =>
                void navigate(into === null ? paths.tags() : paths.tag(into), { replace: true })
              }
            />
          </>
        }
      />
      {params.edit && editing.allowed && (
        <Surface sx={{ marginBottom: '24px' }}>
          <TagEditor
            tag={tag}
            actor={actor}
            userId={userId}
            staysAt={(location) =>
              location.pathname === pathname &&
              parseTagPageParams(new URLSearchParams(location.search)).edit
            }
            onSaved={close}
            onCancel={close}
          />
        </Surface>
      )}
      {tag.description !== '' && (
        <p style={{ maxWidth: '72ch', margin: '0 0 24px', overflowWrap: 'anywhere' }}>
          {tag.description}
        </p>
      )}
      <TagApps tag={tag} canAssign={editing.allowed} params={params} onChange={change} />
    </Page>
  )
}
