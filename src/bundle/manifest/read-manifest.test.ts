import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../finding.ts'
import { readManifest } from './read-manifest.ts'

const HEAD = '[App]\nName = "a"\nVersion = "1.0.0"\nTitle = "A"\nDescription = "An app"\n'
const RUN = '[Runtime]\nModule = "app"\n'

async function read(text: string, allowed: string[] = []) {
  return readManifest(new TextEncoder().encode(text), allowed)
}

// "line:column code" of each finding, in order of the text.
function brief(findings: readonly Finding[]): string[] {
  return findings
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
    .map(({ line, column, code }) => `${line}:${column} ${code}`)
}

// HEAD has 5 lines, so what follows it starts on line 6.
const app = (lines: string) => `${HEAD}${lines}\n${RUN}`
const runtime = (lines: string) => `${HEAD}${RUN}${lines}\n`
const named = (name: string, version: string) =>
  `[App]\nName = ${name}\nVersion = ${version}\nTitle = "A"\nDescription = "B"\n${RUN}`
const env = (lines: string) => runtime(`[[Env]]\n${lines}`)
const file = (lines: string) => runtime(`[[File]]\n${lines}`)
const link = (lines: string) => `${HEAD}InstanceLifecycle = "LINK"\n${lines}\n`
const container = (lines: string) => `${HEAD}[Runtime]\nAppMode = "container"\n${lines}\n`

