import type { TagImpact as TagImpactView, TagPlan } from '../../src/api/generated/types.gen.ts'
import type { Actor } from '../../src/rules/actor.ts'
import { maySeeApp } from '../../src/rules/apps.ts'
import { type AppImpact, tagImpact } from '../../src/rules/tag-impact.ts'
import { mayDeleteTag, mayEditTag, mayMergeTags } from '../../src/rules/tags.ts'
import { pageOfSorted } from '../http/page.ts'
import { enforce, Problem } from '../http/problem.ts'
import type { Database } from '../store/schema.ts'
import { type AppOutline, readOutlines, readOutlinesTagged } from '../store/tagged-apps.ts'
import { getTag, type StoredTag } from '../store/tags.ts'
import { refuseWrongTexts } from './edit-tags.ts'
import { tagNotFound } from './tag-views.ts'

/** What doing it would need. */
function enforcePlan(actor: Actor, tag: StoredTag, plan: TagPlan): void {
  enforce(mayEditTag(actor, tag))
  if (plan.delete === true) enforce(mayDeleteTag(actor))
  if (plan.mergeFrom !== undefined) enforce(mayMergeTags(actor))
}

function refuseContradictions(tag: StoredTag, plan: TagPlan): void {
  refuseWrongTexts({
    ...(plan.adminRoles === undefined ? {} : { adminRoles: plan.adminRoles }),
    ...(plan.visitorRoles === undefined ? {} : { visitorRoles: plan.visitorRoles }),
  })
  const wrong = (field: string, message: string) => {
    throw new Problem(422, 'request.invalid-body', 'This can’t be done at once.', {
      violations: [{ field, message }],
    })
  }
  if (plan.mergeFrom === tag.id) wrong('mergeFrom', 'Has to be another tag')
  if (plan.delete === true && plan.mergeFrom !== undefined) {
    wrong('delete', 'It would be gone before anything is merged into it')
  }
  const both = new Set(plan.assign).intersection(new Set(plan.remove))
  if (both.size > 0) wrong('remove', 'The same version is among those to assign it to')
}

/**
 * Only what the plan can touch is read. Of the versions that carry the tag, also those that the actor may not see:
 * none of them is named, as tags open ALL_USERS apps alone.
 */
async function touched(
  database: Pick<Database, 'selectFrom'>,
  actor: Actor,
  tag: StoredTag,
  { visitorRoles, mergeFrom, assign = [], remove = [], ...plan }: TagPlan,
): Promise<AppOutline[]> {
  const named = (await readOutlines(database, [...assign, ...remove])).filter(
    (app) => maySeeApp(actor, app).allowed,
  )
  const tagIds = [
    ...(visitorRoles !== undefined || plan.delete === true || mergeFrom !== undefined
      ? [tag.id]
      : []),
    ...(mergeFrom === undefined ? [] : [mergeFrom]),
  ]
  if (tagIds.length === 0) return named
  const carrying = await readOutlinesTagged(database, tagIds)
  return [...new Map([...carrying, ...named].map((app) => [app.id, app])).values()]
}

/**
 * Who would gain and lose sight of what if the plan were carried out now. Nothing is changed.
 *
 * @throws {Problem} 403 where the actor may not do it, 404 where the tag to merge is not there, 422 for contradictions
 */
export async function previewImpact(
  database: Database,
  actor: Actor,
  tag: StoredTag,
  plan: TagPlan,
  page: { readonly pageSize: number; readonly pageToken?: string | undefined },
): Promise<TagImpactView> {
  enforcePlan(actor, tag, plan)
  refuseContradictions(tag, plan)
  if (plan.mergeFrom !== undefined && (await getTag(database, plan.mergeFrom)) === undefined) {
    throw tagNotFound()
  }
  const apps = await touched(database, actor, tag, plan)
  const { apps: impacts, ...sums } = tagImpact(actor, tag, plan, apps)
  const { rows, nextPageToken } = pageOfSorted(impacts, sortKey, page)
  return {
    apps: rows.map(({ app: { id, name, version, title }, gained, lost, closed }) => ({
      id,
      name,
      version,
      title,
      gained: [...gained],
      lost: [...lost],
      closed,
    })),
    nextPageToken,
    totalSize: impacts.length,
    ...sums,
    warnings: [...sums.warnings],
  }
}

/** Those that close first, then by title. */
function sortKey({ app, closed }: AppImpact<AppOutline>): [string, ...string[]] {
  return [closed ? '0' : '1', app.title_key, app.name, app.version_key]
}
