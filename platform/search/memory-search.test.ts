import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Actor, actorOf, anonymous } from '../../src/rules/actor.ts'
import { isInCatalogOf, mayRunApp } from '../../src/rules/apps.ts'
import { compareVersions, versionSortKey } from '../../src/rules/semver.ts'
import { defaultLimits } from '../config.ts'
import { getApps, type StoredApp } from '../store/apps.ts'
import { openDatabase } from '../store/database.ts'
import type { AppRow, Database } from '../store/schema.ts'
import { putUser } from '../store/users.ts'
import type { AppQuery } from './app-search.ts'
import { MemorySearch } from './memory-search.ts'

const names = { fullAccess: 'full-access', admin: 'admin' }
const actors: readonly Actor[] = [
  anonymous,
  actorOf('a', ['full-access'], names),
  actorOf('b', ['full-access', 'admin'], names),
  actorOf('c', ['north'], names),
  actorOf('d', ['south', 'east'], names),
  actorOf('e', [], names),
]
const tags = [
  { id: 'north', roles: ['north'], is_category: 0 },
  { id: 'south', roles: ['south', 'west'], is_category: 0 },
  { id: 'badge', roles: [], is_category: 0 },
  { id: 'Logistics', roles: [], is_category: 1 },
]
const at = '2026-01-01T00:00:00.000Z'

let folder: string
let database: Database
let search: MemorySearch
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wavedeck-search-'))
  database = await openDatabase(folder)
  const config = {
    port: 0,
    host: '127.0.0.1',
    dataDir: folder,
    scheduler: 'simulated',
    samples: false,
    webRoot: null,
    python: 'python3',
    publicMode: true,
    confine: true,
    allowedEnvNames: [],
    limits: defaultLimits,
  } as const
  search = new MemorySearch({ database, config, python: null })
  for (const { userId, roles } of actors) {
    if (userId === null) continue
    await putUser(database, { id: userId, name: `Person ${userId}`, email: '', roles: [...roles] })
  }
  for (const { id, roles, is_category } of tags) {
    await database
      .insertInto('tags')
      .values({
        id,
        name: id,
        title: `Tag ${id}`,
        color: '#000000',
        description: '',
        is_category,
        admin_roles: '[]',
        visitor_roles: JSON.stringify(roles),
        revision: 1,
      })
      .execute()
  }
})
afterEach(async () => {
  await database.destroy()
  await rm(folder, { recursive: true, force: true })
})

type Made = {
  readonly name: string
  readonly version: string
  readonly owner: string
  readonly visibility: AppRow['visibility']
  readonly lifecycle: AppRow['lifecycle']
  readonly category: string
  readonly tags: readonly string[]
  readonly title: string
}

const made: fc.Arbitrary<Made> = fc.record({
  name: fc.constantFrom('one', 'two', 'three', 'four'),
  version: fc.constantFrom('1.0.0', '1.10.0', '1.9.0', '2.0.0-rc.1', '2.0.0'),
  owner: fc.constantFrom('a', 'b', 'c'),
  visibility: fc.constantFrom('PRIVATE', 'ALL_USERS', 'PUBLIC'),
  lifecycle: fc.constantFrom('ON_DEMAND', 'MANAGED', 'LINK'),
  category: fc.constantFrom('Sales', 'Retail', 'Other', 'Unheard of'),
  tags: fc.subarray(tags.map(({ id }) => id)),
  title: fc.constantFrom('Sales forecast', 'Churn explorer', 'Salse board', 'Sales'),
})

const worlds = fc.uniqueArray(made, {
  selector: ({ name, version }) => `${name} ${version}`,
  maxLength: 12,
})

const some = <T>(all: readonly T[]) =>
  fc.option(fc.subarray([...all], { minLength: 1 }), { nil: undefined })
const maybe = fc.option(fc.boolean(), { nil: undefined })

