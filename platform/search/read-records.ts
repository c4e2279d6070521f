import type { Manifest } from '../../src/bundle/manifest/manifest.ts'
import { needsOf } from '../preconditions.ts'
import type { Database } from '../store/schema.ts'
import type { AppRecord, TagRecord } from './search-index.ts'

const columns = [
  'id',
  'name',
  'version_key',
  'title',
  'title_key',
  'description',
  'category',
  'keywords',
  'owner_id',
  'visibility',
  'lifecycle',
  'manifest',
  'created_at',
] as const

/** What the store says of these apps now; of those that are gone, nothing. */
export async function readRecords(
  database: Database,
  ids: readonly string[],
): Promise<AppRecord[]> {
  if (ids.length === 0) return []
  const rows = await database
    .selectFrom('apps')
    .innerJoin('users', 'users.id', 'apps.owner_id')
    .select(columns.map((column) => `apps.${column}` as const))
    .select('users.name as owner_name')
    .where('apps.id', 'in', ids)
    .execute()
  const tags = await readTags(database, ids)
  return rows.map((row) => {
    const manifest: Partial<Manifest> = JSON.parse(row.manifest)
    const { runtime = null, env = [], files = [] } = manifest
    return {
      id: row.id,
      name: row.name,
      versionKey: row.version_key,
      title: row.title,
      titleKey: row.title_key,
      description: row.description,
      category: row.category,
      keywords: JSON.parse(row.keywords),
      tags: tags.get(row.id) ?? [],
      owner: { id: row.owner_id, name: row.owner_name },
      visibility: row.visibility,
      lifecycle: row.lifecycle,
      needs: needsOf({ runtime, env, files }),
      createdAt: row.created_at,
    }
  })
}

async function readTags(
  database: Database,
  ids: readonly string[],
): Promise<Map<string, TagRecord[]>> {
  const rows = await database
    .selectFrom('app_tags')
    .innerJoin('tags', 'tags.id', 'app_tags.tag_id')
    .select(['app_tags.app_id', 'tags.id', 'name', 'title', 'color', 'is_category'])
    .select('visitor_roles')
    .where('app_tags.app_id', 'in', ids)
    .orderBy('tags.name')
    .execute()
  const found = new Map<string, TagRecord[]>()
  for (const { app_id, id, name, title, color, is_category, visitor_roles } of rows) {
    const visitorRoles: string[] = JSON.parse(visitor_roles)
    const tag = { id, name, title, color, isCategory: is_category === 1, visitorRoles }
    found.set(app_id, [...(found.get(app_id) ?? []), tag])
  }
  return found
}

/** The number of the last change that was written down. */
export async function lastChange(database: Database): Promise<number> {
  const row = await database
    .selectFrom('search_changes')
    .select((eb) => eb.fn.max('seq').as('last'))
    .executeTakeFirst()
  return row?.last ?? 0
}

export type ChangesSince = {
  readonly last: number
  readonly appIds: readonly string[]
  /** Whose count of launches has changed. */
  readonly appNames: readonly string[]
}

/**
 * What has changed since; undefined where there is more than `limit`, or where some of it is not written down any
 * more: reading everything again is what is left.
 */
export async function changesSince(
  database: Database,
  seen: number,
  limit: number,
): Promise<ChangesSince | undefined> {
  const rows = await database
    .selectFrom('search_changes')
    .selectAll()
    .where('seq', '>', seen)
    .orderBy('seq')
    .limit(limit + 1)
    .execute()
  const first = rows[0]?.seq ?? seen + 1
  if (rows.length > limit || first !== seen + 1) return undefined
  return {
    last: rows.at(-1)?.seq ?? seen,
    appIds: [...new Set(rows.flatMap((row) => row.app_id ?? []))],
    appNames: [...new Set(rows.flatMap((row) => row.app_name ?? []))],
  }
}
