import { expect, test } from 'vitest'
import { pollDelay } from './follow-changes.ts'

const calm = { hidden: false, failing: false, starting: false }

test('without a stream, pages are read quickly while something starts, slowly when all is calm', () => {
  const quick = pollDelay({ ...calm, starting: true })
  const slow = pollDelay(calm)
  expect(quick).not.toBeNull()
  expect(quick ?? 0).toBeLessThan(slow ?? 0)
})

test('a hidden tab and a failing platform are left alone', () => {
  expect(pollDelay({ ...calm, hidden: true, starting: true })).toBeNull()
  expect(pollDelay({ ...calm, failing: true, starting: true })).toBeNull()
})
