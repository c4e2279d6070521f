import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Operation } from '../../platform/docs/openapi.ts'
import { putSecret } from '../../platform/store/secrets.ts'
import type { App, Instance, TagDetail } from '../../src/api/generated/types.gen.ts'
import { appBundle } from '../support/bundles.ts'
import { documentedErrors, operations } from '../support/contract.ts'
import { eventually } from '../support/eventually.ts'
import { type Caller, startTestPlatform, type TestPlatform } from '../support/test-platform.ts'
import { beginUpload, upload } from '../support/uploads.ts'

/** Every error that the contract names is provoked once; `Caller` holds the answers against the contract. */

const binary = new Uint8Array([0xff, 0xfe, 0x00, 0xff])

type World = {
  platform: TestPlatform
  callers: Record<'anonymous' | 'visitor' | 'user' | 'author' | 'admin', Caller>
  app: App
  needsSecret: App
  unused: App
  instance: Instance
  paused: Instance
  failed: Instance
  tags: TagDetail[]
  /** The admin's, of 10 bytes, none of them there. */
  uploadId: string
  aliasId: string
}

let world: World
let now = new Date('2026-03-01T12:00:00Z')
beforeAll(async () => {
  const platform = await startTestPlatform({
    publicMode: true,
    limits: { bundleBytes: 100_000, uploadsPerUser: 5 },
    now: () => now,
  })
  const author = await platform.as('author')
  const admin = await platform.as('admin')
  const user = await platform.as('user')
  const imported = async (options: Parameters<typeof appBundle>[0]): Promise<App> =>
    (await author.import(await appBundle(options), 'PUBLIC')).json()
  const app = await imported({ name: 'open', files: { 'data.bin': binary } })
  const secret = '[[Env]]\nName = "KEY"\nSecret = "warehouse"\nSecretKey = "key"'
  const needsSecret = await imported({ name: 'needs-secret', rest: secret })

  const unused = await imported({ name: 'unused' })

  const { database, launcher } = platform.platform
  await putSecret(database, {
    name: 'warehouse',
    ownerId: '',
    visibility: 'ALL_USERS',
    parent: null,
    values: { key: 'value' },
  })
  const run = async ({ id }: App): Promise<Instance> =>
    (await user.post(`/apps/${id}/run`, { visibility: 'PUBLIC' })).json()
  const [instance, paused, failed] = [await run(app), await run(needsSecret), await run(app)]
  await user.post(`/instances/${paused.id}/suspend`)
  await database.deleteFrom('secrets').execute()
  launcher.observe(failed.id, 1, { kind: 'failed', reason: 'x', message: 'x', exitCode: 1 })
  await eventually(
    async (): Promise<Instance> => (await user.get(`/instances/${failed.id}`)).json(),
    ({ status }) => status === 'FAILED',
  )
  const tags: TagDetail[] = []
  for (const name of ['first', 'second']) {
    tags.push(await (await admin.post('/tags', { name, title: name, color: '#123456' })).json())
  }
  const callers = {
    anonymous: await platform.as(),
    visitor: await platform.as('visitor'),
    user,
    author,
    admin,
  }
  const uploadId = await beginUpload(admin, 10)
  const alias = await (await admin.post('/aliases', { name: 'taken' })).json()
  const aliasId: string = alias.id
  world = {
    platform,
    callers,
    app,
    needsSecret,
    unused,
    instance,
    paused,
    failed,
    tags,
    uploadId,
    aliasId,
  }
})
afterAll(() => world.platform.end())

type Request = {
  as?: keyof World['callers']
  ids?: Record<string, string>
  query?: string
  /** Null leaves a header out. */
  headers?: Record<string, string | null>
  body?: string | Uint8Array<ArrayBuffer>
}

const tus = { 'Tus-Resumable': '1.0.0', 'Upload-Length': '10', 'Upload-Offset': '0' }

/** A request that is right in everything but what is asked for here. */
function ask(operation: Operation, request: Request = {}): Promise<Response> {
  const ids: Record<string, string | undefined> = {
    appId: world.app.id,
    instanceId: world.instance.id,
    tagId: world.tags[0]?.id,
    appName: world.app.name,
    aliasId: world.aliasId,
    uploadId: world.uploadId,
    path: 'app.toml',
    n: '0',
    ...request.ids,
  }
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(ids[name] ?? ''),
  )
  const [type = ''] = Object.keys(operation.body?.content ?? {})
  const example = operation.body?.content['application/json']?.example
  const body = request.body ?? (example === undefined ? undefined : JSON.stringify(example))
  const headers = { 'Content-Type': type, 'If-Match': '"1"', ...tus, ...request.headers }
  const caller = world.callers[request.as ?? 'admin']
  return caller.send(operation.method, `${path}?${request.query ?? ''}`, {
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === null ? [] : [[name, value]],
    ),
    ...(body === undefined ? {} : { body }),
  })
}