const cases: [name: string, text: string, expected: string[]][] = [
  ['a complete one', app(''), []],
  ['CRLF line ends', app('Category = "Sales"').replaceAll('\n', '\r\n'), []],
  ['a byte order mark', `\uFEFF${app('')}`, ['1:1 manifest.byte-order-mark']],
  ['broken TOML', `${HEAD}Title "x"\n`, ['6:7 manifest.syntax']],
  ['a key twice', `${HEAD}Title = "x"\n`, ['6:1 manifest.syntax']],
  ['nothing at all', '', ['1:1 manifest.app-missing', '1:1 runtime.missing']],
  ['no [App]', RUN, ['1:1 manifest.app-missing']],
  ['no [Runtime]', HEAD, ['1:1 runtime.missing']],
  [
    'no name and version',
    `[App]\nTitle = "A"\nDescription = "B"\n${RUN}`,
    ['1:1 manifest.name-missing', '1:1 manifest.version-missing'],
  ],
  [
    'no title and description',
    `[App]\nName = "a"\nVersion = "1.0.0"\n${RUN}`,
    ['1:1 manifest.title-missing', '1:1 manifest.description-missing'],
  ],
  ['a name with a space', named('"my app"', '"1.0.0"'), ['2:8 manifest.name-invalid']],
  ['a name that ends with a dash', named('"app-"', '"1.0.0"'), ['2:8 manifest.name-invalid']],
  ['an empty name', named('""', '"1.0.0"'), ['2:8 manifest.name-invalid']],
  [
    'a name of 64 characters',
    named(`"${'x'.repeat(64)}"`, '"1.0.0"'),
    ['2:8 manifest.name-invalid'],
  ],
  [
    'a name and version of 64 characters',
    named(`"${'x'.repeat(58)}"`, '"1.0.0"'),
    ['2:8 manifest.name-version-too-long'],
  ],
  ['a name and version of 63 characters', named(`"${'x'.repeat(57)}"`, '"1.0.0"'), []],
  ['a name that is a number', named('7', '"1.0.0"'), ['2:8 manifest.wrong-type']],
  ['a version of two numbers', named('"a"', '"1.0"'), ['3:11 manifest.version-invalid']],
  ['a version with v', named('"a"', '"v1.0.0"'), ['3:11 manifest.version-invalid']],
  ['a version with a leading zero', named('"a"', '"1.01.0"'), ['3:11 manifest.version-invalid']],
  ['a version that is a number', named('"a"', '1.10'), ['3:11 manifest.wrong-type']],
  ['build metadata', named('"a"', '"1.0.0+b1"'), ['3:11 manifest.version-build']],
  [
    'a version that ends with a dash',
    named('"a"', '"1.0.0-a-"'),
    ['3:11 manifest.version-invalid'],
  ],
  ['an unknown category', app('Category = "Finance"'), ['6:12 manifest.category-unknown']],
  ['the category All', app('Category = "All"'), ['6:12 manifest.category-unknown']],
  ['keywords that are a text', app('Keywords = "a, b"'), ['6:12 manifest.wrong-type']],
  ['a tag that is a number', app('Tags = ["a",\n  7]'), ['7:3 manifest.wrong-type']],
  [
    'tags that are empty or repeated',
    app('Tags = ["a", "", "a"]'),
    ['6:14 manifest.tag-empty', '6:18 manifest.tag-repeated'],
  ],
  [
    'an unknown lifecycle',
    app('InstanceLifecycle = "ALWAYS"'),
    ['6:21 manifest.lifecycle-unknown'],
  ],
  ['a lifecycle in lower case', app('InstanceLifecycle = "managed"'), []],
  ['a timeout without a unit', app('InstanceTimeout = "30"'), ['6:19 manifest.timeout-invalid']],
  ['a timeout that is a number', app('InstanceTimeout = 30'), ['6:19 manifest.timeout-invalid']],
  ['a timeout of days', app('InstanceTimeout = "1d"'), ['6:19 manifest.timeout-invalid']],
  ['a timeout of nothing', app('InstanceTimeout = "0s"'), ['6:19 manifest.timeout-invalid']],
  ['a timeout that is a truth value', app('InstanceTimeout = true'), ['6:19 manifest.wrong-type']],
  ['an unknown key', app('Descripton = "x"'), ['6:1 manifest.unknown-key']],
  ['an unknown section', app('[Foo]\na = 1'), ['6:1 manifest.unknown-section']],
  ['a key outside of all sections', `Name = "a"\n${app('')}`, ['1:1 manifest.unknown-section']],
  ['lower-case keys', app('category = "Sales"'), ['6:1 manifest.key-spelling']],
  ['a lower-case section', `${HEAD}[runtime]\nModule = "app"\n`, ['6:1 manifest.key-spelling']],
  ['two spellings of one key', app('title = "B"'), ['6:1 manifest.key-conflict']],
  [
    '[App] as a list',
    `[[App]]\nName = "a"\n${RUN}`,
    ['1:1 manifest.wrong-type', '1:1 manifest.app-missing'],
  ],
  ['no module', `${HEAD}[Runtime]\nPort = 80\n`, ['6:1 runtime.module-required']],
  [
    'a module that is a file',
    `${HEAD}[Runtime]\nModule = "src/app.py"\n`,
    ['7:10 runtime.module-invalid'],
  ],
  [
    'a module that starts with a digit',
    `${HEAD}[Runtime]\nModule = "a.1b"\n`,
    ['7:10 runtime.module-invalid'],
  ],
  ['a memory limit in MB', runtime('MemoryLimit = "512MB"'), ['8:15 runtime.quantity-invalid']],
  [
    'a memory limit with a space',
    runtime('MemoryLimit = "1 Gi"'),
    ['8:15 runtime.quantity-invalid'],
  ],
  ['a memory limit of zero', runtime('MemoryLimit = "0"'), ['8:15 runtime.quantity-not-positive']],
  ['a negative limit', runtime('CPULimit = "-1"'), ['8:12 runtime.quantity-not-positive']],
  [
    'a memory limit in thousandths',
    runtime('MemoryLimit = "512m"'),
    ['8:15 runtime.quantity-tiny'],
  ],
  [
    'a limit without quotes',
    runtime('CPULimit = 2'),
    ['8:12 runtime.wrong-type'.replace('runtime', 'manifest')],
  ],
  ['cores by the gigabyte', runtime('CPULimit = "2Gi"'), ['8:12 runtime.quantity-huge']],
  [
    'every form of quantities',
    runtime(
      'MemoryLimit = "1.5e9"\nMemoryReservation = ".5Gi"\nCPULimit = "1."\nCPUReservation = "500m"\nResourceVolumeSize = "1E10"',
    ),
    [],
  ],
  [
    'a reservation above the limit',
    runtime('MemoryLimit = "1G"\nMemoryReservation = "1Gi"'),
    ['9:21 runtime.reservation-above-limit'],
  ],
  [
    'a reservation equal to the limit',
    runtime('MemoryLimit = "1Gi"\nMemoryReservation = "1024Mi"'),
    [],
  ],
  [
    'a CPU reservation above the limit',
    runtime('CPUReservation = "1.5"\nCPULimit = "1400m"'),
    ['8:18 runtime.reservation-above-limit'],
  ],
  [
    'a volume without a size',
    runtime('VolumeMount = "/data"'),
    ['8:15 runtime.volume-size-missing'],
  ],
  ['a size without a volume', runtime('VolumeSize = "1Gi"'), ['8:14 runtime.volume-mount-missing']],
  [
    'a relative mount',
    runtime('VolumeMount = "data"\nVolumeSize = "1Gi"'),
    ['8:15 runtime.volume-mount-invalid'],
  ],
  [
    'the root as mount',
    runtime('VolumeMount = "//"\nVolumeSize = "1Gi"'),
    ['8:15 runtime.volume-mount-invalid'],
  ],
  [
    'a mount that climbs',
    runtime('VolumeMount = "/a/../b"\nVolumeSize = "1Gi"'),
    ['8:15 runtime.volume-mount-invalid'],
  ],
  ['a port beyond 65535', runtime('Port = 70000'), ['8:8 runtime.port-invalid']],
  ['a port that is a text', runtime('Port = "8080"'), ['8:8 manifest.wrong-type']],
  ['a port with a fraction', runtime('Port = 8080.0'), ['8:8 manifest.wrong-type']],
  ['a truth value in quotes', runtime('EnableOIDC = "true"'), ['8:14 manifest.wrong-type']],
  ['less than no GPU', runtime('GPUCount = -1'), ['8:12 runtime.gpu-count-invalid']],
  ['a GPU type without a count', runtime('GPUType = "a100"'), ['8:11 runtime.gpu-type-unused']],
  ['an unknown routing mode', runtime('RoutingMode = "PATH"'), ['8:15 runtime.mode-unknown']],
  [
    'a routing mode in lower case',
    runtime('RoutingMode = "base_url"'),
    ['8:15 manifest.value-spelling'],
  ],
  ['an unknown app mode', runtime('AppMode = "node"'), ['8:11 runtime.mode-unknown']],
  ['an image that nobody runs', runtime('CustomImage = "a/b:1"'), ['8:15 runtime.image-unused']],
  [
    'a container',
    container('CustomImage = "images.example:5000/a/b:1.0"\nPort = 80'),
    ['7:11 runtime.container-admin-only'],
  ],
  [
    'a container without image and port',
    container(''),
    ['6:1 runtime.port-missing', '6:1 runtime.image-missing', '7:11 runtime.container-admin-only'],
  ],
  [
    'a container with a bad image',
    container('CustomImage = "A B"\nPort = 80'),
    ['7:11 runtime.container-admin-only', '8:15 runtime.image-invalid'],
  ],
  ['an environment variable', env('Name = "A"\nValue = ""'), []],
  ['one from a secret', env('Name = "A"\nSecret = "s"\nSecretKey = "k"\nOptional = true'), []],
  ['one without a name', env('Value = "x"'), ['8:1 env.name-missing']],
  ['one with a bad name', env('Name = "MY-VAR"\nValue = "x"'), ['9:8 env.name-invalid']],
  ['one that starts with a digit', env('Name = "1A"\nValue = "x"'), ['9:8 env.name-invalid']],
  ['one of the cloud’s', env('Name = "H2O_CLOUD_X"\nValue = "x"'), ['9:8 env.name-reserved']],
  ['one of Wave’s', env('Name = "H2O_WAVE_ADDRESS"\nValue = "x"'), ['9:8 env.name-reserved']],
  [
    'one of Wave’s that is open',
    env('Name = "H2O_WAVE_ML_X"\nValue = "x"\n[[Env]]\nName = "H2O_WAVE_NO_STORE"\nValue = "1"'),
    [],
  ],
  [
    'one that begins like an open one',
    env('Name = "H2O_WAVE_DATA_DIRS"\nValue = "x"'),
    ['9:8 env.name-reserved'],
  ],
  [
    'a name twice',
    env('Name = "A"\nValue = "1"\n[[Env]]\nName = "A"\nValue = "2"'),
    ['12:8 env.name-repeated'],
  ],
  ['neither value nor secret', env('Name = "A"'), ['8:1 env.source-missing']],
  [
    'value and secret',
    env('Name = "A"\nValue = "1"\nSecret = "s"\nSecretKey = "k"'),
    ['11:10 env.source-conflict'],
  ],
  ['a secret without a key', env('Name = "A"\nSecret = "s"'), ['8:1 env.secret-incomplete']],
  ['a value that is a number', env('Name = "A"\nValue = 1'), ['10:9 manifest.wrong-type']],
  [
    'optional without a secret',
    env('Name = "A"\nValue = "1"\nOptional = true'),
    ['11:12 env.optional-unused'],
  ],
  ['[Env] with single brackets', runtime('[Env]\nName = "A"'), ['8:1 manifest.wrong-type']],
  [
    'an unknown key of [[Env]]',
    env('Name = "A"\nValue = "1"\nvalues = 2'),
    ['11:1 manifest.unknown-key'],
  ],
  ['[[Env]] as a list inside [Runtime]', runtime('Env = []'), ['8:1 manifest.unknown-key']],
  [
    'inline tables',
    `App = { Name = "a b", Version = "1.0.0", Title = "A", Description = "B" }\nRuntime.Module = "app"\nEnv = [{ Name = "A", Value = "1" }, { Name = "A", Value = 2 }]\n`,
    ['1:16 manifest.name-invalid', '3:46 env.name-repeated', '3:59 manifest.wrong-type'],
  ],
  ['a file', file('Path = "/etc/x/a.json"\nValue = "{}"'), []],
  ['a file at the root', file('Path = "/a.json"\nValue = "{}"'), ['9:8 file.folder-forbidden']],
  [
    'a file at the root by a detour',
    file('Path = "/x/../a.json"\nValue = "{}"'),
    ['9:8 file.folder-forbidden'],
  ],
  ['a bare file', file('Path = "a.json"\nValue = "{}"'), ['9:8 file.folder-forbidden']],
  [
    'a file among the resources',
    file('Path = "/resources/x/a.json"\nValue = "{}"'),
    ['9:8 file.folder-forbidden'],
  ],
  ['a file beside the resources', file('Path = "/resources2/a.json"\nValue = "{}"'), []],
  [
    'a file with a relative path',
    file('Path = "etc/a.json"\nValue = "{}"'),
    ['9:8 file.path-relative'],
  ],
  [
    'two files in one folder',
    file('Path = "/etc/x/a"\nValue = "1"\n[[File]]\nPath = "/etc//x/b"\nValue = "2"'),
    ['12:8 file.folder-repeated'],
  ],
  ['a folder as a file', file('Path = "/etc/x/"\nValue = "1"'), ['9:8 file.path-invalid']],
  ['a file without a path', file('Value = "1"'), ['8:1 file.path-missing']],
  ['a link', link('[Link]\nAddress = "https://example.com/x"'), []],
  ['a link without an address', link('[Link]'), ['7:1 link.address-missing']],
  ['a link without a section', link(''), ['1:1 link.address-missing']],
  [
    'a link without a scheme',
    link('[Link]\nAddress = "example.com"'),
    ['8:11 link.address-invalid'],
  ],
  [
    'a link that is a script',
    link('[Link]\nAddress = "javascript:alert(1)"'),
    ['8:11 link.address-invalid'],
  ],
  [
    'a link with [Runtime]',
    link('[Link]\nAddress = "http://a.b"\n[Runtime]\nModule = "app"'),
    ['9:1 link.runtime-present'],
  ],
  [
    'a link with [[File]]',
    link('[Link]\nAddress = "http://a.b"\n[[File]]\nPath = "/a/b"\nValue = ""'),
    ['9:1 link.file-present'],
  ],
  ['[Link] that nobody opens', runtime('[Link]\nAddress = "http://a.b"'), ['8:1 link.unused']],
]

