import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Meter } from '../../ui/Meter.tsx'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import type { Tone } from '../../ui/tokens.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { type BulkItem, type BulkRun, bulkRuns } from './bulk-runs.ts'
import { actionWords, countWords, progressWords } from './bulk-words.ts'

const List = styled('ul')(({ theme }) => ({
  ...theme.typography.body2,
  maxHeight: 300,
  margin: '16px 0 0',
  padding: 0,
  overflowY: 'auto',
  listStyle: 'none',
  border: `1px solid ${theme.vars.palette.line.main}`,
  borderRadius: 10,
  '& li': {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: '2px 12px',
    alignItems: 'center',
    padding: '8px 14px',
  },
  '& li + li': { borderTop: `1px solid ${theme.vars.palette.line.main}` },
  '& b': { fontWeight: 600, color: theme.vars.palette.text.primary },
  '& code': {
    fontFamily: 'var(--wd-mono)',
    fontSize: 12,
    color: theme.vars.palette.text.tertiary,
  },
  '& small': { ...theme.typography.caption, gridColumn: '1 / -1', overflowWrap: 'anywhere' },
}))

const tones: Record<BulkItem['state'], Tone> = {
  left: 'idle',
  doing: 'wait',
  done: 'ok',
  failed: 'bad',
}

/** Failures first: they are what one has to look at. */
const order: Record<BulkItem['state'], number> = { failed: 0, doing: 1, left: 2, done: 3 }
const listed = 40

/** What is being done to several instances, if it is this person's. Another one's is forgotten. */
export function useBulkRun(userId: string | null): BulkRun | null {
  const run = useSyncExternalStore(bulkRuns.subscribe, bulkRuns.current)
  const isOthers = run !== null && userId !== null && run.userId !== userId
  useEffect(() => {
    if (isOthers) bulkRuns.dismiss()
  }, [isOthers])
  return isOthers ? null : run
}

type Props = { run: BulkRun; onOver: () => void }

/** How it goes, what came of each, and what to do about what failed or is left. */
export function BulkProgress({ run, onOver }: Props) {
  const client = useQueryClient()
  const { action, items, phase } = run
  const words = actionWords[action.kind]
  const failed = items.filter(({ state }) => state === 'failed')
  const done = items.filter(({ state }) => state === 'done')
  const left = items.filter(({ state }) => state === 'left')
  const close = () => {
    bulkRuns.dismiss()
    onOver()
  }
  const canGoOn = phase === 'stopped' || phase === 'signedOut'
  const doing = run.isUndo ? 'Taking back' : `${words.doing} ${countWords(items.length)}`
  const title = phase === 'going' ? `${doing}…` : sentence(progressWords(run))
  const undo = phase === 'over' && !run.isUndo && done.length > 0 ? undoOf(run, done) : null
  return (
    <ConfirmDialog
      open
      wide
      title={title}
      destructive={false}
      cancelLabel={phase === 'going' ? 'Stop' : canGoOn ? 'Leave the rest' : 'Close'}
      confirmLabel={
        canGoOn
          ? `Go on with ${left.length}`
          : phase === 'over' && failed.length > 0
            ? `Try ${failed.length === 1 ? 'it' : `the ${failed.length}`} again`
            : null
      }
      onCancel={phase === 'going' ? () => bulkRuns.stop() : close}
      onConfirm={() => bulkRuns.goOn(client, phase === 'over')}
      extra={
        undo !== null && (
          <Button variant="text" onClick={() => void bulkRuns.start(client, undo.run)}>
            {undo.label}
          </Button>
        )
      }
    >
      {phase === 'signedOut' && (
        <p style={{ margin: '0 0 12px' }}>
          Your session ended in the middle. What was done is done; what is left waits for you.
        </p>
      )}
      {phase === 'stopped' && left.some((item) => item.words !== null) && (
        <p style={{ margin: '0 0 12px' }}>{left.find((item) => item.words !== null)?.words}</p>
      )}
      <Meter used={done.length + failed.length} max={items.length} />
      <VisuallyHidden role="status">{progressWords(run)}</VisuallyHidden>
      <List aria-label="What came of each">
        {items
          .toSorted((a, b) => order[a.state] - order[b.state])
          .slice(0, listed)
          .map((item) => (
            <li key={item.id}>
              <span>
                <b>{item.title}</b> <code>{item.version}</code>
              </span>
              <StatusLabel tone={tones[item.state]}>{stateWords(item, words)}</StatusLabel>
              {item.words !== null && item.state !== 'left' && <small>{item.words}</small>}
            </li>
          ))}
        {items.length > listed && <li>and {items.length - listed} more</li>}
      </List>
      {undo !== null && undo.note !== null && <p style={{ margin: '12px 0 0' }}>{undo.note}</p>}
    </ConfirmDialog>
  )
}

function stateWords(item: BulkItem, words: (typeof actionWords)['pause']): string {
  switch (item.state) {
    case 'left':
      return 'Left'
    case 'doing':
      return `${words.doing}…`
    case 'done':
      return sentence(words.done)
    case 'failed':
      return 'Failed'
  }
}

const sentence = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1)

type Undo = { label: string; note: string | null; run: Omit<BulkRun, 'phase'> }

/** The way back, where there is an honest one: a visibility is put back as it was; what is paused can be resumed. */
function undoOf({ userId, action }: BulkRun, done: readonly BulkItem[]): Undo | null {
  const items = done.map((item) => ({
    ...item,
    to: item.visibility,
    state: 'left' as const,
    words: null,
  }))
  if (action.kind === 'share') {
    return { label: 'Undo', note: null, run: { userId, action, isUndo: true, items } }
  }
  if (action.kind !== 'pause') return null
  return {
    label: 'Undo: resume',
    note: 'Resuming brings them back with what is on their volumes, not with what was in memory.',
    run: { userId, action: { kind: 'resume' }, isUndo: true, items },
  }
}
