import { expect, test } from 'vitest'
import { actorOf, anonymous } from './actor.ts'
import { mayManageAliases, mayPointAlias } from './aliases.ts'

const names = { fullAccess: 'full-access', admin: 'admin' }
const visitor = actorOf('visitor', [], names)
const user = actorOf('user', ['full-access'], names)
const owner = actorOf('owner', ['full-access'], names)
const admin = actorOf('admin', ['admin'], names)
const everybody = [anonymous, visitor, user, owner, admin]

test('aliases are managed by admins alone', () => {
  expect(everybody.map((actor) => mayManageAliases(actor).allowed)).toEqual([
    false,
    false,
    false,
    false,
    true,
  ])
})

test('an alias is pointed at an instance by that instance’s owner, or an admin', () => {
  const instance = { owner: { id: 'owner' } }
  expect(everybody.map((actor) => mayPointAlias(actor, instance).allowed)).toEqual([
    false,
    false,
    false,
    true,
    true,
  ])
  expect(mayPointAlias(user, instance)).toMatchObject({ whoCan: 'ownerOrAdmin' })
})

test('a visitor has no say over aliases, not even for an instance of their own', () => {
  expect(mayPointAlias(visitor, { owner: { id: 'visitor' } }).allowed).toBe(false)
})
