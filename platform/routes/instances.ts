import { Hono } from 'hono'
import { zListInstancesQuery, zUpdateInstanceBody } from '../../src/api/generated/zod.gen.ts'
import type { Actor } from '../../src/rules/actor.ts'
import { isInCatalogOf } from '../../src/rules/apps.ts'
import { signInFirst } from '../../src/rules/decision.ts'
import {
  mayControlInstance,
  mayOpenInstance,
  mayReadLog,
  maySeeInstance,
} from '../../src/rules/instances.ts'
import type { AppEnv, Platform } from '../context.ts'
import { decodePageToken, pageOf } from '../http/page.ts'
import { enforce, instanceNotFound, Problem } from '../http/problem.ts'
import { readBody, readQuery } from '../http/request.ts'
import {
  countInstances,
  getInstance,
  listInstances,
  type StoredInstance,
} from '../store/instances.ts'
import { findEnded, listEvents } from '../store/instance-events.ts'
import { eventViews, instanceViews, runtimeStatusView } from '../views.ts'

function mayReadEnded(actor: Actor, ended: { ownerId: string; appOwnerId: string }): boolean {
  const { ownerId, appOwnerId } = ended
  const app = { ownerId: appOwnerId, lifecycle: 'ON_DEMAND' } as const
  return mayReadLog(actor, { owner: { id: ownerId }, visibility: 'PRIVATE', app }).allowed
}

export function instanceRoutes(platform: Platform) {
  const { database, launcher, tickets } = platform

  async function visibleInstance(id: string, actor: Actor): Promise<StoredInstance> {
    const instance = await getInstance(database, id)
    if (instance === undefined) throw instanceNotFound()
    enforce(maySeeInstance(actor, instance, isInCatalogOf(actor, instance.storedApp)))
    return instance
  }

  async function controllableInstance(id: string, actor: Actor): Promise<StoredInstance> {
    const instance = await visibleInstance(id, actor)
    enforce(mayControlInstance(actor, instance))
    return instance
  }

  async function currentView(id: string, actor: Actor) {
    const instance = await getInstance(database, id)
    const [view] = instance ? await instanceViews(platform, actor, [instance]) : []
    if (view === undefined) throw instanceNotFound()
    return view
  }

  return new Hono<AppEnv>()
    .get('/instances', async (c) => {
      const query = readQuery(c, zListInstancesQuery, ['pageSize'], ['id'])
      const { actor } = c.var
      if (actor.access === 'anonymous') enforce(signInFirst)
      if (query.scope === 'admin' && !actor.admin) {
        throw new Problem(403, 'list.admin-only', 'Only an admin can list everything.')
      }
      const after = decodePageToken(query.pageToken, 2)
      const found = await listInstances(database, actor, query, after, query.pageSize + 1)
      const { rows, nextPageToken } = pageOf(found, query.pageSize, (row) => [
        row.created_at,
        row.id,
      ])
      return c.json({
        instances: await instanceViews(platform, actor, rows),
        nextPageToken,
        totalSize: await countInstances(database, actor, query),
      })
    })
    .get('/instances/:instanceId', async (c) => {
      const { id } = await visibleInstance(c.req.param('instanceId'), c.var.actor)
      return c.json(await currentView(id, c.var.actor))
    })
    .patch('/instances/:instanceId', async (c) => {
      const instance = await controllableInstance(c.req.param('instanceId'), c.var.actor)
      const { visibility } = await readBody(c, zUpdateInstanceBody)
      await launcher.setVisibility(instance, visibility, c.var.actor.userId ?? '')
      return c.json(await currentView(instance.id, c.var.actor))
    })
    .delete('/instances/:instanceId', async (c) => {
      const instance = await controllableInstance(c.req.param('instanceId'), c.var.actor)
      await launcher.terminate(instance, c.var.actor.userId ?? '')
      return c.body(null, 204)
    })
    .post('/instances/:instanceId/suspend', async (c) => {
      const { id } = await controllableInstance(c.req.param('instanceId'), c.var.actor)
      await launcher.suspend(id, c.var.actor.userId ?? '')
      return c.json(await currentView(id, c.var.actor))
    })
    .post('/instances/:instanceId/resume', async (c) => {
      const { id } = await controllableInstance(c.req.param('instanceId'), c.var.actor)
      await launcher.resume(id, c.var.actor.userId ?? '')
      return c.json(await currentView(id, c.var.actor))
    })
    .post('/instances/:instanceId/visit', async (c) => {
      const { actor } = c.var
      const instance = await visibleInstance(c.req.param('instanceId'), actor)
      enforce(mayOpenInstance(actor, instance, isInCatalogOf(actor, instance.storedApp)))
      if (instance.status !== 'DEPLOYED') {
        throw new Problem(
          409,
          'instance.not-running',
          instance.status === 'SUSPENDED'
            ? 'It is paused. Resume it first.'
            : 'It isn’t running now; wait until it is.',
        )
      }
      await launcher.visited(instance)
      const view = await currentView(instance.id, actor)
      const session = c.var.sessionToken
      if (actor.userId === null || session === null) return c.json({ url: view.url })
      const ticket = tickets.issue(instance.id, actor.userId, session)
      return c.json({ url: `${view.url}?wavedeck_ticket=${ticket}` })
    })
    .get('/instances/:instanceId/events', async (c) => {
      const id = c.req.param('instanceId')
      const { actor } = c.var
      // One that ended is seen by those who could read its log when it was there.
      const ended = await findEnded(database, id)
      if (ended !== undefined && (await getInstance(database, id)) === undefined) {
        if (!mayReadEnded(actor, ended)) throw instanceNotFound()
      } else {
        enforce(mayReadLog(actor, await visibleInstance(id, actor)))
      }
      const events = await listEvents(database, id)
      return c.json({ events: await eventViews(database, actor, events) })
    })
    .get('/instances/:instanceId/status', async (c) => {
      const instance = await visibleInstance(c.req.param('instanceId'), c.var.actor)
      enforce(mayReadLog(c.var.actor, instance))
      return c.json({
        status: instance.status,
        runtimeStatus: runtimeStatusView(platform, c.var.actor, instance),
        updatedAt: instance.updated_at,
      })
    })
}
