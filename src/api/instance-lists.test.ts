import { QueryClient } from '@tanstack/react-query'
import { beforeEach, expect, test } from 'vitest'
import { appFixture, instanceFixture, meFixture, people } from '../../mocks/fixtures.ts'
import { getMeQueryKey } from './generated/@tanstack/react-query.gen.ts'
import type { InstanceList } from './generated/types.gen.ts'
import { type InstanceListFilter, instanceKeys } from './instance-keys.ts'
import { putIntoLists } from './instance-lists.ts'

const app = appFixture()
const at = (minute: number) => `2026-11-12T09:0${minute}:00Z`
const older = instanceFixture({ id: 'older', createdAt: at(1) }, app)
const newer = instanceFixture({ id: 'newer', createdAt: at(3) }, app)

let client: QueryClient
const list = (filter: InstanceListFilter) =>
  client.getQueryData<InstanceList>(instanceKeys.list(filter))
const put = (filter: InstanceListFilter) =>
  client.setQueryData(instanceKeys.list(filter), {
    instances: [newer, older],
    nextPageToken: null,
    totalSize: 2,
  })

beforeEach(() => {
  client = new QueryClient()
  client.setQueryData(getMeQueryKey(), meFixture(people.user))
  put({ scope: 'mine' })
})

test('one that changed takes its place; the others stay the very same', async () => {
  const paused = { ...older, status: 'SUSPENDED' as const }
  await putIntoLists(client, [paused])
  expect(list({ scope: 'mine' })?.instances).toEqual([newer, paused])
  expect(list({ scope: 'mine' })?.instances[0]).toBe(newer)
})

test('a new one goes where its age puts it, into the lists that it belongs to', async () => {
  put({ scope: 'visible', status: 'FAILED' })
  put({ scope: 'visible' })
  const others = instanceFixture({ id: 'others', createdAt: at(2), owner: people.author }, app)
  await putIntoLists(client, [others])
  const ids = (filter: InstanceListFilter) => list(filter)?.instances.map(({ id }) => id)
  expect(ids({ scope: 'visible' })).toEqual(['newer', 'others', 'older'])
  expect(list({ scope: 'visible' })?.totalSize).toBe(3)
  expect(ids({ scope: 'mine' })).toEqual(['newer', 'older'])
  expect(ids({ scope: 'visible', status: 'FAILED' })).toEqual(['newer', 'older'])
})

test('what is gone, or doesn’t fit a list any more, leaves it', async () => {
  put({ scope: 'mine', status: 'DEPLOYED' })
  await putIntoLists(client, [{ ...newer, status: 'FAILED' }], new Set(['older']))
  expect(list({ scope: 'mine' })?.instances.map(({ id }) => id)).toEqual(['newer'])
  expect(list({ scope: 'mine', status: 'DEPLOYED' })?.instances).toEqual([])
})