describe('findings', () => {
  test.each(cases)('%s', async (_name, text, expected) => {
    expect(brief((await read(text)).findings)).toEqual(expected)
  })

  test('all come at once', async () => {
    const { findings } = await read(
      '[App]\nName = "a b"\nVersion = "1"\n[Runtime]\nPort = "1"\nMemoryLimit = "1GB"\n[[Env]]\nName = "1"\n',
    )
    const codes = findings.map((finding) => finding.code)
    expect(codes).toEqual([
      'manifest.name-invalid',
      'manifest.version-invalid',
      'manifest.title-missing',
      'manifest.description-missing',
      'runtime.quantity-invalid',
      'runtime.module-required',
      'manifest.wrong-type',
      'env.name-invalid',
      'env.source-missing',
    ])
  })

  test('mechanical fixes are offered', async () => {
    const fixes = async (text: string) => (await read(text)).findings.map((finding) => finding.fix)
    expect(await fixes(named('"a"', '1.10'))).toEqual(['Version = "1.10"'])
    expect(await fixes(named('"a"', '"v1.2"'))).toEqual(['Version = "1.2.0"'])
    expect(await fixes(named('"a"', '"1.0.0+b"'))).toEqual(['Version = "1.0.0"'])
    expect(await fixes(runtime('MemoryLimit = "2 gib"'))).toEqual(['MemoryLimit = "2Gi"'])
    expect(await fixes(`${HEAD}[Runtime]\nModule = "src/app.py"\n`)).toEqual(['Module = "src.app"'])
    expect(await fixes(app('Keywrods = []'))).toEqual(['Keywords'])
  })

  test('a long description is a path or prose', async () => {
    const kind = async (text: string) => {
      const { manifest } = await read(app(`LongDescription = ${JSON.stringify(text)}`))
      return Object.keys(manifest?.longDescription ?? {})[0]
    }
    for (const path of [
      'about.md',
      './docs/about.md',
      'docs/my text.md',
      'docs/ABOUT.MD',
      'docs/about',
    ]) {
      expect(await kind(path)).toBe('path')
    }
    for (const text of [
      'See README.md',
      'Does this and/or that',
      'One. Two.md',
      '- a\n- b.md',
      'Short',
    ]) {
      expect(await kind(text)).toBe('text')
    }
  })

  test('a deployment may open reserved names', async () => {
    const text = env('Name = "H2O_WAVE_ADDRESS"\nValue = "x"')
    expect((await read(text, ['H2O_WAVE_ADDRESS'])).findings).toEqual([])
    expect((await read(text, ['H2O_WAVE_*'])).findings).toEqual([])
    expect((await read(text, ['H2O_WAVE'])).findings).toHaveLength(1)
  })

  test('text that is not UTF-8 is named by its line', async () => {
    const bytes = Uint8Array.of(...new TextEncoder().encode('[App]\nName = "'), 0xfc, 0x22)
    expect((await readManifest(bytes)).findings).toMatchObject([
      { code: 'manifest.encoding', line: 2 },
    ])
    const utf16 = Uint8Array.of(0xff, 0xfe, 0x5b, 0)
    expect((await readManifest(utf16)).findings[0]?.message).toContain('UTF-16')
  })
})

