import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tagKindNames } from '../../rules/tags.ts'
import { formatTagsParams, parseTagsParams, tagSorts } from './tags-params.ts'

test('what means nothing is the default', () => {
  const odd = new URLSearchParams({ q: '  ', kind: 'odd', sort: 'luck', edit: 'x'.repeat(64) })
  expect(parseTagsParams(odd)).toEqual({ q: '', kind: null, sort: 'title', edit: null })
  expect(formatTagsParams(parseTagsParams(odd)).toString()).toBe('')
})

test('a search is no longer than the contract lets it be', () => {
  expect(parseTagsParams(new URLSearchParams({ q: 'x'.repeat(300) })).q).toHaveLength(200)
})

test('an address says what it is read as', () => {
  fc.assert(
    fc.property(
      fc.record({
        q: fc.string({ maxLength: 50 }).map((q) => q.trim()),
        kind: fc.constantFrom(null, ...tagKindNames),
        sort: fc.constantFrom(...tagSorts),
        edit: fc.option(fc.string({ minLength: 1, maxLength: 63 })),
      }),
      (params) => {
        const search = new URLSearchParams(formatTagsParams(params).toString())
        expect(parseTagsParams(search)).toEqual(params)
      },
    ),
  )
})
