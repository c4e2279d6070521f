import { sql, type SqlBool } from 'kysely'
import type { Actor } from '../../src/rules/actor.ts'
import { getApps, inCatalogOf, type StoredApp } from './apps.ts'
import type { Database, InstanceRow, InstanceStatus } from './schema.ts'

/** An instance with its app, in the shape that the rules take. */
export type StoredInstance = InstanceRow & {
  owner: { id: string }
  app: { ownerId: string; lifecycle: StoredApp['lifecycle'] }
  storedApp: StoredApp
}

export type InstanceFilter = {
  readonly scope: 'mine' | 'visible' | 'admin'
  readonly app?: string | undefined
  readonly appName?: string | undefined
  readonly status?: InstanceStatus | undefined
  /** Only these. */
  readonly id?: readonly string[] | undefined
}

/** Starting and running ones take one of a person's slots; paused and failed ones don't. */
const liveStatuses: readonly InstanceStatus[] = ['PENDING', 'DEPLOYED', 'UNKNOWN']

/** `maySeeInstance` of the rules as SQL over `instances` joined with `apps`; a test holds the two together. */
function visibleTo(actor: Actor) {
  if (actor.admin) return sql<SqlBool>`true`
  const clauses = [sql<SqlBool>`instances.visibility = 'PUBLIC'`]
  if (actor.userId !== null) {
    clauses.push(sql<SqlBool>`instances.owner_id = ${actor.userId}`)
    clauses.push(sql<SqlBool>`apps.owner_id = ${actor.userId}`)
  }
  if (actor.access === 'fullAccess') {
    clauses.push(sql<SqlBool>`instances.visibility = 'ALL_USERS'`)
  }
  if (actor.access === 'visitor') {
    clauses.push(
      sql<SqlBool>`(instances.visibility = 'ALL_USERS' and apps.lifecycle = 'MANAGED' and ${inCatalogOf(actor)})`,
    )
  }
  return sql<SqlBool>`(${sql.join(clauses, sql` or `)})`
}

function filtered(database: Database, actor: Actor, filter: InstanceFilter) {
  return database
    .selectFrom('instances')
    .innerJoin('apps', 'apps.id', 'instances.app_id')
    .$if(filter.scope === 'mine', (query) =>
      query.where('instances.owner_id', '=', actor.userId ?? ''),
    )
    .$if(filter.scope === 'visible', (query) => query.where(visibleTo(actor)))
    .$if(filter.app !== undefined, (query) =>
      query.where('instances.app_id', '=', filter.app ?? ''),
    )
    .$if(filter.appName !== undefined, (query) =>
      query.where('apps.name', '=', filter.appName ?? ''),
    )
    .$if(filter.status !== undefined, (query) =>
      query.where('instances.status', '=', filter.status ?? 'UNKNOWN'),
    )
    .$if(filter.id !== undefined, (query) => query.where('instances.id', 'in', filter.id ?? []))
}

/** Newest first. One row more than `limit` asks for tells that there is another page. */
export async function listInstances(
  database: Database,
  actor: Actor,
  filter: InstanceFilter,
  after: readonly string[] | undefined,
  limit: number,
): Promise<StoredInstance[]> {
  const rows = await filtered(database, actor, filter)
    .selectAll('instances')
    .$if(after !== undefined, (query) => {
      const [createdAt = '', id = ''] = after ?? []
      return query.where(sql<SqlBool>`(instances.created_at, instances.id) < (${createdAt}, ${id})`)
    })
    .orderBy('instances.created_at', 'desc')
    .orderBy('instances.id', 'desc')
    .limit(limit)
    .execute()
  return complete(database, rows)
}

export async function countInstances(
  database: Database,
  actor: Actor,
  filter: InstanceFilter,
): Promise<number> {
  const row = await filtered(database, actor, filter)
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export async function getInstance(
  database: Database,
  id: string,
): Promise<StoredInstance | undefined> {
  const row = await database
    .selectFrom('instances')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && (await complete(database, [row]))[0]
}

/** The ids of every instance of an app, in whatever state: a paused one would be lost with its app, too. */
export async function listInstancesOf(database: Database, appId: string): Promise<string[]> {
  const rows = await database
    .selectFrom('instances')
    .select('id')
    .where('app_id', '=', appId)
    .execute()
  return rows.map((row) => row.id)
}

/** Every instance that should have a process, for the start of the platform. */
export async function listLiveInstances(database: Database): Promise<StoredInstance[]> {
  const rows = await database
    .selectFrom('instances')
    .selectAll()
    .where('status', 'in', liveStatuses)
    .execute()
  return complete(database, rows)
}

export async function countLive(database: Database, ownerId: string): Promise<number> {
  const row = await database
    .selectFrom('instances')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('owner_id', '=', ownerId)
    .where('status', 'in', liveStatuses)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** The running instances of these apps that everybody who may see the app can be led to, newest first. */
export async function listDeployed(
  database: Database,
  appIds: readonly string[],
): Promise<
  { id: string; app_id: string; owner_id: string; visibility: InstanceRow['visibility'] }[]
> {
  if (appIds.length === 0) return []
  return database
    .selectFrom('instances')
    .select(['id', 'app_id', 'owner_id', 'visibility'])
    .where('app_id', 'in', appIds)
    .where('status', '=', 'DEPLOYED')
    .orderBy('created_at', 'desc')
    .execute()
}

async function complete(
  database: Database,
  rows: readonly InstanceRow[],
): Promise<StoredInstance[]> {
  const apps = await getApps(
    database,
    rows.map((row) => row.app_id),
  )
  return rows.flatMap((row) => {
    const app = apps.get(row.app_id)
    if (app === undefined) return []
    return {
      ...row,
      owner: { id: row.owner_id },
      app: { ownerId: app.owner_id, lifecycle: app.lifecycle },
      storedApp: app,
    }
  })
}
