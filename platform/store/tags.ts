import { type Selectable, sql, type Transaction } from 'kysely'
import type { TagInput } from '../../src/api/generated/types.gen.ts'
import type { Actor } from '../../src/rules/actor.ts'
import { inCatalogOf } from './apps.ts'
import type { Database, Tables } from './schema.ts'

export type TagValues = Required<TagInput>

export type StoredTag = TagValues & {
  readonly id: string
  /** Counts the edits. */
  readonly revision: number
}

type Reads = Pick<Database, 'selectFrom'>
type Writes = Transaction<Tables>

function fromRow(row: Selectable<Tables['tags']>): StoredTag {
  return {
    id: row.id,
    name: row.name,
    title: row.title,
    color: row.color,
    description: row.description,
    isCategory: row.is_category === 1,
    adminRoles: JSON.parse(row.admin_roles),
    visitorRoles: JSON.parse(row.visitor_roles),
    revision: row.revision,
  }
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

/** All of them, by name. There are some hundreds at most, so that search and order needn't be SQL's. */
export async function listTags(database: Reads): Promise<StoredTag[]> {
  const rows = await database.selectFrom('tags').selectAll().orderBy('name').execute()
  return rows.map(fromRow)
}

export async function getTag(database: Reads, id: string): Promise<StoredTag | undefined> {
  const row = await database.selectFrom('tags').selectAll().where('id', '=', id).executeTakeFirst()
  return row && fromRow(row)
}

/** The tag that has the name, in whatever letter case: two that differ in that alone would be taken for each other. */
export async function findTagNamed(database: Reads, name: string): Promise<StoredTag | undefined> {
  const row = await database
    .selectFrom('tags')
    .selectAll()
    .where(sql`lower(name)`, '=', name.toLowerCase())
    .executeTakeFirst()
  return row && fromRow(row)
}

export type TagCounts = { readonly appCount: number; readonly versionCount: number }

/** How many apps carry each tag, of those that the actor may see; of tags that none carries, nothing. */
export async function countTagged(
  database: Reads,
  actor: Actor,
  tagId?: string,
): Promise<Map<string, TagCounts>> {
  // Versions by name first: counting different names for each tag takes longer.
  const named = database
    .selectFrom('app_tags')
    .innerJoin('apps', 'apps.id', 'app_tags.app_id')
    .select('app_tags.tag_id')
    .select((eb) => eb.fn.countAll<number>().as('versions'))
    .$if(!actor.admin, (query) => query.where(inCatalogOf(actor)))
    .$if(tagId !== undefined, (query) => query.where('app_tags.tag_id', '=', tagId ?? ''))
    .groupBy(['app_tags.tag_id', 'apps.name'])
  const rows = await database
    .selectFrom(named.as('named'))
    .select('tag_id')
    .select((eb) => eb.fn.sum('versions').as('versions'))
    .select((eb) => eb.fn.countAll().as('names'))
    .groupBy('tag_id')
    .execute()
  return new Map(
    rows.map(({ tag_id, versions, names }) => [
      tag_id,
      { appCount: Number(names), versionCount: Number(versions) },
    ]),
  )
}

/** @throws a unique violation where the name is taken */
export async function insertTag(database: Writes, id: string, values: TagValues): Promise<void> {
  const { name, title, color, description, isCategory, adminRoles, visitorRoles } = values
  const row = {
    id,
    revision: 1,
    name,
    title,
    color,
    description,
    is_category: isCategory ? 1 : 0,
    admin_roles: JSON.stringify(adminRoles),
    visitor_roles: JSON.stringify(visitorRoles),
  }
  await database.insertInto('tags').values(row).execute()
}

/** @returns false where somebody else has changed it since `revision`; nothing is changed then */
export async function updateTag(
  database: Writes,
  { id, revision }: Pick<StoredTag, 'id' | 'revision'>,
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
  database: Writes,
  { id, revision }: Pick<StoredTag, 'id' | 'revision'>,
): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('tags')
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Whatever carries one tag carries the other one as well. */
export async function copyAssignments(
  database: Writes,
  fromId: string,
  intoId: string,
  now: Date,
): Promise<void> {
  await database
    .insertInto('app_tags')
    .columns(['app_id', 'tag_id', 'assigned_at'])
    .expression((eb) =>
      eb
        .selectFrom('app_tags')
        .select((inner) => [
          'app_id',
          inner.val(intoId).as('tag_id'),
          inner.val(now.toISOString()).as('assigned_at'),
        ])
        .where('tag_id', '=', fromId),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** @returns whether that changed anything */
export async function assignTag(
  database: Writes,
  appId: string,
  tagId: string,
  now: Date,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await database
    .insertInto('app_tags')
    .values({ app_id: appId, tag_id: tagId, assigned_at: now.toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows > 0n
}

/** @returns whether that changed anything */
export async function removeTag(database: Writes, appId: string, tagId: string): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('app_tags')
    .where('app_id', '=', appId)
    .where('tag_id', '=', tagId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
