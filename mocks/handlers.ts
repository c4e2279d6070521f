import { HttpResponse, type RequestHandler, sse } from 'msw'
import type { App, Instance } from '../src/api/generated/types.gen.ts'
import { inspectBundle } from '../src/bundle/inspect.ts'
import {
  mayChangeAppVisibility,
  mayDeleteApp,
  mayImport,
  mayReadSource,
  mayRunApp,
} from '../src/rules/apps.ts'
import { mayControlInstance, mayOpenInstance, mayReadLog } from '../src/rules/instances.ts'
import { answer, base, notFound, refuse, refuseBy } from './answers.ts'
import { contentsOf, fileList } from './contents.ts'
import { environmentFixture, people } from './fixtures.ts'
import { listApps, newestFirst } from './list-apps.ts'
import type { MockPlatform } from './platform.ts'
import { screenshot } from './screenshot.ts'
import { tagHandlers } from './tag-handlers.ts'

/** The operations of the contract, answered by a platform in memory. */
export function platformHandlers(platform: MockPlatform): RequestHandler[] {
  return [
    ...environmentHandlers(platform),
    ...appHandlers(platform),
    ...contentHandlers(platform),
    ...instanceHandlers(platform),
    ...streamHandlers(platform),
    ...importHandlers(platform),
    ...tagHandlers(platform),
  ]
}

function importHandlers(platform: MockPlatform) {
  return [
    answer.listSecrets({ body: { secrets: [] } }),
    answer.importApp(async ({ request }) => {
      const refusal = refuseBy(mayImport(platform.actor()))
      if (refusal !== undefined) return refusal
      const { findings, manifest, verdict } = await inspectBundle(await request.blob())
      if (verdict === 'error' || manifest === null) {
        const title = 'The bundle can’t be imported.'
        return refuse({ status: 422, code: 'bundle.invalid', title, findings })
      }
      const { name, version } = manifest
      const taken = platform.apps.find((app) => app.name === name && app.version === version)
      if (taken !== undefined) {
        const title = `${taken.owner.name} imported ${name} ${version} already.`
        return refuse({ status: 409, code: 'app.version-exists', title, appId: taken.id })
      }
      // There are no tags here.
      const skippedTags = manifest.tags.map((tag) => ({
        name: tag,
        code: 'tag.not-found',
        message: 'There is no such tag here.',
      }))
      return HttpResponse.json({ ...platform.importApp(manifest), skippedTags }, { status: 201 })
    }),
  ]
}

function environmentHandlers(platform: MockPlatform) {
  return [
    answer.getMe(() => HttpResponse.json(platform.me())),
    answer.getEnvironment({ body: environmentFixture() }),
    answer.signIn(async ({ request }) => {
      const { persona } = await request.json()
      const person = Object.values(people).find(({ id }) => id === persona)
      if (person === undefined) return notFound()
      platform.person = person
      return HttpResponse.json(platform.me())
    }),
    answer.signOut(() => {
      platform.person = null
      return new HttpResponse(null, { status: 204 })
    }),
  ]
}

