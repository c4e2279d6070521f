import fc from 'fast-check'
import { expect, test } from 'vitest'
import { excerpt, matchesByApp, matchesIn } from './matches.ts'

test('matches are found by app, field and place', () => {
  const title = { appId: 'a', field: 'title', index: 0, start: 0, end: 5 } as const
  const second = { appId: 'a', field: 'tag', index: 1, start: 2, end: 4 } as const
  const other = { appId: 'b', field: 'title', index: 0, start: 1, end: 3 } as const
  const all = matchesByApp([title, second, other])
  expect(matchesIn(all.get('a'), 'title')).toEqual([title])
  expect(matchesIn(all.get('a'), 'tag', 1)).toEqual([second])
  expect(matchesIn(all.get('a'), 'tag', 0)).toEqual([])
  expect(matchesIn(all.get('c'), 'title')).toEqual([])
})

test('a text whose match is read anyway begins at its beginning', () => {
  const ranges = [{ start: 10, end: 15 }]
  expect(excerpt('Forecasts sales per store', ranges)).toEqual({
    text: 'Forecasts sales per store',
    ranges,
  })
})

test('a text whose match stands far behind begins shortly before it, and marks the same', () => {
  fc.assert(
    fc.property(fc.lorem({ maxCount: 60 }), fc.nat(), fc.nat(12), (text, at, length) => {
      const start = at % text.length
      const end = Math.min(start + length + 1, text.length)
      const shown = excerpt(text, [{ start, end }])
      const [range] = shown.ranges
      expect(shown.text.slice(range?.start, range?.end)).toBe(text.slice(start, end))
      expect(range?.start).toBeLessThanOrEqual(80)
    }),
  )
})
