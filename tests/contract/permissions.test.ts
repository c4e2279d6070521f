import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  AppList,
  InstanceList,
  Problem,
  SecretList,
} from '../../src/api/generated/types.gen.ts'
import type { Actor } from '../../src/rules/actor.ts'
import { mayManageAliases } from '../../src/rules/aliases.ts'
import * as apps from '../../src/rules/apps.ts'
import { allowed, type Decision, refused, signInFirst } from '../../src/rules/decision.ts'
import * as instances from '../../src/rules/instances.ts'
import { maySeeSecret } from '../../src/rules/secrets.ts'
import * as tags from '../../src/rules/tags.ts'
import { putUpload } from '../../platform/store/uploads.ts'
import { operations } from '../support/contract.ts'
import {
  type KnownApp,
  type KnownInstance,
  makePermissionWorld,
  type PermissionWorld,
} from '../support/permission-world.ts'
import { beginUpload } from '../support/uploads.ts'

/** Everybody tries everything; what the platform answers is what the rules say of the same facts. */

let world: PermissionWorld
/** The author's, and not whole. */
let uploadId: string
beforeAll(async () => {
  world = await makePermissionWorld()
  uploadId = await beginUpload(await world.platform.as('author'), 10)
})
afterAll(() => world.platform.end())

type Request = { method: string; path: string; headers?: Record<string, string>; body?: string }
type Attempt = {
  /** What it is tried on, for the message. */
  readonly on: string
  readonly request: Request
  /** What the rules say; the first refusal counts. */
  readonly rules: (actor: Actor) => readonly Decision[]
  /** Puts back what an allowed request has changed. */
  readonly restore?: () => Promise<unknown>
}
/** `status` answers those who are let through: requests are made so that they change little. */
type Walk = { readonly status: number; readonly attempts: () => readonly Attempt[] }

const refusedBody = { headers: { 'Content-Type': 'application/json' }, body: '{"no":"field"}' }

function onApps(
  status: number,
  request: (app: KnownApp) => Request,
  ...rules: ((actor: Actor, app: apps.AppFacts) => Decision)[]
): Walk {
  const attempts = () =>
    world.apps.map((app) => ({
      on: app.name,
      request: request(app),
      rules: (actor: Actor) => rules.map((rule) => rule(actor, app.facts)),
    }))
  return { status, attempts }
}

const readsApp = (path: string, rule: (actor: Actor, app: apps.AppFacts) => Decision): Walk =>
  onApps(200, ({ id }) => ({ method: 'GET', path: `/apps/${id}${path}` }), rule)

type InstanceRule = (actor: Actor, facts: instances.InstanceFacts, inCatalog: boolean) => Decision

function onInstances(
  status: number,
  request: Omit<Request, 'path'> & { path?: string },
  rule: InstanceRule,
  restore?: (instance: KnownInstance) => Promise<unknown>,
): Walk {
  const attempts = () =>
    world.instances.map((instance) => ({
      on: instance.name,
      request: { ...request, path: `/instances/${instance.id}${request.path ?? ''}` },
      rules: (actor: Actor) => {
        const inCatalog = apps.isInCatalogOf(actor, instance.app.facts)
        return [
          instances.maySeeInstance(actor, instance.facts, inCatalog),
          rule(actor, instance.facts, inCatalog),
        ]
      },
      ...(restore ? { restore: () => restore(instance) } : {}),
    }))
  return { status, attempts }
}

function onTags(
  status: number,
  request: Omit<Request, 'path'> & { path?: string },
  rule: (actor: Actor, tag: tags.TagFacts) => Decision,
): Walk {
  const attempts = () =>
    world.tags.map(({ name, id, facts }) => ({
      on: name,
      request: { ...request, path: `/tags/${id}${request.path ?? ''}` },
      rules: (actor: Actor) => [rule(actor, facts)],
    }))
  return { status, attempts }
}

const onTaggings = (method: string): Walk => ({
  status: 204,
  attempts: () =>
    world.apps.flatMap((app) =>
      world.tags.map((tag) => ({
        on: `${tag.name} on ${app.name}`,
        request: { method, path: `/apps/${app.id}/tags/${tag.id}` },
        rules: (actor: Actor) => [tags.mayAssignTag(actor, tag.facts, app.facts)],
      })),
    ),
})

const once = (status: number, request: Request, rule: (actor: Actor) => Decision): Walk => ({
  status,
  attempts: () => [{ on: '', request, rules: (actor) => [rule(actor)] }],
})

/** Their maker's alone: not an admin's either. */
function onUploads(
  status: number,
  request: Omit<Request, 'path'> & { path?: string },
  restore?: () => Promise<unknown>,
): Walk {
  const isOwn = (actor: Actor) =>
    actor.userId === 'author' ? allowed : refused('upload.not-found', 'Gone.', 'owner')
  const attempts = () => [
    {
      on: 'an upload',
      request: {
        ...request,
        path: `/uploads/${uploadId}${request.path ?? ''}`,
        headers: { 'Tus-Resumable': '1.0.0', ...request.headers },
      },
      rules: (actor: Actor) => [apps.mayImport(actor), isOwn(actor)],
      ...(restore ? { restore } : {}),
    },
  ]
  return { status, attempts }
}

