import { expect, test } from 'vitest'
import { advice, capFindings, error, sortFindings, warning } from './finding.ts'

test.each([error, warning, advice])('a finding about an empty path has none', (make) => {
  expect(make('a.b', 'It is wrong.', { path: '', line: 1 })).not.toHaveProperty('path')
  expect(make('a.b', 'It is wrong.', { path: 'x' })).toHaveProperty('path', 'x')
})

test('the last one that is kept of a code counts the others', () => {
  const findings = Array.from({ length: 100 }, (_, index) =>
    error('a.b', 'It is wrong.', { path: String(index).padStart(3, '0') }),
  )
  const kept = capFindings(sortFindings([warning('a.c', 'Odd.'), ...findings.toReversed()]))
  expect(kept.map(({ path }) => path)).toEqual([
    ...Array.from({ length: 21 }, (_, index) => String(index).padStart(3, '0')),
    undefined,
  ])
  expect(kept[20]?.message).toBe('It is wrong. The same is true of 79 more.')
})
