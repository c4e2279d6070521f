import type { Actor } from './actor.ts'
import { allowed, type Decision, refused, signInFirst } from './decision.ts'

/** What the rules need to know of an app; the contract's App fits as it is. */
export type AppFacts = {
  readonly owner: { readonly id: string }
  readonly visibility: 'PRIVATE' | 'ALL_USERS' | 'PUBLIC'
  readonly lifecycle: 'ON_DEMAND' | 'MANAGED' | 'LINK'
  readonly tags: readonly { readonly visitorRoles: readonly string[] }[]
}

const notFound = refused('app.not-found', 'There is no such app, or you may not see it.', 'owner')

export function ownsApp(actor: Actor, app: Pick<AppFacts, 'owner'>): boolean {
  return actor.userId !== null && actor.userId === app.owner.id
}

/** Whether the app is in the actor's own catalog: published to them, or theirs. Admins see more, by address. */
export function isInCatalogOf(actor: Actor, app: AppFacts): boolean {
  if (app.visibility === 'PUBLIC' || ownsApp(actor, app)) return true
  if (app.visibility !== 'ALL_USERS') return false
  if (actor.access === 'fullAccess') return true
  return (
    actor.access === 'visitor' &&
    app.tags.some((tag) => tag.visitorRoles.some((role) => actor.roles.includes(role)))
  )
}

export function maySeeApp(actor: Actor, app: AppFacts): Decision {
  return actor.admin || isInCatalogOf(actor, app) ? allowed : notFound
}

/** Whether the actor may launch an instance of it for themselves. Limits and preconditions are asked elsewhere. */
export function mayRunApp(actor: Actor, app: AppFacts): Decision {
  if (!maySeeApp(actor, app).allowed) return notFound
  if (app.lifecycle === 'LINK') {
    return refused(
      'app.is-link',
      'This app opens outside the platform; there is nothing to run.',
      'nobody',
    )
  }
  if (actor.access === 'anonymous') return signInFirst
  if (ownsApp(actor, app)) return allowed
  if (app.lifecycle === 'MANAGED') {
    if (actor.admin) return allowed
    return refused(
      'app.is-managed',
      'Its owner runs this app for everyone; others visit the running instance.',
      'ownerOrAdmin',
    )
  }
  // An admin sees other people's private apps, but never runs them on their behalf.
  if (!isInCatalogOf(actor, app)) {
    return refused('app.private', 'Only its owner can run this private app.', 'owner')
  }
  return allowed
}

export function mayImport(actor: Actor): Decision {
  if (actor.access === 'anonymous') return signInFirst
  if (actor.access === 'fullAccess') return allowed
  return refused(
    'import.full-access-needed',
    'Importing apps needs full access to the platform.',
    'fullAccess',
  )
}

export function mayImportContainer(actor: Actor): Decision {
  const decision = mayImport(actor)
  if (!decision.allowed || actor.admin) return decision
  return refused(
    'import.container-admin-only',
    'Only an admin can import a container app.',
    'admin',
  )
}

function ownerOrAdmin(actor: Actor, app: AppFacts, code: string, reason: string): Decision {
  if (!maySeeApp(actor, app).allowed) return notFound
  if (actor.access === 'anonymous') return signInFirst
  return actor.admin || ownsApp(actor, app) ? allowed : refused(code, reason, 'ownerOrAdmin')
}

export function mayChangeAppVisibility(actor: Actor, app: AppFacts): Decision {
  return ownerOrAdmin(
    actor,
    app,
    'app.visibility-owner-only',
    'Only its owner or an admin can change the visibility of this app.',
  )
}

export function mayChangeDefaultProfile(actor: Actor, app: AppFacts): Decision {
  return ownerOrAdmin(
    actor,
    app,
    'app.profile-owner-only',
    'Only its owner or an admin can change what its instances are launched with.',
  )
}

export function mayDeleteApp(actor: Actor, app: AppFacts): Decision {
  return ownerOrAdmin(
    actor,
    app,
    'app.delete-owner-only',
    'Only its owner or an admin can delete this app.',
  )
}

export function mayDownloadBundle(actor: Actor, app: AppFacts): Decision {
  if (!maySeeApp(actor, app).allowed) return notFound
  if (actor.access === 'anonymous') return signInFirst
  if (ownsApp(actor, app)) return allowed
  return refused('app.download-owner-only', 'Only its owner can download this bundle.', 'owner')
}

/** The files of the bundle, one by one: for everybody who sees the app and has signed in. */
export function mayReadSource(actor: Actor, app: AppFacts): Decision {
  const seen = maySeeApp(actor, app)
  if (!seen.allowed) return seen
  return actor.access === 'anonymous' ? signInFirst : allowed
}

/** What an instance of the app gets unless its launch says otherwise. A default that isn’t offered any more is none. */
export function usualProfile<Profile extends { readonly name: string; readonly default: boolean }>(
  app: { readonly defaultProfile: string | null },
  profiles: readonly Profile[],
): Profile | undefined {
  return (
    profiles.find(({ name }) => name === app.defaultProfile) ??
    profiles.find((profile) => profile.default)
  )
}

/**
 * Who else may open an instance unless its launch says otherwise. A MANAGED app is run for those who see it, so that a
 * private instance of it would leave them with nothing to visit.
 */
export function usualInstanceVisibility(
  app: Pick<AppFacts, 'lifecycle' | 'visibility'>,
): 'PRIVATE' | 'ALL_USERS' {
  return app.lifecycle === 'MANAGED' && app.visibility !== 'PRIVATE' ? 'ALL_USERS' : 'PRIVATE'
}

/** A pin is the actor's own, so that there has to be somebody. */
export function mayPinApp(actor: Actor, app: AppFacts): Decision {
  return actor.access === 'anonymous' ? signInFirst : maySeeApp(actor, app)
}
