import { describe, expect, test } from 'vitest'
import type { Finding } from '../finding.ts'
import { inspectBundle } from '../inspect.ts'
import { writeZip } from '../testing/zip-writer.ts'
import { describeFix } from './describe-fix.ts'
import { proposeFix } from './propose-fix.ts'

const HEAD = `# What the platform reads
[App]
Name = "demo"            # never change this
Version = "1.0.0"
Title = 'Demo'
Description = "A demo"
`
const RUN = '\n[Runtime]\nModule = "app"\n'

/** What the fix for the first finding of a code makes of an app.toml; null where none is offered. */
async function fixed(
  code: string,
  toml: string,
  files: Record<string, string> = {},
): Promise<{ title: string; after: string } | null> {
  const all = { 'app.toml': toml, 'app.py': '', ...files }
  const entries = Object.entries(all).map(([name, data]) => ({ name, data }))
  const inspection = await inspectBundle(new Blob([await writeZip({ entries })]))
  const finding = inspection.findings.find((found: Finding) => found.code === code)
  if (finding === undefined)
    throw new Error(`${code} isn't among ${inspection.findings.map((found) => found.code).join()}`)
  const fix = await proposeFix(inspection, finding)
  if (fix === null) return null
  const { texts } = await describeFix(inspection, fix)
  expect(texts).toMatchObject([{ path: 'app.toml', before: toml }])
  return { title: fix.title, after: texts[0]?.after ?? '' }
}

type Case = [code: string, before: string, after: string, title: string]

const app = (lines: string) => `${HEAD}${lines}${RUN}`
const run = (lines: string) => `${HEAD}${RUN}${lines}`

const values: Case[] = [
  [
    'manifest.name-invalid',
    app('').replace('"demo"', '"my demo"'),
    app('').replace('"demo"', '"my-demo"'),
    'Change Name to "my-demo"',
  ],
  [
    'manifest.name-invalid',
    app('').replace('"demo"', "'my demo'"),
    app('').replace('"demo"', "'my-demo'"),
    'Change Name to "my-demo"',
  ],
  [
    'manifest.version-invalid',
    app('').replace('"1.0.0"', '"v1.2" # soon'),
    app('').replace('"1.0.0"', '"1.2.0" # soon'),
    'Change Version to "1.2.0"',
  ],
  [
    'manifest.version-build',
    app('').replace('1.0.0', '1.0.0+b7'),
    app(''),
    'Change Version to "1.0.0"',
  ],
  [
    'manifest.wrong-type',
    app('').replace('"1.0.0"', '1.2'),
    app('').replace('"1.0.0"', '"1.2.0"'),
    'Change Version to "1.2.0"',
  ],
  [
    'manifest.wrong-type',
    app('Keywords = """a"""\n'),
    app('Keywords = ["a"]\n'),
    'Change Keywords to ["a"]',
  ],
  ['manifest.wrong-type', run('Port = "80"\n'), run('Port = 80\n'), 'Change Port to 80'],
  ['manifest.wrong-type', run('CPULimit = 2\n'), run('CPULimit = "2"\n'), 'Change CPULimit to "2"'],
  [
    'manifest.wrong-type',
    run('EnableSHM = "yes"\n'),
    run('EnableSHM = true\n'),
    'Change EnableSHM to true',
  ],
  [
    'manifest.lifecycle-unknown',
    app('InstanceLifecycle = "on demnd"\n'),
    app('InstanceLifecycle = "ON_DEMAND"\n'),
    'Change InstanceLifecycle to "ON_DEMAND"',
  ],
  [
    'manifest.category-unknown',
    app('Category = "Health care"\n'),
    app('Category = "Healthcare"\n'),
    'Change Category to "Healthcare"',
  ],
  [
    'manifest.value-spelling',
    run('AppMode="Python"\n'),
    run('AppMode="python"\n'),
    'Change AppMode to "python"',
  ],
  [
    'runtime.mode-unknown',
    run("RoutingMode = 'BASEURL'\n"),
    run("RoutingMode = 'BASE_URL'\n"),
    'Change RoutingMode to "BASE_URL"',
  ],
  [
    'runtime.quantity-invalid',
    run('MemoryLimit = "512MB"\n'),
    run('MemoryLimit = "512M"\n'),
    'Change MemoryLimit to "512M"',
  ],
  [
    'runtime.reservation-above-limit',
    run("memoryreservation = '4Gi'\nMemoryLimit = '2Gi'\n"),
    run("memoryreservation = '2Gi'\nMemoryLimit = '2Gi'\n"),
    'Change MemoryReservation to "2Gi"',
  ],
  [
    'runtime.module-invalid',
    run('').replace('"app"', '"./app.py"'),
    run(''),
    'Change Module to "app"',
  ],
  ['runtime.module-missing', run('').replace('"app"', '"App"'), run(''), 'Change Module to "app"'],
  [
    'env.name-invalid',
    run('[[Env]]\nName = "MY KEY"\nValue = "1"\n'),
    run('[[Env]]\nName = "MY_KEY"\nValue = "1"\n'),
    'Change Name to "MY_KEY"',
  ],
]

