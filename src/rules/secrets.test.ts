import { expect, test } from 'vitest'
import { type Actor, actorOf, anonymous } from './actor.ts'
import { maySeeSecret, type SecretFacts } from './secrets.ts'

const names = { fullAccess: 'full-access', admin: 'admin' }
const people: Record<string, Actor> = {
  anonymous,
  visitor: actorOf('visitor', [], names),
  user: actorOf('user', ['full-access'], names),
  other: actorOf('other', ['full-access'], names),
  admin: actorOf('admin', ['full-access', 'admin'], names),
}

test.each<[string, SecretFacts, string[]]>([
  ['everybody’s', { visibility: 'ALL_USERS', ownerId: '' }, ['user', 'other', 'admin']],
  ['somebody’s own', { visibility: 'PRIVATE', ownerId: 'user' }, ['user', 'admin']],
  [
    'a visitor’s own, which visitors can’t have',
    { visibility: 'PRIVATE', ownerId: 'visitor' },
    ['admin'],
  ],
  ['an app’s', { visibility: 'APP', ownerId: '' }, ['admin']],
  ['an app’s, whoever made it', { visibility: 'APP', ownerId: 'user' }, ['admin']],
  ['nobody’s, marked as private', { visibility: 'PRIVATE', ownerId: '' }, ['admin']],
])('%s is seen by', (_, secret, expected) => {
  const seen = Object.entries(people).flatMap(([name, actor]) =>
    maySeeSecret(actor, secret).allowed ? name : [],
  )
  expect(seen).toEqual(expected)
})

test('a refusal tells those who could sign in or get access, and nobody what is hidden', () => {
  const hidden: SecretFacts = { visibility: 'PRIVATE', ownerId: 'user' }
  const codeFor = (actor: Actor) => {
    const decision = maySeeSecret(actor, hidden)
    return decision.allowed ? 'seen' : decision.code
  }
  expect(codeFor(anonymous)).toBe('auth.sign-in-needed')
  expect(codeFor(actorOf('visitor', [], names))).toBe('secret.full-access-needed')
  expect(codeFor(actorOf('other', ['full-access'], names))).toBe('secret.not-found')
})
