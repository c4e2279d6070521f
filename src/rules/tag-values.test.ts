import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tagViolations } from './tag-values.ts'

const fields = (values: Parameters<typeof tagViolations>[0]) =>
  tagViolations(values).map(({ field }) => field)

test.each([
  ['nothing to read', ' \u200b\u2060 '],
  ['a zero byte', 'a\u0000b'],
  ['an escape', '\u001b[31mred'],
  ['a line end', 'two\nlines'],
  ['a line separator', 'two\u2028lines'],
  ['an override', '\u202egnp.exe'],
  ['an isolate', 'a\u2066b'],
  ['half a character', 'a\ud800'],
])('a title with %s is refused', (_, title) => {
  expect(fields({ title })).toEqual(['title'])
})

test.each(['Sales', 'Größe & <b>', 'שלום', 'نظام', '👩‍🔬', '東京 2', 'می‌خواهم', 'e\u0301'])(
  'a title in any writing is taken: %s',
  (title) => {
    expect(fields({ title })).toEqual([])
  },
)

test('a description has lines, and may be empty', () => {
  expect(fields({ description: '' })).toEqual([])
  expect(fields({ description: 'One.\r\n\tTwo.' })).toEqual([])
  expect(fields({ description: 'a\u0000' })).toEqual(['description'])
})

test.each([
  ' north',
  'north ',
  ' ',
  'no\u200brth',
  'north\u0000',
  'no\nrth',
  '\u202ehtron',
  'n\u00ado',
  'n\ufe0f',
])('a role that looks like another is refused: %j', (role) => {
  expect(fields({ visitorRoles: ['fine', role] })).toEqual(['visitorRoles.1'])
  expect(fields({ adminRoles: [role] })).toEqual(['adminRoles.0'])
})

test('roles as providers spell them are taken', () => {
  const roles = ['partners-north', 'ROLE_ADMIN', '/groups/a b', 'Domain Users', 'größe', '東京']
  expect(fields({ adminRoles: roles, visitorRoles: roles })).toEqual([])
})

test('a role that is there twice is named where it is the second time', () => {
  expect(tagViolations({ adminRoles: ['a', 'b', 'a'] })).toEqual([
    { field: 'adminRoles.2', message: 'Is there twice' },
  ])
})

test('whatever is taken can be read: no text of what passes is invisible or broken', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      if (fields({ title: text }).length === 0) {
        expect(text.isWellFormed()).toBe(true)
        expect(text).toMatch(/[\p{L}\p{N}\p{P}\p{S}]/u)
        expect(text).not.toMatch(/\p{Cc}/u)
      }
      if (fields({ adminRoles: [text] }).length === 0) {
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
        expect(text.trim()).toBe(text)
      }
    }),
    { numRuns: 3_000 },
  )
})
