import { expect, test } from 'vitest'
import { Speed } from './speed.ts'

test('the speed is that of the last seconds, and unknown before there are any', () => {
  const speed = new Speed()
  expect(speed.add(0, 0)).toBeNull()
  expect(speed.add(100, 1000)).toBeNull()
  expect(speed.add(1000, 10_000)).toBe(10_000)
  expect(speed.add(7000, 10_000)).toBeNull()
  expect(speed.add(8000, 12_000)).toBe(2000)
})

test('bytes that are sent again count from there', () => {
  const speed = new Speed()
  speed.add(0, 50_000)
  expect(speed.add(1000, 10_000)).toBeNull()
  expect(speed.add(2000, 11_000)).toBe(1000)
})
