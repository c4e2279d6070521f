import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import { paths } from '../../paths.ts'
import { radius } from '../../ui/tokens.ts'
import type { LogClient } from './log-client.ts'
import type { Frame } from './log-protocol.ts'
import { sizeWords } from './log-words.ts'

const List = styled('div')({
  display: 'grid',
  gap: 6,
  padding: '0 20px 8px',
  '&:empty': { display: 'none' },
  '@media (max-width: 767.95px)': { padding: '0 16px 8px' },
})

const Note = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: '4px 12px',
  padding: '6px 6px 6px 12px',
  minHeight: 36,
  borderRadius: radius.control,
  backgroundColor: theme.vars.palette.idle.soft,
  color: theme.vars.palette.text.secondary,
  textWrap: 'pretty',
  '&[data-tone="wait"]': { backgroundColor: theme.vars.palette.warning.soft },
  '&[data-tone="bad"]': { backgroundColor: theme.vars.palette.error.soft },
}))

type Props = {
  frame: Frame
  client: LogClient
  isGone: boolean
  onNewRun: (() => void) | null
}

/** What one has to know about this log beside its lines. */
export function LogNotes({ frame, client, isGone, onNewRun }: Props) {
  const { pathname, search } = useLocation()
  const { state, refusal, gapBytes } = frame
  const isRefused = state === 'refused' && !isGone && frame.lines > 0
  return (
    <List aria-live="polite">
      {isGone && (
        <Line tone="bad">
          This instance was terminated, and its log went with it. What was read until then is still
          here; save it if you need it.
        </Line>
      )}
      {state === 'signedOut' && (
        <Line
          tone="wait"
          action={
            <Button size="small" component={Link} to={paths.signIn(pathname + search)}>
              Sign in
            </Button>
          }
        >
          Your session has ended, so nothing new comes in. What was read is still here.
        </Line>
      )}
      {state === 'reconnecting' && (
        <Line
          tone="wait"
          action={
            <Button size="small" onClick={() => client.send({ type: 'wake' })}>
              Try now
            </Button>
          }
        >
          The connection broke. It is tried again by itself and goes on where it stopped.
        </Line>
      )}
      {isRefused && (
        <Line
          tone="bad"
          action={
            <Button size="small" onClick={() => client.send({ type: 'retry' })}>
              Try again
            </Button>
          }
        >
          {refusal?.title}
        </Line>
      )}
      {onNewRun !== null && !isGone && (
        <Line
          tone="wait"
          action={
            <Button size="small" onClick={onNewRun}>
              Show the new run
            </Button>
          }
        >
          The app was started again. This is the log of its run before.
        </Line>
      )}
      {state === 'full' && (
        <Line tone="idle">
          What comes later is not read while you look at this. Jump to the newest lines to go on.
        </Line>
      )}
      {gapBytes > 0 && (
        <Line tone="wait">
          {sizeWords(gapBytes)} are missing: the platform had dropped them before they could be
          read.
        </Line>
      )}
      {frame.notice !== null && (
        <Line key={frame.notice.id} tone="idle">
          {frame.notice.text}
        </Line>
      )}
      {!frame.isAtStart && frame.start > 0 && frame.lines > 0 && (
        <Line
          tone="idle"
          action={
            isGone ? undefined : (
              <Button
                size="small"
                aria-disabled={frame.isLoadingEarlier}
                onClick={() => client.send({ type: 'earlier' })}
              >
                {frame.isLoadingEarlier ? 'Loading…' : 'Load earlier lines'}
              </Button>
            )
          }
        >
          {sizeWords(frame.start)} before this are not held here. Search and filters look at the{' '}
          {frame.lines.toLocaleString('en')} lines that are; the download has everything.
        </Line>
      )}
    </List>
  )
}

type LineProps = { tone: 'idle' | 'wait' | 'bad'; action?: ReactNode; children: ReactNode }

function Line({ tone, action, children }: LineProps) {
  return (
    <Note data-tone={tone}>
      <span>{children}</span>
      {action}
    </Note>
  )
}
