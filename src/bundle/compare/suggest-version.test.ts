import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareVersions, parseVersion } from '../../rules/semver.ts'
import { compareBundles } from './compare-bundles.ts'
import { suggestVersion, type Suggestion } from './suggest-version.ts'
import { type ManifestLines, snapshotWith, withManifests } from './testing/snapshots.ts'

const BREAKING: ManifestLines = { runtime: 'EnableOIDC = true' }
const NEW: ManifestLines = { runtime: 'MemoryLimit = "4Gi"' }
const FIX: ManifestLines = { app: 'Description = "Says more"' }

/** What is suggested where a bundle changed this much since another, and these versions are published. */
async function suggest(
  before: string,
  after: string,
  change: ManifestLines,
  published: string[] = [],
  name = 'demo',
): Promise<Suggestion> {
  const versions = { before: { version: before, name }, after: { ...change, version: after, name } }
  const [old, now] = await withManifests(versions.before, versions.after)
  return suggestVersion(compareBundles(old, now), published)
}

describe('the next version', () => {
  test.each<[string, string, string, ManifestLines, string[], string]>([
    ['a fix', '1.2.3', '1.2.3', FIX, [], '1.2.4'],
    ['nothing at all', '1.2.3', '1.2.3', {}, [], '1.2.4'],
    ['something new', '1.2.3', '1.2.3', NEW, [], '1.3.0'],
    ['what breaks', '1.2.3', '1.2.3', BREAKING, [], '2.0.0'],
    ['what breaks before 1.0.0', '0.2.3', '0.2.3', BREAKING, [], '0.3.0'],
    ['something new before 1.0.0', '0.2.3', '0.2.3', NEW, [], '0.3.0'],
    ['a fix before 1.0.0', '0.2.3', '0.2.3', FIX, [], '0.2.4'],
    ['its own, as it rises enough', '1.2.3', '1.3.0', NEW, [], '1.3.0'],
    ['its own, as it rises further', '1.2.3', '3.0.0', NEW, [], '3.0.0'],
    ['more than its own', '1.2.3', '1.2.4', NEW, [], '1.3.0'],
    ['more than its own, as that is taken', '1.2.3', '1.2.4', FIX, ['1.2.4'], '1.2.5'],
    ['above the highest, against an old one', '1.0.0', '1.0.0', FIX, ['1.4.0', '1.0.0'], '1.4.1'],
    ['the release of a prerelease', '1.2.0-rc.1', '1.2.0', NEW, ['1.1.0'], '1.2.0'],
    ['the next prerelease', '1.2.0-rc.1', '1.2.0-rc.1', NEW, ['1.1.0'], '1.2.0-rc.2'],
    ['the one after the highest', '1.2.0-rc.1', '1.2.0-rc.1', FIX, ['1.2.0-rc.9'], '1.2.0-rc.10'],
    ['a kind without number', '1.2.0-beta', '1.2.0-beta', FIX, [], '1.2.0-beta.1'],
    ['a number that is part of its kind', '1.2.0-rc1', '1.2.0-rc1', FIX, [], '1.2.0-rc2'],
    ['rc10 comes before rc9', '1.2.0-rc9', '1.2.0-rc9', FIX, [], '1.2.0-rc9.1'],
    ['a prerelease that is released', '1.2.0-rc.3', '1.2.0-rc.3', FIX, ['1.2.0'], '1.2.1-rc.1'],
    [
      'a prerelease of too small a step',
      '1.2.0-rc.3',
      '1.2.0-rc.3',
      BREAKING,
      ['1.1.0'],
      '2.0.0-rc.1',
    ],
    ['a first prerelease', '1.1.0', '1.2.0-rc.1', NEW, [], '1.2.0-rc.1'],
    ['a development version', '1.1.0', '1.2.0-20240131120000', NEW, [], '1.2.0'],
    ['after one', '1.2.0-20240131120000', '1.2.0-20240131120000', NEW, ['1.1.0'], '1.2.0'],
    ['of a published version', '1.2.0', '1.2.0-20240131120000', FIX, [], '1.2.1'],
    ['below a published one', '1.1.0', '1.1.0', FIX, ['1.2.0-20240131120000'], '1.2.0'],
    ['of a prerelease', '1.2.0-rc.1', '1.2.0-rc.2-20240131120000', FIX, [], '1.2.0-rc.2'],
    [
      'below one of a prerelease',
      '1.2.0-rc.1',
      '1.2.0-rc.1',
      FIX,
      ['1.2.0-rc.1-20240131120000'],
      '1.2.0',
    ],
    ['texts that are no version', '1.2.3', '1.2.3', FIX, ['latest', 'v9', ''], '1.2.4'],
    ['own that is no version', '1.2.3', 'next', FIX, [], '1.2.4'],
    ['no version anywhere', 'one', 'two', FIX, [], '0.1.0'],
    [
      'numbers of any size',
      '1.99999999999999999999.0',
      '1.0.0',
      NEW,
      [],
      '1.100000000000000000000.0',
    ],
  ])('%s', async (_name, before, after, change, published, expected) => {
    expect((await suggest(before, after, change, published)).version).toBe(expected)
  })

  test('says the step, what asks for it, and what else would do', async () => {
    expect(await suggest('1.2.3', '1.2.3', BREAKING)).toEqual({
      version: '2.0.0',
      level: 'major',
      reasons: ['Sign-in with OIDC turned on. People have to sign in where they did not before.'],
      alternatives: [
        { version: '1.2.4', why: 'if nothing is new for people' },
        { version: '1.3.0', why: 'if it brings something new' },
      ],
    })
  })

  test('of a prerelease, the release is an alternative', async () => {
    const { alternatives } = await suggest('1.2.0-rc.1', '1.2.0-rc.1', FIX, ['1.1.0'])
    expect(alternatives).toContainEqual({ version: '1.2.0', why: 'to release it' })
  })

  test('of a breaking change before 1.0.0 the level is minor, and says why', async () => {
    const { level, reasons } = await suggest('0.2.3', '0.2.3', BREAKING)
    expect(level).toBe('minor')
    expect(reasons.at(-1)).toContain('Before 1.0.0')
  })

  test('fits together with a long name, or there is none', async () => {
    const name = 'n'.repeat(57)
    expect((await suggest('1.2.3', '1.2.3', FIX, [], name)).version).toBe('1.2.4')
    expect((await suggest('9.9.9', '9.9.9', FIX, [], name)).version).toBeNull()
  })

  test('of another app, the old one’s versions don’t count', async () => {
    const [old, now] = await withManifests(
      { name: 'one', version: '5.0.0' },
      { name: 'two', version: '0.1.0' },
    )
    expect(suggestVersion(compareBundles(old, now), []).version).toBe('0.1.0')
  })

  test('names what could not be compared', async () => {
    const [old, now] = await withManifests({}, {})
    const comparison = compareBundles({ ...old, unread: ['requirements.txt'] }, now)
    expect(suggestVersion(comparison, []).reasons).toContain(
      'Not compared: requirements.txt. More may have changed.',
    )
  })
})

