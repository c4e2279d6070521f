import { sql } from 'kysely'
import type { TagDetail } from '../../src/api/generated/types.gen.ts'
import type { Database, Tables } from './schema.ts'

export type StoredTag = {
  readonly id: string
  readonly detail: TagDetail
  /** Counts the edits. */
  readonly revision: number
}

export type TagValues = Omit<TagDetail, 'id' | 'appCount'>

type TagRow = Tables['tags'] & { app_count: number | string | bigint }

function fromRow(row: TagRow): StoredTag {
  const detail = {
    id: row.id,
    name: row.name,
    title: row.title,
    color: row.color,
    description: row.description,
    isCategory: row.is_category === 1,
    adminRoles: JSON.parse(row.admin_roles),
    visitorRoles: JSON.parse(row.visitor_roles),
    appCount: Number(row.app_count),
  }
  return { id: row.id, detail, revision: row.revision }
}

function toRow(values: Partial<TagValues>): Partial<Tables['tags']> {
  const { name, title, color, description, isCategory, adminRoles, visitorRoles } = values
  return {
    ...(name === undefined ? {} : { name }),
    ...(title === undefined ? {} : { title }),
    ...(color === undefined ? {} : { color }),
    ...(description === undefined ? {} : { description }),
    ...(isCategory === undefined ? {} : { is_category: isCategory ? 1 : 0 }),
    ...(adminRoles === undefined ? {} : { admin_roles: JSON.stringify(adminRoles) }),
    ...(visitorRoles === undefined ? {} : { visitor_roles: JSON.stringify(visitorRoles) }),
  }
}

function tags(database: Pick<Database, 'selectFrom'>) {
  return database
    .selectFrom('tags')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('app_tags')
        .whereRef('app_tags.tag_id', '=', 'tags.id')
        .select((inner) => inner.fn.countAll().as('count'))
        .as('app_count'),
    )
    .$castTo<TagRow>()
}

/** By name; one row more than `limit` asks for tells that there is another page. */
export async function listTags(
  database: Database,
  after: string | undefined,
  limit: number,
): Promise<StoredTag[]> {
  const rows = await tags(database)
    .$if(after !== undefined, (query) => query.where('name', '>', after ?? ''))
    .orderBy('name')
    .limit(limit)
    .execute()
  return rows.map(fromRow)
}

export async function countTags(database: Database): Promise<number> {
  const row = await database
    .selectFrom('tags')
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export async function getTag(
  database: Pick<Database, 'selectFrom'>,
  id: string,
): Promise<StoredTag | undefined> {
  const row = await tags(database).where('id', '=', id).executeTakeFirst()
  return row && fromRow(row)
}

/** @throws a unique violation where the name is taken */
export async function insertTag(
  database: Pick<Database, 'insertInto'>,
  id: string,
  values: TagValues,
): Promise<void> {
  const row = {
    id,
    revision: 1,
    name: values.name,
    title: values.title,
    color: values.color,
    description: values.description,
    is_category: values.isCategory ? 1 : 0,
    admin_roles: JSON.stringify(values.adminRoles),
    visitor_roles: JSON.stringify(values.visitorRoles),
  }
  await database.insertInto('tags').values(row).execute()
}

/** @returns false where somebody else has changed it since `revision`; nothing is changed then */
export async function updateTag(
  database: Database,
  id: string,
  revision: number,
  values: Partial<TagValues>,
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('tags')
    .set({ ...toRow(values), revision: sql<number>`revision + 1` })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** @returns false where somebody else has changed it since `revision`; it stays then */
export async function deleteTag(
  database: Database,
  id: string,
  revision: number,
): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('tags')
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** The apps that carry it. */
export async function listTagged(database: Database, tagId: string): Promise<string[]> {
  const rows = await database
    .selectFrom('app_tags')
    .select('app_id')
    .where('tag_id', '=', tagId)
    .execute()
  return rows.map((row) => row.app_id)
}

export async function assignTag(
  database: Database,
  appId: string,
  tagId: string,
  now: Date,
): Promise<void> {
  await database
    .insertInto('app_tags')
    .values({ app_id: appId, tag_id: tagId, assigned_at: now.toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function removeTag(database: Database, appId: string, tagId: string): Promise<void> {
  await database
    .deleteFrom('app_tags')
    .where('app_id', '=', appId)
    .where('tag_id', '=', tagId)
    .execute()
}
