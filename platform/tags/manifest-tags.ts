import type { SkippedTag } from '../../src/api/generated/types.gen.ts'
import type { Actor } from '../../src/rules/actor.ts'
import { mayEditTag } from '../../src/rules/tags.ts'
import type { Database } from '../store/schema.ts'
import { listTags, type StoredTag } from '../store/tags.ts'

/** The tags that a manifest names and this actor may assign. Whose app it is, the actor sees it. */
export async function assignableTags(
  database: Pick<Database, 'selectFrom'>,
  actor: Actor,
  names: readonly string[],
): Promise<StoredTag[]> {
  if (names.length === 0) return []
  const wanted = new Set(names)
  return (await listTags(database)).filter(
    (tag) => wanted.has(tag.name) && mayEditTag(actor, tag).allowed,
  )
}

/**
 * Which of the manifest's tags an app doesn't carry, and why. Worked out from what is there, so that a retry of an
 * import answers as the first one did.
 *
 * @param app as it is stored
 */
export async function skippedTags(
  database: Pick<Database, 'selectFrom'>,
  actor: Actor,
  app: {
    readonly manifest: { readonly tags: readonly string[] }
    readonly tags: readonly { name: string }[]
  },
): Promise<SkippedTag[]> {
  const carried = new Set(app.tags.map(({ name }) => name))
  const missing = app.manifest.tags.filter((name) => !carried.has(name))
  if (missing.length === 0) return []
  const tags = new Map((await listTags(database)).map((tag) => [tag.name, tag]))
  return missing.map((name) => ({ name, ...reasonOf(actor, tags.get(name)) }))
}

function reasonOf(actor: Actor, tag: StoredTag | undefined): Omit<SkippedTag, 'name'> {
  if (tag === undefined) return { code: 'tag.not-found', message: 'There is no such tag here.' }
  const decision = mayEditTag(actor, tag)
  if (!decision.allowed) return { code: decision.code, message: decision.reason }
  return { code: 'tag.removed', message: 'It was removed from this app since.' }
}
