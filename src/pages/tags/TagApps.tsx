import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Suspense, useEffect, useRef, useState } from 'react'
import type { TagDetail, TaggedApp } from '../../api/generated/types.gen.ts'
import { changeAssignmentsOptions, taggedAppsOptions } from '../../api/tags.ts'
import { counted } from '../../features/tagging/counted.ts'
import { ImpactDialog } from '../../features/tagging/ImpactDialog.tsx'
import { commands } from '../../rules/commands.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { TextInput } from '../../ui/TextInput.ts'
import { type Done, doneOf, Outcome } from './Outcome.tsx'
import type { TagPageParams } from './tag-page-params.ts'
import { TagAside } from './TagAside.tsx'
import { TaggedAppList } from './TaggedAppList.tsx'
import { maxSearchLength } from './tags-params.ts'
import { SelectionBar } from '../../ui/SelectionBar.ts'

const AssignDialog = lazyPart(async () => (await import('./AssignDialog.tsx')).AssignDialog)

const Columns = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  alignItems: 'start',
  gap: 24,
  '@media (min-width: 880px)': { gridTemplateColumns: 'minmax(0, 1fr) minmax(280px, 34%)' },
})

const Apps = styled('section')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 12,
  minWidth: 0,
  '& > h2': { ...theme.typography.h2, margin: 0 },
}))

/** A version, as far as a sentence needs it. */
export type NamedApp = Pick<TaggedApp, 'id' | 'title' | 'version'>

type Plan = { assign: readonly NamedApp[]; remove: readonly NamedApp[] }

const debounceMs = 150

type Props = {
  tag: TagDetail
  canAssign: boolean
  params: TagPageParams
  onChange: (change: Partial<TagPageParams>, replace?: boolean) => void
}

