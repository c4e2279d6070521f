import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import type { ImportQueue } from '../../features/bundles/import-queue.ts'
import { type QueueItem, titleOf, type Transfer } from '../../features/bundles/queue-item.ts'
import { duration, fileSize } from '../../rules/amounts.ts'
import { ProgressBar } from './ProgressBar.tsx'

const Root = styled('section')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  gap: 10,
  minWidth: 0,
  color: theme.vars.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
  '& p': { margin: 0 },
}))

const Buttons = styled('div')({ display: 'flex', flexWrap: 'wrap', gap: 8 })

/** How far the upload is, and what can be done about it. */
export function TransferStatus({ item, queue }: { item: QueueItem; queue: ImportQueue }) {
  const { transfer, id } = item
  const title = titleOf(item)
  const { done, total } = amounts(transfer)
  const isPaused = transfer.kind === 'uploading' && transfer.state === 'paused'
  return (
    <Root aria-label="Upload">
      <h3>{heading(transfer)}</h3>
      {total > 0 && (
        <ProgressBar
          label={`Uploading ${title}`}
          done={done}
          total={total}
          isStill={transfer.kind === 'uploading' && transfer.state !== 'moving'}
        />
      )}
      <p>{words(transfer)}</p>
      {transfer.kind !== 'importing' && (
        <Buttons>
          {transfer.kind === 'uploading' && transfer.isResumable && (
            // One button for both, so that the focus stays on it.
            <Button
              size="small"
              onClick={() => (isPaused ? queue.resume(id) : queue.pause(id))}
              aria-label={
                isPaused ? `Resume the upload of ${title}` : `Pause the upload of ${title}`
              }
            >
              {isPaused ? 'Resume' : 'Pause'}
            </Button>
          )}
          <Button
            size="small"
            onClick={() => queue.cancel(id)}
            aria-label={`Cancel the upload of ${title}`}
          >
            Cancel
          </Button>
        </Buttons>
      )}
    </Root>
  )
}

function amounts(transfer: Transfer): { done: number; total: number } {
  if (transfer.kind === 'uploading') return { done: transfer.sent, total: transfer.total }
  return transfer.kind === 'importing' ? { done: 1, total: 1 } : { done: 0, total: 0 }
}

function heading(transfer: Transfer): string {
  if (transfer.kind === 'waiting') return 'Waiting for its turn'
  if (transfer.kind === 'importing') return 'The platform looks at it'
  if (transfer.kind !== 'uploading') return ''
  if (transfer.state === 'paused') return 'Upload paused'
  return transfer.state === 'offline' ? 'No connection' : 'Uploading'
}

function words(transfer: Transfer): string {
  if (transfer.kind === 'waiting') return 'Two bundles are sent at a time.'
  if (transfer.kind === 'importing') {
    return transfer.isOffline
      ? 'All of it has arrived, but the platform can’t be reached. It is asked again until it answers.'
      : 'All of it has arrived. Every byte is looked at once more.'
  }
  if (transfer.kind !== 'uploading') return ''
  const { sent, total, bytesPerSecond, state, isResumable } = transfer
  const amount = `${fileSize(sent)} of ${fileSize(total)}`
  if (state === 'offline') {
    return isResumable
      ? `${amount} sent. It goes on by itself when the platform answers.`
      : 'It is sent again when the platform answers.'
  }
  if (state === 'paused' || bytesPerSecond === null || bytesPerSecond < 1) return amount
  const left = duration((total - sent) / bytesPerSecond)
  return `${amount}, ${fileSize(Math.round(bytesPerSecond))}/s, ${left} left`
}
