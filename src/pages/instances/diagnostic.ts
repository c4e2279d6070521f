import type { Environment, Instance, InstanceEvent } from '../../api/generated/types.gen.ts'

/** The newest this many events tell how it came to this. */
const eventsTold = 15

/**
 * All that helps an admin, as text to hand on: what it is, how it is, and how it came to this. Holds nothing that the
 * instance's owner doesn't see anyway, and no secret.
 */
export function diagnosticOf(
  instance: Instance,
  events: readonly InstanceEvent[],
  environment: Environment | undefined,
  now: Date,
): string {
  const { app, runtimeStatus: runtime, owner } = instance
  const known = (value: string | number | null) => (value === null ? '–' : String(value))
  return [
    `Instance ${instance.id} of ${app.name} ${app.version} (app ${app.id})`,
    `Owner: ${owner.name} (${owner.id}) · profile ${instance.profile} · open to ${instance.visibility}`,
    `Status: ${instance.status} since ${instance.updatedAt} · read at ${now.toISOString()}`,
    `Runtime: ${runtime.state} · reason ${known(runtime.reason)} · exit code ${known(runtime.exitCode)} · restarts ${runtime.restartCount} · last failure ${known(runtime.lastFailure)}`,
    `Message: ${known(runtime.message)}`,
    environment === undefined
      ? 'Platform: –'
      : `Platform: ${environment.name} ${environment.version} · scheduler ${environment.scheduler} · confinement ${environment.confinement} · start limit ${environment.limits.startSeconds} s`,
    'Timeline:',
    ...events
      .slice(-eventsTold)
      .map(({ at, kind, run, reason, message, exitCode }) =>
        [at, `run ${run}`, kind, reason, message, exitCode === null ? null : `exit ${exitCode}`]
          .filter((part) => part !== null)
          .join(' · '),
      ),
  ].join('\n')
}
