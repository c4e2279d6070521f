import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readImageInfo } from './contents/image.ts'
import { inspectBundle, type Inspection } from './inspect.ts'
import { bytes, concat, utf8, writeZip, type EntryPlan } from './testing/zip-writer.ts'

const TOML = `[App]
Name = "demo"
Version = "1.0.0"
Title = "Demo"
Description = "A demo"
[Runtime]
Module = "app"
`

function png(width: number, height = width): Uint8Array {
  const big = (value: number) => bytes([value, 4]).toReversed()
  return concat([
    bytes(0x89, utf8('PNG\r\n\x1a\n'), 0, 0, 0, 13, utf8('IHDR')),
    big(width),
    big(height),
    bytes(8, 6, 0, 0, 0, [0, 4]),
  ])
}

function jpeg(width: number, height: number, metadata = 0): Uint8Array {
  const big = (value: number) => [value >> 8, value & 255]
  return Uint8Array.of(
    0xff,
    0xd8,
    0xff,
    0xe1,
    ...big(metadata + 2),
    ...new Uint8Array(metadata),
    0xff,
    0xc0,
    0,
    11,
    8,
    ...big(height),
    ...big(width),
    1,
    1,
    0x11,
    0,
  )
}

const gif = (width: number, height: number) =>
  bytes(utf8('GIF89a'), [width, 2], [height, 2], 0, 0, 0)

type Files = Record<string, string | Uint8Array>

const complete: Files = {
  'app.toml': TOML,
  'app.py': '',
  'static/icon.png': png(512),
  'static/screenshot-1.png': png(1280, 720),
}

async function inspect(files: Files): Promise<Inspection> {
  const entries: EntryPlan[] = Object.entries(files).map(([name, data]) => ({ name, data }))
  return inspectBundle(new Blob([await writeZip({ entries })]))
}

async function codes(files: Files, base = complete): Promise<string[]> {
  const { findings } = await inspect({ ...base, ...files })
  return findings.map(({ severity, code }) => `${severity} ${code}`)
}

const toml = (lines: string) => ({ 'app.toml': TOML + lines })

describe('a whole bundle', () => {
  test('without faults', async () => {
    const result = await inspect({
      ...complete,
      'requirements.txt': 'h2o-wave==1.0\n',
      'static/screenshot-0.png': png(100, 50),
    })
    expect(result).toMatchObject({
      verdict: 'ok',
      findings: [],
      manifest: { name: 'demo', version: '1.0.0' },
      stats: { entryCount: 6, fileCount: 6 },
      requirements: true,
    })
    expect(result.icon?.path).toBe('static/icon.png')
    expect(result.screenshots.map((entry) => entry.path)).toEqual([
      'static/screenshot-0.png',
      'static/screenshot-1.png',
    ])
  })

  test('that is no archive', async () => {
    const result = await inspectBundle(new Blob(['hello']))
    expect(result).toMatchObject({
      verdict: 'error',
      archive: null,
      manifest: null,
      stats: { size: 5, entryCount: 0 },
    })
  })

  test('without a manifest', async () => {
    expect(await codes({}, { 'app.py': '' })).toContain('error manifest.missing')
    const misnamed = await inspect({ 'App.toml': TOML, 'app.py': '' })
    expect(misnamed.findings[0]).toMatchObject({
      code: 'manifest.missing',
      path: 'App.toml',
      fix: 'app.toml',
    })
  })

  test('packed with its folder', async () => {
    const { findings } = await inspect({
      'demo/app.toml': TOML,
      'demo/app.py': '',
      '__MACOSX/demo/._app.toml': '',
    })
    expect(findings[0]).toMatchObject({ code: 'archive.nested-root', severity: 'error' })
    expect(findings[0]?.message).toContain('"demo"')
  })

  test('findings are sorted by severity, path and line', async () => {
    const { findings, verdict } = await inspect({
      'app.toml': `x = 1\n${TOML.replace('1.0.0', '1')}Port = "1"\n`,
      '.env': '',
    })
    expect(verdict).toBe('error')
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'error manifest.version-invalid',
      'error runtime.module-missing',
      'error manifest.wrong-type',
      'warning content.env-file',
      'warning manifest.unknown-section',
      'advice icon.missing',
      'advice screenshot.missing',
    ])
  })

  test('with a damaged manifest', async () => {
    const entries: EntryPlan[] = [{ name: 'app.toml', data: TOML, crc: 1, local: { crc: 1 } }]
    const { findings, manifest } = await inspectBundle(new Blob([await writeZip({ entries })]))
    expect(manifest).toBeNull()
    expect(findings[0]?.code).toBe('archive.crc-mismatch')
  })
})

