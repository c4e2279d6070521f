import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Verdict } from '../finding.ts'
import { inspectBundle } from '../inspect.ts'
import { writeZip } from '../testing/zip-writer.ts'
import { applyFix, applyFixes } from './apply-fix.ts'
import { ChangeError, type Fix } from './fix.ts'
import { proposeFixes } from './propose-fix.ts'

async function pack(files: Record<string, string>): Promise<Blob> {
  const entries = Object.entries(files).map(([name, data]) => ({ name, data }))
  return new Blob([await writeZip({ entries })])
}

const MESSY = {
  'demo/app.toml': `\uFEFF# An app
[app]
name = "my demo"
Version = 1.0   # soon
Descripton = "A demo"

[Runtime]
Module = "App"
MemoryLimit = "2Gi"
MemoryReservation = "4Gi"
VolumeSize = "512MB"
VolumeMount = "/data"

[[Env]]
Name = "A"
Value = "1"
Optional = true
[[Env]]
Name = "A"
Value = "2"
`,
  'demo/app.py': '',
  'demo/.DS_Store': 'x',
  '__MACOSX/demo/._app.py': 'x',
}

async function textOf(blob: Blob, path: string): Promise<string> {
  const { archive } = await inspectBundle(blob)
  const entry = archive?.get(path)
  if (!archive || !entry) throw new Error(`no ${path}`)
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await archive.read(entry, 10_000))
}

describe('applyFixes', () => {
  test('resolves what it can, one after the other', async () => {
    const blob = await pack(MESSY)
    let current = { blob, inspection: await inspectBundle(blob) }
    const titles: string[] = []
    // The first round brings the app.toml to light, the second makes it readable.
    for (let round = 0; round < 3; round++) {
      const { findings } = current.inspection
      const result = await applyFixes(current.blob, current.inspection, findings)
      titles.push(...result.applied.map((fix) => fix.title))
      current = result
    }
    expect(await textOf(current.blob, 'app.toml')).toBe(`# An app
[App]
Name = "my-demo"
Version = "1.0.0"   # soon
Title = "My Demo"
Description = "A demo"

[Runtime]
Module = "app"
MemoryLimit = "2Gi"
MemoryReservation = "2Gi"
VolumeSize = "512M"
VolumeMount = "/data"

[[Env]]
Name = "A"
Value = "2"
`)
    expect(current.inspection.verdict).toBe('ok')
    expect(current.inspection.findings.map(({ code }) => code)).toEqual([
      'icon.missing',
      'screenshot.missing',
    ])
    expect(titles[0]).toBe('Make demo the root of the bundle, and remove __MACOSX')
  })

  test('says what is left', async () => {
    const blob = await pack({ 'app.toml': '[App]\nName = "a b"\n', '.env': 'x' })
    const inspection = await inspectBundle(blob)
    const { left, applied } = await applyFixes(blob, inspection, inspection.findings)
    expect(applied.map(({ title }) => title)).toEqual(['Change Name to "a-b"', 'Add Title = "A B"'])
    expect(left.map(({ code }) => code)).toContain('manifest.version-missing')
  })
})

describe('applyFix', () => {
  test.each<[what: string, change: Fix['changes'][number]]>([
    ['a file that isn’t there', { kind: 'rename', from: 'x', to: 'y' }],
    ['a name that is taken', { kind: 'rename', from: 'app.toml', to: 'app.py' }],
    ['an unsafe name', { kind: 'rename', from: 'app.py', to: '../app.py' }],
    ['a path to remove that isn’t there', { kind: 'remove', paths: ['app.py', 'x'] }],
    ['a root that doesn’t hold everything', { kind: 'reroot', folder: 'src' }],
    [
      'an edit beyond the text',
      { kind: 'edit', path: 'app.py', edits: [{ start: 0, end: 9, text: '' }] },
    ],
    [
      'edits that overlap',
      {
        kind: 'edit',
        path: 'app.toml',
        edits: [
          { start: 0, end: 3, text: '' },
          { start: 2, end: 4, text: '' },
        ],
      },
    ],
  ])('refuses %s', async (_what, change) => {
    const blob = await pack({ 'app.toml': '[App]\n', 'app.py': '', 'src/x.py': '' })
    const inspection = await inspectBundle(blob)
    const fix = { title: 'x', changes: [change] }
    await expect(applyFix(blob, inspection, fix)).rejects.toThrow(ChangeError)
  })

  test('refuses an archive that is refused', async () => {
    const blob = new Blob(['no zip'])
    const fix = { title: 'x', changes: [] }
    await expect(applyFix(blob, await inspectBundle(blob), fix)).rejects.toThrow(ChangeError)
  })
})

