import { sql, type SqlBool } from 'kysely'
import type { Tag } from '../../src/api/generated/types.gen.ts'
import type { Manifest } from '../../src/bundle/manifest/manifest.ts'
import type { Actor } from '../../src/rules/actor.ts'
import type { AppRow, Database } from './schema.ts'

/** An app as the platform works with it. */
export type StoredApp = Omit<AppRow, 'keywords' | 'manifest'> & {
  keywords: string[]
  manifest: Manifest
  owner: { id: string }
  tags: Tag[]
  images: { kind: 'icon' | 'screenshot'; n: number; sha256: string; type: string }[]
}

export type AppFilter = {
  readonly scope: 'catalog' | 'mine' | 'admin'
  readonly q?: string | undefined
  readonly category?: string | undefined
  readonly name?: string | undefined
  /** A tag's name. */
  readonly tag?: string | undefined
  /** A person's id. */
  readonly owner?: string | undefined
  readonly lifecycle?: AppRow['lifecycle'] | undefined
  readonly latest?: boolean | undefined
}

/**
 * `isInCatalogOf` of the rules as SQL over `apps`, so that a list can be filtered, counted and cut where the rows
 * are. A test holds the two against each other.
 */
export function inCatalogOf(actor: Actor) {
  const clauses = [sql<SqlBool>`apps.visibility = 'PUBLIC'`]
  if (actor.userId !== null) clauses.push(sql<SqlBool>`apps.owner_id = ${actor.userId}`)
  if (actor.access === 'fullAccess') clauses.push(sql<SqlBool>`apps.visibility = 'ALL_USERS'`)
  if (actor.access === 'visitor' && actor.roles.length > 0) {
    const roles = sql.join(actor.roles.map((role) => sql`${role}`))
    clauses.push(sql<SqlBool>`(apps.visibility = 'ALL_USERS' and exists (
      select 1 from app_tags
      join tags on tags.id = app_tags.tag_id
      join json_each(tags.visitor_roles) as visitor_role
      where app_tags.app_id = apps.id and visitor_role.value in (${roles})
    ))`)
  }
  return sql<SqlBool>`(${sql.join(clauses, sql` or `)})`
}

/** The apps of a scope, newest visible version only in the catalog, narrowed by search and name but not by category. */
function filtered(database: Database, actor: Actor, filter: AppFilter) {
  return database
    .with('visible', (db) => {
      const apps = db
        .selectFrom('apps')
        .selectAll('apps')
        .$if(filter.scope === 'catalog', (query) => query.where(inCatalogOf(actor)))
        .$if(filter.scope === 'mine', (query) => query.where('owner_id', '=', actor.userId ?? ''))
        .$if(filter.name !== undefined, (query) => query.where('name', '=', filter.name ?? ''))
      return apps.select(
        sql<number>`row_number() over (partition by name order by version_key desc)`.as('place'),
      )
    })
    .selectFrom('visible')
    .$if(filter.scope === 'catalog' || filter.latest === true, (query) =>
      query.where('place', '=', 1),
    )
    .$if(filter.owner !== undefined, (query) => query.where('owner_id', '=', filter.owner ?? ''))
    .$if(filter.lifecycle !== undefined, (query) =>
      query.where('lifecycle', '=', filter.lifecycle ?? 'ON_DEMAND'),
    )
    .$if(filter.tag !== undefined, (query) =>
      query.where(
        sql<SqlBool>`exists (
          select 1 from app_tags join tags on tags.id = app_tags.tag_id
          where app_tags.app_id = visible.id and tags.name = ${filter.tag ?? ''}
        )`,
      ),
    )
    .$if(filter.q !== undefined, (query) =>
      query.where((eb) =>
        eb.and(words(filter.q ?? '').map((word) => eb(sql`instr(search_text, ${word})`, '>', 0))),
      ),
    )
}

function words(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10)
}

/** How the list is ordered, and what a page token of it holds. */
const orders = {
  title: { column: 'title_key', direction: 'asc' },
  newest: { column: 'created_at', direction: 'desc' },
} as const

