import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { personas } from '../../../platform/auth/personas.ts'
import { openDatabase } from '../../../platform/store/database.ts'
import type { Database, Tables } from '../../../platform/store/schema.ts'
import { putUser } from '../../../platform/store/users.ts'
import { versionSortKey } from '../../../src/rules/semver.ts'
import { Random } from '../../durability/random.ts'

/** Raised whenever the same size would be seeded with something else. */
const edition = 1
const rowsAtOnce = 500
const roles = Array.from({ length: 40 }, (_, n) => `partners-${n}`)

/** The tag that a third of all versions carry. */
export const commonTag = 'tag-0'

/**
 * A data folder with versions and tags on them, made once and kept.
 *
 * @returns the folder
 */
export async function seeded(
  folder: string,
  { versions, tags, assignments }: { versions: number; tags: number; assignments: number },
): Promise<string> {
  const dataDir = path.join(folder, `tags-${edition}-${versions}-${tags}-${assignments}`)
  if (existsSync(dataDir)) return dataDir
  mkdirSync(folder, { recursive: true })
  const making = `${dataDir}.${process.pid}`
  const database = await openDatabase(making)
  try {
    for (const { id, name, email, roles: own } of personas) {
      await putUser(database, { id, name, email, roles: own })
    }
    await putTags(database, tags)
    await putApps(database, versions)
    await putAssignments(database, versions, tags, assignments)
    await database.destroy()
    renameSync(making, dataDir)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    throw error
  }
  return dataDir
}

async function inParts<Row>(rows: readonly Row[], put: (some: Row[]) => Promise<unknown>) {
  for (let at = 0; at < rows.length; at += rowsAtOnce) await put(rows.slice(at, at + rowsAtOnce))
}

async function putTags(database: Database, count: number): Promise<void> {
  const random = new Random(1)
  const rows = Array.from({ length: count }, (_, n): Tables['tags'] => ({
    id: `tag-${n}`,
    name: `tag-${n}`,
    title: `Tag ${n}`,
    color: '#336699',
    description: 'What it is for, in a sentence or two that somebody wrote.',
    is_category: n % 10 === 1 ? 1 : 0,
    admin_roles: JSON.stringify(n % 3 === 0 ? ['admin'] : []),
    visitor_roles: JSON.stringify(
      n % 2 === 0 ? [random.pick(roles) ?? '', `partners-of-${n}`] : [],
    ),
    revision: 1,
  }))
  await inParts(rows, (some) => database.insertInto('tags').values(some).execute())
}

async function putApps(database: Database, count: number): Promise<void> {
  const manifest = JSON.stringify({ tags: [], runtime: null, env: [], files: [] })
  const rows = Array.from({ length: count }, (_, n): Tables['apps'] => {
    const name = `app-${n % Math.ceil(count / 3)}`
    const version = `${1 + Math.floor((n * 3) / count)}.0.${n}`
    const at = new Date(Date.parse('2026-01-01T00:00:00Z') + n * 61_000).toISOString()
    return {
      id: appId(n),
      name,
      version,
      version_key: versionSortKey(version),
      title: `App ${n}`,
      title_key: `app ${n}`,
      description: 'What it does.',
      long_description: null,
      category: 'Other',
      keywords: '[]',
      owner_id: n % 2 === 0 ? 'author' : 'author-2',
      visibility: n % 10 === 9 ? 'PRIVATE' : 'ALL_USERS',
      lifecycle: 'ON_DEMAND',
      instance_timeout: 28_800,
      link: null,
      manifest,
      bundle_sha256: String(n).padStart(64, '0'),
      bundle_size: 40_000,
      file_count: 12,
      default_profile: null,
      created_at: at,
      updated_at: at,
    }
  })
  await inParts(rows, (some) => database.insertInto('apps').values(some).execute())
}

export function appId(n: number): string {
  return `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
}

async function putAssignments(
  database: Database,
  versions: number,
  tags: number,
  count: number,
): Promise<void> {
  const random = new Random(2)
  const wanted = new Set<string>()
  for (let n = 0; n < versions; n += 3) wanted.add(`${appId(n)} ${commonTag}`)
  while (wanted.size < count) {
    wanted.add(`${appId(random.between(0, versions - 1))} tag-${random.between(1, tags - 1)}`)
  }
  const rows = [...wanted].slice(0, count).map((pair): Tables['app_tags'] => {
    const [app_id = '', tag_id = ''] = pair.split(' ')
    return { app_id, tag_id, assigned_at: '2026-01-01T00:00:00.000Z' }
  })
  await inParts(rows, (some) => database.insertInto('app_tags').values(some).execute())
}
