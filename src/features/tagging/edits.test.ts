import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editsOf, joined } from './edits.ts'
import { changeOf, tagFields, type TagValues } from './tag-values.ts'

const base: TagValues = {
  name: 'north',
  title: 'North',
  color: '#225577',
  description: '',
  isCategory: false,
  adminRoles: ['keepers'],
  visitorRoles: ['partners-north'],
}

test('what only one of them changed is taken, what both changed is asked for', () => {
  const theirs = { ...base, title: 'The north', color: '#112233' }
  const mine = { ...base, title: 'Nord', visitorRoles: [] }
  const edits = editsOf(base, theirs, mine)
  expect(edits.map(({ field, by }) => [field, by])).toEqual([
    ['title', 'both'],
    ['color', 'theirs'],
    ['visitorRoles', 'mine'],
  ])
  expect(joined(theirs, edits, { title: 'mine' })).toEqual({
    ...base,
    title: 'Nord',
    color: '#112233',
    visitorRoles: [],
  })
})

test('the same change by both, and roles in another order, are none', () => {
  const theirs = { ...base, title: 'Same', adminRoles: ['a', 'b'] }
  const mine = { ...base, title: 'Same', adminRoles: ['b', 'a'] }
  expect(editsOf(base, theirs, mine)).toEqual([])
})

const roles = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'))
const values: fc.Arbitrary<TagValues> = fc.record({
  name: fc.constantFrom('x', 'y', 'z'),
  title: fc.constantFrom('X', 'Y', 'Z'),
  color: fc.constantFrom('#000000', '#ffffff'),
  description: fc.constantFrom('', 'text'),
  isCategory: fc.boolean(),
  adminRoles: roles,
  visitorRoles: roles,
})

test('nobody’s edit is lost silently, and nothing is made up', () => {
  fc.assert(
    fc.property(values, values, values, (start, theirs, mine) => {
      const edits = editsOf(start, theirs, mine)
      const result = joined(theirs, edits, {})
      for (const field of tagFields) {
        const edit = edits.find((each) => each.field === field)
        const expected = edit?.by === 'mine' ? mine[field] : theirs[field]
        expect(result[field]).toEqual(expected)
      }
      const all = Object.fromEntries(edits.map(({ field }) => [field, 'mine' as const]))
      const kept = joined(theirs, edits, all)
      expect(changeOf(mine, kept)).toEqual({})
    }),
  )
})
