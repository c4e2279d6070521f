import type { Actor } from './actor.ts'
import { type AppFacts, isInCatalogOf } from './apps.ts'
import { isOpenDoor, mayEditTag } from './tags.ts'

type PlannedTag = {
  readonly id: string
  readonly adminRoles: readonly string[]
  readonly visitorRoles: readonly string[]
}

type CarriedTag = { readonly id: string; readonly visitorRoles: readonly string[] }

/** An app with everything that it carries: what one tag doesn't open, another may. */
export type ImpactApp = Omit<AppFacts, 'tags'> & {
  readonly id: string
  readonly tags: readonly CarriedTag[]
}

/** What would be done to a tag, all of it at once; the contract's TagPlan fits as it is. */
export type TagPlan = {
  readonly adminRoles?: readonly string[]
  readonly visitorRoles?: readonly string[]
  readonly delete?: boolean
  /** The id of the tag that would be merged into this one. */
  readonly mergeFrom?: string
  /** Ids of apps. */
  readonly assign?: readonly string[]
  readonly remove?: readonly string[]
}

export type AppImpact<App> = {
  readonly app: App
  /** Roles whose visitors would see it, and don't now; A to Z. */
  readonly gained: readonly string[]
  readonly lost: readonly string[]
  /** Some visitor reaches it now, and none would any more. */
  readonly closed: boolean
}

export type ImpactWarning = {
  readonly code: 'open-door' | 'apps-closed' | 'locks-you-out'
  readonly message: string
}

export type TagImpact<App> = {
  /** The apps that change hands. */
  readonly apps: readonly AppImpact<App>[]
  /** Pairs of an app and a role. */
  readonly gained: number
  readonly lost: number
  readonly closed: number
  /** Private apps that the same would be true of once they are published. */
  readonly privateCount: number
  readonly warnings: readonly ImpactWarning[]
}

/**
 * Who gains and who loses sight of what by a change to a tag, worked out by the rule that the platform enforces: it is
 * asked about a visitor with each role, before and after.
 *
 * @param apps at least those that carry the tag or the one to merge, and those to assign it to
 */
export function tagImpact<App extends ImpactApp>(
  actor: Actor,
  tag: PlannedTag,
  plan: TagPlan,
  apps: readonly App[],
): TagImpact<App> {
  const change = changeOf(tag, plan)
  const changed = (shown: readonly App[]) =>
    shown
      .map((app) => impactOn(app, change))
      .filter(({ gained, lost }) => gained.length + lost.length > 0)
  const touched = changed(apps)
  const unpublished = apps
    .filter(({ visibility }) => visibility === 'PRIVATE')
    .map((app) => ({ ...app, visibility: 'ALL_USERS' as const }))
  const sum = (count: (impact: AppImpact<App>) => number) =>
    touched.reduce((total, impact) => total + count(impact), 0)
  const closed = sum((impact) => Number(impact.closed))
  return {
    apps: touched,
    gained: sum((impact) => impact.gained.length),
    lost: sum((impact) => impact.lost.length),
    closed,
    privateCount: changed(unpublished).length,
    warnings: warningsOf(actor, tag, plan, closed),
  }
}

/** What an app carries once the plan is carried out. */
export function tagsAfter(tag: PlannedTag, plan: TagPlan, app: ImpactApp): CarriedTag[] {
  return changeOf(tag, plan)(app)
}

type Change = (app: ImpactApp) => CarriedTag[]

function changeOf(tag: PlannedTag, plan: TagPlan): Change {
  const assign = new Set(plan.assign)
  const remove = new Set(plan.remove)
  const after = { id: tag.id, visitorRoles: plan.visitorRoles ?? tag.visitorRoles }
  return ({ id, tags }) => {
    const isOther = (one: CarriedTag) => one.id !== tag.id && one.id !== plan.mergeFrom
    const others = tags.filter(isOther)
    const carries = (others.length < tags.length || assign.has(id)) && !remove.has(id)
    return carries && plan.delete !== true ? [...others, after] : others
  }
}

const visitorWith = (role: string): Actor => ({
  userId: null,
  access: 'visitor',
  admin: false,
  roles: [role],
})

function impactOn<App extends ImpactApp>(app: App, change: Change): AppImpact<App> {
  const before = app.tags
  const after = change(app)
  const roles = [...before, ...after].flatMap(({ visitorRoles }) => visitorRoles)
  const sees = (role: string, tags: readonly CarriedTag[]) =>
    isInCatalogOf(visitorWith(role), { ...app, tags })
  const gained: string[] = []
  const lost: string[] = []
  let reached = false
  let reachable = false
  for (const role of new Set(roles.toSorted())) {
    const did = sees(role, before)
    const will = sees(role, after)
    if (will && !did) gained.push(role)
    if (did && !will) lost.push(role)
    reached ||= did
    reachable ||= will
  }
  return { app, gained, lost, closed: reached && !reachable }
}

function warningsOf(actor: Actor, tag: PlannedTag, plan: TagPlan, closed: number): ImpactWarning[] {
  const after = {
    adminRoles: plan.adminRoles ?? tag.adminRoles,
    visitorRoles: plan.visitorRoles ?? tag.visitorRoles,
  }
  const stays = plan.delete !== true
  const warnings: ImpactWarning[] = []
  if (stays && isOpenDoor(after)) {
    warnings.push({
      code: 'open-door',
      message:
        'It opens apps to visitors and has no admin roles: everybody with full access could open any app that all users see.',
    })
  }
  if (closed > 0) {
    const apps = closed === 1 ? 'One app is' : `${closed} apps are`
    warnings.push({ code: 'apps-closed', message: `${apps} not reached by any visitor any more.` })
  }
  if (stays && mayEditTag(actor, tag).allowed && !mayEditTag(actor, after).allowed) {
    warnings.push({
      code: 'locks-you-out',
      message: 'You have none of these admin roles: you could not edit or assign it any more.',
    })
  }
  return warnings
}
