import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inspectBundle } from '../inspect.ts'
import { type EntryPlan, writeZip } from '../testing/zip-writer.ts'
import type { ChangeGroup } from './change.ts'
import { MAX_CHANGES } from './change.ts'
import { compareBundles } from './compare-bundles.ts'
import { countDifferent } from './compare-files.ts'
import { publishedSnapshot, type Snapshot, snapshotOf } from './snapshot.ts'
import { type ManifestLines, snapshotWith, withManifests } from './testing/snapshots.ts'

const TOML = '[App]\nName = "demo"\nVersion = "1.0.0"\nTitle = "Demo"\n[Runtime]\nModule = "app"\n'

type Files = Record<string, string>

async function bundle(files: Files, more: Partial<EntryPlan> = {}): Promise<Blob> {
  const all = { 'app.toml': TOML, 'app.py': 'print(1)', ...files }
  const entries = Object.entries(all).map(([name, data]) => ({ name, data, ...more }))
  return new Blob([await writeZip({ entries })])
}

async function snapshot(files: Files, sha256: string | null = null): Promise<Snapshot> {
  return snapshotOf(await inspectBundle(await bundle(files)), sha256)
}

const summaries = ({ changes }: ChangeGroup) => changes.map(({ summary }) => summary)

test('a bundle against a changed one, part by part', async () => {
  const before = await snapshot({
    'requirements.txt': 'flask==3.0.0\n',
    'packages.txt': 'ffmpeg\n',
    'static/icon.png': 'a',
    'static/screenshot-1.png': 'b',
  })
  const after = await snapshot({
    'app.toml': `${TOML.replace('1.0.0', '1.1.0')}MemoryLimit = "4Gi"\n`,
    'requirements.txt': 'flask==3.0.1\npandas\n',
    'packages.txt': 'ffmpeg=7:5.1\n# sound\nsox',
    'static/icon.png': 'c',
    'static/screenshot-1.png': 'b',
    'static/screenshot-2.png': 'd',
    'pages/sales.py': 'print(2)',
  })
  const comparison = compareBundles(before, after)
  expect(comparison).toMatchObject({
    before: { name: 'demo', version: '1.0.0' },
    after: { name: 'demo', version: '1.1.0' },
    content: 'changed',
    notCompared: [],
    warnings: [],
  })
  expect(summaries(comparison.manifest)).toEqual([
    'Memory limit added: 4Gi',
    'Version 1.0.0 → 1.1.0',
  ])
  expect(summaries(comparison.requirements)).toEqual([
    'pandas added',
    'flask ==3.0.0 → ==3.0.1 (up)',
  ])
  expect(summaries(comparison.packages)).toEqual(['sox added', 'ffmpeg → ffmpeg=7:5.1'])
  expect(summaries(comparison.presentation)).toEqual(['Icon changed', 'Screenshots 1 → 2'])
  expect(comparison.files[0]).toMatchObject({
    role: 'source',
    counts: { added: 1, unchanged: 1 },
    changes: [{ path: 'pages/sales.py', kind: 'added', sizeAfter: 8 }],
  })
  expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison)
})

test('what the platform serves of a version compares as its bundle does', async () => {
  const files = { 'requirements.txt': 'flask==3.0.0\n', 'README.md': '### Hi' }
  const toml = TOML.replace('[Runtime]', 'LongDescription = "README.md"\n[Runtime]')
  const inspected = await snapshot({ ...files, 'app.toml': toml }, 'ab')
  const published = await publishedSnapshot({
    manifest: toml,
    files: inspected.files,
    requirements: 'flask==3.0.0\n',
    packages: '',
    longDescription: '### Hi',
    bundle: { size: inspected.archive?.size ?? 0, sha256: 'ab' },
  })
  expect(published).toEqual(inspected)
  expect(compareBundles(published, inspected).content).toBe('identical')
})

