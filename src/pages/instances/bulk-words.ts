import type { Instance } from '../../api/generated/types.gen.ts'
import { visibilityWords } from '../../features/launch/instance-words.ts'
import type { BulkAction } from '../../rules/bulk-instances.ts'
import { commands } from '../../rules/commands.ts'
import type { BulkRun } from './bulk-runs.ts'

type Kind = BulkAction['kind']

/** “Pause”, “Pausing”, “paused”: of one action. */
export const actionWords: Record<Kind, { verb: string; doing: string; done: string }> = {
  pause: { verb: 'Pause', doing: 'Pausing', done: 'paused' },
  resume: { verb: 'Resume', doing: 'Resuming', done: 'resumed' },
  terminate: { verb: 'Terminate', doing: 'Terminating', done: 'terminated' },
  share: { verb: 'Change', doing: 'Changing', done: 'changed' },
}

export const countWords = (count: number) => (count === 1 ? '1 instance' : `${count} instances`)

/** What happens to one of them: what is lost, what stays, who notices. */
export function effectOf(action: BulkAction, instance: Instance): string {
  const { app, aliases, visibility } = instance
  const others =
    visibility === 'PRIVATE' ? '' : ` ${visibilityWords[visibility]} lose it meanwhile.`
  switch (action.kind) {
    case 'pause':
      return app.volumeMount === null
        ? `keeps its log alone: it has no volume, and starts afresh.${others}`
        : `keeps what is under ${app.volumeMount} and its log; what is in memory is lost.${others}`
    case 'resume':
      return app.volumeMount === null
        ? 'starts afresh.'
        : `starts afresh, with what is under ${app.volumeMount}.`
    case 'terminate': {
      const lost = [
        app.volumeMount === null ? '' : `its volume with everything under ${app.volumeMount}`,
        'its log',
        aliases.length === 0
          ? ''
          : `${aliases.map(({ name }) => `“${name}”`).join(', ')} will answer 404`,
      ].filter((part) => part !== '')
      return `lost for good: ${lost.join('; ')}.`
    }
    case 'share':
      return `${visibilityWords[visibility].toLocaleLowerCase()} → ${visibilityWords[action.to].toLocaleLowerCase()}`
  }
}

export function commandOf(action: BulkAction, instanceId: string): string {
  switch (action.kind) {
    case 'pause':
      return commands.suspend(instanceId)
    case 'resume':
      return commands.resume(instanceId)
    case 'terminate':
      return commands.terminate(instanceId)
    case 'share':
      return commands.updateInstance(instanceId, action.to)
  }
}

/** Where a run has got to: “3 of 7 paused”, “5 paused, 2 failed”. */
export function progressWords({ action, items, phase }: BulkRun): string {
  const { done } = actionWords[action.kind]
  const count = (state: BulkRun['items'][number]['state']) =>
    items.filter((item) => item.state === state).length
  const failed = count('failed') === 0 ? '' : `, ${count('failed')} failed`
  if (phase === 'over') return `${count('done')} ${done}${failed}`
  const left = count('left')
  return `${count('done')} of ${items.length} ${done}${failed}${phase === 'going' ? '' : `, ${left} left`}`
}