const uploadAgain = async () => {
  const at = new Date()
  const row = { user_id: 'author', size: 10, metadata: '', created_at: at.toISOString() }
  const expires_at = new Date(at.getTime() + 60_000).toISOString()
  await putUpload(instanceTable(), { id: uploadId, ...row, expires_at })
  await world.platform.platform.uploads.create(uploadId)
}

const signedIn = (actor: Actor) => (actor.access === 'anonymous' ? signInFirst : allowed)
const instanceTable = () => world.platform.platform.database
const putBack = async ({ row }: KnownInstance) => {
  await instanceTable().deleteFrom('instances').where('id', '=', row.id).execute()
  await instanceTable().insertInto('instances').values(row).execute()
}

const walks: Record<string, Walk> = {
  listApps: once(200, { method: 'GET', path: '/apps?scope=mine' }, signedIn),
  importApp: once(
    400,
    { method: 'POST', path: '/apps', headers: { 'Content-Type': 'application/zip' } },
    apps.mayImport,
  ),
  listUploads: once(200, { method: 'GET', path: '/uploads' }, apps.mayImport),
  createUpload: once(
    400,
    { method: 'POST', path: '/uploads', headers: { 'Tus-Resumable': '1.0.0' } },
    apps.mayImport,
  ),
  getUploadOffset: onUploads(200, { method: 'HEAD' }),
  appendToUpload: onUploads(409, {
    method: 'PATCH',
    headers: { 'Upload-Offset': '5', 'Content-Type': 'application/offset+octet-stream' },
  }),
  cancelUpload: onUploads(204, { method: 'DELETE' }, uploadAgain),
  importUpload: onUploads(409, { method: 'POST', path: '/import' }),
  getApp: readsApp('', apps.maySeeApp),
  updateApp: onApps(
    422,
    ({ id }) => ({ method: 'PATCH', path: `/apps/${id}`, ...refusedBody }),
    apps.mayChangeAppVisibility,
  ),
  // Refused for its instances, after those who may not are.
  deleteApp: onApps(
    409,
    ({ id }) => ({ method: 'DELETE', path: `/apps/${id}` }),
    apps.mayDeleteApp,
  ),
  listAppVersions: readsApp('/versions', apps.maySeeApp),
  getAppIcon: readsApp('/icon', apps.maySeeApp),
  getAppScreenshot: readsApp('/screenshots/0', apps.maySeeApp),
  listAppFiles: readsApp('/files', apps.mayReadSource),
  getAppFile: readsApp('/files/app.toml', apps.mayReadSource),
  getAppPicture: readsApp('/pictures/static%2Ficon.png', apps.mayReadSource),
  getAppManifest: readsApp('/manifest', apps.mayReadSource),
  getAppRequirements: readsApp('/requirements', apps.mayReadSource),
  getAppPackages: readsApp('/packages', apps.mayReadSource),
  downloadBundle: readsApp('/bundle', apps.mayDownloadBundle),
  runApp: onApps(
    422,
    ({ id }) => ({ method: 'POST', path: `/apps/${id}/run`, body: '{"profile":"none"}' }),
    apps.mayRunApp,
  ),
  pinApp: onApps(204, ({ name }) => ({ method: 'PUT', path: `/pins/${name}` }), apps.mayPinApp),
  unpinApp: once(204, { method: 'DELETE', path: '/pins/any' }, signedIn),
  assignTag: onTaggings('PUT'),
  removeTag: onTaggings('DELETE'),
  listTags: once(200, { method: 'GET', path: '/tags' }, tags.maySeeTags),
  createTag: once(422, { method: 'POST', path: '/tags', ...refusedBody }, tags.mayCreateTag),
  getTag: onTags(200, { method: 'GET' }, tags.maySeeTags),
  updateTag: onTags(
    422,
    { method: 'PATCH', body: refusedBody.body, headers: { 'If-Match': '*' } },
    tags.mayEditTag,
  ),
  deleteTag: onTags(412, { method: 'DELETE', headers: { 'If-Match': '"0"' } }, tags.mayDeleteTag),
  listTaggedApps: onTags(200, { method: 'GET', path: '/apps' }, tags.maySeeTags),
  changeAssignments: onTags(
    422,
    { method: 'POST', path: '/assignments', ...refusedBody },
    tags.mayEditTag,
  ),
  mergeTags: onTags(
    422,
    {
      method: 'POST',
      path: '/merge',
      body: refusedBody.body,
      headers: { 'If-Match': '*' },
    },
    tags.mayMergeTags,
  ),
  previewTagImpact: onTags(
    200,
    { method: 'POST', path: '/impact', body: '{"visitorRoles":[]}' },
    tags.mayEditTag,
  ),
  listRoles: once(200, { method: 'GET', path: '/roles' }, tags.maySeeTags),
  listSecrets: once(200, { method: 'GET', path: '/secrets' }, tags.maySeeTags),
  listInstances: once(200, { method: 'GET', path: '/instances' }, signedIn),
  getInstance: onInstances(200, { method: 'GET' }, instances.maySeeInstance),
  updateInstance: onInstances(
    422,
    { method: 'PATCH', ...refusedBody },
    instances.mayControlInstance,
  ),
  terminateInstance: onInstances(204, { method: 'DELETE' }, instances.mayControlInstance, putBack),
  suspendInstance: onInstances(
    200,
    { method: 'POST', path: '/suspend' },
    instances.mayControlInstance,
    putBack,
  ),
  // They run already.
  resumeInstance: onInstances(
    200,
    { method: 'POST', path: '/resume' },
    instances.mayControlInstance,
  ),
  visitInstance: onInstances(200, { method: 'POST', path: '/visit' }, instances.mayOpenInstance),
  getInstanceStatus: onInstances(200, { method: 'GET', path: '/status' }, instances.mayReadLog),
  listInstanceEvents: onInstances(200, { method: 'GET', path: '/events' }, instances.mayReadLog),
  getInstanceLogs: onInstances(200, { method: 'GET', path: '/logs' }, instances.mayReadLog),
  listUsage: once(200, { method: 'GET', path: '/usage?id=any' }, signedIn),
  listAliases: once(200, { method: 'GET', path: '/aliases' }, mayManageAliases),
  createAlias: once(422, { method: 'POST', path: '/aliases', ...refusedBody }, mayManageAliases),
  // Whose alias it is decides here; the tests of aliases go through that.
  updateAlias: once(404, { method: 'PATCH', path: '/aliases/any', body: '{}' }, signedIn),
  deleteAlias: once(404, { method: 'DELETE', path: '/aliases/any' }, mayManageAliases),
}

