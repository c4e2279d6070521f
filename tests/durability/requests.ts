import { createHash, randomUUID } from 'node:crypto'
import type { App, Instance, TagDetail } from '../../src/api/generated/types.gen.ts'
import { appBundle } from '../support/bundles.ts'
import type { AppEntry, InstanceEntry, Ledger, Request, TagEntry } from './ledger.ts'
import type { Random } from './random.ts'

const json = { 'Content-Type': 'application/json' }

async function expectStatus(response: Response, ...statuses: readonly number[]): Promise<void> {
  if (statuses.includes(response.status)) return
  throw new Error(`Unexpected ${response.status}: ${await response.text()}`)
}

/** Few different icons, so that apps share blobs and one's deletion must not take another's. */
function icon(random: Random): Uint8Array {
  const header = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
  return Uint8Array.from([...header, ...Array<number>(2_000).fill(random.between(0, 3))])
}

export async function importRequest(
  ledger: Ledger,
  random: Random,
  owner: string,
): Promise<Request> {
  const name = `app-${randomUUID()}`
  const filler = random.bytes(random.between(0, 4) === 0 ? 300_000 : 2_000)
  const files = { 'filler.bin': filler, 'static/icon.png': icon(random) }
  const runtime = 'VolumeMount = "/data"\nVolumeSize = "1Mi"'
  const body = await appBundle({ name, runtime, files })
  const sha256 = createHash('sha256').update(body).digest('hex')
  const visibility = random.next() < 0.5 ? 'PRIVATE' : 'ALL_USERS'
  return {
    what: `import ${name}`,
    method: 'POST',
    path: `/apps?visibility=${visibility}`,
    headers: { 'Content-Type': 'application/zip', 'Idempotency-Key': randomUUID() },
    body,
    makes: { kind: 'app', name },
    async settle(response) {
      await expectStatus(response, 201)
      const app: App = await response.json()
      ledger.apps.set(app.id, { name, owner, sha256, visibility, tags: [] })
      return app.id
    },
  }
}

export function deleteAppRequest(ledger: Ledger, id: string): Request {
  return {
    what: `delete app ${id}`,
    method: 'DELETE',
    path: `/apps/${id}`,
    headers: {},
    changes: { id, to: null },
    async settle(response, isRetry) {
      await expectStatus(response, 204, ...(isRetry ? [404] : []))
      ledger.apps.delete(id)
      ledger.gone.add(id)
    },
  }
}

export function appVisibilityRequest(ledger: Ledger, id: string, before: AppEntry): Request {
  const visibility = before.visibility === 'PRIVATE' ? 'ALL_USERS' : 'PRIVATE'
  const to: AppEntry = { ...before, visibility }
  return {
    what: `make app ${id} ${visibility}`,
    method: 'PATCH',
    path: `/apps/${id}`,
    headers: json,
    body: JSON.stringify({ visibility }),
    changes: { id, to },
    async settle(response) {
      await expectStatus(response, 200)
      ledger.apps.set(id, to)
    },
  }
}

export function tagAppRequest(
  ledger: Ledger,
  id: string,
  before: AppEntry,
  tagId: string,
): Request {
  const has = before.tags.includes(tagId)
  const tags = has ? before.tags.filter((one) => one !== tagId) : [...before.tags, tagId]
  const to: AppEntry = { ...before, tags }
  return {
    what: `${has ? 'untag' : 'tag'} app ${id}`,
    method: has ? 'DELETE' : 'PUT',
    path: `/apps/${id}/tags/${tagId}`,
    headers: {},
    changes: { id, to },
    async settle(response) {
      await expectStatus(response, 204)
      ledger.apps.set(id, to)
    },
  }
}