describe('files and packages', () => {
  const file = (path: string, crc32 = '00000001') => ({ path, size: 1, crc32 })

  test.each([
    ['a new source file', { files: [] }, { files: [file('pages/a.py')] }, 'minor'],
    ['a source file gone', { files: [file('pages/a.py')] }, { files: [] }, 'patch'],
    ['a renamed source file', { files: [file('a.py')] }, { files: [file('b.py')] }, 'patch'],
    ['changed source', { files: [file('a.py')] }, { files: [file('a.py', '00000002')] }, 'patch'],
    ['new data', { files: [] }, { files: [file('a.csv')] }, 'patch'],
    ['a new package', {}, { requirements: 'flask' }, 'minor'],
    ['a package gone', { requirements: 'flask' }, {}, 'patch'],
    [
      'a package raised',
      { requirements: 'flask==3.0.0' },
      { requirements: 'flask==3.1.0' },
      'minor',
    ],
    [
      'a package mended',
      { requirements: 'flask==3.0.0' },
      { requirements: 'flask==3.0.1' },
      'patch',
    ],
    ['a new system package', {}, { packages: 'ffmpeg' }, 'minor'],
    ['another description', { longDescription: 'a' }, { longDescription: 'b' }, 'patch'],
  ])('%s asks for a step: %s', async (_name, before, after, level) => {
    const [old, now] = await withManifests({}, {})
    const comparison = compareBundles({ ...old, ...before }, { ...now, ...after })
    expect(suggestVersion(comparison, [])).toMatchObject({ level })
  })

  test('many reasons are cut short', () => {
    const requirements = Array.from({ length: 30 }, (_, index) => `package-${index}`).join('\n')
    const comparison = compareBundles(snapshotWith(), snapshotWith({ requirements }))
    const { reasons } = suggestVersion(comparison, [])
    expect(reasons).toHaveLength(11)
    expect(reasons.at(-1)).toBe('And 20 more.')
  })
})

const number = fc.oneof(fc.nat({ max: 12 }), fc.nat())
const version = fc
  .tuple(
    fc.tuple(number, number, number).map((numbers) => numbers.join('.')),
    fc.constantFrom(
      '',
      '-rc.1',
      '-rc.2',
      '-beta',
      '-rc9',
      '-20240131120000',
      '-rc.1-20240131120000',
      '-0',
      '-a-',
      '+b.7',
    ),
  )
  .map((parts) => parts.join(''))

test('is always free, higher than all published ones, and one that the platform takes', async () => {
  await fc.assert(
    fc.asyncProperty(
      version,
      version,
      fc.constantFrom(BREAKING, NEW, FIX, {}),
      fc.array(fc.oneof(version, fc.string()), { maxLength: 6 }),
      async (before, after, change, published) => {
        const suggestion = await suggest(before, after, change, published)
        const { alternatives } = suggestion
        for (const text of [suggestion.version, ...alternatives.map((other) => other.version)]) {
          expect(text).toMatch(/^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/)
          expect(parseVersion(text ?? '')).not.toBeNull()
          expect(text?.length).toBeLessThanOrEqual(63 - 'demo-'.length)
          for (const other of [...published, before]) {
            expect(compareVersions(text ?? '', other)).toBeGreaterThan(0)
          }
        }
        const chosen = [suggestion.version, ...alternatives.map((other) => other.version)]
        expect(new Set(chosen).size).toBe(chosen.length)
      },
    ),
  )
})

test('versions as long as may be leave a shorter step, or none', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 62 }),
      fc.integer({ min: 1, max: 40 }),
      async (a, b) => {
        const published = `${'9'.repeat(a)}.${'9'.repeat(b)}.9`
        const { version } = await suggest('1.0.0', '1.0.0', FIX, [published])
        if (version === null) return
        expect(version.length).toBeLessThanOrEqual(63 - 'demo-'.length)
        expect(compareVersions(version, published)).toBeGreaterThan(0)
      },
    ),
  )
})
