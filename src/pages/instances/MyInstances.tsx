import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useCallback, useDeferredValue, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { environmentOptions } from '../../api/environment.ts'
import { myInstancesOptions } from '../../api/instances.ts'
import type { InstanceChange } from '../../features/launch/InstanceActions.tsx'
import { statusAnnouncement } from '../../features/launch/instance-words.ts'
import type { PaletteCommand } from '../../features/palette/command.ts'
import { usePageCommands } from '../../features/palette/page-commands.ts'
import { paths } from '../../paths.ts'
import type { BulkAction } from '../../rules/bulk-instances.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'
import { useAnnouncement } from '../../ui/use-announcement.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { withinPage } from '../../ui/within-page.ts'
import { arrange } from './arrange-instances.ts'
import { BulkBar } from './BulkBar.tsx'
import { BulkDialog } from './BulkDialog.tsx'
import { BulkProgress, useBulkRun } from './BulkProgress.tsx'
import { FreshnessNote } from './FreshnessNote.tsx'
import { groupWords, InstanceFilters } from './InstanceFilters.tsx'
import { InstanceList } from './InstanceList.tsx'
import { InstancesSkeleton } from './InstancesSkeleton.tsx'
import {
  formatInstancesParams,
  isFiltered,
  parseInstancesParams,
  statusGroups,
} from './instances-params.ts'
import { UndoNotice } from './UndoNotice.tsx'
import { useInstancesParams } from './use-instances-params.ts'
import { useSelection } from './use-selection.ts'

const LogDialog = lazyPart(
  async () => (await import('../../features/logs/LogDialog.tsx')).LogDialog,
)
const InstancePanel = lazyPart(async () => (await import('./InstancePanel.tsx')).InstancePanel)

/** Of more changes at once than this, a screen reader hears nothing: nobody could follow. */
const announcedAtMost = 50

export function MyInstances({ userId }: { userId: string }) {
  const { data, error, refetch, isFetching, dataUpdatedAt } = useQuery(myInstancesOptions(userId))
  const { data: environment } = useQuery(environmentOptions())
  const { instanceId } = useParams()
  const navigate = useNavigate()
  const { params, type, change, clear, queryWith } = useInstancesParams()
  const [asking, setAsking] = useState<BulkAction | null>(null)
  const [undoable, setUndoable] = useState<InstanceChange | null>(null)
  const forgetUndo = useCallback(() => setUndoable(null), [])
  const run = useBulkRun(userId)
  const all = data?.instances ?? []
  // The key that was pressed is painted before the list that it asks for.
  const asked = useDeferredValue(formatInstancesParams({ ...params, log: null }))
  const arranged = arrange(all, parseInstancesParams(new URLSearchParams(asked)))
  const { shown } = arranged
  const selection = useSelection(all, shown)
  usePageCommands(
    statusGroups.map((group): PaletteCommand => {
      const words = groupWords[group].toLocaleLowerCase()
      return {
        id: `instances:${group}`,
        label: `Show ${words} instances`,
        aliases: ['filter'],
        icon: 'sort',
        to: `${paths.instances()}${queryWith({ status: group, log: null })}`,
      }
    }),
  )
  const said = useAnnouncement(
    all.length > announcedAtMost
      ? []
      : all.map((each) => ({ key: each.id, words: statusAnnouncement(each) })),
  )
  const publicMode = environment?.publicMode ?? false
  const inPage = { preventScrollReset: true, state: withinPage }

  return (
    <>
      {data === undefined ? (
        error === null ? (
          <InstancesSkeleton />
        ) : (
          <ErrorState
            title="Your instances could not be read"
            error={error}
            retrying={isFetching}
            onRetry={() => void refetch()}
          />
        )
      ) : all.length === 0 ? (
        <NothingStarted />
      ) : (
        <>
          <FreshnessNote
            readAt={dataUpdatedAt}
            reading={isFetching}
            onRead={() => void refetch()}
          />
          <InstanceFilters
            params={params}
            arranged={arranged}
            publicMode={publicMode}
            onType={type}
            onChange={change}
          />
          {shown.length === 0 ? (
            <EmptyState
              title={nothingWords(params)}
              actions={<Button onClick={clear}>Show all {all.length}</Button>}
            />
          ) : (
            <InstanceList
              instances={shown}
              selected={selection.ids}
              onSelect={selection.select}
              onSelectAll={selection.selectAll}
              detailTo={(id) => `${paths.instance(id)}${queryWith({ log: null })}`}
              logTo={(id) => `${paths.instances()}${queryWith({ log: id })}`}
              onChanged={setUndoable}
            />
          )}
          {data.nextPageToken !== null && (
            <p>Only the newest {all.length.toLocaleString('en')} are listed.</p>
          )}
          {selection.chosen.length > 0 && (
            <BulkBar
              count={selection.chosen.length}
              hidden={selection.hidden}
              matching={selection.isAll ? null : shown.length}
              onAct={setAsking}
              onSelectAll={() => selection.selectAll(true)}
              onClear={selection.clear}
            />
          )}
        </>
      )}
      {asking !== null && (
        <BulkDialog
          action={asking}
          instances={selection.chosen}
          publicMode={publicMode}
          onAction={setAsking}
          onClose={() => setAsking(null)}
        />
      )}
      {run !== null && <BulkProgress run={run} onOver={selection.clear} />}
      {undoable !== null && (
        <UndoNotice
          key={`${undoable.kind} ${undoable.before.id}`}
          change={undoable}
          onGone={forgetUndo}
        />
      )}
      {instanceId !== undefined && (
        <Suspense fallback={<VisuallyHidden role="status">Opening the details</VisuallyHidden>}>
          <InstancePanel
            key={instanceId}
            instanceId={instanceId}
            logTo={queryWith({ log: instanceId })}
            onClose={() => void navigate(`${paths.instances()}${queryWith({ log: null })}`, inPage)}
            onChanged={setUndoable}
          />
        </Suspense>
      )}
      {params.log !== null && (
        <Suspense fallback={<VisuallyHidden role="status">Opening the log</VisuallyHidden>}>
          <LogDialog key={params.log} instanceId={params.log} />
        </Suspense>
      )}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  )

  function nothingWords({ q, status }: typeof params): string {
    if (q.trim() !== '') return `None of your instances matches “${q.trim()}”`
    const words = groupWords[status].toLocaleLowerCase()
    return status === 'all' || isFiltered({ ...params, status: 'all' })
      ? 'None of your instances is like that'
      : `Nothing is ${words}`
  }
}

function NothingStarted() {
  return (
    <EmptyState
      icon={<Icon name="play" />}
      title="You have started nothing yet"
      actions={
        <Button variant="contained" component={Link} to={paths.catalog()}>
          Find an app to run
        </Button>
      }
    >
      Run an app from the catalog, and its instance is here to visit, pause and end.
    </EmptyState>
  )
}