describe('the module', () => {
  const run = (module: string, files: Files) =>
    codes(
      { 'app.toml': TOML.replace('"app"', `"${module}"`), ...files },
      { 'static/icon.png': png(512), 'static/screenshot.png': png(9) },
    )

  test.each<[string, Files]>([
    ['app', { 'app.py': '' }],
    ['src.app', { 'src/app.py': '' }],
    ['src.app', { 'src/__init__.py': '', 'src/app.py': '' }],
    ['src', { 'src/__main__.py': '' }],
    ['src', { 'src/__init__.py': '', 'src/__main__.py': '' }],
    ['a.b', { 'a/b/__main__.py': '' }],
    ['a.b', { 'a/b.py': '', 'a/b/data.csv': '' }],
    ['a.b', { 'a.py': '', 'a/__init__.py': '', 'a/b.py': '' }],
    ['app', { 'app.pyc': '' }],
  ])('%s is found', async (module, files) => {
    expect(await run(module, files)).toEqual([])
  })

  test.each<[string, Files]>([
    ['app', { 'main.py': '' }],
    ['app', { 'App.py': '' }],
    ['app', { 'src/app.py': '' }],
    ['src', { 'src/app.py': '' }],
    ['src', { 'src/__init__.py': '' }],
    ['a.b', { 'a.py': '', 'a/b.py': '' }],
    ['a.b', { 'a/b.py': '', 'a/b/__init__.py': '' }],
    ['a.b.c', { 'a/b.py': '' }],
    ['time', { 'time.py': '' }],
  ])('%s is not', async (module, files) => {
    expect(await run(module, files)).toEqual(['error runtime.module-missing'])
  })

  test('the one that was meant is offered', async () => {
    const { findings } = await inspect({ 'app.toml': TOML, 'src/app.py': '' })
    expect(findings[0]).toMatchObject({ line: 7, column: 10, fix: 'Module = "src.app"' })
  })
})

describe('manifest against files', () => {
  test('a volume over a folder of the bundle', async () => {
    const volume = (mount: string) => toml(`VolumeMount = "${mount}"\nVolumeSize = "1Gi"\n`)
    for (const mount of ['/static', '/static/', '/resources/static', '/resources']) {
      expect(await codes(volume(mount))).toEqual(['error runtime.volume-mount-in-bundle'])
    }
    expect(await codes(volume('/data'))).toEqual([])
  })

  test('the long description', async () => {
    const described = {
      'app.toml': TOML.replace('[Runtime]', 'LongDescription = "docs/about.md"\n[Runtime]'),
    }
    expect(await codes(described)).toEqual(['warning manifest.long-description-missing'])
    expect(await codes({ ...described, 'docs/about.md': Uint8Array.of(0xff) })).toEqual([
      'warning long-description.encoding',
    ])
    expect(await codes({ ...described, 'docs/about.md': '# Big' })).toEqual([
      'advice long-description.style',
    ])
    const good = await inspect({ ...complete, ...described, 'docs/about.md': '### Über\n- [x](y)' })
    expect(good).toMatchObject({
      verdict: 'ok',
      findings: [],
      longDescription: '### Über\n- [x](y)',
    })
  })

  test('a link with source', async () => {
    const link = TOML.replace(
      '[Runtime]\nModule = "app"',
      'InstanceLifecycle = "link"\n[Link]\nAddress = "https://a.b"',
    )
    expect(await codes({ 'app.toml': link })).toEqual(['advice link.source-unneeded'])
  })

  test('a container needs no module', async () => {
    const container = TOML.replace(
      'Module = "app"',
      'AppMode = "container"\nCustomImage = "a/b:1"\nPort = 80',
    )
    expect(await codes({ 'app.toml': container })).toEqual(['advice runtime.container-admin-only'])
  })
})

