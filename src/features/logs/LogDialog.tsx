import IconButton from '@mui/material/IconButton'
import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '../../api/errors.ts'
import type { Instance } from '../../api/generated/types.gen.ts'
import { instanceOptions } from '../../api/instances.ts'
import { useActor } from '../../api/session.ts'
import { mayReadLog } from '../../rules/instances.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { SheetDialog } from '../../ui/SheetDialog.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { LogPanel } from './LogPanel.tsx'

const Head = styled('header')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: 12,
  padding: '12px 12px 12px 20px',
  borderBottom: `1px solid ${theme.vars.palette.line.main}`,
  '& h2': { ...theme.typography.h2, margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
  '& code': {
    fontFamily: 'var(--wd-mono)',
    fontSize: 12,
    fontWeight: 400,
    color: theme.vars.palette.text.tertiary,
  },
}))

const Pad = styled('div')({ padding: 20, display: 'grid', gap: 10 })

type Props = { instanceId: string; onClose: () => void }

/** What an instance printed, in a dialog that has an address of its own. */
export function LogDialog({ instanceId, onClose }: Props) {
  const { data, error, refetch, isFetching } = useQuery(instanceOptions(instanceId))
  const title = data === undefined ? 'Log' : `${data.app.title} · log`
  return (
    <SheetDialog label={title} onClose={onClose}>
      <Head>
        <h2>
          {title} {data !== undefined && <code>{data.app.version}</code>}
        </h2>
        <IconButton onClick={onClose} aria-label="Close the log">
          <Icon name="close" />
        </IconButton>
      </Head>
      {data !== undefined ? (
        <Readable instance={data} />
      ) : error === null ? (
        <Pad>
          <VisuallyHidden role="status">Loading the log</VisuallyHidden>
          {[62, 48, 71, 55, 40].map((width) => (
            <Skeleton key={width} width={`${width}%`} />
          ))}
        </Pad>
      ) : error instanceof ApiError && error.status === 404 ? (
        <Pad>
          <EmptyState title="No such instance">
            It was terminated, or it isn’t visible to you. A log goes with its instance.
          </EmptyState>
        </Pad>
      ) : (
        <Pad>
          <ErrorState
            title="The instance could not be read"
            error={error}
            retrying={isFetching}
            onRetry={() => void refetch()}
          />
        </Pad>
      )}
    </SheetDialog>
  )
}

function Readable({ instance }: { instance: Instance }) {
  const decision = mayReadLog(useActor(), instance)
  const start = useStart(instance)
  const [previous, setPrevious] = useState(false)
  if (!decision.allowed) {
    return (
      <Pad>
        <EmptyState title="You may not read this log">{decision.reason}</EmptyState>
      </Pad>
    )
  }
  return (
    <LogPanel
      key={`${previous}-${start}`}
      instance={instance}
      previous={previous}
      onPrevious={setPrevious}
    />
  )
}

/** Counts the starts seen here: each begins a log of its own, which has to be followed anew. */
function useStart({ status, runtimeStatus }: Instance): number {
  const live = status === 'PENDING' || status === 'DEPLOYED'
  const restarts = runtimeStatus.restartCount
  const [seen, setSeen] = useState({ status, restarts, start: 0 })
  if (seen.status === status && seen.restarts === restarts) return seen.start
  const wasLive = seen.status === 'PENDING' || seen.status === 'DEPLOYED'
  const again =
    (live && !wasLive) ||
    (status === 'PENDING' && seen.status === 'DEPLOYED') ||
    restarts > seen.restarts
  const start = again ? seen.start + 1 : seen.start
  setSeen({ status, restarts, start })
  return start
}