function appHandlers(platform: MockPlatform) {
  const find = (id: string) => platform.visibleApps().find((app) => app.id === id)
  return [
    answer.listApps(({ request }) =>
      HttpResponse.json(listApps(platform, new URL(request.url).searchParams)),
    ),
    answer.getAppScreenshot(({ params }) => screenshot(params.appId, Number(params.n))),
    answer.listAppVersions(({ params }) => {
      const app = find(params.appId)
      if (app === undefined) return notFound()
      const versions = newestFirst(platform.visibleApps().filter(({ name }) => name === app.name))
      return HttpResponse.json({
        versions: versions.map(
          ({ id, version, visibility, lifecycle, defaultProfile, owner, createdAt }) => ({
            id,
            version,
            visibility,
            lifecycle,
            defaultProfile,
            owner,
            createdAt,
          }),
        ),
        nextPageToken: null,
        totalSize: versions.length,
      })
    }),
    answer.runApp(({ params, request }) => {
      const app = find(params.appId)
      if (app === undefined) return notFound()
      const refusal = refuseBy(mayRunApp(platform.actor(), app))
      if (refusal !== undefined) return refusal
      const { used, max } = platform.me().limits.instances
      if (used >= max) {
        const title = `You have ${used} of ${max} instances. Pause one first.`
        return refuse({ status: 409, code: 'limit.instances', title })
      }
      const instance = platform.run(app, request.headers.get('Idempotency-Key'))
      return HttpResponse.json(instance, { status: 201 })
    }),
    answer.pinApp(({ params }) => pin(platform, params.appName, true)),
    answer.unpinApp(({ params }) => pin(platform, params.appName, false)),
    answer.getApp(({ params }) => {
      const app = find(params.appId)
      return app === undefined ? notFound() : HttpResponse.json(app)
    }),
    answer.updateApp(async ({ params, request }) => {
      const app = find(params.appId)
      if (app === undefined) return notFound()
      const refusal = refuseBy(mayChangeAppVisibility(platform.actor(), app))
      return refusal ?? HttpResponse.json(platform.updateApp(app.id, await request.json()))
    }),
    answer.deleteApp(({ params }) => {
      const app = find(params.appId)
      if (app === undefined) return notFound()
      const refusal = refuseBy(mayDeleteApp(platform.actor(), app))
      if (refusal !== undefined) return refusal
      if (platform.instances.some((instance) => instance.app.id === app.id)) {
        const title = 'It has instances. Their owners have to terminate them first.'
        return refuse({ status: 409, code: 'app.has-instances', title })
      }
      platform.deleteApp(app.id)
      return new HttpResponse(null, { status: 204 })
    }),
  ]
}

/** What is inside bundles, for those who may read it. */
function contentHandlers(platform: MockPlatform) {
  const read = (appId: string, answerWith: (app: App) => Response) => {
    const app = platform.visibleApps().find(({ id }) => id === appId)
    if (app === undefined) return notFound()
    return refuseBy(mayReadSource(platform.actor(), app)) ?? answerWith(app)
  }
  const text = (appId: string, path: string) =>
    read(appId, (app) => HttpResponse.text(contentsOf(app)[path] ?? ''))
  return [
    answer.listAppFiles(({ params }) =>
      read(params.appId, (app) => HttpResponse.json({ files: fileList(app) })),
    ),
    answer.getAppFile(({ params }) =>
      read(params.appId, (app) => {
        const found = contentsOf(app)[decodeURIComponent(params.path)]
        return found === undefined ? notFound() : HttpResponse.text(found)
      }),
    ),
    answer.getAppPicture(() =>
      refuse({ status: 422, code: 'file.not-picture', title: 'That is no picture.' }),
    ),
    answer.getAppManifest(({ params }) => text(params.appId, 'app.toml')),
    answer.getAppRequirements(({ params }) => text(params.appId, 'requirements.txt')),
    answer.getAppPackages(({ params }) => text(params.appId, 'packages.txt')),
  ]
}

function pin(platform: MockPlatform, appName: string, pinned: boolean): Response {
  platform.apps = platform.apps.map((app) => (app.name === appName ? { ...app, pinned } : app))
  return new HttpResponse(null, { status: 204 })
}

