import { expect, test } from 'vitest'
import { quantityGrowth, quantityStep } from './quantity-text.ts'

test.each<[string, string, 'bytes' | 'cores', string | null]>([
  ['1Gi', '3Gi', 'bytes', '+2Gi'],
  ['1Gi', '512Mi', 'bytes', '-512Mi'],
  ['1Gi', '1.5Gi', 'bytes', '+512Mi'],
  ['0', '1e3', 'bytes', '+1000'],
  ['1Ki', '1Mi', 'bytes', '+1023Ki'],
  ['500m', '2', 'cores', '+1500m'],
  ['1', '10', 'cores', '+9'],
  ['1', '1.0005', 'cores', '+0.5m'],
  ['much', '1', 'cores', null],
])('%s → %s %s is %s', (before, after, unit, expected) => {
  expect(quantityStep(before, after, unit)).toBe(expected)
})

test('the largest quantity is shown in few characters', () => {
  expect(quantityStep('1', '1e100', 'cores')?.length).toBeLessThanOrEqual(80)
})

test.each([
  ['1Gi', '1024Mi', 0],
  ['1G', '1Gi', 1],
  ['2', '1500m', -1],
  ['x', '1', null],
])('%s to %s grows by %s', (before, after, expected) => {
  expect(quantityGrowth(before, after)).toBe(expected)
})