describe('how the contents relate', () => {
  const files = [{ path: 'a', size: 1, crc32: '00000001' }]
  const archive = (size: number, sha256: string | null) =>
    snapshotWith({ files, archive: { size, sha256 } })

  test.each([
    [archive(9, 'a'), archive(9, 'a'), 'identical'],
    [archive(9, 'a'), archive(9, 'b'), 'repacked'],
    [archive(9, null), archive(8, null), 'repacked'],
    [archive(9, null), archive(9, 'b'), 'same-files'],
    [snapshotWith({ files }), archive(9, 'b'), 'same-files'],
    [snapshotWith(), archive(9, 'b'), 'changed'],
    [snapshotWith({ unread: ['files'] }), archive(9, 'b'), 'unknown'],
  ])('%#: %j, %j', (before, after, expected) => {
    expect(compareBundles(before, after).content).toBe(expected)
  })

  test('packed again without compression', async () => {
    const stored = snapshotOf(
      await inspectBundle(await bundle({ 'a.md': 'a'.repeat(99) }, { method: 0 })),
    )
    expect(compareBundles(await snapshot({ 'a.md': 'a'.repeat(99) }), await stored)).toMatchObject({
      content: 'repacked',
      warnings: [],
    })
  })
})

describe('warnings', () => {
  const changed = { files: [{ path: 'a', size: 1, crc32: '00000001' }] }

  test.each<[ManifestLines, ManifestLines, string[]]>([
    [{}, { version: '1.0.1' }, []],
    [{}, {}, ['compare.version-taken']],
    [{}, { name: 'other' }, ['compare.other-app']],
    [{ version: '1.10.0' }, { version: '1.9.0' }, ['compare.version-lower']],
    [{ version: '1.0.0' }, { version: '1.0.0-rc.1' }, ['compare.version-lower']],
    [{ version: '1.0.0+a' }, { version: '1.0.0+b' }, ['compare.version-build-only']],
    [{ version: '1.0.0' }, { version: 'newest' }, []],
  ])('%j → %j', async (before, after, codes) => {
    const [old, now] = await withManifests(before, after)
    const { warnings } = compareBundles(old, { ...now, ...changed })
    expect(warnings.map(({ code }) => code)).toEqual(codes)
    expect(warnings.every(({ severity }) => severity === 'warning')).toBe(true)
  })
})

describe('what can’t be read', () => {
  test('is named, and nothing is said about it', async () => {
    const before = await snapshot({ 'requirements.txt': 'flask\n' })
    const broken = await snapshotOf(
      await inspectBundle(
        await bundle({ 'app.toml': '[App', 'requirements.txt': 'x'.repeat(1024 ** 2 + 1) }),
      ),
    )
    const comparison = compareBundles(before, broken)
    expect(comparison.notCompared).toEqual(['app.toml', 'requirements.txt'])
    expect(comparison.after).toBeNull()
    expect(comparison.manifest.changes).toEqual([])
    expect(comparison.requirements.changes).toEqual([])
  })

  test('no archive at all', async () => {
    const none = await snapshotOf(await inspectBundle(new Blob(['hello'])))
    const comparison = compareBundles(await snapshot({}), none)
    expect(comparison).toMatchObject({ content: 'unknown', files: [], warnings: [] })
    expect(comparison.notCompared).toContain('files')
  })

  test('a text that the platform cut off', async () => {
    const { unread, requirements } = await publishedSnapshot({
      manifest: TOML,
      files: [],
      requirements: 'x'.repeat(1024 ** 2),
      packages: 'ü'.repeat(400_000),
      longDescription: null,
      bundle: { size: 0, sha256: '' },
    })
    expect(requirements).toBeNull()
    expect(unread).toEqual(['requirements.txt'])
  })
})

describe('pictures and the long description', () => {
  const picture = (path: string, crc32 = '00000001') => ({ path, size: 1, crc32 })
  const [one, two] = [
    picture('static/screenshot-1.png'),
    picture('static/screenshot-2.png', '00000002'),
  ]

  test.each<[string, Partial<Snapshot>, Partial<Snapshot>, string[]]>([
    ['an icon', {}, { files: [picture('static/icon.png')] }, ['Icon added']],
    ['none', { files: [picture('static/icon.png')] }, {}, ['Icon removed']],
    [
      'another name for the same icon',
      { files: [picture('static/icon.png')] },
      { files: [picture('static/icon2.png')] },
      [],
    ],
    ['an icon elsewhere', {}, { files: [picture('icon.png'), picture('static/x/icon.png')] }, []],
    ['screenshots', {}, { files: [one, two] }, ['2 screenshots added']],
    ['no screenshots', { files: [one] }, {}, ['1 screenshot removed']],
    [
      'another order',
      { files: [one, two] },
      { files: [picture(one.path, two.crc32), picture(two.path, one.crc32)] },
      ['Screenshots in a different order'],
    ],
    [
      'another screenshot',
      { files: [one] },
      { files: [picture(one.path, '00000009')] },
      ['Screenshots changed'],
    ],
    ['line ends', { longDescription: 'a\r\nb\r\n' }, { longDescription: 'a\nb' }, []],
    ['words', { longDescription: 'a' }, { longDescription: 'b' }, ['Long description changed']],
    ['no words', { longDescription: 'a' }, { longDescription: ' ' }, ['Long description removed']],
  ])('%s', async (_name, before, after, expected) => {
    const [old, now] = await withManifests({}, {})
    expect(
      summaries(compareBundles({ ...old, ...before }, { ...now, ...after }).presentation),
    ).toEqual(expected)
  })

  test('an icon named after the app', async () => {
    const [old, now] = await withManifests({}, {})
    const { presentation } = compareBundles(old, { ...now, files: [picture('static/Demo.jpg')] })
    expect(summaries(presentation)).toEqual(['Icon added'])
  })
})