const queries: fc.Arbitrary<AppQuery> = fc.record({
  scope: fc.constantFrom('catalog', 'mine', 'admin'),
  latest: maybe,
  category: some(['Sales', 'Retail', 'Other', 'Logistics']),
  tag: some(['north', 'badge', 'Logistics', 'nothing']),
  owner: some(['a', 'c']),
  lifecycle: some(['ON_DEMAND', 'MANAGED', 'LINK'] as const),
  runnable: maybe,
  hasInstance: maybe,
  updateAvailable: maybe,
  pinned: maybe,
  pageSize: fc.constantFrom(2, 1_000),
  orderBy: fc.constantFrom('relevance', 'title', 'newest', 'launched', undefined),
})

async function addApp(id: string, app: Made, time = at): Promise<void> {
  const { name, version, title, owner, visibility, lifecycle, category } = app
  await database
    .insertInto('apps')
    .values({
      id,
      name,
      version,
      version_key: versionSortKey(version),
      title,
      title_key: title.toLowerCase(),
      description: '',
      long_description: null,
      category,
      keywords: '[]',
      owner_id: owner,
      visibility,
      lifecycle,
      instance_timeout: null,
      link: null,
      manifest: JSON.stringify({ runtime: { appMode: 'python' }, env: [], files: [] }),
      bundle_sha256: '0',
      bundle_size: 0,
      file_count: 0,
      created_at: time,
      updated_at: time,
    })
    .execute()
  for (const tag_id of app.tags) {
    await database.insertInto('app_tags').values({ app_id: id, tag_id, assigned_at: at }).execute()
  }
}

async function addInstance(id: string, appId: string, owner: string): Promise<void> {
  await database
    .insertInto('instances')
    .values({
      id,
      app_id: appId,
      owner_id: owner,
      status: 'SUSPENDED',
      visibility: 'PRIVATE',
      profile: 'default',
      run: 1,
      suspend_after: null,
      runtime_state: 'Paused',
      runtime_reason: null,
      runtime_message: null,
      exit_code: null,
      restart_count: 0,
      last_failure: null,
      created_at: at,
      updated_at: at,
    })
    .execute()
}

/** The same as the search has to say, slowly and straight from the rules. */
function expected(
  apps: readonly StoredApp[],
  actor: Actor,
  query: AppQuery,
  own: readonly StoredApp[],
  pins: ReadonlySet<string>,
) {
  const inScope = apps.filter((app) => {
    if (query.scope === 'mine') return app.owner_id === actor.userId
    return query.scope === 'admin' ? actor.admin : isInCatalogOf(actor, app)
  })
  const entries =
    query.scope === 'catalog' || query.latest === true
      ? inScope.filter(
          (app) =>
            !inScope.some(
              (other) => other.name === app.name && compareVersions(other.version, app.version) > 0,
            ),
        )
      : inScope
  const categories = (app: StoredApp) => {
    const labels = app.tags.filter((tag) => tag.isCategory).map((tag) => tag.name)
    const early = ['Sales', 'Retail'].includes(app.category) ? app.category : 'Other'
    return early === 'Other' && labels.length > 0 ? labels : [...labels, early]
  }
  const mine = (app: StoredApp) => own.filter((other) => other.name === app.name)
  const flags: Record<string, (app: StoredApp) => boolean> = {
    runnable: (app) => mayRunApp(actor, app).allowed,
    hasInstance: (app) => mine(app).length > 0,
    updateAvailable: (app) =>
      mine(app).some((other) => compareVersions(other.version, app.version) < 0),
    pinned: (app) => pins.has(app.name),
  }
  const values: Record<string, (app: StoredApp) => string[]> = {
    category: categories,
    tag: (app) => app.tags.map((tag) => tag.name),
    owner: (app) => [app.owner_id],
    lifecycle: (app) => [app.lifecycle],
  }
  const asked: Record<string, unknown> = { ...query }
  const keeps = (app: StoredApp, without: string) =>
    Object.entries(values).every(([name, of]) => {
      const chosen = asked[name]
      return (
        name === without || !Array.isArray(chosen) || of(app).some((one) => chosen.includes(one))
      )
    }) &&
    Object.entries(flags).every(
      ([name, of]) => name === without || asked[name] === undefined || of(app) === asked[name],
    )
  const left = (without: string) => entries.filter((app) => keeps(app, without))
  const counted = (name: string, of: (app: StoredApp) => string[] = values[name] ?? (() => [])) => {
    const counts: Record<string, number> = {}
    for (const value of left(name).flatMap(of)) counts[value] = (counts[value] ?? 0) + 1
    return counts
  }
  const badges = (app: StoredApp) =>
    app.tags
      .filter((tag) => !tag.isCategory || query.tag?.includes(tag.name))
      .map((tag) => tag.name)
  return {
    ids: left('').map(({ id }) => id),
    unfilteredSize: entries.length,
    facets: {
      category: counted('category'),
      tag: counted('tag', badges),
      owner: counted('owner'),
      lifecycle: counted('lifecycle'),
      ...Object.fromEntries(
        Object.entries(flags).map(([name, of]) => [name, left(name).filter(of).length]),
      ),
    },
    hiddenBy: Object.keys({ ...values, ...flags })
      .filter((name) => asked[name] !== undefined)
      .map((filter) => ({ filter, count: left(filter).length })),
  }
}

