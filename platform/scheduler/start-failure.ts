import { isDiskFull } from '../store/errors.ts'
import type { Report } from './scheduler.ts'

/** A start that can't succeed: reported as it is, and not tried again. */
export class StartFailure extends Error {
  readonly reason: string

  constructor(reason: string, message: string) {
    super(message)
    this.reason = reason
  }
}

/** A start that broke off, in words for the people who wait for it. */
export function failureOf(error: unknown): Report {
  const text = error instanceof Error ? error.message : String(error)
  const [reason, message] = isDiskFull(error)
    ? ['StorageFull', 'The platform’s disk is full. Start it again once there is room.']
    : error instanceof StartFailure
      ? [error.reason, text]
      : ['PlatformError', `The platform could not start it: ${text}`]
  return { kind: 'failed', reason, message, exitCode: null }
}
