import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Actor } from '../../src/rules/actor.ts'
import type { AppFacts } from '../../src/rules/apps.ts'
import { inCatalogOf } from './apps.ts'
import type { Database } from './schema.ts'

type Reads = Pick<Database, 'selectFrom'>

/** Of an app what decides who sees it, and what it is called: there may be thousands that carry one tag. */
export type AppOutline = AppFacts & {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly version_key: string
  readonly title: string
  readonly title_key: string
  readonly tags: readonly { readonly id: string; readonly visitorRoles: readonly string[] }[]
}

/** Of those that are there. */
export function readOutlines(database: Reads, ids: readonly string[]): Promise<AppOutline[]> {
  // One parameter, however many there are.
  const these = JSON.stringify(ids)
  return outlines(database, sql`apps.id in (select value from json_each(${these}))`)
}

/** Of whatever carries one of these tags. */
export function readOutlinesTagged(
  database: Reads,
  tagIds: readonly string[],
): Promise<AppOutline[]> {
  const these = JSON.stringify(tagIds)
  return outlines(
    database,
    sql`apps.id in (select app_id from app_tags where tag_id in (select value from json_each(${these})))`,
  )
}

async function outlines(database: Reads, which: RawBuilder<SqlBool>): Promise<AppOutline[]> {
  const apps = await database
    .selectFrom('apps')
    .select(['id', 'name', 'version', 'version_key', 'title', 'title_key', 'owner_id'])
    .select(['visibility', 'lifecycle'])
    .where(which)
    .execute()
  const carried = await database
    .selectFrom('app_tags')
    .innerJoin('tags', 'tags.id', 'app_tags.tag_id')
    .innerJoin('apps', 'apps.id', 'app_tags.app_id')
    .select(['app_tags.app_id', 'tags.id', 'tags.visitor_roles'])
    .where(which)
    .execute()
  const tags = Map.groupBy(carried, ({ app_id }) => app_id)
  return apps.map(({ owner_id, ...app }) => ({
    ...app,
    owner: { id: owner_id },
    tags: (tags.get(app.id) ?? []).map(({ id, visitor_roles }) => ({
      id,
      visitorRoles: JSON.parse(visitor_roles),
    })),
  }))
}

export type TaggedRow = {
  readonly id: string
  readonly name: string
  readonly title_key: string
  readonly version_key: string
  readonly assigned_at: string
}

/**
 * The versions that carry a tag, of those that the actor may see, by title and newest version first.
 *
 * @param words each has to occur in title, name or version; in lower case
 * @param after the sort values of the last row that was shown: title key, name, version key
 */
export async function listTaggedApps(
  database: Reads,
  actor: Actor,
  tagId: string,
  words: readonly string[],
  after: readonly string[] | undefined,
  limit: number,
): Promise<TaggedRow[]> {
  const [title = '', name = '', version = ''] = after ?? []
  return tagged(database, actor, tagId, words)
    .select(['apps.id', 'apps.name', 'apps.title_key', 'apps.version_key', 'app_tags.assigned_at'])
    .$if(after !== undefined, (query) =>
      query.where(sql<SqlBool>`(apps.title_key > ${title} or (apps.title_key = ${title} and
        (apps.name > ${name} or (apps.name = ${name} and apps.version_key < ${version}))))`),
    )
    .orderBy('apps.title_key')
    .orderBy('apps.name')
    .orderBy('apps.version_key', 'desc')
    .limit(limit)
    .execute()
}

export async function countTaggedApps(
  database: Reads,
  actor: Actor,
  tagId: string,
  words: readonly string[],
): Promise<number> {
  const row = await tagged(database, actor, tagId, words)
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

function tagged(database: Reads, actor: Actor, tagId: string, words: readonly string[]) {
  let query = database
    .selectFrom('app_tags')
    .innerJoin('apps', 'apps.id', 'app_tags.app_id')
    .where('app_tags.tag_id', '=', tagId)
    .$if(!actor.admin, (some) => some.where(inCatalogOf(actor)))
  for (const word of words) {
    const text = sql`apps.title_key || ' ' || lower(apps.name) || ' ' || lower(apps.version)`
    query = query.where(sql<SqlBool>`instr(${text}, ${word}) > 0`)
  }
  return query
}
