import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { personas } from '../../platform/auth/personas.ts'
import { type FuzzRequest, fuzzRequests } from '../support/arbitraries.ts'
import { appBundle } from '../support/bundles.ts'
import { checkResponse, operations } from '../support/contract.ts'
import { sendRaw } from '../support/raw.ts'
import { type Caller, startTestPlatform, type TestPlatform } from '../support/test-platform.ts'
import { upload } from '../support/uploads.ts'

const runs = 2_000

let platform: TestPlatform
let callers: Caller[]
let tick: () => void
let bundles: Uint8Array<ArrayBuffer>[]
/** What is known to be there, or was a moment ago; grows with everything that a request makes. */
const known: Record<string, string[]> = {
  appId: [],
  instanceId: [],
  tagId: [],
  appName: [],
  aliasId: ['any'],
  uploadId: [],
  path: ['app.toml', 'server.py', 'requirements.txt', 'static%2Fnothing.png'],
  n: ['0', '1'],
}
const complaints = vi.spyOn(console, 'error')

beforeAll(async () => {
  // A request every four seconds, so that sign-ins that fail don't shut out those after them for good.
  let now = Date.parse('2026-03-01T12:00:00Z')
  tick = () => (now += 4_000)
  platform = await startTestPlatform({
    publicMode: true,
    limits: { bundleBytes: 60_000, startSeconds: 1_000_000, instanceTimeoutSeconds: 1_000_000 },
    now: () => new Date(now),
  })
  const people = personas.map(({ id }) => platform.as(id))
  callers = [await platform.as(), ...(await Promise.all(people))]
  bundles = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      appBundle({ name: `app-${index % 6}`, version: `1.0.${index}` }),
    ),
  )
  const author = await platform.as('author')
  const admin = await platform.as('admin')
  for (const bundle of bundles.slice(0, 6)) {
    remember('appId', await (await author.import(bundle, 'PUBLIC')).json())
  }
  for (const bundle of bundles.slice(6)) remember('uploadId', { id: await upload(author, bundle) })
  for (const id of known['appId'] ?? []) {
    remember('instanceId', await (await author.post(`/apps/${id}/run`, {})).json())
  }
  for (const name of ['one', 'two', 'three']) {
    remember(
      'tagId',
      await (await admin.post('/tags', { name, title: name, color: '#000000' })).json(),
    )
  }
})
afterAll(async () => {
  complaints.mockRestore()
  await platform.end()
})

function remember(kind: string, made: { id: string; name?: string }): void {
  known[kind]?.push(made.id)
  if (kind === 'appId' && made.name !== undefined) known['appName']?.push(made.name)
}

function forget(path: string): void {
  for (const kind of ['appId', 'instanceId', 'tagId', 'uploadId']) {
    known[kind] = known[kind]?.filter((id) => !path.includes(`/${id}?`)) ?? []
  }
}

const byId = new Map(operations.map((operation) => [operation.operationId, operation]))

function pathOf({ operationId, places, query }: FuzzRequest): string {
  const path = (byId.get(operationId)?.path ?? '').replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const place = places[name]
    if (place !== undefined && 'raw' in place) return place.raw
    const all = known[name] ?? []
    return all[(place?.known ?? 0) % Math.max(1, all.length)] ?? 'none'
  })
  return `/api/v1${path}?${new URLSearchParams(query.map((pair) => [...pair]))}`
}

function bodyOf({ operationId, body, rawBody }: FuzzRequest): string | Uint8Array | undefined {
  if (!byId.get(operationId)?.body) return rawBody < 5 ? 'unasked for' : undefined
  if (operationId === 'importApp') {
    const bundle = bundles[rawBody % bundles.length] ?? new Uint8Array()
    if (rawBody < 60) return bundle
    // Cut, or with some bytes turned.
    if (rawBody < 75) return bundle.slice(0, rawBody * 7)
    return rawBody < 97
      ? bundle.map((byte, at) => (at % 97 === rawBody % 97 ? ~byte : byte))
      : new Uint8Array(60_001)
  }
  if (operationId === 'createUpload' || operationId === 'appendToUpload') {
    return new Uint8Array(rawBody)
  }
  const text = JSON.stringify(body) ?? ''
  if (rawBody < 95) return text
  return [text.slice(0, -1), '', '\ufeff{}', '{"a":1,}', '\u0000'][rawBody - 95]
}

/** Where a request arrives, as every reader of addresses sees it: dots resolved, needless escapes undone. */
function arrivesAt(path: string): string {
  const { pathname } = new URL(path, 'http://localhost')
  try {
    return decodeURI(pathname.replaceAll('%25', '%2525'))
  } catch {
    return pathname
  }
}

const endsSessions = new Set(['signIn', 'signOut'])

async function send(request: FuzzRequest): Promise<void> {
  const { operationId, method, headers, who } = request
  const path = pathOf(request)
  tick()
  const cookie = callers[who % callers.length]?.cookie ?? ''
  const body = method === 'HEAD' ? undefined : bodyOf(request)
  const reply = await sendRaw(platform.url, {
    method,
    path,
    headers: {
      Cookie: endsSessions.has(operationId) ? 'wavedeck_session=made-up' : cookie,
      'Content-Type': Object.keys(byId.get(operationId)?.body?.content ?? {})[0] ?? 'text/plain',
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  })
  expect(reply.headers.has('X-Injected')).toBe(false)
  const arrived = arrivesAt(path)
  await checkResponse(method, arrived.startsWith('/api/v1/') ? arrived.slice(7) : '/nowhere', reply)
  if (reply.status >= 500) expect(reply.status).toBe(501)
  if (method === 'DELETE' && reply.status === 204) forget(path)
  if (reply.status === 201) {
    const kinds: Record<string, string> = {
      importApp: 'appId',
      importUpload: 'appId',
      runApp: 'instanceId',
      createTag: 'tagId',
    }
    const kind = kinds[operationId]
    if (kind !== undefined) remember(kind, await reply.json())
    if (operationId === 'createUpload') {
      remember('uploadId', { id: reply.headers.get('Location')?.split('/').at(-1) ?? '' })
    }
  }
}

test(`${runs} requests, right and wrong, are all answered as the contract says`, async () => {
  await fc.assert(
    fc.asyncProperty(fuzzRequests, async (request) => send(request)),
    // What a request meets depends on those before it: the first that fails is the one to look at.
    { numRuns: runs, seed: 4_600, endOnFailure: true },
  )
  expect(complaints).not.toHaveBeenCalled()
  const me = await (await callers[1]?.get('/me'))?.json()
  expect(me).toMatchObject({ user: { id: personas[0]?.id } })
})
