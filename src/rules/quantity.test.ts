import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareQuantities, parseQuantity, quantityToBytes } from './quantity.ts'

const NANO = 1_000_000_000n

describe('parseQuantity', () => {
  test.each<[string, bigint]>([
    ['0', 0n],
    ['1', NANO],
    ['+1', NANO],
    ['-1', -NANO],
    ['1.5', 1_500_000_000n],
    ['.5', 500_000_000n],
    ['5.', 5n * NANO],
    ['5.Gi', 5n * 1024n ** 3n * NANO],
    ['007', 7n * NANO],
    ['1Ki', 1024n * NANO],
    ['0.5Gi', 512n * 1024n ** 2n * NANO],
    ['1Ei', 1024n ** 6n * NANO],
    ['1k', 1000n * NANO],
    ['1E', 10n ** 18n * NANO],
    ['1e3', 1000n * NANO],
    ['1E3', 1000n * NANO],
    ['1E+3', 1000n * NANO],
    ['1e-3', 1_000_000n],
    ['500m', 500_000_000n],
    ['1u', 1000n],
    ['1n', 1n],
    // Finer than a nano is rounded away from zero, never lost.
    ['0.1n', 1n],
    ['-0.1n', -1n],
    ['1e-30', 1n],
    ['0e-30', 0n],
  ])('reads %s', (text, nano) => {
    expect(parseQuantity(text)).toEqual({ nano })
  })

  test.each([
    '',
    ' ',
    '1 Gi',
    'Gi',
    '.',
    '-',
    '+',
    '1GB',
    '1gi',
    '1KI',
    '1K',
    '1b',
    '1.1.M',
    '1+1.0M',
    '0.1mi',
    '0.1am',
    '.5i',
    '1i',
    '1e',
    '1e+',
    '1e1.5',
    '1e3Ki',
    '1 ',
    '１',
    'NaN',
    'Infinity',
    '0x10',
    '1_000',
    '--1',
    '1,5',
  ])('refuses %j', (text) => {
    expect(parseQuantity(text)).toBeNull()
  })

  test('a hostile exponent or length costs nothing', () => {
    expect(parseQuantity('1e999999999999')).not.toBeNull()
    expect(parseQuantity('1e-999999999999')).toEqual({ nano: 1n })
    expect(parseQuantity('9'.repeat(100_000))).toBeNull()
  })

  test('a decimal point moves with the exponent', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.nat({ max: 9 }), (whole, places) => {
        const digits = whole.toString().padStart(places + 1, '0')
        const at = digits.length - places
        const pointed = `${digits.slice(0, at)}.${digits.slice(at)}`
        expect(parseQuantity(pointed)).toEqual(parseQuantity(`${whole}e-${places}`))
      }),
    )
  })

  test('a binary suffix is a power of 1024', () => {
    const suffixes = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 5 }), (whole, power) => {
        expect(parseQuantity(`${whole}${suffixes[power]}`)).toEqual({
          nano: BigInt(whole) * 1024n ** BigInt(power + 1) * NANO,
        })
      }),
    )
  })
})

describe('compareQuantities', () => {
  test.each<[string, string, number]>([
    ['1Gi', '1024Mi', 0],
    ['1Gi', '1G', 1],
    ['500m', '0.5', 0],
    ['1', '1001m', -1],
    ['-1', '0', -1],
    ['1e3', '1k', 0],
  ])('%s and %s', (a, b, expected) => {
    const left = parseQuantity(a)
    const right = parseQuantity(b)
    expect(left !== null && right !== null && compareQuantities(left, right)).toBe(expected)
  })
})

describe('quantityToBytes', () => {
  test.each<[string, number]>([
    ['1Gi', 1073741824],
    ['500m', 1],
    ['1n', 1],
    ['1.5', 2],
    ['-1.5', -2],
    ['0', 0],
    ['2Ei', 2 ** 61],
  ])('%s', (text, bytes) => {
    const quantity = parseQuantity(text)
    expect(quantity && quantityToBytes(quantity)).toBe(bytes)
  })
})