const keys: Case[] = [
  [
    'manifest.key-spelling',
    app('').replace('Title = ', 'title = '),
    app(''),
    'Rename title to Title',
  ],
  [
    'manifest.key-spelling',
    app('').replace('Title = ', '"title" = '),
    app(''),
    'Rename title to Title',
  ],
  [
    'manifest.key-spelling',
    run('[[env]]\nName = "A"\nValue = ""\n[[ env ]]\nName = "B"\nValue = ""\n'),
    run('[[Env]]\nName = "A"\nValue = ""\n[[ Env ]]\nName = "B"\nValue = ""\n'),
    'Rename env to Env',
  ],
  [
    'manifest.key-spelling',
    `runtime.Module = "app"\nruntime.Port = 80\n${HEAD}`,
    `Runtime.Module = "app"\nRuntime.Port = 80\n${HEAD}`,
    'Rename runtime to Runtime',
  ],
  [
    'manifest.unknown-key',
    app('Keywrods = ["a"]\n'),
    app('Keywords = ["a"]\n'),
    'Rename Keywrods to Keywords',
  ],
  [
    'manifest.unknown-section',
    app('').replace('[Runtime]', '[Rntime]'),
    app(''),
    'Rename Rntime to Runtime',
  ],
  [
    'manifest.key-conflict',
    app('title = "Demo" # again\n'),
    app(''),
    'Remove title, which repeats Title',
  ],
]

const additions: Case[] = [
  [
    'manifest.title-missing',
    app('').replace("Title = 'Demo'\n", ''),
    app('').replace("'Demo'", '"Demo"'),
    'Add Title = "Demo"',
  ],
  [
    'manifest.title-missing',
    '[App]\n  Name    = "a-b"\n  Version = "1.0.0"\n[Runtime]\nModule = "app"',
    '[App]\n  Name    = "a-b"\n  Version = "1.0.0"\n  Title   = "A B"\n[Runtime]\nModule = "app"',
    'Add Title = "A B"',
  ],
  [
    'manifest.title-missing',
    '[Runtime]\r\nModule = "app"\r\n[App]\r\nVersion="1.0.0"\r\nName="a"',
    '[Runtime]\r\nModule = "app"\r\n[App]\r\nVersion="1.0.0"\r\nTitle="A"\r\nName="a"',
    'Add Title = "A"',
  ],
  [
    'manifest.title-missing',
    '[Runtime]\nModule = "app"\n[App]\nDescription = "x"\nName = "a"\nVersion = "1.0.0" # here',
    '[Runtime]\nModule = "app"\n[App]\nDescription = "x"\nName = "a"\nVersion = "1.0.0" # here\nTitle = "A"',
    'Add Title = "A"',
  ],
]

