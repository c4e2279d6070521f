import { expect, test } from 'vitest'
import { appFixture, instanceFixture } from '../../../mocks/fixtures.ts'
import { arrange } from './arrange-instances.ts'
import { parseInstancesParams } from './instances-params.ts'

const sales = appFixture()
const care = appFixture({ id: 'app-2', name: 'care', title: 'Care pathways', version: '2.0.0' })
const alias = { name: 'front-desk', url: 'http://front-desk.localhost/', primary: true }
const instances = [
  instanceFixture({ id: 'paused', status: 'SUSPENDED', createdAt: '2026-11-12T12:00:00Z' }, care),
  instanceFixture({ id: 'failed', status: 'FAILED', createdAt: '2026-11-12T11:00:00Z' }, sales),
  instanceFixture({ id: 'old', aliases: [alias], visibility: 'ALL_USERS' }, sales),
  instanceFixture(
    {
      id: 'new',
      createdAt: '2026-11-12T10:00:00Z',
      suspendAfter: '2026-11-12T10:30:00Z',
      newerVersion: { appId: 'app-3', version: '3.0.0' },
    },
    care,
  ),
  instanceFixture({ id: 'starting', status: 'PENDING' }, sales),
]

const shown = (query: string) =>
  arrange(instances, parseInstancesParams(new URLSearchParams(query))).shown.map(({ id }) => id)

test('what is active comes first, what starts before what runs, newer before older', () => {
  expect(shown('')).toEqual(['starting', 'new', 'old', 'failed', 'paused'])
  expect(shown('sort=newest')).toEqual(['paused', 'failed', 'new', 'old', 'starting'])
  expect(shown('sort=pauses').slice(0, 2)).toEqual(['new', 'old'])
  expect(shown('sort=app')).toEqual(['new', 'paused', 'starting', 'old', 'failed'])
})

test('filters narrow one another, and a search looks at title, version, alias and id', () => {
  expect(shown('app=care')).toEqual(['new', 'paused'])
  expect(shown('app=care&status=paused')).toEqual(['paused'])
  expect(shown('visibility=ALL_USERS')).toEqual(['old'])
  expect(shown('outdated=true')).toEqual(['new'])
  expect(shown('q=CARE 2.0')).toEqual(['new', 'paused'])
  expect(shown('q=front-desk')).toEqual(['old'])
  expect(shown('q=start')).toEqual(['starting'])
})

test('counts say what each status would show with the other filters as they are', () => {
  const { counts } = arrange(
    instances,
    parseInstancesParams(new URLSearchParams('app=care&status=paused')),
  )
  expect(counts).toEqual({ all: 2, active: 1, failed: 0, paused: 1, outdated: 0 })
})
