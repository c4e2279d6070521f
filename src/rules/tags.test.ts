import { describe, expect, test } from 'vitest'
import { type Actor, actorOf, anonymous } from './actor.ts'
import type { AppFacts } from './apps.ts'
import {
  mayAssignTag,
  mayCreateTag,
  mayDeleteTag,
  mayEditTag,
  maySeeTags,
  type TagFacts,
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

test('only admins create and delete them', () => {
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
