import { expect, test } from 'vitest'
import { amount, duration, fileSize } from './amounts.ts'

test.each([
  ['512Mi', '512 MiB'],
  ['0.5Gi', '512 MiB'],
  ['1536Mi', '1.5 GiB'],
  ['2Gi', '2 GiB'],
  ['1500M', '1.5 GB'],
  ['1e3', '1 KB'],
  ['a lot', 'a lot'],
])('the quantity %s reads %s', (quantity, words) => {
  expect(amount(quantity)).toBe(words)
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [43_210, '43.2 KB'],
  [1_843_200, '1.8 MB'],
  [4_500_000_000, '4.5 GB'],
])('%d bytes read %s', (bytes, words) => {
  expect(fileSize(bytes)).toBe(words)
})

test.each([
  [45, '45 s'],
  [1800, '30 min'],
  [5400, '1 h 30 min'],
  [28_800, '8 h'],
  [90_061, '1 d 1 h'],
])('%d seconds read %s', (seconds, words) => {
  expect(duration(seconds)).toBe(words)
})
