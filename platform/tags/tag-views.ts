import type { TagDetail } from '../../src/api/generated/types.gen.ts'
import type { Actor } from '../../src/rules/actor.ts'
import { Problem } from '../http/problem.ts'
import type { Database } from '../store/schema.ts'
import { countTagged, getTag, type StoredTag, type TagCounts } from '../store/tags.ts'

const onNothing: TagCounts = { appCount: 0, versionCount: 0 }

export function etagOf({ revision }: Pick<StoredTag, 'revision'>): string {
  return `"${revision}"`
}

export function tagView(tag: StoredTag, counts: TagCounts = onNothing): TagDetail {
  const { revision: _, ...values } = tag
  return { ...values, etag: etagOf(tag), ...counts }
}

/** The tag as this actor may know it. */
export async function readTagView(
  database: Pick<Database, 'selectFrom'>,
  actor: Actor,
  tag: StoredTag,
): Promise<TagDetail> {
  return tagView(tag, (await countTagged(database, actor, tag.id)).get(tag.id))
}

export const tagNotFound = () => new Problem(404, 'tag.not-found', 'There is no such tag.')

/** To be answered where an edit came second: with the tag as it is now, so that nobody has to ask for it. */
export async function editedMeanwhile(
  database: Pick<Database, 'selectFrom'>,
  actor: Actor,
  tagId: string,
): Promise<Problem> {
  const now = await getTag(database, tagId)
  if (now === undefined) return tagNotFound()
  return new Problem(
    412,
    'tag.edited-meanwhile',
    `Somebody else changed the tag ${now.name} since. Compare the two, then decide.`,
    { tag: await readTagView(database, actor, now), headers: { ETag: etagOf(now) } },
  )
}

/** Whether an `If-Match` names the tag as it is now. */
export function matches(ifMatch: string, tag: StoredTag): boolean {
  return ifMatch.split(',').some((one) => one.trim() === etagOf(tag) || one.trim() === '*')
}
