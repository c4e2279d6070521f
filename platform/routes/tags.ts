import { type Context, Hono } from 'hono'
import {
  zAssignmentChange,
  zCreateTagHeaders,
  zListTaggedAppsQuery,
  zListTagsQuery,
  zMergeTagsHeaders,
  zPreviewTagImpactQuery,
  zTagChange,
  zTagInput,
  zTagMerge,
  zTagPlan,
} from '../../src/api/generated/zod.gen.ts'
import type { Actor } from '../../src/rules/actor.ts'
import { maySeeApp } from '../../src/rules/apps.ts'
import {
  mayCreateTag,
  mayDeleteTag,
  mayEditTag,
  mayMergeTags,
  maySeeTags,
} from '../../src/rules/tags.ts'
import type { AppEnv, Platform } from '../context.ts'
import { decodePageToken, pageOf } from '../http/page.ts'
import { appNotFound, enforce, Problem } from '../http/problem.ts'
import { readBody, readHeaders, readQuery } from '../http/request.ts'
import { getApp } from '../store/apps.ts'
import { countTaggedApps, listTaggedApps } from '../store/tagged-apps.ts'
import { getTag, type StoredTag } from '../store/tags.ts'
import { changeAssignments } from '../tags/assignments.ts'
import { dropTag, editTag, makeTag, mergeInto } from '../tags/edit-tags.ts'
import { findTags, seenRoles, wordsOf } from '../tags/find-tags.ts'
import { previewImpact } from '../tags/preview-impact.ts'
import { editedMeanwhile, etagOf, matches, readTagView, tagNotFound } from '../tags/tag-views.ts'
import { taggedAppViews } from '../views.ts'

export function tagRoutes(platform: Platform) {
  const { database } = platform

  async function visibleTag(id: string, actor: Actor): Promise<StoredTag> {
    enforce(maySeeTags(actor))
    const tag = await getTag(database, id)
    if (tag === undefined) throw tagNotFound()
    return tag
  }

  async function respond(c: Context<AppEnv>, id: string, status: 200 | 201 = 200) {
    const tag = await getTag(database, id)
    if (tag === undefined) throw tagNotFound()
    c.header('ETag', etagOf(tag))
    return c.json(await readTagView(database, c.var.actor, tag), status)
  }

  async function requireCurrent(c: Context<AppEnv>, tag: StoredTag): Promise<void> {
    if (!matches(requireIfMatch(c), tag)) throw await editedMeanwhile(database, c.var.actor, tag.id)
  }

  return new Hono<AppEnv>()
    .get('/roles', async (c) => {
      enforce(maySeeTags(c.var.actor))
      return c.json({ roles: await seenRoles(database, c.var.actor) })
    })
    .get('/tags', async (c) => {
      const query = readQuery(c, zListTagsQuery, ['pageSize'], ['kind'])
      enforce(maySeeTags(c.var.actor))
      return c.json(await findTags(database, c.var.actor, query))
    })
    .post('/tags', async (c) => {
      enforce(mayCreateTag(c.var.actor))
      const key = readHeaders(c, zCreateTagHeaders)['Idempotency-Key']
      const id = await makeTag(platform, c.var.actor, await readBody(c, zTagInput), key)
      c.header('Location', `/api/v1/tags/${id}`)
      return respond(c, id, 201)
    })
    .get('/tags/:tagId', async (c) => {
      const { id } = await visibleTag(c.req.param('tagId'), c.var.actor)
      return respond(c, id)
    })
    .patch('/tags/:tagId', async (c) => {
      const tag = await visibleTag(c.req.param('tagId'), c.var.actor)
      enforce(mayEditTag(c.var.actor, tag))
      await requireCurrent(c, tag)
      await editTag(platform, c.var.actor, tag, await readBody(c, zTagChange))
      return respond(c, tag.id)
    })
    .delete('/tags/:tagId', async (c) => {
      const tag = await visibleTag(c.req.param('tagId'), c.var.actor)
      enforce(mayDeleteTag(c.var.actor))
      await requireCurrent(c, tag)
      await dropTag(platform, c.var.actor, tag)
      return c.body(null, 204)
    })
    .post('/tags/:tagId/merge', async (c) => {
      const tag = await visibleTag(c.req.param('tagId'), c.var.actor)
      enforce(mayMergeTags(c.var.actor))
      const ifMatch = requireIfMatch(c)
      const idempotencyKey = readHeaders(c, zMergeTagsHeaders)['Idempotency-Key']
      await mergeInto(platform, c.var.actor, tag, await readBody(c, zTagMerge), {
        ifMatch,
        idempotencyKey,
      })
      return respond(c, tag.id)
    })
    .post('/tags/:tagId/impact', async (c) => {
      const page = readQuery(c, zPreviewTagImpactQuery, ['pageSize'])
      const tag = await visibleTag(c.req.param('tagId'), c.var.actor)
      enforce(mayEditTag(c.var.actor, tag))
      const plan = await readBody(c, zTagPlan)
      const impact = await previewImpact(database, c.var.actor, tag, plan, page)
      c.header('ETag', etagOf(tag))
      return c.json(impact)
    })
    .get('/tags/:tagId/apps', async (c) => {
      const { actor } = c.var
      const { q, pageSize, pageToken } = readQuery(c, zListTaggedAppsQuery, ['pageSize'])
      const { id } = await visibleTag(c.req.param('tagId'), actor)
      const words = wordsOf(q)
      const after = decodePageToken(pageToken, 3)
      const found = await listTaggedApps(database, actor, id, words, after, pageSize + 1)
      const { rows, nextPageToken } = pageOf(found, pageSize, (row) => [
        row.title_key,
        row.name,
        row.version_key,
      ])
      return c.json({
        apps: await taggedAppViews(database, actor, rows),
        nextPageToken,
        totalSize: await countTaggedApps(database, actor, id, words),
      })
    })
    .post('/tags/:tagId/assignments', async (c) => {
      const { actor } = c.var
      const tag = await visibleTag(c.req.param('tagId'), actor)
      enforce(mayEditTag(actor, tag))
      const change = await readBody(c, zAssignmentChange)
      const both = new Set(change.assign).intersection(new Set(change.remove))
      if (both.size > 0) {
        throw new Problem(422, 'request.invalid-body', 'The same version can’t be in both lists.', {
          violations: [{ field: 'remove', message: 'Has a version that is to be assigned, too' }],
        })
      }
      const ifMatch = c.req.header('If-Match')
      const asked = { actor, tagId: tag.id, change, ifMatch }
      return c.json({ results: await changeAssignments(platform, asked) })
    })
    .on(['PUT', 'DELETE'], '/apps/:appId/tags/:tagId', async (c) => {
      const { actor } = c.var
      const app = await getApp(database, c.req.param('appId'))
      if (app === undefined) throw appNotFound()
      enforce(maySeeApp(actor, app))
      const { id: tagId } = await visibleTag(c.req.param('tagId'), actor)
      const change = c.req.method === 'PUT' ? { assign: [app.id] } : { remove: [app.id] }
      await changeAssignments(platform, { actor, tagId, change, ifMatch: undefined })
      return c.body(null, 204)
    })
}

/** A change has to say which state it is a change of. */
function requireIfMatch(c: Context): string {
  const ifMatch = c.req.header('If-Match')
  if (ifMatch !== undefined) return ifMatch
  throw new Problem(
    428,
    'request.if-match-missing',
    'Send the tag’s ETag as If-Match, so that nobody’s edit is lost.',
  )
}
