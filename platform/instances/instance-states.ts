import type { Report } from '../scheduler/scheduler.ts'
import type { NewEvent } from '../store/instance-events.ts'
import type { StoredInstance } from '../store/instances.ts'
import type { InstanceRow } from '../store/schema.ts'

type Change = Partial<InstanceRow>

/** What a status that has nothing to report looks like. */
const quiet = { runtime_reason: null, runtime_message: null, exit_code: null } as const

/** An instance that was asked for, and that the scheduler hasn't begun with. */
export const queued = {
  ...quiet,
  status: 'PENDING',
  runtime_state: 'ContainerCreating',
  runtime_reason: 'Queued',
  runtime_message: 'Waiting to start',
  restart_count: 0,
} as const

export function paused(reason: string | null, message: string | null): Change {
  return {
    ...quiet,
    status: 'SUSPENDED',
    runtime_state: 'Terminated',
    runtime_reason: reason,
    runtime_message: message,
    suspend_after: null,
  }
}

export function failed(
  reason: string,
  message: string,
  exitCode: number | null,
  now: Date,
): Change {
  return {
    status: 'FAILED',
    runtime_state: reason === 'OOMKilled' ? 'OOMKilled' : 'Terminated',
    runtime_reason: reason,
    runtime_message: message,
    exit_code: exitCode,
    last_failure: now.toISOString(),
    suspend_after: null,
  }
}

/** When an instance pauses itself unless it is used again; null: never. */
export function pauseDeadline({ storedApp }: StoredInstance, now: Date): string | null {
  if (storedApp.instance_timeout === null) return null
  return new Date(now.getTime() + storedApp.instance_timeout * 1000).toISOString()
}

/** What the scheduler's report makes of an instance that is starting or running. */
export function afterReport(instance: StoredInstance, report: Report, now: Date): Change {
  switch (report.kind) {
    case 'queued':
      return {
        status: 'PENDING',
        runtime_state: 'ContainerCreating',
        runtime_reason: 'Queued',
        runtime_message: `Waiting to start: number ${report.place} in the queue`,
      }
    case 'starting':
      return {
        status: 'PENDING',
        runtime_state: 'ContainerCreating',
        runtime_reason: report.phase,
        runtime_message: report.message,
      }
    case 'running':
      return {
        ...quiet,
        status: 'DEPLOYED',
        runtime_state: 'Running',
        suspend_after: pauseDeadline(instance, now),
      }
    case 'crashed':
      return {
        status: 'PENDING',
        runtime_state: report.reason === 'OOMKilled' ? 'OOMKilled' : 'CrashLoopBackOff',
        runtime_reason: report.reason,
        runtime_message: `${report.message} It is started again in ${report.retrySeconds} s.`,
        exit_code: report.exitCode,
        restart_count: instance.restart_count + 1,
        last_failure: now.toISOString(),
        suspend_after: null,
      }
    case 'failed':
      return failed(report.reason, report.message, report.exitCode, now)
  }
}

/** What the report adds to the timeline; null: nothing. */
export function eventOf(report: Report): NewEvent | null {
  switch (report.kind) {
    case 'queued':
      return report.isNew
        ? { kind: 'QUEUED', by: null, message: `Number ${report.place} in the queue` }
        : null
    case 'starting':
      return report.done ? { kind: report.done, by: null, message: report.note ?? null } : null
    case 'running':
      return { kind: 'ANSWERED', by: null }
    case 'crashed':
    case 'failed': {
      const { reason, message, exitCode } = report
      return {
        kind: report.kind === 'failed' ? 'FAILED' : 'CRASHED',
        by: null,
        reason,
        message,
        exitCode,
      }
    }
  }
}