const forEverybody = [
  'getMe',
  'getEnvironment',
  'getUploadProtocol',
  'signIn',
  'signOut',
  'followEvents',
]

test('every operation of the contract is walked', () => {
  const walked = [...Object.keys(walks), ...forEverybody]
  expect(walked.toSorted()).toEqual(operations.map((one) => one.operationId).toSorted())
})

function statusOf(decision: Decision, through: number): string {
  if (decision.allowed) return `${through}`
  const { code } = decision
  const status = decision === signInFirst ? 401 : code.endsWith('.not-found') ? 404 : 403
  return `${status} ${code}`
}

async function answerTo(reply: Response, through: number, expected: string): Promise<string> {
  if (reply.status === through) return `${through}`
  // Without a body, as after HEAD, there is no code to compare.
  if (reply.body === null && expected.startsWith(`${reply.status} `)) return expected
  const { code }: Problem = await reply.json()
  return `${reply.status} ${code}`
}

describe('who may', () => {
  test.each(Object.entries(walks))('%s', async (_, { status, attempts }) => {
    const differences: string[] = []
    for (const { on, request, rules, restore } of attempts()) {
      const { method, path, ...init } = request
      for (const { name, actor, caller } of world.people) {
        const decision = rules(actor).find((one) => !one.allowed) ?? allowed
        const expected = statusOf(decision, status)
        const answer = await answerTo(await caller.send(method, path, init), status, expected)
        if (answer === `${status}`) await restore?.()
        if (answer !== expected) differences.push(`${name}, ${on}: ${answer}, not ${expected}`)
      }
    }
    expect(differences).toEqual([])
  })
})

describe('lists hold what the rules show, and nothing else', () => {
  test('apps', async () => {
    for (const { actor, caller } of world.people) {
      const seen: AppList = await (await caller.get('/apps?pageSize=1000')).json()
      const expected = world.apps.filter(({ facts }) => apps.isInCatalogOf(actor, facts))
      expect(new Set(seen.apps.map(({ id }) => id))).toEqual(new Set(expected.map(({ id }) => id)))
      expect(seen.totalSize).toBe(expected.length)
    }
  })

  test('instances', async () => {
    for (const { actor, caller } of world.people) {
      if (actor.access === 'anonymous') continue
      const seen: InstanceList = await (
        await caller.get('/instances?scope=visible&pageSize=1000')
      ).json()
      const expected = world.instances.filter(({ facts, app }) => {
        const inCatalog = apps.isInCatalogOf(actor, app.facts)
        return instances.maySeeInstance(actor, facts, inCatalog).allowed
      })
      expect(new Set(seen.instances.map(({ id }) => id))).toEqual(
        new Set(expected.map(({ id }) => id)),
      )
    }
  })

  test('secrets', async () => {
    for (const { actor, caller } of world.people) {
      if (actor.access !== 'fullAccess') continue
      const { secrets }: SecretList = await (await caller.get('/secrets')).json()
      const expected = world.secrets.filter(({ facts }) => maySeeSecret(actor, facts).allowed)
      expect(secrets.map(({ name }) => name).toSorted()).toEqual(
        expected.map(({ name }) => name).toSorted(),
      )
    }
  })

  test('only an admin lists everything', async () => {
    for (const path of ['/apps?scope=admin', '/instances?scope=admin']) {
      for (const { actor, caller } of world.people) {
        const expected = actor.admin ? 200 : actor.access === 'anonymous' ? 401 : 403
        expect((await caller.get(path)).status).toBe(expected)
      }
    }
  })
})
