import type { Actor } from '../../src/rules/actor.ts'
import { isInCatalogOf, mayRunApp } from '../../src/rules/apps.ts'
import { type Means, whatIsMissing } from '../preconditions.ts'
import type { AppQuery } from './app-search.ts'
import type { Access, IndexedApp, SearchIndex } from './search-index.ts'

/** What the caller has, beside their roles. */
export type Belongings = {
  readonly pins: ReadonlySet<string>
  /** The version keys of the caller's instances, by app name. */
  readonly instances: ReadonlyMap<string, readonly string[]>
  readonly means: Means
}

/** Whose id nobody has. */
const nobody = ''

/**
 * Asks a rule once for everything that it looks at instead of once an app: an app's access, and whether the actor
 * owns it.
 */
function askedOnce(
  index: SearchIndex,
  actor: Actor,
  rule: (
    app: Access & { owner: { id: string }; tags: { visitorRoles: readonly string[] }[] },
  ) => boolean,
): (app: IndexedApp) => boolean {
  const self = actor.userId === null ? undefined : index.owners.find(actor.userId)
  const answers = [nobody, actor.userId ?? nobody].map((id) =>
    Array.from(index.access.entries(), ([, access]) =>
      rule({ ...access, owner: { id }, tags: [{ visitorRoles: access.visitorRoles }] }),
    ),
  )
  const [others = [], own = []] = answers
  return (app) => (app.owner === self ? own : others)[app.access] ?? false
}

/** The entries of a list before search and filters: what the actor may see there, and nothing else. */
export function entriesOf(
  index: SearchIndex,
  actor: Actor,
  { scope, latest }: Pick<AppQuery, 'scope' | 'latest'>,
): IndexedApp[] {
  const self = actor.userId === null ? undefined : index.owners.find(actor.userId)
  const belongs =
    scope === 'catalog'
      ? askedOnce(index, actor, (app) => isInCatalogOf(actor, app))
      : scope === 'mine'
        ? (app: IndexedApp) => self !== undefined && app.owner === self
        : () => actor.admin
  const entries: IndexedApp[] = []
  const newestOnly = scope === 'catalog' || latest === true
  for (const versions of index.names.values()) {
    for (const app of versions) {
      if (!belongs(app)) continue
      entries.push(app)
      if (newestOnly) break
    }
  }
  return entries
}

export const flagNames = ['runnable', 'hasInstance', 'updateAvailable', 'pinned'] as const
export type Flags = Readonly<Record<(typeof flagNames)[number], (app: IndexedApp) => boolean>>

/** What is true of an app for this caller alone. */
export function flagsFor(index: SearchIndex, actor: Actor, belongings: Belongings): Flags {
  const { pins, instances, means } = belongings
  const mayRun = askedOnce(index, actor, (app) => mayRunApp(actor, app).allowed)
  const provided = Array.from(index.needs.entries(), ([, needs]) => {
    const isProvided = (name: string) => whatIsMissing(needs, name, means, actor.userId).runnable
    // An app may have secrets of its own, so that where there are any the name matters.
    return needs.secrets.length > 0 ? isProvided : isProvided('')
  })
  return {
    runnable: (app) => {
      if (!mayRun(app)) return false
      const answer = provided[app.needs]
      return typeof answer === 'function' ? answer(app.name) : answer === true
    },
    hasInstance: (app) => instances.has(app.name),
    updateAvailable: (app) =>
      instances.get(app.name)?.some((versionKey) => versionKey < app.versionKey) ?? false,
    pinned: (app) => pins.has(app.name),
  }
}
