import type { InstanceEvent } from '../../api/generated/types.gen.ts'
import { visibilityWords } from '../../features/launch/instance-words.ts'
import type { Tone } from '../../ui/tokens.ts'

type Kind = InstanceEvent['kind']

const words: Record<Kind, string> = {
  REQUESTED: 'Started',
  QUEUED: 'Waiting for its turn',
  UNPACKED: 'Unpacked',
  REQUIREMENTS_INSTALLED: 'Requirements there',
  STARTED: 'Process begun',
  ANSWERED: 'Answered: running',
  CRASHED: 'Crashed',
  RESTARTED: 'Begun again',
  FAILED: 'Failed',
  FOUND: 'Found running',
  PAUSED: 'Paused',
  RESUMED: 'Resumed',
  VISIBILITY_CHANGED: 'Opened to others',
  ENDED: 'Terminated',
}

const tones: Partial<Record<Kind, Tone>> = {
  ANSWERED: 'ok',
  FOUND: 'ok',
  CRASHED: 'bad',
  FAILED: 'bad',
  PAUSED: 'idle',
  ENDED: 'idle',
}

export const eventTone = ({ kind }: InstanceEvent): Tone => tones[kind] ?? 'info'

/** What happened, in a few words. */
export function eventWords(event: InstanceEvent): string {
  if (event.kind !== 'VISIBILITY_CHANGED') return words[event.kind]
  const to = event.message
  return to === 'PRIVATE' || to === 'ALL_USERS' || to === 'PUBLIC'
    ? `Open to ${visibilityWords[to].toLocaleLowerCase()}`
    : 'Visibility changed'
}

/** What the platform adds to it; null where the words say it all. */
export function eventDetail({ kind, message }: InstanceEvent): string | null {
  return kind === 'VISIBILITY_CHANGED' || message === null || message === 'None needed'
    ? null
    : message
}

const steps = new Set<Kind>([
  'REQUESTED',
  'RESUMED',
  'UNPACKED',
  'REQUIREMENTS_INSTALLED',
  'STARTED',
  'ANSWERED',
])

export type LaunchStep = { event: InstanceEvent; sinceMs: number | null }

/** The steps of the latest start that are behind it, with what each took in milliseconds. Times come oldest first. */
export function launchSteps(events: readonly InstanceEvent[]): LaunchStep[] {
  const run = events.at(-1)?.run
  const ofRun = events.filter((event) => event.run === run && steps.has(event.kind))
  return ofRun.map((event, index) => {
    const before = ofRun[index - 1]
    return {
      event,
      sinceMs: before === undefined ? null : Date.parse(event.at) - Date.parse(before.at),
    }
  })
}

/** “+0.2 s”, “+1 min 4 s”. */
export function stepTime(ms: number): string {
  if (ms < 60_000) return `+${(ms / 1000).toFixed(1)} s`
  return `+${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}
