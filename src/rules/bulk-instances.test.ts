import { expect, test } from 'vitest'
import { actorOf } from './actor.ts'
import { type BulkFacts, idleFirst, planBulk } from './bulk-instances.ts'

const names = { fullAccess: 'full-access', admin: 'admin' }
const user = actorOf('user', ['full-access'], names)
const slots = { used: 2, max: 3 }

function facts(status: BulkFacts['status'], over: Partial<BulkFacts> = {}): BulkFacts {
  return {
    owner: { id: 'user' },
    visibility: 'PRIVATE',
    app: { ownerId: 'author', lifecycle: 'ON_DEMAND' },
    status,
    ...over,
  }
}

const reasons = (plan: ReturnType<typeof planBulk>) => plan.skipped.map(({ reason }) => reason)

test('only what runs or starts is paused', () => {
  const all = (['PENDING', 'DEPLOYED', 'UNKNOWN', 'SUSPENDED', 'FAILED'] as const).map((status) =>
    facts(status),
  )
  const plan = planBulk({ kind: 'pause' }, all, user, slots)
  expect(plan.todo).toEqual(all.slice(0, 3))
  expect(reasons(plan)).toEqual(['It is paused already.', 'It failed; there is nothing to pause.'])
})

test('as many are resumed as there are slots left', () => {
  const all = [facts('SUSPENDED'), facts('DEPLOYED'), facts('FAILED')]
  const plan = planBulk({ kind: 'resume' }, all, user, slots)
  expect(plan.todo).toEqual([all[0]])
  expect(reasons(plan)).toEqual([
    'It is starting or running already.',
    'No slot is left: you may have 3 running.',
  ])
})

test('what has the visibility already is left alone', () => {
  const open = facts('DEPLOYED', { visibility: 'ALL_USERS' })
  const plan = planBulk({ kind: 'share', to: 'ALL_USERS' }, [open, facts('SUSPENDED')], user, slots)
  expect(plan.todo).toHaveLength(1)
  expect(reasons(plan)).toEqual(['It is so already.'])
})

test('somebody else’s is skipped with the rule’s own reason, and an admin may', () => {
  const others = [facts('FAILED', { owner: { id: 'author' } })]
  expect(reasons(planBulk({ kind: 'terminate' }, others, user, slots))).toEqual([
    'Only its owner or an admin can pause, resume, terminate or share this instance.',
  ])
  const admin = actorOf('admin', ['admin'], names)
  expect(planBulk({ kind: 'terminate' }, others, admin, slots).todo).toEqual(others)
})

test('the longest unused comes first, what never pauses by itself last', () => {
  const never = { lastUsedAt: null }
  const long = { lastUsedAt: '2026-11-12T08:00:00.000Z' }
  const recent = { lastUsedAt: '2026-11-12T09:00:00.000Z' }
  expect(idleFirst([never, recent, long])).toEqual([long, recent, never])
})
