import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InstanceList, UsageList } from '../../src/api/generated/types.gen.ts'
import { appBundle } from '../support/bundles.ts'
import { eventually } from '../support/eventually.ts'
import { type Caller, startTestPlatform, type TestPlatform } from '../support/test-platform.ts'

let platform: TestPlatform
let author: Caller
let user: Caller
beforeAll(async () => {
  platform = await startTestPlatform()
  author = await platform.as('author')
  user = await platform.as('user')
})
afterAll(() => platform.end())

async function importApp(name: string, version: string, visibility = 'ALL_USERS') {
  return (await author.import(await appBundle({ name, version }), visibility)).json()
}

async function launch(appId: string, caller = user) {
  const { id } = await (await caller.post(`/apps/${appId}/run`, {})).json()
  return eventually(
    async () => (await caller.get(`/instances/${id}`)).json(),
    (instance) => instance.status === 'DEPLOYED',
  )
}

const usageOf = async (caller: Caller, ...ids: string[]): Promise<UsageList> =>
  (await caller.get(`/usage?${ids.map((id) => `id=${id}`).join('&')}`)).json()

test('what running instances took lately comes in one answer, for those who may read it', async () => {
  const app = await importApp('plots', '1.0.0')
  const first = await launch(app.id)
  const second = await launch(app.id)
  const others = await launch(app.id, author)
  for (let n = 0; n < 3; n += 1) await platform.platform.usage.sample()
  const { usages, stepSeconds } = await usageOf(user, first.id, second.id, others.id)
  expect(stepSeconds).toBe(5)
  expect(new Set(usages.map(({ instanceId }) => instanceId))).toEqual(
    new Set([first.id, second.id]),
  )
  expect(usages.map(({ memoryBytes }) => memoryBytes.length)).toEqual([3, 3])
  // The owner of the app may read the status of all its instances.
  expect((await usageOf(author, first.id, others.id)).usages).toHaveLength(2)
  await user.post(`/instances/${first.id}/suspend`)
  await platform.platform.usage.sample()
  expect((await usageOf(user, first.id)).usages).toEqual([])
})

test('only the last five minutes are kept', async () => {
  const app = await importApp('long', '1.0.0')
  const { id } = await launch(app.id)
  for (let n = 0; n < 70; n += 1) await platform.platform.usage.sample()
  const { usages } = await usageOf(user, id)
  expect(usages[0]?.memoryBytes).toHaveLength(60)
  expect(usages[0]?.processors).toHaveLength(60)
})

test('a list can be asked for some instances alone; what one may not see isn’t in it', async () => {
  const app = await importApp('some', '1.0.0')
  const mine = await launch(app.id)
  const paused = await launch(app.id)
  await user.post(`/instances/${paused.id}/suspend`)
  const outsider = await platform.as('author-2')
  const list = async (caller: Caller): Promise<string[]> => {
    const path = `/instances?scope=visible&id=${mine.id}&id=${paused.id}&id=none`
    const { instances }: InstanceList = await (await caller.get(path)).json()
    return instances.map(({ id }) => id)
  }
  expect(await list(user)).toEqual([paused.id, mine.id])
  expect(await list(outsider)).toEqual([])
  const many = Array.from({ length: 101 }, (_, n) => `id=${n}`).join('&')
  expect((await user.get(`/instances?${many}`)).status).toBe(400)
})

test('an instance says its newer version, as far as the caller sees one, and since when it is unused', async () => {
  const old = await importApp('newer', '1.0.0')
  const { id } = await launch(old.id)
  const read = async (caller: Caller) => (await caller.get(`/instances/${id}`)).json()
  expect((await read(user)).newerVersion).toBeNull()
  const hidden = await importApp('newer', '1.1.0', 'PRIVATE')
  expect((await read(user)).newerVersion).toBeNull()
  expect((await read(author)).newerVersion).toEqual({ appId: hidden.id, version: '1.1.0' })
  await author.patch(`/apps/${hidden.id}`, { visibility: 'ALL_USERS' })
  const instance = await read(user)
  expect(instance.newerVersion).toEqual({ appId: hidden.id, version: '1.1.0' })
  // By default an instance pauses itself eight hours after it was last used.
  expect(Date.parse(instance.suspendAfter) - Date.parse(instance.lastUsedAt)).toBe(8 * 3_600_000)
})

test('an instance says its aliases, the primary one first', async () => {
  const admin = await platform.as('admin')
  const app = await importApp('named', '1.0.0')
  const { id } = await launch(app.id)
  for (const name of ['alpha', 'beta']) await admin.post('/aliases', { name, instanceId: id })
  const { aliases } = await (await admin.get('/aliases')).json()
  const beta = aliases.find(({ name }: { name: string }) => name === 'beta')
  await admin.patch(`/aliases/${beta.id}`, { primary: true })
  const instance = await (await user.get(`/instances/${id}`)).json()
  const port = new URL(platform.url).port
  expect(instance.aliases).toEqual([
    { name: 'beta', url: `http://beta.localhost:${port}/`, primary: true },
    { name: 'alpha', url: `http://alpha.localhost:${port}/`, primary: false },
  ])
})
