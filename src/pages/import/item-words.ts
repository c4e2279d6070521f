import { isUnderWay, type QueueItem, titleOf } from '../../features/bundles/queue-item.ts'
import type { BundleReport } from '../../features/bundles/inspection-protocol.ts'

/** How it stands with one bundle. The mark and the words say the same. */
export type ItemState = { mark: 'ok' | 'warning' | 'error' | 'busy' | 'idle'; words: string }

export function percent(done: number, total: number): number {
  return total === 0 ? 0 : Math.min(100, Math.floor((done / total) * 100))
}

/** “2 errors, 1 warning”. */
export function verdictWords({ findings }: Pick<BundleReport, 'findings'>): string {
  const counted = (severity: string, noun: string) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`
  }
  const words = [counted('error', 'error'), counted('warning', 'warning')].filter((w) => w !== '')
  return words.length === 0 ? 'Nothing to mend' : words.join(', ')
}

export function itemState(item: QueueItem): ItemState {
  const { transfer, stage } = item
  if (transfer.kind === 'waiting') return { mark: 'idle', words: 'Waiting for its turn' }
  if (transfer.kind === 'importing') return { mark: 'busy', words: 'Being imported' }
  if (transfer.kind === 'refused') return { mark: 'error', words: 'Not imported' }
  if (transfer.kind === 'imported') return { mark: 'ok', words: 'Imported' }
  if (transfer.kind === 'uploading') {
    if (transfer.state === 'paused') return { mark: 'idle', words: 'Upload paused' }
    if (transfer.state === 'offline') return { mark: 'warning', words: 'No connection' }
    return { mark: 'busy', words: `Uploading, ${percent(transfer.sent, transfer.total)} %` }
  }
  if (stage.kind === 'packing') return { mark: 'busy', words: 'Packing' }
  if (stage.kind === 'inspecting') return { mark: 'busy', words: 'Looking inside' }
  if (stage.kind === 'unreadable') return { mark: 'error', words: 'Can’t be read' }
  const words = verdictWords(stage.report)
  if (stage.report.verdict === 'error') return { mark: 'error', words }
  return { mark: stage.report.verdict === 'warn' ? 'warning' : 'ok', words }
}

/** For a screen reader: what it comes to, not every percent on the way. */
export function itemAnnouncement(item: QueueItem): string {
  const title = titleOf(item)
  const { transfer, stage } = item
  if (transfer.kind === 'imported') return `${title} is imported`
  if (transfer.kind === 'refused') return `${title} could not be imported`
  if (transfer.kind === 'uploading') {
    if (transfer.state === 'offline') return `The upload of ${title} waits for the connection`
    return transfer.state === 'paused' ? `The upload of ${title} is paused` : `Uploading ${title}`
  }
  if (isUnderWay(item)) return ''
  if (stage.kind === 'ready') return `${title}: ${verdictWords(stage.report)}`
  return stage.kind === 'unreadable' ? `${item.name} can’t be read` : `Looking into ${item.name}`
}
