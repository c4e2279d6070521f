import { describe, expect, test } from 'vitest'
import { inspectBundle, type Inspection } from '../inspect.ts'
import { writeZip, type EntryPlan } from '../testing/zip-writer.ts'
import { applyFix } from './apply-fix.ts'
import { describeFix } from './describe-fix.ts'
import type { Fix } from './fix.ts'
import { proposeFix } from './propose-fix.ts'

const TOML = `[App]
Name = "demo"
Version = "1.0.0"
Title = "Demo"
Description = "A demo"
[Runtime]
Module = "app"
`

type Files = Record<string, string>

async function open(plans: Files | EntryPlan[]): Promise<{ blob: Blob; inspection: Inspection }> {
  const entries = Array.isArray(plans)
    ? plans
    : Object.entries(plans).map(([name, data]) => ({ name, data }))
  const blob = new Blob([await writeZip({ entries })])
  return { blob, inspection: await inspectBundle(blob) }
}

/** The fix for a finding, and the inspection of the bundle that it makes. */
async function fix(
  code: string,
  plans: Files | EntryPlan[],
): Promise<{ fix: Fix; after: Inspection; before: Inspection } | null> {
  const { blob, inspection } = await open(plans)
  const finding = inspection.findings.find((found) => found.code === code)
  if (finding === undefined) throw new Error(`no ${code}`)
  const proposed = await proposeFix(inspection, finding)
  if (proposed === null) return null
  const after = await inspectBundle(await applyFix(blob, inspection, proposed))
  expect(after.findings.map((found) => found.code)).not.toContain(code)
  return { fix: proposed, after, before: inspection }
}

const paths = (inspection: Inspection | undefined) =>
  inspection?.archive?.entries.map(({ path, isFolder }) => path + (isFolder ? '/' : ''))

describe('an app.toml that isn’t at the root', () => {
  test('its folder becomes the root, and metadata beside it goes', async () => {
    const result = await fix('archive.nested-root', {
      'demo/': '',
      'demo/app.toml': TOML,
      'demo/src/': '',
      'demo/src/x.py': 'x',
      'demo/app.py': '',
      '__MACOSX/': '',
      '__MACOSX/demo/': '',
      '__MACOSX/demo/._app.toml': 'x',
      '.DS_Store': 'x',
    })
    expect(result?.fix.title).toBe(
      'Make demo the root of the bundle, and remove __MACOSX, .DS_Store',
    )
    expect(paths(result?.after)).toEqual(['app.toml', 'src/', 'src/x.py', 'app.py'])
    expect(result?.after).toMatchObject({ manifest: { name: 'demo' }, verdict: 'ok' })
  })

  test('a folder further down', async () => {
    const result = await fix('archive.nested-root', {
      'a/': '',
      'a/.DS_Store': 'x',
      'a/b/app.toml': TOML,
      'a/b/app.py': '',
    })
    expect(paths(result?.after)).toEqual(['app.toml', 'app.py'])
  })

  test('what comes to light there is no reason against it', async () => {
    const result = await fix('archive.nested-root', { 'demo/app.toml': '[App]\nName = "a b"\n' })
    expect(result?.after.verdict).toBe('error')
  })

  test('other files beside the folder are for the author to sort out', async () => {
    expect(await fix('archive.nested-root', { 'demo/app.toml': TOML, LICENSE: 'MIT' })).toBeNull()
    expect(await fix('archive.nested-root', { 'a/app.toml': TOML, 'b/app.toml': TOML })).toBeNull()
  })

  test('another spelling of its name', async () => {
    const result = await fix('manifest.missing', { 'App.toml': TOML, 'app.py': '' })
    expect(result?.fix.title).toBe('Rename App.toml to app.toml')
    expect(paths(result?.after)).toEqual(['app.toml', 'app.py'])
  })
})