const removals: Case[] = [
  [
    'manifest.tag-repeated',
    app('Tags = ["a", "b", "a"] # two\n'),
    app('Tags = ["a", "b"] # two\n'),
    'Remove this tag',
  ],
  [
    'manifest.tag-empty',
    app('Tags = [\n  "a",\n  "", # oh\n  "b",\n]\n'),
    app('Tags = [\n  "a",\n  # oh\n  "b",\n]\n'),
    'Remove this tag',
  ],
  ['manifest.tag-empty', app('Tags = [ "" ]\n'), app('Tags = [  ]\n'), 'Remove this tag'],
  [
    'env.optional-unused',
    run('[[Env]]\nName = "A"\nOptional = true # maybe\nValue = "1"\n'),
    run('[[Env]]\nName = "A"\nValue = "1"\n'),
    'Remove Optional',
  ],
  [
    'file.optional-unused',
    `File = [{ Path = "/a/b", Value = "1", Optional = true }]\n${run('')}`,
    `File = [{ Path = "/a/b", Value = "1" }]\n${run('')}`,
    'Remove Optional',
  ],
  [
    'env.name-repeated',
    run(
      '\n# The first\n[[Env]]\nName = "A"\nValue = "1"\n\n# Another\n[[Env]]\nName = "B"\nValue = "2"\n\n[[Env]]\nname = "A"\nValue = "3"\n\n# The last\n[[Env]]\nName = "A"\nValue = "4"\n',
    ),
    run(
      '\n# Another\n[[Env]]\nName = "B"\nValue = "2"\n\n# The last\n[[Env]]\nName = "A"\nValue = "4"\n',
    ),
    'Keep only the last A, removing 2 before it',
  ],
  [
    'env.name-repeated',
    `Env = [{ Name = "A", Value = "1" }, { Name = "A", Value = "2" }]\n${run('')}`,
    `Env = [{ Name = "A", Value = "2" }]\n${run('')}`,
    'Keep only the last A, removing the one before it',
  ],
  [
    'link.runtime-present',
    `${HEAD}InstanceLifecycle = "LINK"\n\n# How it starts\n[Runtime]\nModule = "app"\n\n# Where it leads\n[Link]\nAddress = "https://example.com"\n`,
    `${HEAD}InstanceLifecycle = "LINK"\n\n# Where it leads\n[Link]\nAddress = "https://example.com"\n`,
    'Remove the section [Runtime]',
  ],
  [
    'link.file-present',
    `${HEAD}InstanceLifecycle = "LINK"\n[Link]\nAddress = "https://example.com"\n[[File]]\nPath = "/a/b"\nValue = ""\n[Runtime]\nModule = "app"\n`,
    `${HEAD}InstanceLifecycle = "LINK"\n[Link]\nAddress = "https://example.com"\n[Runtime]\nModule = "app"\n`,
    'Remove the section [File]',
  ],
  [
    'link.file-present',
    `${HEAD}InstanceLifecycle = "LINK"\n[Link]\nAddress = "https://example.com"\n\n[[File]]\nPath = "/a/b"\nValue = ""\n[[File]]\nPath = "/c/d"\nValue = ""\n`,
    `${HEAD}InstanceLifecycle = "LINK"\n[Link]\nAddress = "https://example.com"\n`,
    'Remove the section [File]',
  ],
  [
    'link.env-unused',
    `Env = [{ Name = "A", Value = "" }]\n${HEAD}InstanceLifecycle = "LINK"\n[Link]\nAddress = "https://example.com"\n`,
    `${HEAD}InstanceLifecycle = "LINK"\n[Link]\nAddress = "https://example.com"\n`,
    'Remove the section [Env]',
  ],
  ['manifest.byte-order-mark', `\uFEFF${app('')}`, app(''), 'Remove the byte order mark'],
]

describe('a fix changes what is wrong and nothing else', () => {
  test.each([...values, ...keys, ...additions, ...removals])(
    '%s in %j',
    async (code, before, after, title) => {
      expect(await fixed(code, before)).toEqual({ title, after })
    },
  )

  test.each<Case>([...values.slice(0, 3), ...keys.slice(0, 1), ...removals.slice(3, 6)])(
    '%s with a byte order mark and Windows line ends',
    async (code, before, after, title) => {
      const windows = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`
      expect(await fixed(code, windows(before))).toEqual({ title, after: windows(after) })
    },
  )

  test('the long description in other letters', async () => {
    const described = (path: string) => app(`LongDescription = "${path}"\n`)
    expect(
      await fixed('manifest.long-description-missing', described('docs/about.md'), {
        'docs/ABOUT.md': '',
      }),
    ).toEqual({
      title: 'Change LongDescription to "docs/ABOUT.md"',
      after: described('docs/ABOUT.md'),
    })
  })

  test('a # inside a long text is no comment', async () => {
    const link = (lines: string) =>
      `${HEAD}InstanceLifecycle = "LINK"\nSetupGuide = """\n# Guide"""\n${lines}[Link]\nAddress = "https://example.com"\n`
    expect(await fixed('link.runtime-present', link('[Runtime]\nModule = "x"\n'))).toMatchObject({
      after: link(''),
    })
  })
})

describe('no fix is offered', () => {
  test.each<[why: string, code: string, toml: string]>([
    ['the right key is there already', 'manifest.unknown-key', app('Titel = "x"\n')],
    ['nothing is near', 'manifest.unknown-key', app('Wavelength = "x"\n')],
    ['both say something else', 'manifest.key-conflict', app('title = "Other"\n')],
    ['the name has no letter or digit', 'manifest.name-invalid', app('').replace('demo', '?')],
    ['the file is missing altogether', 'runtime.module-missing', run('').replace('app', 'x')],
    [
      'a comment stands between elements',
      'manifest.tag-empty',
      app('Tags = [ "a", # last\n  "" ]\n'),
    ],
    ['the value has two meanings', 'manifest.timeout-invalid', app('InstanceTimeout = "30"\n')],
    [
      'the name would be reserved',
      'env.name-invalid',
      run('[[Env]]\nName = "H2O_CLOUD X"\nValue = ""\n'),
    ],
  ])('where %s', async (_why, code, toml) => {
    expect(await fixed(code, toml)).toBeNull()
  })
})
