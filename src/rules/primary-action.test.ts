import { expect, test } from 'vitest'
import { actorOf, anonymous } from './actor.ts'
import { type PrimaryActionApp, primaryAction } from './primary-action.ts'

const user = actorOf('user', ['full-access'], { fullAccess: 'full-access', admin: 'admin' })
const free = { used: 0, max: 10 }
const full = { used: 10, max: 10 }

const app = (facts: Partial<PrimaryActionApp> = {}): PrimaryActionApp => ({
  owner: { id: 'author' },
  visibility: 'ALL_USERS',
  lifecycle: 'ON_DEMAND',
  tags: [],
  link: null,
  preconditions: { runnable: true, problems: [] },
  visitInstance: null,
  ...facts,
})

test('a running instance of one’s own is visited before anything else', () => {
  const own = [
    { id: 'paused', status: 'SUSPENDED' },
    { id: 'running', status: 'DEPLOYED' },
  ] as const
  expect(primaryAction(user, app(), own, full)).toEqual({ kind: 'visit', instanceId: 'running' })
})

test('one that is starting is waited for, a paused one resumed, a failed one replaced', () => {
  const action = (status: 'PENDING' | 'SUSPENDED' | 'FAILED') =>
    primaryAction(user, app(), [{ id: 'own', status }], free).kind
  expect([action('PENDING'), action('SUSPENDED'), action('FAILED')]).toEqual([
    'starting',
    'resume',
    'run',
  ])
})

test('a link opens, for everybody', () => {
  const link = app({ lifecycle: 'LINK', link: 'https://example.com', visibility: 'PUBLIC' })
  expect(primaryAction(anonymous, link, [], { used: 0, max: 0 })).toEqual({
    kind: 'open',
    link: 'https://example.com',
  })
})

test('a managed app is visited where its owner runs it; otherwise the reason is said', () => {
  const managed = app({ lifecycle: 'MANAGED', visitInstance: { id: 'shared' } })
  expect(primaryAction(user, managed, [], full)).toEqual({ kind: 'visit', instanceId: 'shared' })
  expect(primaryAction(user, app({ lifecycle: 'MANAGED' }), [], free)).toMatchObject({
    kind: 'none',
    reason: expect.stringContaining('not running'),
  })
})

test('limits and preconditions are told, not hit', () => {
  const reason = expect.stringContaining('10 of 10')
  expect(primaryAction(user, app(), [], full)).toEqual({ kind: 'full', instanceId: null, reason })
  const paused = [{ id: 'paused', status: 'SUSPENDED' }] as const
  expect(primaryAction(user, app(), paused, full)).toEqual({
    kind: 'full',
    instanceId: 'paused',
    reason,
  })
  const unmet = app({ preconditions: { runnable: false, problems: [{ message: 'No secret.' }] } })
  expect(primaryAction(user, unmet, [], free)).toEqual({ kind: 'none', reason: 'No secret.' })
})

test('anonymous people are asked to sign in', () => {
  const open = app({ visibility: 'PUBLIC' })
  expect(primaryAction(anonymous, open, [], { used: 0, max: 0 })).toEqual({ kind: 'signIn' })
})
