import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Actor, actorOf, anonymous } from './actor.ts'
import { type AppFacts, maySeeApp } from './apps.ts'
import { isAmong, whoSees } from './audience.ts'

const names = { fullAccess: 'full-access', admin: 'admin' }
const roles = fc.uniqueArray(fc.constantFrom('north', 'south', 'east'))
const actors: fc.Arbitrary<Actor> = fc.oneof(
  fc.constant(anonymous),
  fc
    .tuple(fc.constantFrom('ann', 'ben'), fc.subarray(['full-access', 'admin']), roles)
    .map(([id, access, own]) => actorOf(id, [...own, ...access], names)),
)
const apps: fc.Arbitrary<AppFacts> = fc.record({
  owner: fc.record({ id: fc.constantFrom('ann', 'cleo') }),
  visibility: fc.constantFrom('PRIVATE', 'ALL_USERS', 'PUBLIC'),
  lifecycle: fc.constantFrom('ON_DEMAND', 'MANAGED', 'LINK'),
  tags: fc.array(fc.record({ visitorRoles: roles }), { maxLength: 3 }),
})

test('an app is seen by those who are in one of its audiences, and by nobody else', () => {
  fc.assert(
    fc.property(actors, apps, (actor, app) => {
      const isSeen = whoSees(app).some((audience) => isAmong(actor, app, audience))
      expect(isSeen).toBe(maySeeApp(actor, app).allowed)
    }),
    { numRuns: 1_000 },
  )
})

test('without the tags that it is seen through, an audience of visitors is gone', () => {
  fc.assert(
    fc.property(apps, (app) => {
      for (const audience of whoSees(app)) {
        if (audience.who !== 'visitors') continue
        expect(audience.through.length).toBeGreaterThan(0)
        const without = { ...app, tags: app.tags.filter((tag) => !audience.through.includes(tag)) }
        const visitor = actorOf('visitor', [audience.role], names)
        expect(maySeeApp(visitor, without).allowed).toBe(false)
      }
    }),
  )
})

test('says through which tags, role by role', () => {
  const [ta, tb] = [
    { name: 'TA', visitorRoles: ['RA', 'RC'] },
    { name: 'TB', visitorRoles: ['RA'] },
  ]
  const app = { owner: { id: 'ann' }, lifecycle: 'ON_DEMAND' as const, tags: [ta, tb] }
  expect(whoSees({ ...app, visibility: 'ALL_USERS' })).toEqual([
    { who: 'owner' },
    { who: 'admins' },
    { who: 'fullAccess' },
    { who: 'visitors', role: 'RA', through: [ta, tb] },
    { who: 'visitors', role: 'RC', through: [ta] },
  ])
  expect(whoSees({ ...app, visibility: 'PRIVATE' })).toEqual([{ who: 'owner' }, { who: 'admins' }])
  expect(whoSees({ ...app, visibility: 'PUBLIC' }).at(-1)).toEqual({ who: 'everybody' })
})
