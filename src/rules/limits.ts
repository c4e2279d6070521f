import type { Actor } from './actor.ts'

/** How many instances a person may have starting or running at once. */
export function instanceLimit(
  actor: Actor,
  limits: { readonly instancesPerUser: number; readonly instancesPerVisitor: number },
): number {
  if (actor.access === 'anonymous') return 0
  return actor.access === 'visitor' ? limits.instancesPerVisitor : limits.instancesPerUser
}
