import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareVersions, parseVersion } from '../../rules/semver.ts'
import { inspectBundle } from '../inspect.ts'
import { writeZip } from '../testing/zip-writer.ts'
import { applyFix } from './apply-fix.ts'
import { proposeVersion, setVersion, withDevelopmentSuffix } from './version.ts'

const date = new Date('2026-03-04T05:06:07.890Z')

describe('withDevelopmentSuffix', () => {
  test.each<[version: string, expected: string | null]>([
    ['1.2.0', '1.2.0-20260304050607'],
    ['1.2.0-20250101000000', '1.2.0-20260304050607'],
    ['1.2.0-rc.1', '1.2.0-rc.1-20260304050607'],
    ['1.2.0-rc.1-20250101000000', '1.2.0-rc.1-20260304050607'],
    ['1.2', null],
    ['1.2.0+build', null],
    [`1.2.0-${'x'.repeat(42)}`, `1.2.0-${'x'.repeat(42)}-20260304050607`],
    [`1.2.0-${'x'.repeat(43)}`, null],
  ])('%s', (version, expected) => {
    expect(withDevelopmentSuffix(version, date)).toBe(expected)
  })

  test('is accepted, comes before the release, and grows with time', () => {
    const version = fc.tuple(fc.nat(), fc.nat(), fc.nat()).map((numbers) => numbers.join('.'))
    const moment = fc.date({
      min: new Date('1000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(version, moment, moment, (release, a, b) => {
        const [early, late] = a <= b ? [a, b] : [b, a]
        const first = withDevelopmentSuffix(release, early) ?? ''
        const second = withDevelopmentSuffix(first, late) ?? ''
        expect(parseVersion(first)).not.toBeNull()
        expect(compareVersions(first, release)).toBeLessThan(0)
        expect(compareVersions(first, second)).toBeLessThanOrEqual(0)
      }),
    )
  })

  test('a year of five digits is refused', () => {
    expect(() => withDevelopmentSuffix('1.0.0', new Date(8.64e15))).toThrow(RangeError)
  })
})

describe('setVersion', () => {
  test.each<[before: string, after: string | null]>([
    ['[App]\nVersion = "1.0.0" # old\n', '[App]\nVersion = "2.0.0" # old\n'],
    ["[app]\r\nversion='1.0.0'\r\n", "[app]\r\nversion='2.0.0'\r\n"],
    ['\uFEFF[App]\nVersion = 1.0\n', '\uFEFF[App]\nVersion = "2.0.0"\n'],
    ['App = { Version = "1.0.0" }\n', 'App = { Version = "2.0.0" }\n'],
    ['App.Version = "1.0.0"\n', 'App.Version = "2.0.0"\n'],
    [
      '[Runtime]\nVersion = "9.9.9"\n[App]\nName = "a"\n',
      '[Runtime]\nVersion = "9.9.9"\n[App]\nName = "a"\nVersion = "2.0.0"\n',
    ],
    ['[App]\nName = "a"', '[App]\nName = "a"\nVersion = "2.0.0"'],
    ['[Runtime]\nModule = "a"\n', null],
    ['[App\n', null],
  ])('%j', async (before, after) => {
    expect(await setVersion(before, '2.0.0')).toBe(after)
  })

  test.each(['2.0', '2.0.0+b', `2.0.0-${'x'.repeat(60)}`, '2.0.0-a-'])(
    'refuses %s',
    async (version) => {
      await expect(setVersion('[App]\nVersion = "1.0.0"', version)).rejects.toThrow(RangeError)
    },
  )
})

describe('proposeVersion', () => {
  const toml = (name: string) =>
    `[App]\nName = "${name}"\nVersion = "1.2.0"\n[Runtime]\nModule = "app"\n`
  const open = async (name: string) => {
    const entries = [{ name: 'app.toml', data: toml(name) }, { name: 'app.py' }]
    const blob = new Blob([await writeZip({ entries })])
    return { blob, inspection: await inspectBundle(blob) }
  }

  test('raises the version', async () => {
    const { blob, inspection } = await open('demo')
    const fix = await proposeVersion(inspection, '1.2.1')
    expect(fix?.title).toBe('Raise the version to 1.2.1')
    const fixed = await inspectBundle(fix ? await applyFix(blob, inspection, fix) : blob)
    expect(fixed.manifest).toMatchObject({ name: 'demo', version: '1.2.1' })
  })

  test('not where name and version together become too long', async () => {
    const { inspection } = await open('x'.repeat(50))
    expect(await proposeVersion(inspection, '1.2.0-20260304050607')).toBeNull()
    expect(await proposeVersion(inspection, '1.3.0')).not.toBeNull()
  })

  test('not for a refused archive', async () => {
    expect(await proposeVersion(await inspectBundle(new Blob(['x'])), '1.0.0')).toBeNull()
  })
})
