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
  { reason: 'Unpacking', words: 'Unpacking' },
  { reason: 'InstallingRequirements', words: 'Installing requirements' },
  { reason: 'Starting', words: 'Waiting for it to answer' },
] as const

/** What a start is busy with, in a few lower-case words; null where the platform doesn't say. */
export function launchPhase({ state, reason, message }: RuntimeStatus): string | null {
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

/** For a screen reader, once for each change of status. */
export function statusAnnouncement({ app, status, runtimeStatus }: Instance): string {
  if (status === 'DEPLOYED') return `${app.title} is running`
  if (status === 'PENDING') return `${app.title} is starting`
  if (status === 'SUSPENDED') return `${app.title} is paused`
  if (status === 'FAILED') return `${app.title} failed. ${failureReason(runtimeStatus)}`
  return `The state of ${app.title} is unknown`
}
