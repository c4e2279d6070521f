import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Alias } from '../../src/api/generated/types.gen.ts'
import { appBundle } from '../support/bundles.ts'
import {
  type Caller,
  problemOf,
  startTestPlatform,
  type TestPlatform,
} from '../support/test-platform.ts'

let platform: TestPlatform
let admin: Caller
let user: Caller
let appId: string
beforeAll(async () => {
  platform = await startTestPlatform()
  admin = await platform.as('admin')
  user = await platform.as('user')
  const author = await platform.as('author')
  appId = (await (await author.import(await appBundle({ name: 'desk' }))).json()).id
})
afterAll(() => platform.end())

const launch = async (caller: Caller): Promise<string> =>
  (await (await caller.post(`/apps/${appId}/run`)).json()).id

async function create(name: string, instanceId: string | null = null): Promise<Alias> {
  const reply = await admin.post('/aliases', { name, instanceId })
  expect(reply.status).toBe(201)
  return reply.json()
}

/** What a browser gets that asks for a name below the platform's own. */
function visit(
  name: string,
  path = '/',
): Promise<{ status: number; location: string | undefined }> {
  const { port } = new URL(platform.url)
  return new Promise((resolve, reject) => {
    request(
      { host: '127.0.0.1', port, path, headers: { host: `${name}.localhost:${port}` } },
      (reply) => {
        reply.resume()
        resolve({ status: reply.statusCode ?? 0, location: reply.headers.location })
      },
    )
      .on('error', reject)
      .end()
  })
}

test('an alias leads to the instance’s own address, and answers 404 once that is gone', async () => {
  const id = await launch(user)
  const alias = await create('sales', id)
  const { url } = await (await user.get(`/instances/${id}`)).json()
  expect(await visit('sales', '/report?week=7')).toEqual({
    status: 302,
    location: `${url}report?week=7`,
  })
  // Nobody is led to another place by the way the address is written.
  expect((await visit('sales', '//elsewhere.example/x')).location).toBe(`${url}elsewhere.example/x`)
  await user.delete(`/instances/${id}`)
  expect(await visit('sales')).toEqual({ status: 404, location: undefined })
  const { aliases } = await (await admin.get('/aliases')).json()
  expect(aliases).toContainEqual({ ...alias, instanceId: null, primary: false })
  expect((await visit('nobody')).status).toBe(404)
})

test('who owns an instance lets an alias that is there lead to it, and nobody takes it from them', async () => {
  const alias = await create('desk')
  const [own, other] = [await launch(user), await launch(admin)]
  const pointed = await user.patch(`/aliases/${alias.id}`, { instanceId: own, primary: true })
  expect(await pointed.json()).toEqual({ ...alias, instanceId: own, primary: true })
  const author = await platform.as('author')
  const mine = await launch(author)
  expect((await author.patch(`/aliases/${alias.id}`, { instanceId: mine })).status).toBe(403)
  expect((await user.patch(`/aliases/${alias.id}`, { instanceId: other })).status).toBe(404)
  expect(await problemOf(await user.delete(`/aliases/${alias.id}`))).toMatchObject({
    status: 403,
    code: 'alias.admin-only',
  })
  // From an old instance to a new one, as when a version is rolled out.
  const newer = await launch(user)
  expect((await user.patch(`/aliases/${alias.id}`, { instanceId: newer })).status).toBe(200)
  expect((await admin.patch(`/aliases/${alias.id}`, { instanceId: other })).status).toBe(200)
  expect((await admin.delete(`/aliases/${alias.id}`)).status).toBe(204)
  expect((await visit('desk')).status).toBe(404)
})

test('an instance has one primary alias at most', async () => {
  const id = await launch(user)
  const [first, second] = [await create('first', id), await create('second', id)]
  for (const { id: aliasId } of [first, second]) {
    await admin.patch(`/aliases/${aliasId}`, { primary: true })
  }
  const { aliases } = await (await admin.get('/aliases')).json()
  const primaries = aliases.filter((alias: Alias) => alias.instanceId === id && alias.primary)
  expect(primaries.map(({ name }: Alias) => name)).toEqual(['second'])
})

test('names are kept apart: taken ones, the platform’s own, and those that are no names', async () => {
  await create('once')
  for (const name of ['once', 'apps', 'localhost']) {
    expect(await problemOf(await admin.post('/aliases', { name }))).toMatchObject({
      status: 409,
      code: 'alias.name-taken',
    })
  }
  for (const name of ['', 'Two Words', '-dash', 'a.b', '<b>', 'x'.repeat(64)]) {
    expect((await admin.post('/aliases', { name })).status).toBe(422)
  }
  const key = { 'Idempotency-Key': 'alias-1' }
  const twice = await Promise.all(
    [1, 2].map(() => admin.post('/aliases', { name: 'retried' }, key)),
  )
  const ids = new Set((await Promise.all(twice.map((reply) => reply.json()))).map(({ id }) => id))
  expect(ids.size).toBe(1)
})
