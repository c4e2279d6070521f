import { afterAll, beforeAll, expect, test } from 'vitest'
import { moveDeadlines } from '../../platform/instances/deadlines.ts'
import type { App, Instance } from '../../src/api/generated/types.gen.ts'
import { appBundle } from '../support/bundles.ts'
import { eventually } from '../support/eventually.ts'
import { type Caller, startTestPlatform, type TestPlatform } from '../support/test-platform.ts'

const hour = 3_600_000
const before = Date.parse('2126-03-01T12:00:00.000Z')
const at = (ms: number) => new Date(before + ms)

let platform: TestPlatform
let user: Caller
let id: string
beforeAll(async () => {
  platform = await startTestPlatform({ scheduler: 'simulated' })
  user = await platform.as('user')
  const app: App = await (await (await platform.as('author')).import(await appBundle())).json()
  const { database } = platform.platform
  // Pauses when nobody has used it for two hours.
  await database.updateTable('apps').set({ instance_timeout: 7_200 }).execute()
  const reply = await user.post(`/apps/${app.id}/run`)
  id = (await reply.json()).id
  await eventually(
    async (): Promise<Instance> => (await user.get(`/instances/${id}`)).json(),
    ({ status }) => status === 'DEPLOYED',
  )
})
afterAll(() => platform.end())

async function moved(from: Date, ms: number, now: Date): Promise<string | null> {
  const { database } = platform.platform
  await database
    .updateTable('instances')
    .set({ suspend_after: from.toISOString() })
    .where('id', '=', id)
    .execute()
  await moveDeadlines(database, ms, now)
  const row = await database
    .selectFrom('instances')
    .select('suspend_after')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row.suspend_after
}

test('a clock set forward takes nobody’s time', async () => {
  expect(await moved(at(hour), 5 * hour, at(5 * hour))).toBe(at(6 * hour).toISOString())
})

test('a clock set back makes nobody run for longer', async () => {
  expect(await moved(at(hour), -5 * hour, at(-5 * hour))).toBe(at(-4 * hour).toISOString())
})

test('a deadline that was written by the new clock already stays', async () => {
  const written = at(-5 * hour + 2 * hour)
  expect(await moved(written, -5 * hour, at(-5 * hour))).toBe(written.toISOString())
})

test('no pause is further ahead than the app’s timeout', async () => {
  const written = at(5 * hour + 2 * hour)
  expect(await moved(written, 5 * hour, at(5 * hour))).toBe(written.toISOString())
})
