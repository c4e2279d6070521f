import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type CatalogParams,
  formatCatalogParams,
  maxSearchLength,
  parseCatalogParams,
  valueFilters,
} from './catalog-params.ts'

const parse = (search: string) => parseCatalogParams(new URLSearchParams(search))

test('what is the default is left out of the address', () => {
  expect(formatCatalogParams(parse('').params).toString()).toBe('')
})

test('an address says everything that can be chosen', () => {
  const address =
    'q=sales&category=Sales&tag=a&tag=b&owner=priya&lifecycle=LINK&runnable=true&hasInstance=true' +
    '&updateAvailable=true&pinned=true&sort=launched&view=table&density=compact'
  const { params, misread } = parse(address)
  const all: CatalogParams = {
    q: 'sales',
    category: ['Sales'],
    tag: ['a', 'b'],
    owner: ['priya'],
    lifecycle: ['LINK'],
    runnable: true,
    hasInstance: true,
    updateAvailable: true,
    pinned: true,
    sort: 'launched',
    view: 'table',
    density: 'compact',
  }
  expect(params).toEqual(all)
  expect(misread).toEqual([])
  expect(formatCatalogParams(params).toString()).toBe(address)
})

test('what can’t be understood is left out, and named', () => {
  const { params, misread } = parse(
    'sort=price&runnable=maybe&lifecycle=ETERNAL&lifecycle=link&q=a',
  )
  expect(params).toEqual({ ...parse('q=a').params, lifecycle: ['LINK'] })
  expect(misread.toSorted()).toEqual(['lifecycle', 'runnable', 'sort'])
})

test('values that the contract doesn’t take are left out, and named', () => {
  const { params, misread } = parse(`tag=${'x'.repeat(64)}&tag=ok&category=All`)
  expect(params.tag).toEqual(['ok'])
  expect(params.category).toEqual([])
  expect(misread).toEqual(['tag'])
})

test('any address becomes something that the contract takes, and says the same again', () => {
  const names = fc.constantFrom(
    'q',
    'category',
    'tag',
    'owner',
    'lifecycle',
    'runnable',
    'pinned',
    'sort',
    'view',
  )
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom('true', 'LINK', 'link', 'title', 'table', 'All', ''),
  )
  const pairs = fc.array(fc.tuple(names, value), { maxLength: 120 })
  fc.assert(
    fc.property(pairs, (said) => {
      const { params } = parseCatalogParams(new URLSearchParams(said))
      expect(params.q.length).toBeLessThanOrEqual(maxSearchLength)
      for (const name of valueFilters) {
        expect(params[name].length).toBeLessThanOrEqual(50)
        expect(params[name].every((each) => each.length <= 63 && each !== '')).toBe(true)
      }
      const again = parseCatalogParams(formatCatalogParams(params))
      expect(again).toEqual({ params, misread: [] })
    }),
  )
})
