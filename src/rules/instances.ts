import type { Actor } from './actor.ts'
import { allowed, type Decision, refused, signInFirst } from './decision.ts'

/** What the rules need to know of an instance; the contract's Instance fits as it is. */
export type InstanceFacts = {
  readonly owner: { readonly id: string }
  readonly visibility: 'PRIVATE' | 'ALL_USERS' | 'PUBLIC'
  readonly app: { readonly ownerId: string; readonly lifecycle: 'ON_DEMAND' | 'MANAGED' | 'LINK' }
}

const notFound = refused(
  'instance.not-found',
  'There is no such instance, or you may not see it.',
  'owner',
)

export function ownsInstance(actor: Actor, instance: Pick<InstanceFacts, 'owner'>): boolean {
  return actor.userId !== null && actor.userId === instance.owner.id
}

function ownsItsApp(actor: Actor, instance: InstanceFacts): boolean {
  return actor.userId !== null && actor.userId === instance.app.ownerId
}

/**
 * Whether the actor may see that the instance is there, and its metadata.
 *
 * @param appInCatalog whether the instance's app is in the actor's catalog; visitors reach MANAGED apps through it
 */
export function maySeeInstance(
  actor: Actor,
  instance: InstanceFacts,
  appInCatalog: boolean,
): Decision {
  if (actor.admin || ownsItsApp(actor, instance)) return allowed
  return mayOpenInstance(actor, instance, appInCatalog).allowed ? allowed : notFound
}

/**
 * Whether the actor may open the instance's own page. Neither owning the app nor being an admin opens somebody
 * else's private instance: what runs in it is theirs.
 */
export function mayOpenInstance(
  actor: Actor,
  instance: InstanceFacts,
  appInCatalog: boolean,
): Decision {
  if (instance.visibility === 'PUBLIC' || ownsInstance(actor, instance)) return allowed
  if (actor.access === 'anonymous') return signInFirst
  if (instance.visibility === 'ALL_USERS') {
    if (actor.access === 'fullAccess') return allowed
    if (instance.app.lifecycle === 'MANAGED' && appInCatalog) return allowed
  }
  return refused('instance.private', 'Only its owner can open this private instance.', 'owner')
}

/** Status detail and log. A visitor may not read them, not even of their own instance. */
export function mayReadLog(actor: Actor, instance: InstanceFacts): Decision {
  if (actor.access === 'anonymous') return signInFirst
  if (actor.access === 'visitor') {
    return refused(
      'instance.log-full-access',
      'Reading status and logs needs full access to the platform.',
      'fullAccess',
    )
  }
  if (actor.admin || ownsInstance(actor, instance) || ownsItsApp(actor, instance)) return allowed
  return refused(
    'instance.log-owner-only',
    'Only its owner, the owner of its app or an admin can read the log of this instance.',
    'ownerOrAdmin',
  )
}

/** Pause, resume, terminate, change visibility. */
export function mayControlInstance(actor: Actor, instance: InstanceFacts): Decision {
  if (actor.access === 'anonymous') return signInFirst
  if (actor.admin || ownsInstance(actor, instance)) return allowed
  return refused(
    'instance.control-owner-only',
    'Only its owner or an admin can pause, resume, terminate or share this instance.',
    'ownerOrAdmin',
  )
}