/** The versions that carry a tag: found, put on more, taken from some – each with who gains and who loses by it. */
export function TagApps({ tag, canAssign, params, onChange }: Props) {
  const list = useInfiniteQuery(taggedAppsOptions(tag.id, params.q))
  const whole = useInfiniteQuery(taggedAppsOptions(tag.id, ''))
  const [text, setText] = useSearchText(params.q, (q) => onChange({ q }, true))
  const [chosenIds, setChosenIds] = useState<ReadonlySet<string>>(new Set())
  const [plan, setPlan] = useState<Plan | null>(null)
  const [done, setDone] = useState<Done | null>(null)
  const assignment = useMutation(changeAssignmentsOptions())
  const undoing = useMutation(changeAssignmentsOptions())
  const first = list.data?.pages[0]
  const apps = list.data?.pages.flatMap((page) => page.apps) ?? []
  const chosen = apps.filter(({ id }) => chosenIds.has(id))
  const choose = (id: string, isChosen: boolean) =>
    setChosenIds((before) => {
      const after = new Set(before)
      if (isChosen) after.add(id)
      else after.delete(id)
      return after
    })
  const idsOf = (some: readonly NamedApp[]) => some.map(({ id }) => id)

  function carryOut(etag: string | null) {
    if (plan === null) return
    assignment.mutate(
      { tagId: tag.id, etag, assign: idsOf(plan.assign), remove: idsOf(plan.remove) },
      {
        onSuccess: (results) => {
          setDone(doneOf(results, [...plan.assign, ...plan.remove]))
          setPlan(null)
          setChosenIds(new Set())
        },
      },
    )
  }

  function undo({ assigned, removed }: Done) {
    undoing.mutate(
      { tagId: tag.id, assign: idsOf(removed), remove: idsOf(assigned) },
      { onSuccess: (results) => setDone(doneOf(results, [...assigned, ...removed], true)) },
    )
  }

  return (
    <Columns>
      <Apps aria-labelledby="tag-apps">
        <h2 id="tag-apps">Apps</h2>
        {done !== null && (
          <Outcome
            done={done}
            undoing={undoing.isPending}
            error={undoing.error}
            onUndo={() => undo(done)}
            onClose={() => setDone(null)}
          />
        )}
        {tag.versionCount > 0 && (
          <TextInput
            type="search"
            aria-label="Search the apps with this tag"
            placeholder="Search by title, name or version"
            maxLength={maxSearchLength}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
        {first === undefined ? (
          list.isError ? (
            <ErrorState
              title="The apps could not be read"
              error={list.error}
              retrying={list.isFetching}
              onRetry={() => void list.refetch()}
            />
          ) : (
            <Skeleton height={200} round />
          )
        ) : apps.length === 0 ? (
          <EmptyState
            title={params.q === '' ? 'No app carries this tag' : 'No app with this tag matches'}
            actions={
              params.q !== '' ? (
                <Button onClick={() => setText('')}>Show all of them</Button>
              ) : (
                canAssign && (
                  <Button variant="contained" onClick={() => onChange({ assign: true })}>
                    Assign to apps…
                  </Button>
                )
              )
            }
          />
        ) : (
          <TaggedAppList
            apps={apps}
            tagId={tag.id}
            stale={list.isPlaceholderData}
            chosen={canAssign ? chosenIds : null}
            onChoose={choose}
          />
        )}
        {list.hasNextPage && (
          <Button
            aria-disabled={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
            sx={{ justifySelf: 'start' }}
          >
            {list.isFetchingNextPage
              ? 'Loading…'
              : `Show more of ${counted(first?.totalSize ?? 0, 'version')}`}
          </Button>
        )}
        {chosen.length > 0 && (
          <SelectionBar role="group" aria-label="With the chosen versions">
            <output>
              <b>{counted(chosen.length, 'version')} chosen</b>
            </output>
            <Button
              size="small"
              color="error"
              onClick={() => setPlan({ assign: [], remove: chosen })}
            >
              Remove the tag…
            </Button>
            <Button size="small" variant="text" onClick={() => setChosenIds(new Set())}>
              Clear
            </Button>
          </SelectionBar>
        )}
      </Apps>
      <TagAside
        tag={tag}
        apps={whole.data?.pages.flatMap((page) => page.apps)}
        total={whole.data?.pages[0]?.totalSize ?? 0}
      />
      <Suspense>
        {params.assign && canAssign && (
          <AssignDialog
            tag={tag}
            onPick={(picked) => {
              onChange({ assign: false })
              setPlan({ assign: picked, remove: [] })
            }}
            onClose={() => onChange({ assign: false })}
          />
        )}
      </Suspense>
      {plan !== null && (
        <ImpactDialog
          tagId={tag.id}
          plan={{ assign: idsOf(plan.assign), remove: idsOf(plan.remove) }}
          title={titleOf(plan, tag.title)}
          confirmLabel={
            assignment.isPending ? 'Working…' : plan.assign.length > 0 ? 'Assign' : 'Remove'
          }
          busy={assignment.isPending}
          error={assignment.error}
          commands={[
            ...plan.assign.slice(0, 3).map(({ id }) => commands.assignTag(tag.id, id)),
            ...plan.remove.slice(0, 3).map(({ id }) => commands.removeTag(tag.id, id)),
          ]}
          onConfirm={carryOut}
          onCancel={() => {
            assignment.reset()
            setPlan(null)
          }}
        >
          <Names apps={[...plan.assign, ...plan.remove]} />
        </ImpactDialog>
      )}
    </Columns>
  )
}

const namedAtMost = 8

function Names({ apps }: { apps: readonly NamedApp[] }) {
  const more = apps.length - namedAtMost
  return (
    <>
      {apps
        .slice(0, namedAtMost)
        .map(({ title, version }) => `${title} ${version}`)
        .join(', ')}
      {more > 0 && ` and ${more.toLocaleString('en')} more`}
    </>
  )
}

function titleOf({ assign, remove }: Plan, title: string): string {
  return assign.length > 0
    ? `Put ${title} on ${counted(assign.length, 'version')}?`
    : `Take ${title} from ${counted(remove.length, 'version')}?`
}

/** What is in the search box; it runs ahead of the address. */
function useSearchText(q: string, onSettle: (q: string) => void) {
  const [text, setText] = useState(q)
  const [seen, setSeen] = useState(q)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  if (q !== seen) {
    setSeen(q)
    if (q !== text.trim()) setText(q)
  }
  const type = (typed: string) => {
    setText(typed)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onSettle(typed.trim()), debounceMs)
  }
  return [text, type] as const
}
