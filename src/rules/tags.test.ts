import { describe, expect, test } from 'vitest'
import { type Actor, actorOf, anonymous } from './actor.ts'
import type { AppFacts } from './apps.ts'
import {
  isOpenDoor,
  knownVisitorRoles,
  mayAssignTag,
  mayCreateTag,
  mayDeleteTag,
  mayEditTag,
  mayMergeTags,
  maySeePeoplesRoles,
  maySeeTags,
  mergedAdminRoles,
  mergedVisitorRoles,
  type TagFacts,
  tagKinds,
} from './tags.ts'

const names = { fullAccess: 'full-access', admin: 'admin' }
const people = {
  anonymous,
  visitor: actorOf('visitor', ['keepers'], names),
  user: actorOf('user', ['full-access'], names),
  keeper: actorOf('keeper', ['full-access', 'keepers'], names),
  owner: actorOf('owner', ['full-access'], names),
  admin: actorOf('admin', ['full-access', 'admin'], names),
}

function whoMay(rule: (actor: Actor) => { allowed: boolean }): string[] {
  return Object.entries(people).flatMap(([name, actor]) => (rule(actor).allowed ? name : []))
}

const free: TagFacts = { adminRoles: [] }
const guarded: TagFacts = { adminRoles: ['keepers', 'others'] }
const withFullAccess = ['user', 'keeper', 'owner', 'admin']

test('tags are seen with full access', () => {
  expect(whoMay(maySeeTags)).toEqual(withFullAccess)
  expect(maySeeTags(anonymous)).toMatchObject({ code: 'auth.sign-in-needed' })
  expect(maySeeTags(people.visitor)).toMatchObject({ whoCan: 'fullAccess' })
})

test('the kinds follow from the fields; a category that opens apps is of two', () => {
  expect(tagKinds({ isCategory: true, visitorRoles: [] })).toEqual(['category'])
  expect(tagKinds({ isCategory: false, visitorRoles: ['a'] })).toEqual(['authorization'])
  expect(tagKinds({ isCategory: false, visitorRoles: [] })).toEqual(['badge'])
  expect(tagKinds({ isCategory: true, visitorRoles: ['a'] })).toEqual(['category', 'authorization'])
})

test('visitor roles without admin roles are an open door', () => {
  expect(isOpenDoor({ adminRoles: [], visitorRoles: ['a'] })).toBe(true)
  expect(isOpenDoor({ adminRoles: ['b'], visitorRoles: ['a'] })).toBe(false)
  expect(isOpenDoor({ adminRoles: [], visitorRoles: [] })).toBe(false)
})

test('who sees no tags learns of their own roles alone', () => {
  const roles = ['keepers', 'others']
  expect(knownVisitorRoles(people.visitor, roles)).toEqual(['keepers'])
  expect(knownVisitorRoles(anonymous, roles)).toEqual([])
  expect(knownVisitorRoles(people.user, roles)).toEqual(roles)
})

test('which roles people have is for admins, not for those who keep a tag', () => {
  expect(Object.values(people).filter(maySeePeoplesRoles)).toEqual([people.admin])
})

test('two tags’ roles together let in whoever either did', () => {
  const [a, b] = [
    { adminRoles: ['x'], visitorRoles: ['north'] },
    { adminRoles: ['y'], visitorRoles: ['north', 'south'] },
  ]
  const open = { adminRoles: [], visitorRoles: [] }
  expect(mergedAdminRoles('keep', a, b)).toEqual(['x'])
  expect(mergedAdminRoles('takeOver', a, b)).toEqual(['y'])
  expect(mergedAdminRoles('both', a, b)).toEqual(['x', 'y'])
  expect(mergedAdminRoles('both', a, open)).toEqual([])
  expect(mergedAdminRoles('both', open, b)).toEqual([])
  expect(mergedVisitorRoles('both', a, b)).toEqual(['north', 'south'])
  expect(mergedVisitorRoles('both', a, open)).toEqual(['north'])
  expect(mergedVisitorRoles('keep', a, b)).toEqual(['north'])
  expect(mergedVisitorRoles('takeOver', a, b)).toEqual(['north', 'south'])
})

test('only admins create, merge and delete them', () => {
  expect(whoMay(mayMergeTags)).toEqual(['admin'])
  expect(whoMay(mayCreateTag)).toEqual(['admin'])
  expect(whoMay(mayDeleteTag)).toEqual(['admin'])
  expect(mayCreateTag(people.keeper)).toMatchObject({ code: 'tag.admin-only', whoCan: 'admin' })
})

describe('editing', () => {
  test('a tag without admin roles is everybody’s who has full access', () => {
    expect(whoMay((actor) => mayEditTag(actor, free))).toEqual(withFullAccess)
  })
  test('one with admin roles is for those who have one of them, and for admins', () => {
    expect(whoMay((actor) => mayEditTag(actor, guarded))).toEqual(['keeper', 'admin'])
    expect(mayEditTag(people.user, guarded)).toMatchObject({
      code: 'tag.role-needed',
      reason: 'This tag is for people with one of its admin roles: keepers, others.',
    })
  })
  test('the role is of no use without full access', () => {
    expect(mayEditTag(people.visitor, guarded)).toMatchObject({ code: 'tag.full-access-needed' })
  })
})

describe('assigning', () => {
  const app = (visibility: AppFacts['visibility']): AppFacts => ({
    owner: { id: 'owner' },
    visibility,
    lifecycle: 'ON_DEMAND',
    tags: [],
  })
  test('goes with editing, on every app that one sees', () => {
    expect(whoMay((actor) => mayAssignTag(actor, free, app('ALL_USERS')))).toEqual(withFullAccess)
    expect(whoMay((actor) => mayAssignTag(actor, guarded, app('ALL_USERS')))).toEqual([
      'keeper',
      'admin',
    ])
  })
  test('owning the app is no admin role of the tag', () => {
    expect(mayAssignTag(people.owner, guarded, app('PRIVATE')).allowed).toBe(false)
  })
  test('what one doesn’t see isn’t there', () => {
    expect(whoMay((actor) => mayAssignTag(actor, free, app('PRIVATE')))).toEqual(['owner', 'admin'])
    expect(mayAssignTag(people.keeper, guarded, app('PRIVATE'))).toMatchObject({
      code: 'app.not-found',
    })
  })
  test('seeing a public app is not enough', () => {
    expect(mayAssignTag(people.visitor, free, app('PUBLIC'))).toMatchObject({
      code: 'tag.full-access-needed',
    })
    expect(mayAssignTag(anonymous, free, app('PUBLIC'))).toMatchObject({
      code: 'auth.sign-in-needed',
    })
  })
})