/** Every page of it, put together. */
async function found(actor: Actor, query: AppQuery) {
  const first = await search.find(actor, query)
  const ids = [...first.ids]
  let token = first.nextPageToken
  while (token !== null) {
    const page = await search.find(actor, { ...query, pageToken: token })
    ids.push(...page.ids)
    token = page.nextPageToken
  }
  const { runnable, hasInstance, updateAvailable, pinned, ...lists } = first.facets
  const counts = Object.fromEntries(
    Object.entries(lists).map(([name, values]) => [
      name,
      Object.fromEntries(values.flatMap(({ value, count }) => (count > 0 ? [[value, count]] : []))),
    ]),
  )
  return {
    ids,
    unfilteredSize: first.unfilteredSize,
    facets: { ...counts, runnable, hasInstance, updateAvailable, pinned },
    hiddenBy: [...first.hiddenBy],
  }
}

test('lists, counts and hides exactly what the rules say, in any world and however it is asked', async () => {
  await fc.assert(
    fc.asyncProperty(
      worlds,
      fc.array(fc.tuple(fc.nat(11), fc.constantFrom('a', 'c', 'd')), { maxLength: 6 }),
      fc.array(fc.tuple(queries, fc.nat(actors.length - 1)), { minLength: 5, maxLength: 5 }),
      async (world, running, asked) => {
        await database.deleteFrom('instances').execute()
        await database.deleteFrom('apps').execute()
        await database.deleteFrom('pins').execute()
        for (const [n, app] of world.entries()) await addApp(`app-${n}`, app)
        const known = running.filter(([n]) => n < world.length)
        for (const [n, [app, owner]] of known.entries()) {
          await addInstance(`instance-${n}`, `app-${app}`, owner)
        }
        await database.insertInto('pins').values({ user_id: 'a', app_name: 'one' }).execute()
        const stored = await getApps(
          database,
          world.map((_, n) => `app-${n}`),
        )
        const apps = [...stored.values()]
        for (const [query, who] of asked) {
          const actor = actors[who] ?? anonymous
          const own = known.flatMap(([app, owner]) =>
            owner === actor.userId ? (stored.get(`app-${app}`) ?? []) : [],
          )
          const pins = new Set(actor.userId === 'a' ? ['one'] : [])
          const due = expected(apps, actor, query, own, pins)
          const there = await found(actor, query)
          expect(new Set(there.ids)).toEqual(new Set(due.ids))
          expect(there.ids).toHaveLength(due.ids.length)
          expect({ ...there, ids: [], hiddenBy: byName(there.hiddenBy) }).toEqual({
            ...due,
            ids: [],
            hiddenBy: byName(due.hiddenBy),
          })
        }
      },
    ),
    { numRuns: 60 },
  )
})