function instanceHandlers(platform: MockPlatform) {
  const find = (id: string) => platform.visibleInstances().find((each) => each.id === id)
  const controlled = (id: string, act: (instance: Instance) => Response) => {
    const instance = find(id)
    if (instance === undefined) return notFound()
    return refuseBy(mayControlInstance(platform.actor(), instance)) ?? act(instance)
  }
  return [
    answer.listInstances(({ request }) => {
      const query = new URL(request.url).searchParams
      const mine = (query.get('scope') ?? 'mine') === 'mine'
      if (mine && platform.person === null) {
        return refuse({ status: 401, code: 'auth.sign-in-needed', title: 'Sign in first.' })
      }
      const app = query.get('app')
      const name = query.get('appName')
      const ids = query.getAll('id')
      const instances = (mine ? platform.ownInstances() : platform.visibleInstances()).filter(
        (instance) =>
          (ids.length === 0 || ids.includes(instance.id)) &&
          (app === null || instance.app.id === app) &&
          (name === null || instance.app.name === name),
      )
      return HttpResponse.json({ instances, nextPageToken: null, totalSize: instances.length })
    }),
    answer.listUsage(({ request }) => {
      const ids = new URL(request.url).searchParams.getAll('id')
      const usages = ids.flatMap((id) => platform.usages.get(id) ?? [])
      return HttpResponse.json({ stepSeconds: 5, at: new Date().toISOString(), usages })
    }),
    answer.listInstanceEvents(({ params }) => {
      const events = platform.events.get(params.instanceId)
      if (events === undefined && find(params.instanceId) === undefined) return notFound()
      return HttpResponse.json({ events: events ?? [] })
    }),
    answer.suspendInstance(({ params }) =>
      controlled(params.instanceId, ({ id }) => HttpResponse.json(platform.suspend(id))),
    ),
    answer.resumeInstance(({ params }) =>
      controlled(params.instanceId, ({ id }) => HttpResponse.json(platform.resume(id))),
    ),
    answer.visitInstance(({ params }) => {
      const instance = find(params.instanceId)
      if (instance === undefined) return notFound()
      const refusal = refuseBy(mayOpenInstance(platform.actor(), instance, true))
      if (refusal !== undefined) return refusal
      const url = new URL(`/mock-visit/${instance.id}`, window.location.href)
      return HttpResponse.json({ url: url.href })
    }),
    answer.getInstance(({ params }) => {
      const instance = find(params.instanceId)
      return instance === undefined ? notFound() : HttpResponse.json(instance)
    }),
    answer.updateInstance(async ({ params, request }) => {
      const change = await request.json()
      return controlled(params.instanceId, ({ id }) =>
        HttpResponse.json(platform.update(id, change)),
      )
    }),
    answer.terminateInstance(({ params }) =>
      controlled(params.instanceId, ({ id }) => {
        platform.terminate(id)
        return new HttpResponse(null, { status: 204 })
      }),
    ),
  ]
}

function streamHandlers(platform: MockPlatform): RequestHandler[] {
  return [
    sse<{ change: unknown; message: unknown }>(`${base}/events`, ({ client }) => {
      const stop = platform.follow((change) =>
        client.send({ event: 'change', data: { ...change } }),
      )
      whenClosed(client, stop)
    }),
    sse<{ log: unknown; end: unknown; message: unknown }>(
      `${base}/instances/:instanceId/logs`,
      ({ client, params, request }) => {
        const id = String(params['instanceId'])
        const text = platform.logs.get(id) ?? ''
        let position = Number(request.headers.get('Last-Event-ID') ?? 0)
        const send = (more: string) => {
          position += more.length
          client.send({ event: 'log', id: String(position), data: JSON.stringify(more) })
        }
        if (text.length > position) send(text.slice(position))
        const stop = platform.readLog(id, (more, end) => {
          send(more)
          if (end) client.send({ event: 'end', data: '' })
        })
        whenClosed(client, stop)
        const status = platform.instances.find((instance) => instance.id === id)?.status
        if (status === 'SUSPENDED' || status === 'FAILED') client.send({ event: 'end', data: '' })
      },
    ),
    answer.getInstanceLogs(({ params }) => {
      const instance = platform.visibleInstances().find(({ id }) => id === params.instanceId)
      if (instance === undefined) return notFound()
      const refusal = refuseBy(mayReadLog(platform.actor(), instance))
      return refusal ?? HttpResponse.text(platform.logs.get(instance.id) ?? '')
    }),
  ]
}

/** The stream has no event for being closed from the page; its own `close` is called, so that is where to listen. */
function whenClosed(client: { close: () => void }, stop: () => void): void {
  const close = client.close.bind(client)
  client.close = () => {
    stop()
    close()
  }
}
