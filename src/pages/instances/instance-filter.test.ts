import { expect, test } from 'vitest'
import { matches, readFilter, withParams } from './instance-filter.ts'

test('an unknown filter in the address shows all', () => {
  expect(readFilter('nonsense')).toBe('all')
  expect(readFilter(null)).toBe('all')
  expect(readFilter('paused')).toBe('paused')
})

test('what is starting or in doubt counts as active', () => {
  expect(matches('active', { status: 'PENDING' })).toBe(true)
  expect(matches('active', { status: 'UNKNOWN' })).toBe(true)
  expect(matches('active', { status: 'SUSPENDED' })).toBe(false)
  expect(matches('failed', { status: 'FAILED' })).toBe(true)
  expect(matches('all', { status: 'SUSPENDED' })).toBe(true)
})

test('opening a log keeps the filter, and all is the address without one', () => {
  const params = new URLSearchParams('status=failed')
  expect(withParams(params, { log: 'i 1' })).toBe('?status=failed&log=i+1')
  expect(withParams(new URLSearchParams('status=failed&log=x'), { log: null })).toBe(
    '?status=failed',
  )
  expect(withParams(params, { status: 'all' })).toBe('?')
})
