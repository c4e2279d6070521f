import { describe, expect, test } from 'vitest'
import { type Actor, actorOf, anonymous } from './actor.ts'
import {
  type InstanceFacts,
  mayControlInstance,
  mayOpenInstance,
  mayReadLog,
  maySeeInstance,
} from './instances.ts'

const names = { fullAccess: 'full-access', admin: 'admin' }
const people = {
  anonymous,
  visitor: actorOf('visitor', [], names),
  user: actorOf('user', ['full-access'], names),
  appOwner: actorOf('app-owner', ['full-access'], names),
  owner: actorOf('owner', ['full-access'], names),
  admin: actorOf('admin', ['admin', 'full-access'], names),
}

const instance = (facts: Partial<InstanceFacts> = {}): InstanceFacts => ({
  owner: { id: 'owner' },
  visibility: 'PRIVATE',
  app: { ownerId: 'app-owner', lifecycle: 'ON_DEMAND' },
  ...facts,
})

function whoMay(rule: (actor: Actor) => { allowed: boolean }): string[] {
  return Object.entries(people).flatMap(([name, actor]) => (rule(actor).allowed ? name : []))
}

describe('a private instance', () => {
  const one = instance()
  test('is seen by its owner, the owner of its app and admins', () => {
    expect(whoMay((actor) => maySeeInstance(actor, one, true))).toEqual([
      'appOwner',
      'owner',
      'admin',
    ])
  })
  test('is opened by its owner alone', () => {
    expect(whoMay((actor) => mayOpenInstance(actor, one, true))).toEqual(['owner'])
  })
  test('has its log read by its owner, the owner of its app and admins', () => {
    expect(whoMay((actor) => mayReadLog(actor, one))).toEqual(['appOwner', 'owner', 'admin'])
  })
  test('is paused and ended by its owner and admins', () => {
    expect(whoMay((actor) => mayControlInstance(actor, one))).toEqual(['owner', 'admin'])
  })
})

test('an instance for all users is opened by everybody with full access', () => {
  const one = instance({ visibility: 'ALL_USERS' })
  expect(whoMay((actor) => mayOpenInstance(actor, one, true))).toEqual([
    'user',
    'appOwner',
    'owner',
    'admin',
  ])
  expect(whoMay((actor) => mayReadLog(actor, one))).not.toContain('user')
})

test('a public instance is opened by everybody', () => {
  const one = instance({ visibility: 'PUBLIC' })
  expect(whoMay((actor) => mayOpenInstance(actor, one, false))).toEqual(Object.keys(people))
})

test('a visitor reaches the shared instance of a managed app in their catalog, and only then', () => {
  const one = instance({
    visibility: 'ALL_USERS',
    app: { ownerId: 'app-owner', lifecycle: 'MANAGED' },
  })
  expect(mayOpenInstance(people.visitor, one, true).allowed).toBe(true)
  expect(mayOpenInstance(people.visitor, one, false).allowed).toBe(false)
})

test('visitors pause and end their own, and may not even read their own log', () => {
  const own = instance({ owner: { id: 'visitor' } })
  expect(mayOpenInstance(people.visitor, own, true).allowed).toBe(true)
  expect(mayControlInstance(people.visitor, own).allowed).toBe(true)
  expect(mayReadLog(people.visitor, own)).toMatchObject({ allowed: false, whoCan: 'fullAccess' })
})
