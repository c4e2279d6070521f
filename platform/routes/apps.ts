import { Hono } from 'hono'
import type { App } from '../../src/api/generated/types.gen.ts'
import {
  zImportAppHeaders,
  zImportAppQuery,
  zListAppsQuery,
  zListAppVersionsQuery,
  zRunAppBody,
  zRunAppHeaders,
  zUpdateAppBody,
} from '../../src/api/generated/zod.gen.ts'
import type { Actor } from '../../src/rules/actor.ts'
import {
  mayChangeAppVisibility,
  mayChangeDefaultProfile,
  mayDeleteApp,
  maySeeApp,
} from '../../src/rules/apps.ts'
import { signInFirst } from '../../src/rules/decision.ts'
import { appChange } from '../changes.ts'
import type { AppEnv, Platform } from '../context.ts'
import { decodePageToken, pageOf } from '../http/page.ts'
import { appNotFound, enforce, Problem, unknownProfile } from '../http/problem.ts'
import { pictureResponse } from '../http/picture.ts'
import { readBody, readHeaders, readQuery, withoutCancelling } from '../http/request.ts'
import { findProfile } from '../profiles.ts'
import { matchesOf } from '../search/highlight.ts'
import { getApp, getApps, listVersions, type StoredApp } from '../store/apps.ts'
import { getInstance, listInstancesOf } from '../store/instances.ts'
import { appView, appViews, importedView, instanceViews, versionViews } from '../views.ts'

const bundleTypes = new Set([
  'application/zip',
  'application/octet-stream',
  'application/x-zip-compressed',
])

const listsOfList = ['category', 'tag', 'owner', 'lifecycle']
const typedOfList = ['pageSize', 'latest', 'runnable', 'hasInstance', 'updateAvailable', 'pinned']