describe('pictures never block', () => {
  const icon = (name: string, data: Uint8Array | string) =>
    codes(
      { [`static/${name}`]: data },
      { 'app.toml': TOML, 'app.py': '', 'static/screenshot.png': png(9) },
    )

  test.each<[string, Uint8Array | string, string[]]>([
    ['icon.png', png(400), []],
    ['icon-2.png', png(1000), []],
    ['icon.jpg', jpeg(512, 512), []],
    ['icon.jpeg', jpeg(512, 512, 60_000), []],
    ['demo.png', png(512), []],
    ['icon.png', png(64), ['advice icon.dimensions']],
    ['icon.png', png(512, 400), ['advice icon.not-square']],
    ['icon.png', jpeg(512, 512), ['advice icon.extension-mismatch']],
    ['icon.png', concat([png(512), new Uint8Array(2_000_000)]), ['advice icon.heavy']],
    ['icon.png', png(60_000), ['warning icon.enormous']],
    ['icon.png', png(0), ['warning icon.damaged', 'advice icon.dimensions']],
    ['icon.png', png(512).subarray(0, 12), ['warning icon.damaged']],
    ['icon.png', 'not an image', ['warning icon.not-an-image']],
    ['icon.svg', '<svg xmlns="x"></svg>', ['warning icon.not-an-image']],
    ['logo.png', png(512), ['advice icon.missing']],
  ])('%s', async (name, data, expected) => {
    expect(await icon(name, data)).toEqual(expected)
  })

  test('screenshots of any kind, in order', async () => {
    const { screenshots, findings } = await inspect({
      ...complete,
      'static/screenshot-10.png': gif(10, 10),
      'static/screenshot-2.gif': gif(10, 10),
      'static/screenshot.txt': 'hello',
    })
    expect(screenshots.map((entry) => entry.path)).toEqual([
      'static/screenshot-1.png',
      'static/screenshot-10.png',
      'static/screenshot-2.gif',
    ])
    expect(findings.map((finding) => finding.code)).toEqual([
      'screenshot.not-an-image',
      'screenshot.extension-mismatch',
    ])
  })
})

describe('image headers', () => {
  const webp = (chunk: string, ...rest: (number | [number, 2 | 4])[]) =>
    bytes(utf8('RIFF'), [0, 4], utf8(`WEBP${chunk}`), [0, 4], ...rest)
  test.each([
    ['PNG', png(3, 4), { type: 'png', width: 3, height: 4 }],
    ['JPEG', jpeg(3, 4, 100), { type: 'jpeg', width: 3, height: 4 }],
    ['GIF', gif(3, 4), { type: 'gif', width: 3, height: 4 }],
    [
      'WebP, lossy',
      webp('VP8 ', 0, 0, 0, 0x9d, 1, 0x2a, [3, 2], [4, 2]),
      { type: 'webp', width: 3, height: 4 },
    ],
    [
      'WebP, lossless',
      webp('VP8L', 0x2f, [2 | (3 << 14), 4]),
      { type: 'webp', width: 3, height: 4 },
    ],
    [
      'WebP, extended',
      webp('VP8X', 0, 0, 0, 0, 2, 0, 0, 3, 0, 0, 0),
      { type: 'webp', width: 3, height: 4 },
    ],
    ['BMP', utf8('BM......................'), null],
    ['nothing', new Uint8Array(), null],
  ])('%s', (_name, data, expected) => {
    expect(readImageInfo(data)).toEqual(expected)
  })

  test('a header cut off anywhere is no crash', () => {
    for (const image of [png(3), jpeg(3, 4, 10), gif(3, 4), webp('VP8X', [2, 4], [2, 4], [3, 4])]) {
      for (let length = 0; length <= image.length; length++)
        readImageInfo(image.subarray(0, length))
    }
  })
})