export function launchRequest(ledger: Ledger, appId: string, owner: string): Request {
  return {
    what: `launch ${appId}`,
    method: 'POST',
    path: `/apps/${appId}/run`,
    headers: { ...json, 'Idempotency-Key': randomUUID() },
    body: '{}',
    makes: { kind: 'instance', appId },
    async settle(response) {
      await expectStatus(response, 201)
      const { id, visibility, status }: Instance = await response.json()
      // The answer to a retry may be an instance that the kill has ended.
      const state = status === 'FAILED' ? 'FAILED' : 'live'
      ledger.instances.set(id, { appId, owner, visibility, state })
      return id
    },
  }
}

export function instanceVisibilityRequest(
  ledger: Ledger,
  id: string,
  before: InstanceEntry,
): Request {
  const visibility = before.visibility === 'PRIVATE' ? 'ALL_USERS' : 'PRIVATE'
  const to: InstanceEntry = { ...before, visibility }
  return {
    what: `make instance ${id} ${visibility}`,
    method: 'PATCH',
    path: `/instances/${id}`,
    headers: json,
    body: JSON.stringify({ visibility }),
    changes: { id, to },
    async settle(response) {
      await expectStatus(response, 200)
      ledger.instances.set(id, to)
    },
  }
}

export function pauseRequest(ledger: Ledger, id: string, before: InstanceEntry): Request {
  const resumes = before.state !== 'live'
  const to: InstanceEntry = { ...before, state: resumes ? 'live' : 'SUSPENDED' }
  return {
    what: `${resumes ? 'resume' : 'suspend'} ${id}`,
    method: 'POST',
    path: `/instances/${id}/${resumes ? 'resume' : 'suspend'}`,
    headers: {},
    changes: { id, to },
    async settle(response, isRetry) {
      // What was running at the kill has failed since, and can't be paused.
      await expectStatus(response, 200, ...(isRetry && !resumes ? [409] : []))
      ledger.instances.set(id, response.status === 200 ? to : { ...before, state: 'FAILED' })
    },
  }
}

export function terminateRequest(ledger: Ledger, id: string): Request {
  return {
    what: `terminate ${id}`,
    method: 'DELETE',
    path: `/instances/${id}`,
    headers: {},
    changes: { id, to: null },
    async settle(response, isRetry) {
      await expectStatus(response, 204, ...(isRetry ? [404] : []))
      ledger.instances.delete(id)
      ledger.gone.add(id)
    },
  }
}

export function createTagRequest(ledger: Ledger, random: Random): Request {
  const name = `tag-${randomUUID()}`
  const values = { name, title: 'Tag', color: color(random) }
  return {
    what: `create ${name}`,
    method: 'POST',
    path: '/tags',
    headers: { ...json, 'Idempotency-Key': randomUUID() },
    body: JSON.stringify(values),
    makes: { kind: 'tag', name },
    async settle(response) {
      await expectStatus(response, 201)
      const { id }: TagDetail = await response.json()
      ledger.tags.set(id, { ...values, etag: etagOf(response) })
      return id
    },
  }
}

export function editTagRequest(
  ledger: Ledger,
  random: Random,
  id: string,
  before: TagEntry,
): Request {
  const change = { title: `Title ${random.between(0, 1_000_000)}`, color: color(random) }
  const to = { ...before, ...change }
  return {
    what: `edit tag ${id}`,
    method: 'PATCH',
    path: `/tags/${id}`,
    headers: { ...json, 'If-Match': before.etag },
    body: JSON.stringify(change),
    changes: { id, to },
    async settle(response, isRetry) {
      // 412 says that the first sending had been taken: nobody else edits this tag.
      await expectStatus(response, 200, ...(isRetry ? [412] : []))
      const etag =
        response.status === 200 ? etagOf(response) : `"${Number(before.etag.slice(1, -1)) + 1}"`
      ledger.tags.set(id, { ...to, etag })
    },
  }
}

function color(random: Random): string {
  return `#${random.between(0, 0xffffff).toString(16).padStart(6, '0')}`
}

function etagOf(response: Response): string {
  return response.headers.get('ETag') ?? ''
}
