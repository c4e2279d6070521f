import type { Actor } from './actor.ts'

/** How many instances a person may have starting or running at once. */
export function instanceLimit(
  actor: Actor,
  limits: { readonly instancesPerUser: number; readonly instancesPerVisitor: number },
): number {
  if (actor.access === 'anonymous') return 0
  return actor.access === 'visitor' ? limits.instancesPerVisitor : limits.instancesPerUser
}

/** Why one more instance can't be started or resumed now; null where it can. */
export function whyNoSlot(slots: { readonly used: number; readonly max: number }): string | null {
  return slots.used < slots.max
    ? null
    : `You have ${slots.used} of ${slots.max} instances. Pause one first.`
}
