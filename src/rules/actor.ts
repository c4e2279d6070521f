/** The person a rule is asked about. Roles come from the sign-in provider, never from the platform's own data. */
export type Actor = {
  /** Null for anonymous people. */
  readonly userId: string | null
  readonly access: 'anonymous' | 'visitor' | 'fullAccess'
  /** Admins always have full access as well. */
  readonly admin: boolean
  readonly roles: readonly string[]
}

export const anonymous: Actor = { userId: null, access: 'anonymous', admin: false, roles: [] }

/** Which of a provider's roles mean what; `null` for full access: everyone who signs in has it. */
export type RoleNames = { readonly fullAccess: string | null; readonly admin: string }

/** Turns a signed-in person's roles into an actor. */
export function actorOf(userId: string, roles: readonly string[], names: RoleNames): Actor {
  const admin = roles.includes(names.admin)
  const full = admin || names.fullAccess === null || roles.includes(names.fullAccess)
  return { userId, access: full ? 'fullAccess' : 'visitor', admin, roles }
}

export function maySeeEmails(actor: Actor): boolean {
  return actor.access === 'fullAccess'
}