const RANK: Record<Verdict, number> = { ok: 0, warn: 1, error: 2 }

test('no fix that is offered makes a bundle worse, and each resolves its finding', async () => {
  const line = fc.constantFrom(
    '[App]',
    '[app]',
    '[Runtime]',
    '[rntime]',
    '[[Env]]',
    '[[env]]',
    '[[File]]',
    '[Link]',
    '# about what follows',
    '',
    'Name = "demo"',
    'name = "a b"',
    'Nmae = "x"',
    'Version = "1.0.0"',
    'Version = 1.2',
    "version = 'v1'",
    "Title = 'T'",
    'title = "T"',
    'Description = """long\n# text"""',
    'Tags = ["a", "", "a"]',
    'Tags = [\n "a",\n "a"\n]',
    'Category = "Sale"',
    'Keywords = "x"',
    'InstanceLifecycle = "link"',
    'InstanceLifecycle = "MANAGD"',
    'LongDescription = "ABOUT.md"',
    'Module = "App"',
    'module = "app.py"',
    'AppMode = "Wave"',
    'RoutingMode = "base_url"',
    'MemoryLimit = "1GB"',
    'MemoryReservation = "2Gi"',
    'Port = "80"',
    'Value = "1"',
    'Optional = true',
    'Path = "/a/b"',
    'Secret = "s"',
    'SecretKey = "k"',
    'Address = "example.com"',
    'Env = [{ Name = "A", Value = "1" }, { Name = "A", Value = "2" }]',
    'Runtime.Module = "App"',
    'App = { Name = "x", Version = "1" }',
  )
  const files = fc.subarray([
    ['app.py', ''],
    ['src/app.py', ''],
    ['about.md', '# x'],
    ['.DS_Store', 'x'],
    ['__MACOSX/._a', 'x'],
    ['.venv/app.py', ''],
    ['requirements.txt', './A.whl\nb.whl\n'],
    ['wheels/a.whl', ''],
    ['static/screenshot.png', 'GIF89a\u0009\u0000\u0009\u0000'],
  ])
  const head = fc.constantFrom('', '\uFEFF', '[App]\nName = "demo"\nVersion = "1.0.0"\n')
  const place = fc.constantFrom('app.toml', 'App.toml', 'demo/app.toml')
  let offered = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 14 }),
      head,
      fc.boolean(),
      files,
      place,
      async (lines, first, windows, others, manifest) => {
        const toml = first + lines.join('\n')
        const root = manifest.startsWith('demo/') ? 'demo/' : ''
        const named = others.map(([path = '', data = '']) => [root + path, data])
        const blob = await pack({
          [manifest]: windows ? toml.replaceAll('\n', '\r\n') : toml,
          ...Object.fromEntries(named),
        })
        const before = await inspectBundle(blob)
        for (const [finding, fix] of await proposeFixes(before)) {
          offered++
          const after = await inspectBundle(await applyFix(blob, before, fix))
          expect(RANK[after.verdict]).toBeLessThanOrEqual(RANK[before.verdict])
          const count = (found: typeof before) =>
            found.findings.filter(({ code }) => code === finding.code).length
          expect(count(after)).toBeLessThan(count(before))
        }
      },
    ),
    { numRuns: 400 },
  )
  expect(offered).toBeGreaterThan(300)
})
