import type { Actor } from './actor.ts'
import { allowed, type Decision, refused, signInFirst } from './decision.ts'

export type SecretFacts = {
  readonly visibility: 'PRIVATE' | 'ALL_USERS' | 'APP'
  /** Empty for secrets that belong to nobody in particular. */
  readonly ownerId: string
}

/** Names and keys only; values never leave the platform. */
export function maySeeSecret(actor: Actor, secret: SecretFacts): Decision {
  if (actor.access === 'anonymous') return signInFirst
  if (actor.access === 'visitor') {
    return refused(
      'secret.full-access-needed',
      'Secrets need full access to the platform.',
      'fullAccess',
    )
  }
  const own = secret.visibility === 'PRIVATE' && secret.ownerId === actor.userId
  if (actor.admin || own || secret.visibility === 'ALL_USERS') return allowed
  return refused('secret.not-found', 'There is no such secret, or you may not see it.', 'admin')
}
