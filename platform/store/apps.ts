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

/** Of each name, the newest version in the actor's catalog. */
export async function newestInCatalog(
  database: Database,
  actor: Actor,
  names: Iterable<string>,
): Promise<Map<string, Pick<AppRow, 'id' | 'version' | 'version_key'>>> {
  const unique = [...new Set(names)]
  if (unique.length === 0) return new Map()
  const rows = await database
    .selectFrom('apps')
    .select(['id', 'name', 'version', 'version_key'])
    .where('name', 'in', unique)
    .where(inCatalogOf(actor))
    .orderBy('version_key')
    .execute()
  return new Map(rows.map(({ name, ...newest }) => [name, newest]))
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