const isUnsafe = ({ method }: Operation) => method !== 'GET' && method !== 'HEAD'
const unknown = {
  appId: 'unknown',
  instanceId: 'unknown',
  tagId: 'unknown',
  appName: 'unknown',
  aliasId: 'unknown',
  uploadId: 'unknown',
}

type Provoker = (operation: Operation) => Promise<Response>

/** As on a disk that became read-only: the store refuses every write. */
async function readOnly(operation: Operation, request: Request = {}): Promise<Response> {
  const { database } = world.platform.platform
  const complaints = vi.spyOn(console, 'error').mockReturnValue()
  await sql`pragma query_only = on`.execute(database)
  try {
    return await ask(operation, request)
  } finally {
    await sql`pragma query_only = off`.execute(database)
    complaints.mockRestore()
  }
}

const otherTus: Provoker = (operation) => ask(operation, { headers: { 'Tus-Resumable': '0.2.2' } })

/** As while the upload is being imported. */
const busy: Provoker = (operation) =>
  world.platform.platform.uploads.locks.run(world.uploadId, () => ask(operation))

const importing =
  (bytes: () => Promise<Uint8Array<ArrayBuffer>>, send = ask): Provoker =>
  async (operation) =>
    send(operation, { ids: { uploadId: await upload(world.callers.admin, await bytes()) } })

const assigning = () => JSON.stringify({ assign: [world.app.id] })
const merging = () => {
  const from = world.tags[1]
  const roles = { adminRoles: [], visitorRoles: [] }
  return JSON.stringify({ from: from?.id, fromEtag: from?.etag, ...roles })
}

/** What goes wrong in the same way wherever it can. */
const general: Record<number, Provoker> = {
  400: (operation) => ask(operation, operation.body ? { body: '{' } : { query: 'pageSize=0' }),
  401: (operation) => ask(operation, { as: 'anonymous' }),
  403: (operation) =>
    isUnsafe(operation)
      ? ask(operation, { headers: { 'X-Wavedeck-Request': 'no' } })
      : ask(operation, { as: 'visitor' }),
  404: (operation) => ask(operation, { ids: unknown }),
  412: (operation) => ask(operation, { headers: { 'If-Match': '"0"' } }),
  413: (operation) => ask(operation, { body: JSON.stringify({ title: 'x'.repeat(70_000) }) }),
  422: (operation) => ask(operation, { body: '{"visibilty":"PRIVATE"}' }),
  428: (operation) => ask(operation, { headers: { 'If-Match': null } }),
  507: (operation) => readOnly(operation),
}

