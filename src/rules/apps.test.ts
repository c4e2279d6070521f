import { describe, expect, test } from 'vitest'
import { type Actor, actorOf, anonymous } from './actor.ts'
import {
  type AppFacts,
  mayChangeAppVisibility,
  mayDeleteApp,
  mayDownloadBundle,
  mayImport,
  mayImportContainer,
  mayRunApp,
  maySeeApp,
} from './apps.ts'

const names = { fullAccess: 'full-access', admin: 'admin' }
const admin = actorOf('admin', ['admin'], names)
const owner = actorOf('owner', ['full-access'], names)
const user = actorOf('user', ['full-access'], names)
const ua = actorOf('ua', ['RA'], names)
const ub = actorOf('ub', ['RB'], names)

const app = (facts: Partial<AppFacts> = {}): AppFacts => ({
  owner: { id: 'owner' },
  visibility: 'ALL_USERS',
  lifecycle: 'ON_DEMAND',
  tags: [],
  ...facts,
})
const ta = { visitorRoles: ['RA', 'RC'] }
const tb = { visitorRoles: ['RB'] }

test('an authorization tag opens an app to the visitors it names, and to no others', () => {
  const a1 = app()
  const a2 = app({ tags: [ta] })
  const a3 = app({ tags: [ta, tb], visibility: 'PRIVATE' })
  const sees = (actor: Actor) => [a1, a2, a3].map((one) => maySeeApp(actor, one).allowed)
  const runs = (actor: Actor) => [a1, a2, a3].map((one) => mayRunApp(actor, one).allowed)
  expect(sees(ua)).toEqual([false, true, false])
  expect(runs(ua)).toEqual([false, true, false])
  expect(sees(ub)).toEqual([false, false, false])
})

test('who has full access follows the configured role; without one everybody who signs in has it', () => {
  expect(actorOf('x', [], names).access).toBe('visitor')
  expect(actorOf('x', [], { ...names, fullAccess: null }).access).toBe('fullAccess')
  expect(actorOf('x', ['admin'], names)).toMatchObject({ access: 'fullAccess', admin: true })
})

describe.each([
  ['PRIVATE', { anonymous: false, ua: false, user: false, owner: true, admin: true }],
  ['ALL_USERS', { anonymous: false, ua: false, user: true, owner: true, admin: true }],
  ['PUBLIC', { anonymous: true, ua: true, user: true, owner: true, admin: true }],
] as const)('a %s app', (visibility, expected) => {
  test('is seen by', () => {
    const one = app({ visibility })
    const seen = Object.entries({ anonymous, ua, user, owner, admin }).map(([name, actor]) => [
      name,
      maySeeApp(actor, one).allowed,
    ])
    expect(Object.fromEntries(seen)).toEqual(expected)
  })
})

describe('running', () => {
  const outcome = (actor: Actor, facts: Partial<AppFacts>) => {
    const decision = mayRunApp(actor, app(facts))
    return decision.allowed ? 'yes' : decision.code
  }
  test.each([
    ['anyone with full access runs a published app', user, {}, 'yes'],
    ['a visitor runs what is opened to them', ua, { tags: [ta] }, 'yes'],
    ['anonymous people sign in first', anonymous, { visibility: 'PUBLIC' }, 'auth.sign-in-needed'],
    [
      'only its owner or an admin runs a managed app',
      user,
      { lifecycle: 'MANAGED' },
      'app.is-managed',
    ],
    ['its owner runs a managed app', owner, { lifecycle: 'MANAGED' }, 'yes'],
    ['an admin runs a managed app', admin, { lifecycle: 'MANAGED' }, 'yes'],
    ['its owner runs a private app', owner, { visibility: 'PRIVATE' }, 'yes'],
    [
      'an admin never runs one on somebody’s behalf',
      admin,
      { visibility: 'PRIVATE' },
      'app.private',
    ],
    ['what one may not see is not there', user, { visibility: 'PRIVATE' }, 'app.not-found'],
    ['nobody runs a link', owner, { lifecycle: 'LINK' }, 'app.is-link'],
  ] as const)('%s', (_, actor, facts, expected) => {
    expect(outcome(actor, facts)).toBe(expected)
  })
})

test('importing needs full access; a container app needs an admin', () => {
  expect([anonymous, ua, user, admin].map((actor) => mayImport(actor).allowed)).toEqual([
    false,
    false,
    true,
    true,
  ])
  expect([user, admin].map((actor) => mayImportContainer(actor).allowed)).toEqual([false, true])
})

test('visibility and deletion belong to the owner and to admins; the bundle to the owner alone', () => {
  const everybody = [anonymous, ua, user, owner, admin]
  const published = app({ visibility: 'PUBLIC' })
  const may = (rule: typeof mayDeleteApp) =>
    everybody.map((actor) => rule(actor, published).allowed)
  expect(may(mayChangeAppVisibility)).toEqual([false, false, false, true, true])
  expect(may(mayDeleteApp)).toEqual([false, false, false, true, true])
  expect(may(mayDownloadBundle)).toEqual([false, false, false, true, false])
})
