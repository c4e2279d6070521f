import IconButton from '@mui/material/IconButton'
import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ApiError } from '../../api/errors.ts'
import type { InstanceEvent } from '../../api/generated/types.gen.ts'
import { instanceEventsOptions, instanceOptions } from '../../api/instances.ts'
import type { InstanceChange } from '../../features/launch/InstanceActions.tsx'
import { AppIcon } from '../../ui/AppIcon.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { SheetDialog } from '../../ui/SheetDialog.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { InstanceDetail } from './InstanceDetail.tsx'
import { Timeline } from './Timeline.tsx'

const Head = styled('header')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 12,
  padding: '14px 12px 14px 20px',
  borderBottom: `1px solid ${theme.vars.palette.line.main}`,
  '& > div': { flex: 1, minWidth: 0 },
  '& h2': { ...theme.typography.h2, margin: 0, overflowWrap: 'anywhere' },
  '& code': {
    ...theme.typography.caption,
    fontFamily: 'var(--wd-mono)',
    color: theme.vars.palette.text.tertiary,
  },
}))

const Body = styled('div')({
  flex: 1,
  display: 'grid',
  alignContent: 'start',
  gap: 24,
  padding: 20,
  overflowY: 'auto',
  overscrollBehavior: 'contain',
})

type Props = {
  instanceId: string
  logTo: string
  onClose: () => void
  onChanged: (change: InstanceChange) => void
}

/** One instance: how it is, what it takes, where it is reached, and what happened to it. */
export function InstancePanel({ instanceId, logTo, onClose, onChanged }: Props) {
  const { data, error, refetch, isFetching } = useQuery(instanceOptions(instanceId))
  const isGone = error instanceof ApiError && error.status === 404
  const { data: events } = useQuery(instanceEventsOptions(instanceId))
  // What is gone is told by its last events, for those who may read them; its last known state would be a lie.
  const instance = isGone ? undefined : data
  const title = instance?.app.title ?? 'Instance'
  return (
    <SheetDialog label={`${title}, details`} place="end" onClose={onClose}>
      <Head>
        {instance !== undefined && (
          <AppIcon name={instance.app.name} title={title} src={instance.app.icon} size={36} />
        )}
        <div>
          <h2>{title}</h2>
          {instance !== undefined && <code>{instance.app.version}</code>}
        </div>
        <IconButton onClick={onClose} aria-label="Close the details">
          <Icon name="close" />
        </IconButton>
      </Head>
      {/* Scrolls, so that it has to be reached by the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <Body tabIndex={0} role="group" aria-label="Details">
        {instance !== undefined ? (
          <InstanceDetail instance={instance} events={events} logTo={logTo} onChanged={onChanged} />
        ) : error === null ? (
          <Loading />
        ) : isGone ? (
          <Gone events={events} />
        ) : (
          <ErrorState
            title="The instance could not be read"
            error={error}
            retrying={isFetching}
            onRetry={() => void refetch()}
          />
        )}
      </Body>
    </SheetDialog>
  )
}

function Loading(): ReactNode {
  return (
    <>
      <VisuallyHidden role="status">Loading the instance</VisuallyHidden>
      <Skeleton width={120} height={22} pill />
      <Skeleton height={120} round />
      <Skeleton height={200} round />
    </>
  )
}

function Gone({ events }: { events: readonly InstanceEvent[] | undefined }) {
  const end = events?.findLast(({ kind }) => kind === 'ENDED')
  return (
    <>
      <EmptyState
        title={
          end?.by ? `${end.by.name} terminated this instance` : 'There is no such instance any more'
        }
      >
        {end === undefined
          ? 'It was terminated, or it isn’t visible to you.'
          : 'Its volume and its log went with it. What happened before is below.'}
      </EmptyState>
      {events !== undefined && <Timeline events={events} />}
    </>
  )
}
