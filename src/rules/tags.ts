import type { Actor } from './actor.ts'
import { type AppFacts, maySeeApp } from './apps.ts'
import { allowed, type Decision, refused, signInFirst } from './decision.ts'

/** What the rules need to know of a tag. */
export type TagFacts = { readonly adminRoles: readonly string[] }
type Roles = TagFacts & { readonly visitorRoles: readonly string[] }

export const tagKindNames = ['category', 'authorization', 'badge'] as const
export type TagKind = (typeof tagKindNames)[number]

/**
 * A category that has visitor roles is an authorization tag, too: an access review that looks at those alone must not
 * miss it.
 */
export function tagKinds(tag: {
  readonly isCategory: boolean
  readonly visitorRoles: readonly string[]
}): TagKind[] {
  const kinds: TagKind[] = [
    ...(tag.isCategory ? (['category'] as const) : []),
    ...(tag.visitorRoles.length > 0 ? (['authorization'] as const) : []),
  ]
  return kinds.length > 0 ? kinds : ['badge']
}

/** Whether everybody with full access may open apps to visitors with it. */
export function isOpenDoor(tag: Roles): boolean {
  return tag.visitorRoles.length > 0 && tag.adminRoles.length === 0
}

const fullAccessNeeded = refused(
  'tag.full-access-needed',
  'Tags are for people with full access to the platform.',
  'fullAccess',
)

export function maySeeTags(actor: Actor): Decision {
  if (actor.access === 'anonymous') return signInFirst
  return actor.access === 'fullAccess' ? allowed : fullAccessNeeded
}

export function mayCreateTag(actor: Actor): Decision {
  const decision = maySeeTags(actor)
  if (!decision.allowed || actor.admin) return decision
  return refused('tag.admin-only', 'Only an admin can create, merge or delete tags.', 'admin')
}

export function mayDeleteTag(actor: Actor): Decision {
  return mayCreateTag(actor)
}

/** Merging deletes one of the two. */
export function mayMergeTags(actor: Actor): Decision {
  return mayCreateTag(actor)
}

/**
 * Whether the actor is told which roles people have, beside those that tags name. An admin role of a tag is no
 * sufficient reason: with a tag that is everybody's, people can give that to themselves.
 */
export function maySeePeoplesRoles(actor: Actor): boolean {
  return actor.admin
}

/** As far as a tag's visitor roles are this actor's to know: without full access, those that open something to them. */
export function knownVisitorRoles(actor: Actor, visitorRoles: readonly string[]): string[] {
  return maySeeTags(actor).allowed
    ? [...visitorRoles]
    : visitorRoles.filter((role) => actor.roles.includes(role))
}

/** Without admin roles a tag is everybody's who has full access. */
export function mayEditTag(actor: Actor, tag: TagFacts): Decision {
  const decision = maySeeTags(actor)
  if (!decision.allowed || actor.admin || tag.adminRoles.length === 0) return decision
  if (tag.adminRoles.some((role) => actor.roles.includes(role))) return allowed
  const roles = tag.adminRoles.join(', ')
  return refused(
    'tag.role-needed',
    `This tag is for people with one of its admin roles: ${roles}.`,
    'admin',
  )
}

/** Assigning and removing; whoever may edit the tag may put it on any app they see. */
export function mayAssignTag(actor: Actor, tag: TagFacts, app: AppFacts): Decision {
  const seen = maySeeApp(actor, app)
  return seen.allowed ? mayEditTag(actor, tag) : seen
}

/** Whose roles a tag has after another was merged into it. */
export type RoleChoice = 'keep' | 'takeOver' | 'both'

/** Together, the admin roles let in whoever either tag did: everybody, where one of the two has none. */
export function mergedAdminRoles(choice: RoleChoice, into: TagFacts, from: TagFacts): string[] {
  if (choice === 'both' && (into.adminRoles.length === 0 || from.adminRoles.length === 0)) return []
  return mergedRoles(choice, into.adminRoles, from.adminRoles)
}

export function mergedVisitorRoles(choice: RoleChoice, into: Roles, from: Roles): string[] {
  return mergedRoles(choice, into.visitorRoles, from.visitorRoles)
}

function mergedRoles(
  choice: RoleChoice,
  into: readonly string[],
  from: readonly string[],
): string[] {
  if (choice === 'keep') return [...into]
  return choice === 'takeOver' ? [...from] : [...new Set([...into, ...from])]
}