describe('the manifest', () => {
  test('an early bundle', async () => {
    const { manifest } = await read(`
[App]
name = "ai.h2o.wave.demo"
Version = "0.1.2"
Description = "Demo"
LongDescription = """
Many words. And more."""
Category = "financial services"
Keywords = ["a", "b"]
[Runtime]
Module = "demo.app"
`)
    expect(manifest).toMatchObject({
      name: 'ai.h2o.wave.demo',
      version: '0.1.2',
      title: 'ai.h2o.wave.demo',
      longDescription: { text: 'Many words. And more.' },
      category: 'Financial Services',
      keywords: ['a', 'b'],
      tags: [],
      lifecycle: 'ON_DEMAND',
      instanceTimeout: null,
      link: null,
      runtime: {
        appMode: 'wave',
        module: 'demo.app',
        routingMode: 'DOMAIN',
        port: null,
        gpuCount: 0,
        enableOidc: false,
      },
      env: [],
      files: [],
    })
  })

  test('a late bundle', async () => {
    const { manifest, findings } = await read(`
[App]
Name = "demo"
Version = "1.0.0-rc.1"
Title = "Demo"
Description = "Demo"
LongDescription = "./docs/about.md"
Tags = ["data-science"]
InstanceLifecycle = "Managed"
InstanceTimeout = "1h30m"
[Runtime]
Module = "app"
AppMode = "python"
VolumeMount = "/data"
VolumeSize = "1Gi"
GPUCount = 1
EnableSHM = true
AppArgs = ["--x", "1"]
[[Env]]
Name = "A"
Value = "first"
[[Env]]
Name = "B"
Secret = "s"
SecretKey = "k"
[[Env]]
Name = "A"
Value = "last"
[[File]]
Path = "/etc/app/config"
Secret = "s"
SecretKey = "c"
Optional = true
`)
    expect(findings.map((finding) => finding.code)).toEqual(['env.name-repeated'])
    expect(manifest).toMatchObject({
      longDescription: { path: 'docs/about.md' },
      tags: ['data-science'],
      lifecycle: 'MANAGED',
      instanceTimeout: 5400,
      runtime: {
        appMode: 'python',
        volumeMount: '/data',
        gpuCount: 1,
        enableShm: true,
        appArgs: ['--x', '1'],
      },
      env: [
        { name: 'B', secret: 's', secretKey: 'k', optional: false },
        { name: 'A', value: 'last' },
      ],
      files: [{ path: '/etc/app/config', secret: 's', secretKey: 'c', optional: true }],
    })
  })

  test.each<[string, unknown]>([
    ['"30m"', 1800],
    ['"45s"', 45],
    ['"1.5h"', 5400],
    ['"-1"', 'never'],
    ['-1', 'never'],
    ['""', null],
  ])('the timeout %s', async (text, expected) => {
    expect((await read(app(`InstanceTimeout = ${text}`))).manifest?.instanceTimeout).toBe(expected)
  })

  test('a link has no runtime', async () => {
    const { manifest } = await read(link('[Link]\nAddress = "https://example.com"'))
    expect(manifest).toMatchObject({
      lifecycle: 'LINK',
      link: 'https://example.com',
      runtime: null,
    })
  })

  test('hostile keys reach nothing', async () => {
    const { manifest } = await read(app('__proto__ = 1\nconstructor = 2\n[__proto__]\nx = 1'))
    expect(manifest?.name).toBe('a')
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })
})