export function appRoutes(platform: Platform) {
  const { database, importer, launcher, changes, blobs, search } = platform

  /** The app, if the actor may see it; 404 otherwise, whether it is there or not. */
  async function visibleApp(id: string, actor: Actor): Promise<StoredApp> {
    const app = await getApp(database, id)
    if (app === undefined) throw appNotFound()
    enforce(maySeeApp(actor, app))
    return app
  }

  function checkChange(
    visibility: App['visibility'] | undefined,
    defaultProfile: App['defaultProfile'] | undefined,
  ): void {
    if (visibility === undefined && defaultProfile === undefined) {
      throw new Problem(422, 'request.invalid-body', 'Say what to change.')
    }
    if (visibility === 'PUBLIC' && !platform.config.publicMode) {
      throw new Problem(422, 'app.public-mode-off', 'This deployment has no public apps.', {
        violations: [{ field: 'visibility', message: 'PUBLIC is not offered here' }],
      })
    }
    if (typeof defaultProfile === 'string' && findProfile(defaultProfile) === undefined) {
      throw unknownProfile('defaultProfile')
    }
  }

  return new Hono<AppEnv>()
    .get('/apps', async (c) => {
      const query = readQuery(c, zListAppsQuery, typedOfList, listsOfList)
      const { actor } = c.var
      if (query.scope !== 'catalog') requireScope(actor, query.scope)
      const { ids, words, ...page } = await search.find(actor, query)
      const found = await getApps(database, ids)
      const apps = await appViews(
        platform,
        actor,
        ids.flatMap((id) => found.get(id) ?? []),
        'list',
      )
      return c.json({ ...page, apps, matches: apps.flatMap((app) => matchesOf(app, words)) })
    })
    .post('/apps', async (c) => {
      const { visibility } = readQuery(c, zImportAppQuery)
      const headers = readHeaders(c, zImportAppHeaders)
      const type = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase()
      if (type === undefined || !bundleTypes.has(type)) {
        throw new Problem(
          415,
          'upload.wrong-type',
          'Send the bundle itself as the body, with “Content-Type: application/zip”.',
        )
      }
      const id = await importer.import({
        actor: c.var.actor,
        body: c.req.raw.body ? withoutCancelling(c.req.raw.body) : empty(),
        visibility,
        idempotencyKey: headers['Idempotency-Key'],
      })
      const app = await visibleApp(id, c.var.actor)
      c.header('Location', `/api/v1/apps/${id}`)
      return c.json(await importedView(platform, c.var.actor, app), 201)
    })
    .get('/apps/:appId', async (c) => {
      const app = await visibleApp(c.req.param('appId'), c.var.actor)
      return c.json(await appView(platform, c.var.actor, app))
    })
    .patch('/apps/:appId', async (c) => {
      const before = await visibleApp(c.req.param('appId'), c.var.actor)
      enforce(mayChangeAppVisibility(c.var.actor, before))
      const { visibility, defaultProfile } = await readBody(c, zUpdateAppBody)
      if (defaultProfile !== undefined) enforce(mayChangeDefaultProfile(c.var.actor, before))
      checkChange(visibility, defaultProfile)
      await database
        .updateTable('apps')
        .set({
          ...(visibility === undefined ? {} : { visibility }),
          ...(defaultProfile === undefined ? {} : { default_profile: defaultProfile }),
          updated_at: platform.now().toISOString(),
        })
        .where('id', '=', before.id)
        .execute()
      const app = await getApp(database, before.id)
      if (app === undefined) throw appNotFound()
      changes.publish(appChange(app, false, before))
      return c.json(await appView(platform, c.var.actor, app))
    })
    .delete('/apps/:appId', async (c) => {
      const app = await visibleApp(c.req.param('appId'), c.var.actor)
      enforce(mayDeleteApp(c.var.actor, app))
      const instances = await listInstancesOf(database, app.id)
      if (instances.length > 0) {
        throw new Problem(
          409,
          'app.has-instances',
          `It has ${instances.length} instances. They have to be terminated first.`,
          { instances },
        )
      }
      await importer.delete(app)
      return c.body(null, 204)
    })
    .get('/apps/:appId/versions', async (c) => {
      const { pageSize, pageToken } = readQuery(c, zListAppVersionsQuery, ['pageSize'])
      const app = await visibleApp(c.req.param('appId'), c.var.actor)
      const [after] = decodePageToken(pageToken, 1) ?? []
      const all = (await listVersions(database, app.name)).filter(
        (version) => maySeeApp(c.var.actor, version).allowed,
      )
      const rest = all.filter((version) => after === undefined || version.version_key < after)
      const { rows, nextPageToken } = pageOf(rest, pageSize, (version) => [version.version_key])
      return c.json({
        versions: await versionViews(platform, c.var.actor, rows),
        nextPageToken,
        totalSize: all.length,
      })
    })
    .get('/apps/:appId/icon', async (c) => {
      const app = await visibleApp(c.req.param('appId'), c.var.actor)
      return image(app, 'icon', 0)
    })
    .get('/apps/:appId/screenshots/:n', async (c) => {
      const app = await visibleApp(c.req.param('appId'), c.var.actor)
      const n = c.req.param('n')
      return image(app, 'screenshot', /^(0|[1-9]\d?)$/.test(n) ? Number(n) : -1)
    })
    .post('/apps/:appId/run', async (c) => {
      const { actor } = c.var
      const headers = readHeaders(c, zRunAppHeaders)
      const app = await visibleApp(c.req.param('appId'), actor)
      const body = await readBody(c, zRunAppBody)
      const id = await launcher.run({
        actor,
        app,
        visibility: body.visibility,
        profile: body.profile,
        idempotencyKey: headers['Idempotency-Key'],
      })
      const instance = await getInstance(database, id)
      const [view] = instance ? await instanceViews(platform, actor, [instance]) : []
      if (view === undefined) {
        throw new Problem(404, 'instance.not-found', 'This instance was terminated meanwhile.')
      }
      c.header('Location', `/api/v1/instances/${id}`)
      return c.json(view, 201)
    })

  /** Served as what its bytes were found to be, never as what its name says. */
  async function image(app: StoredApp, kind: 'icon' | 'screenshot', n: number): Promise<Response> {
    const found = app.images.find((candidate) => candidate.kind === kind && candidate.n === n)
    if (found === undefined) throw new Problem(404, 'image.not-found', 'There is no such image.')
    return pictureResponse(await blobs.read(found.sha256), found.type)
  }
}

function requireScope(actor: Actor, scope: 'mine' | 'admin'): void {
  if (actor.access === 'anonymous') enforce(signInFirst)
  if (scope === 'admin' && !actor.admin) {
    throw new Problem(403, 'list.admin-only', 'Only an admin can list everything.')
  }
}

async function* empty(): AsyncIterable<Uint8Array> {}
