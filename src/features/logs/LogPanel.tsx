import { styled } from '@mui/material/styles'
import { type KeyboardEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { Instance } from '../../api/generated/types.gen.ts'
import { instanceLogUrl } from '../../api/instances.ts'
import { commands } from '../../rules/commands.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { singleKeysOn } from '../../ui/plain-key.ts'
import { emptyWords } from './log-words.ts'
import { LogAnnouncer } from './LogAnnouncer.tsx'
import type { LogPlace } from './log-address.ts'
import { LogClient } from './log-client.ts'
import { LogNotes } from './LogNotes.tsx'
import { LogRows } from './LogRows.tsx'
import { LogSearchBar } from './LogSearchBar.tsx'
import { LogSelection } from './LogSelection.tsx'
import { LogToolbar } from './LogToolbar.tsx'
import { SessionCheck } from './SessionCheck.tsx'
import { NewestButton } from './NewestButton.tsx'
import type { LineRange } from './log-protocol.ts'

const Root = styled('div')({
  display: 'flex',
  flexDirection: 'column',
  flex: 1,
  minHeight: 0,
})

const Body = styled('div')({
  position: 'relative',
  display: 'flex',
  flex: 1,
  minHeight: 120,
})

const Pad = styled('div')({ padding: 20, flex: 1 })

const Foot = styled('footer')({
  padding: '10px 20px 14px',
  '@media (max-width: 599.95px), (max-height: 560px)': { display: 'none' },
})

type Props = {
  instance: Instance
  isGone: boolean
  place: LogPlace
  onPlace: (place: LogPlace) => void
  isFollowing: boolean
  onFollow: (isFollowing: boolean) => void
  onRun: (run: LogPlace['run']) => void
  /** There is a newer run than this. */
  onNewRun: (() => void) | null
}

/** One run's log with its controls. Rendered anew (by key) for each run. */
export function LogPanel(props: Props) {
  const { instance, isGone, place, onPlace, isFollowing, onFollow, onRun, onNewRun } = props
  const { run, lines } = place
  const query = run === 'newest' ? {} : run === 'previous' ? { previous: true } : { run }
  const [client] = useState(
    () =>
      new LogClient(instanceLogUrl(instance.id, { ...query, follow: true }), lines?.from ?? null),
  )
  const frame = useSyncExternalStore(client.subscribe, client.frame)
  const [wrap, setWrap] = useState(true)
  const [times, setTimes] = useState(true)
  const [isFiltered, setFiltered] = useState(false)
  const search = useRef<HTMLInputElement>(null)
  const root = useRef<HTMLDivElement>(null)

  const mark = (range: LineRange | null) => onPlace({ run, lines: range })
  const downloadUrl = instanceLogUrl(instance.id, frame?.run == null ? query : { run: frame.run })
  const fileName = `${instance.app.name}-${instance.id}${frame?.run == null ? '' : `-run-${frame.run}`}.log`

  const focusSearch = () => {
    search.current?.focus()
    search.current?.select()
  }

  // Wherever the focus is: the browser's own search would find only what is drawn. Pressed again, it is the browser's.
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent) => {
      const modal = document.querySelector('dialog:modal')
      if (modal !== null && !modal.contains(root.current)) return
      const isFind = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === 'f'
      if (event.key === 'F3') client.send({ type: 'step', by: event.shiftKey ? -1 : 1 })
      else if (isFind && event.target !== search.current) focusSearch()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [client])

  function keyDown(event: KeyboardEvent<HTMLElement>) {
    const isTyping = event.target instanceof HTMLElement && event.target.matches('input, select')
    if (event.key !== '/' || isTyping || !singleKeysOn()) return
    event.preventDefault()
    focusSearch()
  }

  const isRefused = frame?.state === 'refused' && frame.lines === 0
  return (
    <Root ref={root} onKeyDown={keyDown}>
      <LogToolbar
        client={client}
        state={frame?.state ?? 'connecting'}
        isFollowing={isFollowing}
        onFollow={onFollow}
        run={run}
        onRun={onRun}
        wrap={wrap}
        onWrap={setWrap}
        times={times}
        onTimes={setTimes}
        downloadUrl={isGone ? null : downloadUrl}
        fileName={fileName}
      />
      <LogSearchBar
        ref={search}
        client={client}
        state={frame?.search ?? null}
        onFiltered={setFiltered}
      />
      {frame !== null && (
        <LogNotes frame={frame} client={client} isGone={isGone} onNewRun={onNewRun} />
      )}
      {isRefused && frame.refusal !== null ? (
        <Pad>
          {frame.refusal.code === 'log.no-previous-run' ? (
            <EmptyState title="There is no earlier run">
              This is the first time the instance runs, so there is only this run’s log.
            </EmptyState>
          ) : frame.refusal.code === 'log.run-not-kept' ? (
            <EmptyState title="That run’s log is gone">
              Only the newest run’s log and the one before are kept.
            </EmptyState>
          ) : (
            <ErrorState
              title="The log could not be read"
              error={frame.refusal}
              onRetry={() => client.send({ type: 'retry' })}
            />
          )}
        </Pad>
      ) : (
        <Body>
          <LogRows
            client={client}
            frame={frame}
            label={`Log of ${instance.app.title}`}
            wrap={wrap}
            times={times}
            isFollowing={isFollowing}
            onFollow={onFollow}
            marked={lines}
            onMark={mark}
            emptyWords={emptyWords(frame, isFiltered, run === 'previous')}
          />
          {frame !== null && (
            <NewestButton
              frame={frame}
              isFollowing={isFollowing}
              onJump={() => {
                onFollow(true)
                // The button goes; who works by keyboard goes on in the log.
                root.current?.querySelector<HTMLElement>('[role="log"]')?.focus()
              }}
            />
          )}
        </Body>
      )}
      {lines !== null && (
        <LogSelection
          client={client}
          instanceId={instance.id}
          run={frame?.run ?? null}
          range={lines}
          onClear={() => mark(null)}
        />
      )}
      {(frame?.state === 'refused' || frame?.state === 'signedOut') && <SessionCheck />}
      {frame !== null && <LogAnnouncer frame={frame} />}
      <Foot>
        <CommandLine command={commands.instanceLogs(instance.id)} />
      </Foot>
    </Root>
  )
}