describe('files that don’t belong into a bundle', () => {
  const app = { 'app.toml': TOML, 'app.py': '' }

  test.each<[code: string, title: string, files: string[], kept: string[]]>([
    ['content.macos', 'Remove 2 files of macOS metadata', ['a/.DS_Store', '__MACOSX/._b'], []],
    ['content.windows', 'Remove static/Thumbs.db', ['static/Thumbs.db'], []],
    [
      'content.cache',
      'Remove 3 files of caches',
      ['__pycache__/app.pyc', 'a/__pycache__/b.pyc', 'a/__pycache__/c.pyc'],
      ['a/b.py'],
    ],
    [
      'content.git',
      'Remove 2 files of version control',
      ['.git/HEAD', '.git/refs/x'],
      ['.gitignore'],
    ],
    ['content.virtual-environment', 'Remove .venv', ['.venv/lib/x.py'], ['environment.py']],
    ['content.node-modules', 'Remove ui/node_modules', ['ui/node_modules/a/b.js'], ['ui/a.js']],
    ['content.editor', 'Remove 2 files of editor settings', ['.idea/x', '.vscode/y'], []],
  ])('%s', async (code, title, files, kept) => {
    const all = Object.fromEntries([...files, ...kept].map((path) => [path, 'x']))
    const result = await fix(code, { ...app, ...all })
    expect(result?.fix.title).toBe(title)
    expect(paths(result?.after)).toEqual([...Object.keys(app), ...kept])
  })

  test('all of them go, in folders at once', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`.venv/lib/${index}.py`, 'x'.repeat(10)]),
    )
    const result = await fix('content.virtual-environment', { ...app, '.venv/': '', ...many })
    expect(paths(result?.after)).toEqual(Object.keys(app))
    expect(result && (await describeFix(result.before, result.fix))).toEqual({
      title: 'Remove 500 files of a Python environment',
      texts: [],
      removed: [{ path: '.venv', fileCount: 500, size: 5000 }],
      renamed: [],
      newRoot: null,
    })
  })

  test('not where the app is started from there', async () => {
    const files = { 'app.toml': TOML.replace('"app"', '"venv.app"'), 'venv/app.py': '' }
    expect(await fix('content.virtual-environment', files)).toBeNull()
  })

  test('secrets are for the author to decide about', async () => {
    expect(await fix('content.env-file', { ...app, '.env': 'KEY=1' })).toBeNull()
  })
})

describe('lists', () => {
  const wheel = 'foo-1.0-py3-none-any.whl'
  const list = (file: string, code: string, text: string, files: Files = {}) =>
    fix(code, { 'app.toml': TOML, 'app.py': '', [file]: text, ...files })

  test.each<[before: string, after: string]>([
    [`a==1\r\n./Wheels/${wheel} # ours\r\nb\r\n`, `a==1\r\n./wheels/${wheel} # ours\r\nb\r\n`],
    [wheel, `./wheels/${wheel}`],
    [`./wheels/${wheel.toUpperCase().replace('WHL', 'whl')}\n`, `./wheels/${wheel}\n`],
  ])('the wheel in %j becomes %j', async (before, after) => {
    const files = { [`wheels/${wheel}`]: '' }
    const result = await list('requirements.txt', 'requirements.wheel-missing', before, files)
    expect(result && (await describeFix(result.before, result.fix)).texts).toEqual([
      { path: 'requirements.txt', before, after },
    ])
  })

  test('another version of a wheel is for the author to choose', async () => {
    const result = list('requirements.txt', 'requirements.wheel-missing', `./${wheel}\n`, {
      'foo-2.0-py3-none-any.whl': '',
    })
    expect(await result).toBeNull()
  })

  test.each<[file: string, code: string, before: string, after: string]>([
    [
      'requirements.txt',
      'requirements.unreadable',
      'a==1\nrequests=2.0 # old\n',
      'a==1\nrequests==2.0 # old\n',
    ],
    ['packages.txt', 'packages.name', '\uFEFFGit # x\r\nvim\r\n', '\uFEFFgit # x\r\nvim\r\n'],
    ['packages.txt', 'packages.several', 'git vim # both\n', 'git\nvim # both\n'],
    ['packages.txt', 'packages.command', 'x\r\napt-get install git', 'x\r\ngit'],
  ])('%s: %s', async (file, code, before, after) => {
    const result = await list(file, code, before)
    expect(result && (await describeFix(result.before, result.fix)).texts).toEqual([
      { path: file, before, after },
    ])
  })
})

test('a screenshot gets the extension of what it is', async () => {
  const gif = 'GIF89a\u0009\u0000\u0009\u0000\u0000\u0000\u0000'
  const result = await fix('screenshot.extension-mismatch', {
    'app.toml': TOML,
    'app.py': '',
    'static/screenshot-1.png': gif,
  })
  expect(result?.fix.title).toBe('Rename static/screenshot-1.png to static/screenshot-1.gif')
  expect(result?.after.screenshots.map(({ path }) => path)).toEqual(['static/screenshot-1.gif'])
})

test('names that are UTF-8 without saying so are marked', async () => {
  const result = await fix('archive.name-not-utf8', [
    { name: 'app.toml', data: TOML },
    { name: 'app.py' },
    { name: 'süß.txt', data: 'x', flags: 0 },
    { name: 'grün.txt', data: 'y', flags: 0 },
  ])
  expect(result?.fix.title).toBe('Mark 2 names as UTF-8')
  expect(paths(result?.after)).toEqual(['app.toml', 'app.py', 'süß.txt', 'grün.txt'])
})

test('names in an encoding that has to be guessed are left alone', async () => {
  const plans = [
    { name: 'app.toml', data: TOML },
    { name: 'app.py' },
    { name: Uint8Array.of(0x81, 0x62), data: 'x', flags: 0 },
  ]
  expect(await fix('archive.name-not-utf8', plans)).toBeNull()
})
