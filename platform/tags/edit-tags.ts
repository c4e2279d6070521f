import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { TagChange, TagInput, TagMerge } from '../../src/api/generated/types.gen.ts'
import type { Actor } from '../../src/rules/actor.ts'
import { tagViolations } from '../../src/rules/tag-values.ts'
import type { Platform } from '../context.ts'
import { Problem } from '../http/problem.ts'
import { findCreated, intentOf, putCreated } from '../store/idempotency.ts'
import type { Tables } from '../store/schema.ts'
import { readOutlines, readOutlinesTagged } from '../store/tagged-apps.ts'
import {
  copyAssignments,
  deleteTag,
  findTagNamed,
  getTag,
  insertTag,
  type StoredTag,
  updateTag,
} from '../store/tags.ts'
import { announce } from './announce.ts'
import { editedMeanwhile, etagOf, matches, readTagView, tagNotFound } from './tag-views.ts'

/** Whether the actor may is asked before; that it is still the tag they looked at, here, in the transaction. */

type Writing = Transaction<Tables>

/** @throws {Problem} 422 with a violation for every text that is wrong */
export function refuseWrongTexts(values: TagChange): void {
  const violations = tagViolations(values)
  if (violations.length === 0) return
  throw new Problem(422, 'request.invalid-body', 'The body is not as the API takes it.', {
    violations,
  })
}

async function refuseTakenName(
  transaction: Writing,
  actor: Actor,
  name: string,
  except?: string,
): Promise<void> {
  const taken = await findTagNamed(transaction, name)
  if (taken === undefined || taken.id === except) return
  throw new Problem(
    409,
    'tag.name-exists',
    `“${taken.title}” has the name ${taken.name} already. Choose another name.`,
    {
      violations: [{ field: 'name', message: `Taken by “${taken.title}”` }],
      tag: await readTagView(transaction, actor, taken),
    },
  )
}

/**
 * @returns its id; that of the earlier one for a retry with the same key
 * @throws {Problem} 409 where the name is taken, 422 for texts that are wrong
 */
export async function makeTag(
  { database, changes, now }: Platform,
  actor: Actor,
  input: TagInput,
  idempotencyKey: string | undefined,
): Promise<string> {
  refuseWrongTexts(input)
  const defaults = { description: '', isCategory: false, adminRoles: [], visitorRoles: [] }
  const values = { ...defaults, ...input }
  const intent = intentOf(actor.userId ?? '', idempotencyKey, `tag ${JSON.stringify(values)}`)
  const id = randomUUID()
  const made = await database.transaction().execute(async (transaction) => {
    const earlier = await findCreated(transaction, intent)
    if (earlier !== undefined) return earlier
    await refuseTakenName(transaction, actor, values.name)
    await insertTag(transaction, id, values)
    await putCreated(transaction, intent, id, now())
    return id
  })
  if (made === id) announce(changes, [{ id, gone: false }], [], [])
  return made
}

/** @throws {Problem} 409 where the name is taken, 412 where it was edited since, 422 for texts that are wrong */
export async function editTag(
  { database, changes }: Platform,
  actor: Actor,
  tag: StoredTag,
  change: TagChange,
): Promise<void> {
  if (Object.keys(change).length === 0) {
    throw new Problem(422, 'request.invalid-body', 'Say what to change.')
  }
  refuseWrongTexts(change)
  const before = await database.transaction().execute(async (transaction) => {
    if (change.name !== undefined) await refuseTakenName(transaction, actor, change.name, tag.id)
    const apps = await readOutlinesTagged(transaction, [tag.id])
    if (!(await updateTag(transaction, tag, change))) {
      throw await editedMeanwhile(transaction, actor, tag.id)
    }
    return apps
  })
  const after = await readOutlinesTagged(database, [tag.id])
  announce(changes, [{ id: tag.id, gone: false }], before, after)
}

/** @throws {Problem} 412 where it was edited since */
export async function dropTag(
  { database, changes }: Platform,
  actor: Actor,
  tag: StoredTag,
): Promise<void> {
  const before = await database.transaction().execute(async (transaction) => {
    const apps = await readOutlinesTagged(transaction, [tag.id])
    if (!(await deleteTag(transaction, tag))) {
      throw await editedMeanwhile(transaction, actor, tag.id)
    }
    return apps
  })
  const after = await readOutlines(
    database,
    before.map(({ id }) => id),
  )
  announce(changes, [{ id: tag.id, gone: true }], before, after)
}

/**
 * Merges another tag into `tag`, all of it or nothing.
 *
 * @throws {Problem} 404 where the other one is gone, 412 where either was edited since, 422 for roles that are wrong
 */
export async function mergeInto(
  { database, changes, now }: Platform,
  actor: Actor,
  tag: StoredTag,
  { from, fromEtag, adminRoles, visitorRoles }: TagMerge,
  { ifMatch, idempotencyKey }: { ifMatch: string; idempotencyKey: string | undefined },
): Promise<void> {
  refuseWrongTexts({ adminRoles, visitorRoles })
  if (from === tag.id) {
    throw new Problem(422, 'request.invalid-body', 'A tag can’t be merged into itself.', {
      violations: [{ field: 'from', message: 'Has to be another tag' }],
    })
  }
  const wanted = JSON.stringify([tag.id, from, fromEtag, adminRoles, visitorRoles])
  const intent = intentOf(actor.userId ?? '', idempotencyKey, `merge ${wanted}`)
  const before = await database.transaction().execute(async (transaction) => {
    if ((await findCreated(transaction, intent)) !== undefined) return undefined
    const [into, other] = [await getTag(transaction, tag.id), await getTag(transaction, from)]
    if (into === undefined || other === undefined) throw tagNotFound()
    if (!matches(ifMatch, into)) throw await editedMeanwhile(transaction, actor, tag.id)
    if (fromEtag !== etagOf(other)) throw await editedMeanwhile(transaction, actor, from)
    const apps = await readOutlinesTagged(transaction, [tag.id, from])
    await updateTag(transaction, into, { adminRoles, visitorRoles })
    await copyAssignments(transaction, from, tag.id, now())
    await deleteTag(transaction, other)
    await putCreated(transaction, intent, tag.id, now())
    return apps
  })
  if (before === undefined) return
  const after = await readOutlinesTagged(database, [tag.id])
  const touched = [
    { id: tag.id, gone: false },
    { id: from, gone: true },
  ]
  announce(changes, touched, before, after)
}
