import type { AssignmentChange, AssignmentResults } from '../../src/api/generated/types.gen.ts'
import type { Actor } from '../../src/rules/actor.ts'
import { type Decision, refused } from '../../src/rules/decision.ts'
import { mayAssignTag, mayEditTag } from '../../src/rules/tags.ts'
import type { Platform } from '../context.ts'
import { appNotFound, enforce } from '../http/problem.ts'
import { readOutlines } from '../store/tagged-apps.ts'
import { assignTag, getTag, removeTag } from '../store/tags.ts'
import { announce } from './announce.ts'
import { editedMeanwhile, matches, tagNotFound } from './tag-views.ts'

type Result = AssignmentResults['results'][number]
type Asked = {
  readonly actor: Actor
  readonly tagId: string
  readonly change: AssignmentChange
  /** Where nothing may be done to a tag that was edited since. */
  readonly ifMatch: string | undefined
}

/**
 * Assigns a tag to versions and removes it from others, each by itself, all in one transaction: what the rules are
 * asked about is what is changed.
 *
 * @returns what became of each, those to assign first
 * @throws {Problem} where nothing can be done: no such tag, not the actor's to assign, or edited since
 */
export async function changeAssignments(
  { database, changes, now }: Platform,
  { actor, tagId, change, ifMatch }: Asked,
): Promise<Result[]> {
  const { assign = [], remove = [] } = change
  const at = now()
  const done = await database.transaction().execute(async (transaction) => {
    const tag = await getTag(transaction, tagId)
    if (tag === undefined) throw tagNotFound()
    enforce(mayEditTag(actor, tag))
    if (ifMatch !== undefined && !matches(ifMatch, tag)) {
      throw await editedMeanwhile(transaction, actor, tagId)
    }
    const before = await readOutlines(transaction, [...assign, ...remove])
    const apps = new Map(before.map((app) => [app.id, app]))
    const one = async (appId: string, outcome: 'assigned' | 'removed'): Promise<Result> => {
      const app = apps.get(appId)
      const decision = app === undefined ? noSuchApp : mayAssignTag(actor, tag, app)
      if (!decision.allowed) {
        return { appId, outcome: 'refused', code: decision.code, message: decision.reason }
      }
      const isNew =
        outcome === 'assigned'
          ? await assignTag(transaction, appId, tagId, at)
          : await removeTag(transaction, appId, tagId)
      return { appId, outcome: isNew ? outcome : 'unchanged', code: null, message: null }
    }
    const results: Result[] = []
    for (const appId of assign) results.push(await one(appId, 'assigned'))
    for (const appId of remove) results.push(await one(appId, 'removed'))
    const changed = results
      .filter(({ outcome }) => outcome === 'assigned' || outcome === 'removed')
      .map(({ appId }) => appId)
    return { results, before, after: await readOutlines(transaction, changed) }
  })
  if (done.after.length > 0) {
    announce(changes, [{ id: tagId, gone: false }], done.before, done.after)
  }
  return done.results
}

const { code, message } = appNotFound()
const noSuchApp: Decision = refused(code, message, 'owner')