/** What is particular to one operation. */
const particular: Record<string, Provoker> = {
  'listApps 401': (operation) => ask(operation, { as: 'anonymous', query: 'scope=mine' }),
  'listApps 403': (operation) => ask(operation, { as: 'author', query: 'scope=admin' }),
  'listInstances 403': (operation) => ask(operation, { as: 'author', query: 'scope=admin' }),
  'importApp 400': (operation) => ask(operation, { query: 'visibility=SECRET' }),
  'importApp 409': async (operation) => ask(operation, { body: await appBundle({ name: 'open' }) }),
  'importApp 413': (operation) => ask(operation, { body: new Uint8Array(100_001) }),
  'importApp 415': (operation) =>
    ask(operation, { headers: { 'Content-Type': 'text/html' }, body: '<p>' }),
  'importApp 507': async (operation) => {
    const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' })
    const receive = vi.spyOn(world.platform.platform.blobs, 'receive').mockRejectedValueOnce(full)
    const complaints = vi.spyOn(console, 'error').mockReturnValue()
    const reply = await ask(operation, { body: 'PK' })
    receive.mockRestore()
    complaints.mockRestore()
    return reply
  },
  'createUpload 400': (operation) => ask(operation, { headers: { 'Upload-Length': '-1' } }),
  'createUpload 409': async (operation) => {
    for (let n = 0; n < 5; n += 1) await ask(operation, { as: 'author' })
    return ask(operation, { as: 'author' })
  },
  'createUpload 412': otherTus,
  'createUpload 413': (operation) => ask(operation, { headers: { 'Upload-Length': '100001' } }),
  'getUploadOffset 412': otherTus,
  'getUploadOffset 423': busy,
  'appendToUpload 400': (operation) => ask(operation, { headers: { 'Upload-Offset': '1e3' } }),
  'appendToUpload 409': (operation) => ask(operation, { headers: { 'Upload-Offset': '5' } }),
  'appendToUpload 412': otherTus,
  'appendToUpload 413': (operation) => ask(operation, { body: 'eleven byte' }),
  'appendToUpload 415': (operation) =>
    ask(operation, { headers: { 'Content-Type': 'application/zip' } }),
  'appendToUpload 423': busy,
  'cancelUpload 412': otherTus,
  'cancelUpload 423': busy,
  'cancelUpload 507': async (operation) =>
    readOnly(operation, { ids: { uploadId: await beginUpload(world.callers.admin, 1) } }),
  'importUpload 400': (operation) => ask(operation, { query: 'visibility=SECRET' }),
  'importUpload 409': (operation) => ask(operation),
  // Begun when larger ones were taken.
  'importUpload 413': async (operation) => {
    const uploadId = await beginUpload(world.callers.admin, 1)
    const { database } = world.platform.platform
    await database
      .updateTable('uploads')
      .set({ size: 100_001 })
      .where('id', '=', uploadId)
      .execute()
    return ask(operation, { ids: { uploadId } })
  },
  'importUpload 422': importing(async () => binary),
  'importUpload 507': importing(() => appBundle({ name: 'late' }), readOnly),
  'deleteApp 507': (operation) => readOnly(operation, { ids: { appId: world.unused.id } }),
  'resumeInstance 507': (operation) =>
    readOnly(operation, { ids: { instanceId: world.failed.id } }),
  'deleteApp 409': (operation) => ask(operation),
  'getAppFile 422': (operation) => ask(operation, { ids: { path: 'data.bin' } }),
  'getAppPicture 422': (operation) => ask(operation, { ids: { path: 'data.bin' } }),
  'listAliases 403': (operation) => ask(operation, { as: 'author' }),
  'createAlias 404': (operation) =>
    ask(operation, { body: '{"name":"new","instanceId":"unknown"}' }),
  'createAlias 409': (operation) => ask(operation, { body: '{"name":"taken"}' }),
  'createTag 409': (operation) =>
    ask(operation, { body: '{"name":"first","title":"x","color":"#000000"}' }),
  'updateTag 409': (operation) => ask(operation, { body: '{"name":"second"}' }),
  'changeAssignments 507': (operation) => readOnly(operation, { body: assigning() }),
  'mergeTags 412': (operation) =>
    ask(operation, { body: merging(), headers: { 'If-Match': '"0"' } }),
  'mergeTags 507': (operation) => readOnly(operation, { body: merging() }),
  'runApp 409': (operation) => ask(operation, { ids: { appId: world.needsSecret.id } }),
  'suspendInstance 409': (operation) => ask(operation, { ids: { instanceId: world.failed.id } }),
  'resumeInstance 409': (operation) => ask(operation, { ids: { instanceId: world.paused.id } }),
  'visitInstance 409': (operation) => ask(operation, { ids: { instanceId: world.paused.id } }),
  'getInstanceLogs 400': (operation) => ask(operation, { query: 'tail=-1' }),
  'signIn 429': async (operation) => {
    const nextMinute = () => (now = new Date(now.getTime() + 60_000))
    nextMinute()
    for (let tries = 0; tries < 20; tries += 1) await ask(operation, { body: '{"persona":"x"}' })
    const reply = await ask(operation)
    nextMinute()
    return reply
  },
}

const documented = operations.flatMap((operation) =>
  documentedErrors(operation).map((status) => ({
    name: `${operation.operationId} ${status}`,
    operation,
    status,
  })),
)

describe('every error that the contract names can happen', () => {
  test.each(documented)('$name', async ({ name, operation, status }) => {
    const provoke = particular[name] ?? general[status]
    if (provoke === undefined) throw new Error(`${name} is documented, and nothing provokes it`)
    expect((await provoke(operation)).status).toBe(status)
  })
})

test('nothing is provoked that the contract doesn’t name', () => {
  const names = new Set(documented.map(({ name }) => name))
  expect(Object.keys(particular).filter((name) => !names.has(name))).toEqual([])
})