const byName = (hidden: readonly { filter: string; count: number }[]) =>
  hidden.toSorted((a, b) => (a.filter < b.filter ? -1 : 1))

const plain: Made = {
  name: 'one',
  version: '1.0.0',
  owner: 'a',
  visibility: 'ALL_USERS',
  lifecycle: 'ON_DEMAND',
  category: 'Other',
  tags: [],
  title: 'Sales',
}
const all = { scope: 'catalog', pageSize: 50 } as const
const person = actorOf('d', ['full-access'], names)
const idsOf = async (query: Partial<AppQuery>) =>
  (await search.find(person, { ...all, ...query })).ids

test('follows every change of the data, by whomever it is made', async () => {
  await addApp('first', plain)
  expect(await idsOf({ q: 'sales' })).toEqual(['first'])
  await database.updateTable('apps').set({ title: 'Churn' }).where('id', '=', 'first').execute()
  expect(await idsOf({ q: 'sales' })).toEqual([])
  expect(await idsOf({ q: 'churn' })).toEqual(['first'])
  await database
    .insertInto('app_tags')
    .values({ app_id: 'first', tag_id: 'badge', assigned_at: at })
    .execute()
  expect(await idsOf({ tag: ['badge'] })).toEqual(['first'])
  await database
    .updateTable('tags')
    .set({ name: 'b2', title: 'Zinc' })
    .where('id', '=', 'badge')
    .execute()
  expect(await idsOf({ tag: ['b2'], q: 'zinc' })).toEqual(['first'])
  await database.deleteFrom('tags').where('id', '=', 'badge').execute()
  expect(await idsOf({ q: 'zinc' })).toEqual([])
  await putUser(database, { id: 'a', name: 'Wilhelmina', email: '', roles: [] })
  expect(await idsOf({ q: 'wilhelm' })).toEqual(['first'])
  await database.deleteFrom('apps').execute()
  expect(await idsOf({})).toEqual([])
})

test('what a transaction changed and took back was never there', async () => {
  await addApp('first', plain)
  await idsOf({})
  const undone = database.transaction().execute(async (transaction) => {
    await transaction.updateTable('apps').set({ title: 'Churn' }).execute()
    throw new Error('undo')
  })
  await expect(undone).rejects.toThrow('undo')
  expect(await idsOf({ q: 'sales' })).toEqual(['first'])
  expect(await idsOf({ q: 'churn' })).toEqual([])
})

test('reads everything again where more has changed than is written down', async () => {
  await addApp('first', plain)
  await idsOf({})
  await database.updateTable('apps').set({ title: 'Churn' }).execute()
  await database.deleteFrom('search_changes').execute()
  await addApp('second', { ...plain, name: 'two' })
  expect(await idsOf({ q: 'churn' })).toEqual(['first'])
})

test('counts launches for good, and orders by them', async () => {
  await addApp('first', plain)
  await addApp('second', { ...plain, name: 'two' })
  for (const n of [1, 2]) await addInstance(`i-${n}`, 'second', 'a')
  await addInstance('i-3', 'first', 'a')
  expect(await idsOf({ orderBy: 'launched' })).toEqual(['second', 'first'])
  await database.deleteFrom('instances').execute()
  expect(await idsOf({ orderBy: 'launched' })).toEqual(['second', 'first'])
  for (const n of [4, 5]) await addInstance(`i-${n}`, 'first', 'a')
  expect(await idsOf({ orderBy: 'launched' })).toEqual(['first', 'second'])
})

test('a name that is taken again begins without launches', async () => {
  await addApp('first', plain)
  await addInstance('i-1', 'first', 'a')
  await database.deleteFrom('instances').execute()
  await database.deleteFrom('apps').execute()
  expect(await database.selectFrom('launches').selectAll().execute()).toEqual([])
})
