import type { Actor } from './actor.ts'
import { type AppFacts, ownsApp } from './apps.ts'

/** Some of those who see an app, and through what. */
export type Audience<Tag> =
  | { readonly who: 'owner' }
  | { readonly who: 'admins' }
  /** Because it is for all users. */
  | { readonly who: 'fullAccess' }
  /** Because it is public. */
  | { readonly who: 'everybody' }
  /** Because it is for all users and carries these tags. */
  | { readonly who: 'visitors'; readonly role: string; readonly through: readonly Tag[] }

type SeenApp<Tag> = Omit<AppFacts, 'tags'> & { readonly tags: readonly Tag[] }

/**
 * Everybody who sees an app: it is seen by those who are in one of these audiences, and by nobody else. `maySeeApp` in
 * other words; a property test holds the two together.
 */
export function whoSees<Tag extends AppFacts['tags'][number]>(app: SeenApp<Tag>): Audience<Tag>[] {
  const always: Audience<Tag>[] = [{ who: 'owner' }, { who: 'admins' }]
  if (app.visibility === 'PRIVATE') return always
  if (app.visibility === 'PUBLIC') return [...always, { who: 'everybody' }]
  const roles = new Set(app.tags.flatMap(({ visitorRoles }) => visitorRoles).toSorted())
  const visitors = [...roles].map((role): Audience<Tag> => ({
    who: 'visitors',
    role,
    through: app.tags.filter(({ visitorRoles }) => visitorRoles.includes(role)),
  }))
  return [...always, { who: 'fullAccess' }, ...visitors]
}

/** Whether the actor is one of them. */
export function isAmong<Tag>(
  actor: Actor,
  app: Pick<AppFacts, 'owner'>,
  audience: Audience<Tag>,
): boolean {
  switch (audience.who) {
    case 'owner':
      return ownsApp(actor, app)
    case 'admins':
      return actor.admin
    case 'fullAccess':
      return actor.access === 'fullAccess'
    case 'everybody':
      return true
    case 'visitors':
      return actor.access === 'visitor' && actor.roles.includes(audience.role)
  }
}