test('no text makes it crash', async () => {
  const line = fc.constantFrom(
    '[App]',
    '[Runtime]',
    '[[Env]]',
    '[Env]',
    '[[File]]',
    '[Link]',
    '[App.x]',
    'Name = "a"',
    'name = 1',
    'Version = "1.0.0"',
    'Version = 1979-05-27',
    'Port = 1e3',
    'Port = 0x10',
    'Tags = [1, [2], {a=1}]',
    'Tags = ["""x""", \'y\', # c',
    ']',
    'Module = {a.b = "]"}',
    '"quoted key" = 1',
    "'x'.y = 2",
    'a.b.c = 3',
    'Value = """a\\"""b"""',
    'MemoryLimit = "1Gi"',
    'InstanceTimeout = nan',
    '#',
    '',
    '"',
    '[[',
    '\u0000',
  )
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n')),
        fc.string(),
      ),
      async (text) => {
        const { manifest, findings } = await read(text)
        if (manifest === null)
          expect(findings.some((finding) => finding.severity === 'error')).toBe(true)
        for (const { line, column } of findings) {
          if (line !== undefined) expect(line).toBeLessThanOrEqual(text.split('\n').length)
          if (column !== undefined) expect(column).toBeGreaterThanOrEqual(1)
        }
      },
    ),
    { numRuns: 1500 },
  )
})
