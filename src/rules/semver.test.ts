import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareVersions, parseVersion, versionSortKey } from './semver.ts'

const number = fc.oneof(
  fc.nat({ max: 30 }).map(String),
  fc.bigInt({ min: 0n, max: 10n ** 63n - 1n }).map(String),
)
const identifier = fc.oneof(
  fc.nat({ max: 12 }).map(String),
  number,
  fc.constantFrom('a', 'ab', 'a-', 'A', '-', '--', 'alpha', 'rc', 'rc1', '1a', '0a', 'Z', 'z'),
  fc.stringMatching(/^[0-9A-Za-z-]*[A-Za-z-][0-9A-Za-z-]*$/, { maxLength: 8 }),
)
const version = fc
  .tuple(number, number, number, fc.array(identifier, { maxLength: 4 }), fc.boolean())
  .map(
    ([major, minor, patch, pre, build]) =>
      `${major}.${minor}.${patch}${pre.length > 0 ? `-${pre.join('.')}` : ''}${build ? '+b.01' : ''}`,
  )
// Neighbours: versions that share most of their parts, where orders go wrong.
const near = fc
  .tuple(fc.constantFrom('1.0.0', '1.0.10', '10.0.0'), fc.array(identifier, { maxLength: 3 }))
  .map(([core, pre]) => (pre.length > 0 ? `${core}-${pre.join('.')}` : core))

function bySortKey(a: string, b: string): number {
  const left = versionSortKey(a)
  const right = versionSortKey(b)
  return left < right ? -1 : left > right ? 1 : 0
}

describe('parseVersion', () => {
  test.each(['0.0.0', '1.2.3', '1.0.0-0', '1.0.0--', '1.0.0-a.b-c.0', '1.0.0+001', '1.0.0-x+y.z'])(
    'reads %s',
    (text) => {
      expect(parseVersion(text)).not.toBeNull()
    },
  )

  test.each([
    '',
    '1',
    '1.2',
    'v1.2.3',
    '01.2.3',
    '1.2.3-',
    '1.2.3-01',
    '1.2.3-a..b',
    '1.2.3+',
    ' 1.2.3',
    '1.2.3\n',
    '1.2.x',
    '-1.2.3',
  ])('refuses %j', (text) => {
    expect(parseVersion(text)).toBeNull()
  })

  test('keeps numbers exact and identifiers as written', () => {
    expect(parseVersion('9007199254740993.0.1-rc.1+b.7')).toEqual({
      major: 9007199254740993n,
      minor: 0n,
      patch: 1n,
      prerelease: ['rc', '1'],
      build: ['b', '7'],
    })
  })

  test('reads every generated version', () => {
    fc.assert(fc.property(version, (text) => parseVersion(text) !== null))
  })
})

describe('compareVersions', () => {
  // The example of section 11.4.4, and what catalogs meet daily.
  const ascending = [
    'not a version',
    '0.0.1',
    '0.9.10',
    '0.10.0',
    '1.0.0-0',
    '1.0.0-2',
    '1.0.0-10',
    '1.0.0-20240131120000',
    '1.0.0--',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-alpha0',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '2.0.0',
    '10.0.0',
  ]

  test('orders the known ladder, and so does the sort key', () => {
    expect(ascending.toReversed().toSorted(compareVersions)).toEqual(ascending)
    expect(ascending.toReversed().toSorted(bySortKey)).toEqual(ascending)
  })

  test('ignores build metadata', () => {
    expect(compareVersions('1.0.0+a', '1.0.0+b')).toBe(0)
    expect(versionSortKey('1.0.0+a')).toBe(versionSortKey('1.0.0'))
  })

  test('the sort key agrees for any two versions', () => {
    fc.assert(
      fc.property(fc.oneof(version, near), fc.oneof(version, near), (a, b) => {
        expect(bySortKey(a, b)).toBe(Math.sign(compareVersions(a, b)))
      }),
      { numRuns: 3000 },
    )
    fc.assert(
      fc.property(near, near, (a, b) => {
        expect(bySortKey(a, b)).toBe(Math.sign(compareVersions(a, b)))
      }),
      { numRuns: 3000 },
    )
  })

  test('the sort key agrees for texts that are no versions', () => {
    fc.assert(
      fc.property(fc.oneof(version, fc.string()), fc.string(), (a, b) => {
        expect(bySortKey(a, b)).toBe(Math.sign(compareVersions(a, b)))
      }),
    )
  })

  test('is an order: antisymmetric and transitive', () => {
    fc.assert(
      fc.property(near, near, near, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0)
        const [x = a, y = b, z = c] = [a, b, c].toSorted(compareVersions)
        expect(compareVersions(x, y)).toBeLessThanOrEqual(0)
        expect(compareVersions(y, z)).toBeLessThanOrEqual(0)
        expect(compareVersions(x, z)).toBeLessThanOrEqual(0)
      }),
    )
  })

  test('the sort key is printable ASCII for versions', () => {
    fc.assert(fc.property(version, (text) => /^[\x21-\x7e]+$/.test(versionSortKey(text))))
  })
})
