import { expect, test } from 'vitest'
import { relativeTime } from './relative-time.ts'

const now = Date.parse('2026-11-12T12:00:00Z')
const minute = 60_000

test.each([
  [now - 2000, 'just now', '2 s'],
  [now - 59_000, 'just now', '59 s'],
  [now - minute, '1 minute ago', '1 min'],
  [now + 10 * minute, 'in 10 minutes', '10 min'],
  [now + 30_000, 'in under a minute', '30 s'],
  [now - 3 * 60 * minute, '3 hours ago', '3 h'],
  [now - 25 * 60 * minute, 'yesterday', '1 d'],
  [now - 40 * 24 * 60 * minute, 'Oct 3, 2026', '40 d'],
])('%d', (time, long, short) => {
  expect(relativeTime(time, now, 'long')).toBe(long)
  expect(relativeTime(time, now, 'short')).toBe(short)
})
