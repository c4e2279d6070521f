import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { ApiError } from '../../api/errors.ts'
import type { Instance } from '../../api/generated/types.gen.ts'
import { instanceOptions } from '../../api/instances.ts'
import { useActor } from '../../api/session.ts'
import { mayReadLog } from '../../rules/instances.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { type LogPlace, readLogPlace, withLogPlace } from './log-address.ts'
import { LogPanel } from './LogPanel.tsx'

const Pad = styled('div')({ padding: 20, display: 'grid', gap: 10 })

/** An instance's log with everything around it, for a dialog and for a page. Which run and line stand in the address. */
export function LogScreen({ instanceId }: { instanceId: string }) {
  const { data, error, refetch, isFetching } = useQuery(instanceOptions(instanceId))
  const isGone = error instanceof ApiError && error.status === 404
  // What was read of an instance that is gone meanwhile stays on the screen: there is nowhere else to read it.
  if (data !== undefined) return <Readable instance={data} isGone={isGone} />
  if (error === null) {
    return (
      <Pad>
        <VisuallyHidden role="status">Loading the log</VisuallyHidden>
        {[62, 48, 71, 55, 40].map((width) => (
          <Skeleton key={width} width={`${width}%`} />
        ))}
      </Pad>
    )
  }
  return (
    <Pad>
      {isGone ? (
        <EmptyState title="No such instance">
          It was terminated, or it isn’t visible to you. A log goes with its instance.
        </EmptyState>
      ) : (
        <ErrorState
          title="The instance could not be read"
          error={error}
          retrying={isFetching}
          onRetry={() => void refetch()}
        />
      )}
    </Pad>
  )
}

function Readable({ instance, isGone }: { instance: Instance; isGone: boolean }) {
  const decision = mayReadLog(useActor(), instance)
  const [params, setParams] = useSearchParams()
  const place = readLogPlace(params)
  const start = useStart(instance)
  const [shownStart, setShownStart] = useState(start)
  const [isFollowing, setFollowing] = useState(place.lines === null)
  const go = (next: LogPlace) => setParams(withLogPlace(params, next), { replace: true })
  const showNewRun = () => {
    setShownStart(start)
    setFollowing(true)
  }
  // Who follows goes on with the new run; who reads an old one is asked.
  if (start !== shownStart && isFollowing) setShownStart(start)

  if (!decision.allowed) {
    return (
      <Pad>
        <EmptyState title="You may not read this log">{decision.reason}</EmptyState>
      </Pad>
    )
  }
  return (
    <LogPanel
      key={`${place.run}-${shownStart}`}
      instance={instance}
      isGone={isGone}
      place={place}
      onPlace={go}
      isFollowing={isFollowing}
      onFollow={setFollowing}
      onRun={(run) => {
        setFollowing(true)
        go({ run, lines: null })
      }}
      onNewRun={start !== shownStart && place.run === 'newest' ? showNewRun : null}
    />
  )
}

/** Counts the runs that begin while one looks. An app that crashes is started again within its run. */
function useStart({ status }: Instance): number {
  const isOn = status === 'PENDING' || status === 'DEPLOYED'
  const [seen, setSeen] = useState({ isOn, start: 0 })
  if (seen.isOn === isOn) return seen.start
  const start = isOn ? seen.start + 1 : seen.start
  setSeen({ isOn, start })
  return start
}