describe('requirements', () => {
  const wheel = 'b-1.0-cp310-cp310-linux_x86_64.whl'

  test('are read with what they include, and checked against the runtime', async () => {
    const { findings, requirementList } = await inspect({
      ...complete,
      'app.toml': `${TOML}RuntimeVersion = "ub2004_py38"`,
      [`wheels/${wheel}`]: '',
      'requirements.txt': `h2o-wave==1.0\n./wheels/${wheel}\n-r more.txt\n`,
      'more.txt': './c-1.0-py3-none-any.whl\n',
    })
    expect(requirementList.map(({ name, version }) => [name, version])).toEqual([
      ['h2o-wave', '1.0'],
      ['b', '1.0'],
      ['c', '1.0'],
    ])
    expect(findings).toMatchObject([
      { severity: 'error', code: 'requirements.wheel-missing', path: 'more.txt', line: 1 },
      { severity: 'warning', code: 'requirements.wheel-python', line: 2, column: 1 },
    ])
  })

  test('mean nothing to a container', async () => {
    const container = 'AppMode = "container"\nCustomImage = "a/b:1"\nPort = 80'
    const files = { 'requirements.txt': './gone.whl', 'packages.txt': 'apt install vim' }
    const found = await codes({ 'app.toml': TOML.replace('Module = "app"', container), ...files })
    expect(found).toEqual(['advice runtime.container-admin-only'])
  })
})

test('packages.txt is read and checked', async () => {
  const { findings, packages } = await inspect({ ...complete, 'packages.txt': 'vim\nVim\n' })
  expect(packages).toMatchObject([{ name: 'vim', line: 1 }])
  expect(findings).toMatchObject([{ code: 'packages.name', path: 'packages.txt', line: 2 }])
})

test('what does not belong is said once for each kind', async () => {
  expect(
    await codes({
      '.git/config': '',
      '.git/HEAD': '',
      'src/__pycache__/a.pyc': '',
      '.venv/bin/python': '',
      'ui/node_modules/a/index.js': '',
      '.env': '',
      '.env.example': '',
      '.DS_Store': '',
      '__MACOSX/._app.py': '',
      id_rsa: '',
      'tls/server.key': '-----BEGIN RSA PRIVATE KEY-----\n',
      'tls/public.pem': '-----BEGIN CERTIFICATE-----\n',
      '.idea/x.xml': '',
      'old.wave': '',
    }),
  ).toEqual([
    'warning content.env-file',
    'warning content.git',
    'warning content.virtual-environment',
    'warning content.private-key',
    'warning content.node-modules',
    'advice content.macos',
    'advice content.editor',
    'advice content.bundle',
    'advice content.cache',
  ])
})

test('a manifest full of faults gives a short list', async () => {
  const lines = Array.from({ length: 5000 }, (_, index) => `Key${index} = ${index}`)
  const { findings } = await inspect({ ...complete, ...toml(lines.join('\n')) })
  expect(findings).toHaveLength(21)
  expect(findings.at(-1)).toMatchObject({ code: 'manifest.unknown-key', path: 'app.toml' })
})

test('whatever the bytes, there is a verdict', async () => {
  const entries = Object.entries({ ...complete, 'requirements.txt': './x.whl', 'a.pem': 'x' })
  const seed = await writeZip({
    entries: entries.map(([name, data]) => ({ name, data, method: 0 })),
  })
  const change = fc.record({ at: fc.nat({ max: seed.length - 1 }), byte: fc.nat({ max: 255 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      const data = new Uint8Array(seed)
      for (const { at, byte } of changes) data[at] = byte
      const { verdict, findings, archive } = await inspectBundle(new Blob([data]))
      const hasError = findings.some((finding) => finding.severity === 'error')
      expect(verdict === 'error').toBe(hasError)
      if (archive === null) expect(hasError).toBe(true)
    }),
    { numRuns: 400 },
  )
})
