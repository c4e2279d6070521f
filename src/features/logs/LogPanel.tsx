import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { useState, useSyncExternalStore } from 'react'
import { ApiError } from '../../api/errors.ts'
import type { Instance } from '../../api/generated/types.gen.ts'
import { instanceLogUrl, logProbeOptions } from '../../api/instances.ts'
import { commands } from '../../rules/commands.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FilterChip } from '../../ui/FilterChip.tsx'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import type { Tone } from '../../ui/tokens.ts'
import { logText, maxLines } from './log-buffer.ts'
import { type FollowState, LogFollower, type LogSnapshot } from './log-follower.ts'
import { LogLines } from './LogLines.tsx'

const Bar = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 8,
  padding: '12px 20px',
  '& > [data-end]': { display: 'flex', flexWrap: 'wrap', gap: 8, marginInlineStart: 'auto' },
  '@media (max-width: 599.95px)': {
    padding: '12px 16px',
    '& > [data-end]': { marginInlineStart: 0 },
  },
})

const Foot = styled('footer')({
  padding: '12px 20px 16px',
  '@media (max-width: 599.95px), (max-height: 500px)': { display: 'none' },
})

const Pad = styled('div')({ padding: '0 20px 20px', flex: 1 })

type Shown = FollowState | 'paused'

const words: Record<Shown, string> = {
  connecting: 'Connecting',
  following: 'Following',
  paused: 'Paused',
  reconnecting: 'Reconnecting',
  ended: 'Ended',
  broken: 'Not there',
}

const tones: Record<Shown, Tone> = {
  connecting: 'wait',
  following: 'ok',
  paused: 'idle',
  reconnecting: 'wait',
  ended: 'info',
  broken: 'bad',
}

/** About what the newest lines that are kept take up. */
const tailBytes = 1_000_000

type Props = { instance: Instance; previous: boolean; onPrevious: (previous: boolean) => void }

/** One run's log with its controls. Rendered anew (by key) for each run. */
export function LogPanel({ instance, previous, onPrevious }: Props) {
  const [follower] = useState(
    () =>
      new LogFollower(
        instanceLogUrl(instance.id, { follow: true, tail: tailBytes, previous }),
        !previous,
      ),
  )
  const latest = useSyncExternalStore(follower.subscribe, follower.snapshot)
  const [held, setHeld] = useState<LogSnapshot | null>(null)
  const [wrap, setWrap] = useState(true)
  const { log } = held ?? latest
  const shown: Shown = held !== null && latest.state === 'following' ? 'paused' : latest.state
  const unseen = countLines(latest) - countLines(held ?? latest)

  return (
    <>
      <Bar>
        <span role="status">
          <StatusLabel tone={tones[shown]}>{words[shown]}</StatusLabel>
        </span>
        <div data-end="">
          <FilterChip label="This run" selected={!previous} onSelect={() => onPrevious(false)} />
          <FilterChip label="Previous run" selected={previous} onSelect={() => onPrevious(true)} />
          <FilterChip label="Wrap" selected={wrap} onSelect={() => setWrap(!wrap)} />
          {(latest.state === 'following' || held !== null) && (
            <Button size="small" onClick={() => setHeld(held === null ? latest : null)}>
              {held === null ? 'Pause' : unseen > 0 ? `Go on, ${unseen} new` : 'Go on'}
            </Button>
          )}
          <CopyButton text={logText(log)} variant="outlined" />
          <Button
            size="small"
            href={instanceLogUrl(instance.id, { previous })}
            download={`${instance.app.name}-${instance.id}${previous ? '-previous' : ''}.log`}
          >
            Download
          </Button>
        </div>
      </Bar>
      {latest.state === 'broken' && countLines(latest) === 0 ? (
        <Pad>
          <Broken instanceId={instance.id} previous={previous} onRetry={follower.restart} />
        </Pad>
      ) : (
        <LogLines
          log={log}
          wrap={wrap}
          following={held === null}
          emptyWords={emptyWords(latest.state, previous)}
          droppedWords={
            log.dropped > 0
              ? `${log.dropped.toLocaleString('en')} earlier lines are not shown: the newest ${maxLines.toLocaleString('en')} or so are kept here. Download has them all.`
              : null
          }
          onLeaveEnd={() => setHeld(held ?? latest)}
          onReachEnd={() => setHeld(null)}
        />
      )}
      <Foot>
        <CommandLine command={commands.instanceLogs(instance.id)} />
      </Foot>
    </>
  )
}

function countLines({ log }: LogSnapshot): number {
  return log.dropped + log.count + (log.rest === '' ? 0 : 1)
}

function emptyWords(state: FollowState, previous: boolean): string {
  if (state === 'connecting' || state === 'reconnecting') return 'Waiting for the log…'
  if (previous) return 'There is no earlier run, or it printed nothing.'
  return state === 'ended' ? 'It printed nothing.' : 'Nothing printed yet.'
}

type BrokenProps = { instanceId: string; previous: boolean; onRetry: () => void }

/** A broken stream doesn't say why; an ordinary call does. */
function Broken({ instanceId, previous, onRetry }: BrokenProps) {
  const probe = useQuery(logProbeOptions(instanceId, previous))
  if (probe.isPending) return null
  if (previous && probe.error instanceof ApiError && probe.error.status === 404) {
    return (
      <EmptyState title="There is no earlier run">
        This is the first time the instance runs, so there is only this run’s log.
      </EmptyState>
    )
  }
  return (
    <ErrorState
      title="The log could not be read"
      error={probe.error ?? new Error('The connection to the platform broke.')}
      onRetry={onRetry}
    />
  )
}
