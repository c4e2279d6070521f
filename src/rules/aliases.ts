import type { Actor } from './actor.ts'
import { allowed, type Decision, refused, signInFirst } from './decision.ts'
import { type InstanceFacts, ownsInstance } from './instances.ts'

/** Creating, deleting and listing vanity addresses. */
export function mayManageAliases(actor: Actor): Decision {
  if (actor.access === 'anonymous') return signInFirst
  return actor.admin
    ? allowed
    : refused('alias.admin-only', 'Only an admin can manage aliases.', 'admin')
}

/** Letting an alias that is there lead to this instance. */
export function mayPointAlias(actor: Actor, instance: Pick<InstanceFacts, 'owner'>): Decision {
  if (actor.access === 'anonymous') return signInFirst
  if (actor.admin || (actor.access === 'fullAccess' && ownsInstance(actor, instance)))
    return allowed
  return refused(
    'alias.owner-only',
    'Only the owner of an instance or an admin can let an alias lead to it.',
    'ownerOrAdmin',
  )
}
