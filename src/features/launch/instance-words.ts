import type { Instance, RuntimeStatus } from '../../api/generated/types.gen.ts'
import type { Tone } from '../../ui/tokens.ts'

type Status = Instance['status']

export const statusWords: Record<Status, string> = {
  PENDING: 'Starting',
  DEPLOYED: 'Running',
  FAILED: 'Failed',
  SUSPENDED: 'Paused',
  UNKNOWN: 'Unknown',
}

export const statusTones: Record<Status, Tone> = {
  PENDING: 'wait',
  DEPLOYED: 'ok',
  FAILED: 'bad',
  SUSPENDED: 'idle',
  UNKNOWN: 'idle',
}

export const visibilityWords: Record<Instance['visibility'], string> = {
  PRIVATE: 'Only me',
  ALL_USERS: 'All users',
  PUBLIC: 'Everybody',
}

/** The steps of a start, in their order, by the reason that the platform gives. */
export const startPhases = [
  { reason: 'Unpacking', words: 'Sourcing the app' },
  { reason: 'InstallingRequirements', words: 'Installing requirements' },
  { reason: 'Starting', words: 'Waiting for it to answer' },
] as const

/** What a start is busy with, in a few lower-case words; null where the platform doesn't say. */
export function launchPhase({ state, reason, message }: RuntimeStatus): string | null {
  if (state === 'OOMKilled') return 'out of memory, trying again'
  if (state === 'CrashLoopBackOff') return 'crashed, trying again'
  const known = startPhases.find((phase) => phase.reason === reason)
  if (known !== undefined) return known.words.toLowerCase()
  if (message === null || message.trim() === '') return null
  const words = message.trim().replace(/[.…]+$/, '')
  return words.charAt(0).toLocaleLowerCase() + words.slice(1)
}

/** Why it failed, as a sentence. The platform's words; it tells visitors none. */
export function failureReason({ message, exitCode }: RuntimeStatus): string {
  if (message !== null && message.trim() !== '') return message.trim()
  if (exitCode !== null) return `It ended by itself with exit code ${exitCode}.`
  return 'It stopped, and the platform doesn’t say why.'
}

const remedies: Record<string, string> = {
  OOMKilled:
    'Run it with a larger profile, or ask its author for a larger MemoryLimit. Trying again as it is helps only where it was bad luck.',
  ModuleNotFound: 'Only its author can mend that, with a new version.',
  StartLimitReached:
    'Its log says how far it got. Try again; where it stops there again, its author has to mend it.',
  PlatformStopped: 'Try again: nothing is wrong with it.',
  StorageFull: 'Try again once an admin has made room.',
  VolumeFull: 'Starting it again ends the same way until its volume may be larger.',
  PortTaken: 'Pause the other instance of it first, then try again.',
}

/** What one can do about a failure, after the reason; the platform's stable words say which. */
export function failureRemedy({ reason }: RuntimeStatus): string {
  return remedies[reason ?? ''] ?? 'Its log says more. Try again, or show the log to its author.'
}

/** A start that takes longer than the platform lets it, and some for the way of the news. */
const graceMs = 15_000

/** Whether a start should be over by now. A place in the queue counts for nothing, nor does a crash in between. */
export function isOverdue(
  { status, runtimeStatus, updatedAt }: Instance,
  startSeconds: number,
  now: number,
): boolean {
  return (
    status === 'PENDING' &&
    runtimeStatus.reason !== 'Queued' &&
    runtimeStatus.state !== 'CrashLoopBackOff' &&
    runtimeStatus.state !== 'OOMKilled' &&
    now - Date.parse(updatedAt) > startSeconds * 1000 + graceMs
  )
}

/** For a screen reader, once for each change of status. */
export function statusAnnouncement({ app, status, runtimeStatus }: Instance): string {
  if (status === 'DEPLOYED') return `${app.title} is running`
  if (status === 'PENDING') return `${app.title} is starting`
  if (status === 'SUSPENDED') return `${app.title} is paused`
  if (status === 'FAILED') return `${app.title} failed. ${failureReason(runtimeStatus)}`
  return `The state of ${app.title} is unknown`
}
