import type { Actor } from './actor.ts'
import { type AppFacts, maySeeApp } from './apps.ts'
import { allowed, type Decision, refused, signInFirst } from './decision.ts'

/** What the rules need to know of a tag. */
export type TagFacts = { readonly adminRoles: readonly string[] }

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
  return refused('tag.admin-only', 'Only an admin can create or delete tags.', 'admin')
}

export function mayDeleteTag(actor: Actor): Decision {
  return mayCreateTag(actor)
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