export type AppOrder = keyof typeof orders

export function appSortKey(order: AppOrder, app: AppRow | StoredApp): string[] {
  return [app[orders[order].column], app.id]
}

/** One row more than `limit` asks for tells that there is another page. */
export async function listApps(
  database: Database,
  actor: Actor,
  filter: AppFilter,
  order: AppOrder,
  after: readonly string[] | undefined,
  limit: number,
): Promise<StoredApp[]> {
  const { column, direction } = orders[order]
  const comparison = direction === 'asc' ? '>' : '<'
  const rows = await filtered(database, actor, filter)
    .selectAll('visible')
    .$if(filter.category !== undefined, (query) =>
      query.where('category', '=', filter.category ?? ''),
    )
    .$if(after !== undefined, (query) => {
      const [key = '', id = ''] = after ?? []
      return query.where((eb) =>
        eb.or([
          eb(column, comparison, key),
          eb.and([eb(column, '=', key), eb('id', comparison, id)]),
        ]),
      )
    })
    .orderBy(column, direction)
    .orderBy('id', direction)
    .limit(limit)
    .execute()
  return complete(database, rows)
}

export async function countApps(
  database: Database,
  actor: Actor,
  filter: AppFilter,
): Promise<{ total: number; categories: { value: string; count: number }[] }> {
  const rows = await filtered(database, actor, filter)
    .select(['category', (eb) => eb.fn.countAll().as('count')])
    .groupBy('category')
    .orderBy('category')
    .execute()
  const categories = rows.map((row) => ({ value: row.category, count: Number(row.count) }))
  const total = categories
    .filter(({ value }) => filter.category === undefined || value === filter.category)
    .reduce((sum, { count }) => sum + count, 0)
  return { total, categories }
}

export async function getApp(database: Database, id: string): Promise<StoredApp | undefined> {
  const row = await database.selectFrom('apps').selectAll().where('id', '=', id).executeTakeFirst()
  return row && (await complete(database, [row]))[0]
}

export async function getApps(
  database: Database,
  ids: Iterable<string>,
): Promise<Map<string, StoredApp>> {
  const unique = [...new Set(ids)]
  if (unique.length === 0) return new Map()
  const rows = await database.selectFrom('apps').selectAll().where('id', 'in', unique).execute()
  return new Map((await complete(database, rows)).map((app) => [app.id, app]))
}

export async function findVersion(
  database: Database,
  name: string,
  version: string,
): Promise<StoredApp | undefined> {
  const row = await database
    .selectFrom('apps')
    .selectAll()
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirst()
  return row && (await complete(database, [row]))[0]
}

/** Every version of the name, newest first. */
export async function listVersions(database: Database, name: string): Promise<StoredApp[]> {
  const rows = await database
    .selectFrom('apps')
    .selectAll()
    .where('name', '=', name)
    .orderBy('version_key', 'desc')
    .execute()
  return complete(database, rows)
}

async function complete(database: Database, rows: readonly AppRow[]): Promise<StoredApp[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const images = await database
    .selectFrom('app_images')
    .selectAll()
    .where('app_id', 'in', ids)
    .orderBy('n')
    .execute()
  const tags = await database
    .selectFrom('app_tags')
    .innerJoin('tags', 'tags.id', 'app_tags.tag_id')
    .selectAll('tags')
    .select('app_tags.app_id')
    .where('app_tags.app_id', 'in', ids)
    .orderBy('tags.name')
    .execute()
  return rows.map((row) => ({
    ...row,
    keywords: JSON.parse(row.keywords),
    manifest: JSON.parse(row.manifest),
    owner: { id: row.owner_id },
    images: images.filter((image) => image.app_id === row.id),
    tags: tags
      .filter((tag) => tag.app_id === row.id)
      .map((tag) => ({
        id: tag.id,
        name: tag.name,
        title: tag.title,
        color: tag.color,
        description: tag.description,
        isCategory: tag.is_category === 1,
        visitorRoles: JSON.parse(tag.visitor_roles),
      })),
  }))
}
