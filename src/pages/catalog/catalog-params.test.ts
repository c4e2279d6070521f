import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatCatalogParams, maxSearchLength, parseCatalogParams } from './catalog-params.ts'

test('what is the default is left out of the address', () => {
  expect(formatCatalogParams({ q: '', category: null, sort: 'title' }).toString()).toBe('')
})

test('any address becomes something that the contract takes, and says the same again', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string(),
      fc.string(),
      (q, category, sort) => {
        const params = parseCatalogParams(new URLSearchParams({ q, category, sort }))
        expect(params.q.length).toBeLessThanOrEqual(maxSearchLength)
        expect(parseCatalogParams(formatCatalogParams(params))).toEqual(params)
      },
    ),
  )
})