test('long lists are cut to the heaviest changes, with exact counts', async () => {
  const packages = Array.from({ length: 1000 }, (_, index) => `a${index}`).join('\n')
  const { packages: group } = compareBundles(
    snapshotWith({ packages }),
    snapshotWith({ packages: 'zlib1g' }),
  )
  expect(group.counts).toEqual({ added: 1, removed: 1000, changed: 0 })
  expect(group.changes).toHaveLength(MAX_CHANGES)
  expect(group.changes[0]).toMatchObject({ field: 'zlib1g', weight: 'minor' })
  expect(group.more).toBe(1001 - MAX_CHANGES)
})

const manifestLines: fc.Arbitrary<ManifestLines> = fc.record({
  version: fc.constantFrom('1.0.0', '1.1.0', '2.0.0-rc.1'),
  app: fc.constantFrom(
    '',
    'Tags = ["a"]',
    'Keywords = ["a"]\nInstanceTimeout = "1h"',
    'Description = "x"',
  ),
  runtime: fc.constantFrom(
    '',
    'MemoryLimit = "1Gi"',
    'EnableOIDC = true',
    'VolumeMount = "/a"\nVolumeSize = "1Gi"',
  ),
  rest: fc.constantFrom(
    '',
    '[[Env]]\nName = "A"\nValue = "1"',
    '[[Env]]\nName = "A"\nSecret = "s"\nSecretKey = "k"',
  ),
})
const parts = fc.record({
  requirements: fc.constantFrom(null, 'flask', 'flask==1.0\nnumpy', 'numpy>=1'),
  packages: fc.constantFrom(null, 'ffmpeg', 'ffmpeg\nsox'),
  longDescription: fc.constantFrom(null, 'a', 'b'),
  files: fc.uniqueArray(
    fc.record({
      path: fc.constantFrom('a.py', 'b.py', 'static/icon.png', 'static/screenshot-1.png', 'x'),
      size: fc.nat({ max: 2 }),
      crc32: fc.constantFrom('00000000', '00000001'),
    }),
    { selector: ({ path }) => path },
  ),
})
const groupsOf = ({
  manifest,
  requirements,
  packages,
  presentation,
}: ReturnType<typeof compareBundles>) => [manifest, requirements, packages, presentation]

test('a bundle compared with itself has no changes and no warnings', async () => {
  await fc.assert(
    fc.asyncProperty(manifestLines, parts, async (lines, rest) => {
      const [manifest] = await withManifests(lines, lines)
      const comparison = compareBundles({ ...manifest, ...rest }, { ...manifest, ...rest })
      expect(comparison).toMatchObject({ content: 'same-files', notCompared: [], warnings: [] })
      expect(groupsOf(comparison).flatMap(({ changes }) => changes)).toEqual([])
      expect(comparison.files.map(({ counts }) => countDifferent(counts))).toEqual([0, 0, 0, 0])
    }),
  )
})

test('swapping the sides swaps what was added and removed', async () => {
  await fc.assert(
    fc.asyncProperty(
      manifestLines,
      parts,
      manifestLines,
      parts,
      async (one, first, two, second) => {
        const [old, now] = await withManifests(one, two)
        const [before, after] = [
          { ...old, ...first },
          { ...now, ...second },
        ]
        const there = groupsOf(compareBundles(before, after)).map(({ counts }) => counts)
        const back = groupsOf(compareBundles(after, before)).map(({ counts }) => counts)
        expect(back).toEqual(
          there.map(({ added, removed, changed }) => ({ added: removed, removed: added, changed })),
        )
      },
    ),
  )
})
