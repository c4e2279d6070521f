import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import {
  zCreateTagHeaders,
  zListTagsQuery,
  zTagChange,
  zTagInput,
} from '../../src/api/generated/zod.gen.ts'
import type { Actor } from '../../src/rules/actor.ts'
import { maySeeApp } from '../../src/rules/apps.ts'
import {
  mayAssignTag,
  mayCreateTag,
  mayDeleteTag,
  mayEditTag,
  maySeeTags,
} from '../../src/rules/tags.ts'
import { appChange } from '../changes.ts'
import type { AppEnv, Platform } from '../context.ts'
import { decodePageToken, pageOf } from '../http/page.ts'
import { appNotFound, enforce, Problem } from '../http/problem.ts'
import { readBody, readHeaders, readQuery } from '../http/request.ts'
import { isUniqueViolation } from '../store/errors.ts'
import { getApp, getApps } from '../store/apps.ts'
import { findCreated, intentOf, putCreated } from '../store/idempotency.ts'
import {
  assignTag,
  countTags,
  deleteTag,
  getTag,
  insertTag,
  listTagged,
  listTags,
  removeTag,
  type StoredTag,
  updateTag,
} from '../store/tags.ts'

const tagNotFound = () => new Problem(404, 'tag.not-found', 'There is no such tag.')

const nameTaken = (name: string) =>
  new Problem(409, 'tag.name-exists', `There is a tag named ${name} already.`, {
    violations: [{ field: 'name', message: 'Taken by another tag' }],
  })

const editedMeanwhile = () =>
  new Problem(
    412,
    'tag.edited-meanwhile',
    'Somebody else changed this tag since. Read it again, then decide.',
  )

export function tagRoutes(platform: Platform) {
  const { database, changes, now } = platform

  async function visibleTag(id: string, actor: Actor): Promise<StoredTag> {
    enforce(maySeeTags(actor))
    const tag = await getTag(database, id)
    if (tag === undefined) throw tagNotFound()
    return tag
  }

  async function respond(c: Context<AppEnv>, id: string, status: 200 | 201 = 200) {
    const tag = await getTag(database, id)
    if (tag === undefined) throw tagNotFound()
    c.header('ETag', `"${tag.revision}"`)
    return c.json(tag.detail, status)
  }

  /** Tags decide who sees an app: whoever did before or does now hears of the change. */
  async function announce(appIds: readonly string[], work: () => Promise<void>): Promise<void> {
    const before = await getApps(database, appIds)
    await work()
    for (const [id, app] of await getApps(database, appIds)) {
      changes.publish(appChange(app, false, before.get(id)))
    }
  }

  return new Hono<AppEnv>()
    .get('/tags', async (c) => {
      const { pageSize, pageToken } = readQuery(c, zListTagsQuery, ['pageSize'])
      enforce(maySeeTags(c.var.actor))
      const [after] = decodePageToken(pageToken, 1) ?? []
      const found = await listTags(database, after, pageSize + 1)
      const { rows, nextPageToken } = pageOf(found, pageSize, (tag) => [tag.detail.name])
      return c.json({
        tags: rows.map((tag) => tag.detail),
        nextPageToken,
        totalSize: await countTags(database),
      })
    })
    .post('/tags', async (c) => {
      enforce(mayCreateTag(c.var.actor))
      const key = readHeaders(c, zCreateTagHeaders)['Idempotency-Key']
      const input = await readBody(c, zTagInput)
      const values = {
        description: '',
        isCategory: false,
        adminRoles: [],
        visitorRoles: [],
        ...input,
      }
      const userId = c.var.actor.userId ?? ''
      const intent = intentOf(userId, key, `tag ${JSON.stringify(values)}`)
      const before = await findCreated(database, intent)
      if (before !== undefined) return respond(c, before, 201)
      const id = randomUUID()
      try {
        await database.transaction().execute(async (transaction) => {
          await insertTag(transaction, id, values)
          await putCreated(transaction, intent, id, now())
        })
      } catch (error) {
        if (!isUniqueViolation(error)) throw error
        const earlier = await findCreated(database, intent)
        if (earlier !== undefined) return respond(c, earlier, 201)
        throw nameTaken(values.name)
      }
      c.header('Location', `/api/v1/tags/${id}`)
      return respond(c, id, 201)
    })
    .get('/tags/:tagId', async (c) => {
      const { id } = await visibleTag(c.req.param('tagId'), c.var.actor)
      return respond(c, id)
    })
    .patch('/tags/:tagId', async (c) => {
      const tag = await visibleTag(c.req.param('tagId'), c.var.actor)
      enforce(mayEditTag(c.var.actor, tag.detail))
      requireCurrent(c, tag)
      const change = await readBody(c, zTagChange)
      await announce(await listTagged(database, tag.id), async () => {
        try {
          if (!(await updateTag(database, tag.id, tag.revision, change))) throw editedMeanwhile()
        } catch (error) {
          if (isUniqueViolation(error)) throw nameTaken(change.name ?? tag.detail.name)
          throw error
        }
      })
      return respond(c, tag.id)
    })
    .delete('/tags/:tagId', async (c) => {
      const tag = await visibleTag(c.req.param('tagId'), c.var.actor)
      enforce(mayDeleteTag(c.var.actor))
      requireCurrent(c, tag)
      await announce(await listTagged(database, tag.id), async () => {
        if (!(await deleteTag(database, tag.id, tag.revision))) throw editedMeanwhile()
      })
      return c.body(null, 204)
    })
    .on(['PUT', 'DELETE'], '/apps/:appId/tags/:tagId', async (c) => {
      const { actor } = c.var
      const app = await getApp(database, c.req.param('appId'))
      if (app === undefined) throw appNotFound()
      enforce(maySeeApp(actor, app))
      const tag = await visibleTag(c.req.param('tagId'), actor)
      enforce(mayAssignTag(actor, tag.detail, app))
      await announce([app.id], () =>
        c.req.method === 'PUT'
          ? assignTag(database, app.id, tag.id, now())
          : removeTag(database, app.id, tag.id),
      )
      return c.body(null, 204)
    })
}

/** A change has to say which state it is a change of. */
function requireCurrent(c: Context, tag: StoredTag): void {
  const match = c.req.header('If-Match')
  if (match === undefined) {
    throw new Problem(
      428,
      'request.if-match-missing',
      'Send the tag’s ETag as If-Match, so that nobody’s edit is lost.',
    )
  }
  const current = match.split(',').some((one) => one.trim() === `"${tag.revision}"` || one === '*')
  if (!current) throw editedMeanwhile()
}
