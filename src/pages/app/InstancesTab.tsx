import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useSearchParams } from 'react-router'
import type { App, Instance } from '../../api/generated/types.gen.ts'
import { instanceListOptions } from '../../api/instances.ts'
import { useActor } from '../../api/session.ts'
import { failureReason, visibilityWords } from '../../features/launch/instance-words.ts'
import { InstanceActions } from '../../features/launch/InstanceActions.tsx'
import { InstanceStatusLabel } from '../../features/launch/InstanceStatusLabel.tsx'
import { RunAnotherButton } from '../../features/launch/RunAnotherButton.tsx'
import { ownsApp } from '../../rules/apps.ts'
import { ownsInstance } from '../../rules/instances.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FilterChip } from '../../ui/FilterChip.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'

const LogDialog = lazyPart(
  async () => (await import('../../features/logs/LogDialog.tsx')).LogDialog,
)

const Head = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: 8,
  marginBottom: 16,
})

const Chips = styled('fieldset')({ display: 'flex', gap: 8, margin: 0, padding: 0, border: 0 })

const List = styled('ul')({ margin: 0, padding: 0, listStyle: 'none' })

const Row = styled('li')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: '8px 16px',
  padding: '12px 12px 12px 20px',
  '& + &': { borderTop: `1px solid ${theme.vars.palette.line.main}` },
  '& p': { ...theme.typography.caption, margin: '4px 0 0', overflowWrap: 'anywhere' },
  '& p, & small': { color: theme.vars.palette.text.tertiary },
  '& small': { ...theme.typography.caption },
  '& code': { fontFamily: 'var(--wd-mono)' },
}))

const Note = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  margin: '12px 0 0',
  color: theme.vars.palette.text.tertiary,
}))

/** Who runs it: one's own instances, or all that one may see. An app's owner sees every one of it, to help. */
export function InstancesTab({ app }: { app: App }) {
  const actor = useActor()
  const [params, setParams] = useSearchParams()
  const isMine = params.get('show') === 'mine'
  const log = params.get('log')
  const { data, error, refetch, isFetching } = useQuery({
    ...instanceListOptions({ scope: 'visible', appName: app.name }),
    enabled: actor.userId !== null,
  })
  const all = data?.instances ?? []
  const own = all.filter((instance) => ownsInstance(actor, instance))
  const shown = isMine ? own : all
  const withParam = (key: string, value: string | null) => {
    const next = new URLSearchParams(params)
    if (value === null) next.delete(key)
    else next.set(key, value)
    return next
  }
  if (actor.userId === null) {
    return (
      <EmptyState title="Sign in to see instances">
        Instances belong to the people who started them.
      </EmptyState>
    )
  }
  if (data === undefined) {
    return error === null ? (
      <Skeleton height={180} round />
    ) : (
      <ErrorState
        title="The instances could not be read"
        error={error}
        retrying={isFetching}
        onRetry={() => void refetch()}
      />
    )
  }
  return (
    <>
      <Head>
        <Chips aria-label="Whose instances">
          <FilterChip
            label="All that you may see"
            count={all.length}
            selected={!isMine}
            onSelect={() => setParams(withParam('show', null), { replace: true })}
          />
          <FilterChip
            label="Yours"
            count={own.length}
            selected={isMine}
            onSelect={() => setParams(withParam('show', 'mine'), { replace: true })}
          />
        </Chips>
        <RunAnotherButton app={app} />
      </Head>
      {shown.length === 0 ? (
        <EmptyState
          title={isMine ? 'You have no instance of it' : 'Nobody runs it that you can see'}
        >
          {ownsApp(actor, app)
            ? 'As its owner you see every instance of it here, with its status and log.'
            : 'Instances that others keep to themselves aren’t listed.'}
        </EmptyState>
      ) : (
        <Surface>
          <List aria-label="Instances">
            {shown.map((instance) => (
              <InstanceRow
                key={instance.id}
                instance={instance}
                isOwn={ownsInstance(actor, instance)}
                logTo={`?${withParam('log', instance.id)}`}
              />
            ))}
          </List>
        </Surface>
      )}
      {data.nextPageToken !== null && <Note>Only the newest 1,000 are listed.</Note>}
      {log !== null && log !== '' && (
        <Suspense fallback={<VisuallyHidden role="status">Opening the log</VisuallyHidden>}>
          <LogDialog key={log} instanceId={log} />
        </Suspense>
      )}
    </>
  )
}

type RowProps = { instance: Instance; isOwn: boolean; logTo: string }

function InstanceRow({ instance, isOwn, logTo }: RowProps) {
  const { app, owner, visibility, createdAt, status, runtimeStatus, profile } = instance
  return (
    <Row>
      <div style={{ minWidth: 0 }}>
        <InstanceStatusLabel instance={instance} />{' '}
        <small>
          {isOwn ? 'yours' : owner.name} · <code>{app.version}</code> · open to{' '}
          {isOwn || visibility !== 'PRIVATE'
            ? visibilityWords[visibility].toLowerCase()
            : 'its owner'}{' '}
          · profile {profile} · started <RelativeTime time={createdAt} />
        </small>
        {status === 'FAILED' && <p>{failureReason(runtimeStatus)}</p>}
      </div>
      <InstanceActions instance={instance} logTo={logTo} align="end" />
    </Row>
  )
}
