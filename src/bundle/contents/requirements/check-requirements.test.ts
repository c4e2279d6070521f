import { describe, expect, test } from 'vitest'
import type { Finding } from '../../finding.ts'
import { utf8, writeZip } from '../../testing/zip-writer.ts'
import { openArchive } from '../../zip/open-archive.ts'
import { checkRequirements } from './check-requirements.ts'
import { loadRequirements } from './load-requirements.ts'

type Files = Record<string, string | Uint8Array>

async function check(files: Files, runtimeVersion: string | null = null): Promise<Finding[]> {
  const entries = Object.entries(files).map(([name, data]) => ({ name, data }))
  const { archive } = await openArchive(new Blob([await writeZip({ entries })]))
  if (archive === null) throw new Error('The archive of the test is broken')
  const loaded = await loadRequirements(archive)
  if (loaded === null) return []
  return [...loaded.findings, ...checkRequirements(archive, loaded, { runtimeVersion })]
}

async function codes(lines: string, files: Files = {}, runtime?: string): Promise<string[]> {
  const findings = await check({ ...files, 'requirements.txt': lines }, runtime)
  return findings.map(({ severity, code }) => `${severity} ${code}`)
}

const demo = 'demo-1.0-py3-none-any.whl'

describe('files of the bundle', () => {
  const files: Files = {
    [demo]: '',
    [`wheels/${demo}`]: '',
    'src/x-1.tar.gz': '',
    'pkg/pyproject.toml': '',
    'old/setup.py': '',
    'plain/code.py': '',
  }

  test.each<[string, string[]]>([
    [`./${demo}`, []],
    [demo, []],
    [`wheels/${demo}`, []],
    [`./wheels/../wheels/${demo}`, []],
    [`file:wheels/${demo}`, []],
    [`./${demo}[extra] ; python_version > "3"`, []],
    ['src/x-1.tar.gz', []],
    ['./pkg', []],
    ['-e ./old', []],
    ['-e pkg[dev]', []],
    ['${WHEELS}/a-1-py3-none-any.whl', []],
    ['./gone-1.0-py3-none-any.whl', ['error requirements.wheel-missing']],
    ['./gone-1.0-py3-none-any.whl ; python_version < "3"', ['warning requirements.wheel-missing']],
    ['gone.tar.gz', ['error requirements.file-missing']],
    ['./gone', ['error requirements.folder-missing']],
    ['./gone ; python_version < "3"', ['error requirements.folder-missing']],
    ['-e ./gone', ['error requirements.folder-missing']],
    [`-e ./${demo}`, ['error requirements.folder-missing']],
    ['./plain', ['error requirements.folder-not-installable']],
    ['-e plain', ['error requirements.folder-not-installable']],
    ['.', ['error requirements.folder-not-installable']],
    [`../${demo}`, ['warning requirements.path-outside']],
    [`/opt/${demo}`, ['warning requirements.path-outside']],
    ['a @ file:///croot/a_1/work', ['error requirements.path-outside']],
    ['a @ file:///C:/dev/a-1-py3-none-any.whl', ['error requirements.path-outside']],
    ['a @ file:///Users/me/a ; os_name == "x"', ['warning requirements.path-outside']],
    ['--find-links wheels', []],
    ['-f ./', []],
    ['-f gone', ['warning requirements.find-links-missing']],
  ])('%s', async (line, expected) => {
    expect(await codes(line, files)).toEqual(expected)
  })

  test.each<[string, string | undefined]>([
    [`./DEMO-1.0-py3-none-any.whl`, `./${demo}`],
    [`./lib/${demo}`, `./${demo}`],
    ['.\\wheels\\other-2.0-py3-none-any.whl', './libs/other-2.0-py3-none-any.whl'],
    ['./other-1.9-py3-none-any.whl', './libs/other-2.0-py3-none-any.whl'],
    [`./${demo}#sha256=ab`, `./${demo}`],
    [`/resources/libs/other-2.0-py3-none-any.whl`, './libs/other-2.0-py3-none-any.whl'],
    ['./nothing-1.0-py3-none-any.whl', undefined],
  ])('%s was meant as %s', async (line, fix) => {
    const [finding] = await check({
      [demo]: '',
      'libs/other-2.0-py3-none-any.whl': '',
      'requirements.txt': line,
    })
    expect(finding?.fix).toBe(fix)
    expect(finding).toMatchObject({ path: 'requirements.txt', line: 1, column: 1 })
  })
})

describe('included files', () => {
  test('are found beside the one that names them, their wheels from the root', async () => {
    const findings = await check({
      'requirements.txt': '-r deps/all.txt\n-c deps/limits.txt\n',
      'deps/all.txt': `-r more.txt\n./wheels/${demo}\nfoo\n`,
      'deps/more.txt': './gone-1-py3-none-any.whl\n',
      'deps/limits.txt': 'foo==1.0\n',
      [`wheels/${demo}`]: '',
    })
    expect(findings).toMatchObject([
      { code: 'requirements.wheel-missing', path: 'deps/more.txt', line: 1 },
    ])
  })

  test.each<[string, Files, string[]]>([
    ['-r gone.txt', {}, ['error requirements.list-missing']],
    ['-c gone.txt', {}, ['error requirements.list-missing']],
    ['-r wheels', { 'wheels/a': '' }, ['error requirements.list-missing']],
    ['-r ../up.txt', {}, ['warning requirements.path-outside']],
    ['-r /etc/list.txt', {}, ['warning requirements.path-outside']],
    ['-r https://x.org/list.txt', {}, []],
    ['-r ${LIST}', {}, []],
    ['-r requirements.txt', {}, ['error requirements.file-cycle']],
    ['-r a.txt', { 'a.txt': '-r b.txt', 'b.txt': '-c a.txt' }, ['error requirements.file-cycle']],
    ['-r a.txt\n-r b.txt', { 'a.txt': '-r b.txt', 'b.txt': 'foo==1' }, []],
  ])('%s', async (lines, files, expected) => {
    expect(await codes(lines, files)).toEqual(expected)
  })

  test('one that is missing may be in another folder', async () => {
    const findings = await check({
      'requirements.txt': '-r a/b.txt',
      'a/b.txt': 'foo==1\n  -r Common.txt',
      'common.txt': '',
    })
    expect(findings).toMatchObject([{ path: 'a/b.txt', line: 2, column: 6, fix: '../common.txt' }])
  })

  test('are followed to a limit', async () => {
    const files: Files = {}
    for (let index = 0; index < 100; index++) {
      files[`${index}.txt`] = Array.from({ length: 100 }, (_, other) => `-r ${other}.txt`).join(
        '\n',
      )
    }
    const found = new Set(await codes('-r 0.txt', files))
    expect([...found].toSorted()).toEqual([
      'error requirements.file-cycle',
      'warning requirements.too-many',
    ])
  })
})

describe('wheels', () => {
  const cp38 = 'a-1.0-cp38-cp38-manylinux1_x86_64.whl'

  test.each<[string, string, string[]]>([
    [cp38, 'ub2004_py38', []],
    [cp38, 'ub2004', []],
    [cp38, 'ub2204_py310', ['warning requirements.wheel-python']],
    [`${cp38} ; python_version == "3.8"`, 'ub2204_py310', []],
    ['a-1.0-cp36-abi3-linux_x86_64.whl', 'ub2204_py310', []],
    ['a-1.0-py2-none-any.whl', 'ub2204_py310', ['warning requirements.wheel-python']],
    ['a-1.0-cp38-cp38-macosx_11_0_arm64.whl', 'py38', ['warning requirements.wheel-platform']],
    ['a-1.0-cp38-cp38-win_amd64.whl ; sys_platform == "win32"', 'py38', []],
    ['a.whl', 'py38', ['error requirements.wheel-name']],
    ['a.whl ; python_version < "3"', 'py38', ['error requirements.wheel-name']],
    ['a__b-1.0-py3-none-any.whl', 'py38', ['warning requirements.wheel-name']],
  ])('%s on %s', async (line, runtime, expected) => {
    const [name = ''] = line.split(' ')
    expect(await codes(line, { [name]: '' }, runtime)).toEqual(expected)
  })

  test.each<[string, string[]]>([
    ['https://x.org/a_1.0.whl', ['error requirements.wheel-name']],
    [`https://x.org/${cp38}`, ['warning requirements.wheel-python']],
    [`a @ https://x.org/${cp38}`, ['warning requirements.wheel-python']],
    ['a @ https://x.org/a.whl ; os_name == "x"', ['warning requirements.wheel-name']],
  ])('%s', async (line, expected) => {
    expect(await codes(line, {}, 'ub2204_py310')).toEqual(expected)
  })
})

describe('lines about one package', () => {
  test.each<[string, string[]]>([
    ['foo==1.0\nFoo==2.0', ['error requirements.conflict']],
    ['foo==1.0\nfoo>=2', ['error requirements.conflict']],
    ['foo>=2\nfoo==1.0', ['error requirements.conflict']],
    ['foo==1.0,>=2', ['error requirements.conflict']],
    [`demo==2.0\n./${demo}`, ['error requirements.conflict']],
    ['foo==2.0\n-c limits.txt', ['warning requirements.conflict']],
    ['foo==1.0\nfoo==1.0.0', ['advice requirements.duplicate']],
    ['foo==1.0\nfoo', ['advice requirements.duplicate']],
    [`demo==1.0\n./${demo}`, ['advice requirements.duplicate']],
    ['foo==1.0+cpu\nfoo==1.0', ['advice requirements.duplicate']],
    ['foo==1.0\nfoo[x]==1.0', []],
    ['foo==1.0 ; python_version < "3.8"\nfoo==2.0 ; python_version >= "3.8"', []],
    ['foo==1.0 ; python_version < "3.8"\nfoo==2.0', []],
    ['foo==1.0\n-c limits.txt', []],
    ['foo===1.0\nfoo==2.0', ['advice requirements.duplicate']],
  ])('%s', async (lines, expected) => {
    expect(await codes(lines, { [demo]: '', 'limits.txt': 'foo<2' })).toEqual(expected)
  })

  test('the finding names both lines', async () => {
    const findings = await check({
      'requirements.txt': '-r a.txt\n\n  foo==2.0',
      'a.txt': '\nfoo==1.0',
    })
    expect(findings).toMatchObject([{ path: 'a.txt', line: 2, column: 1 }])
    expect(findings[0]?.message).toContain('on line 3 of requirements.txt')
  })
})

describe('hashes', () => {
  const hashed = 'foo==1.0 --hash=sha256:ab'
  test.each<[string, string[]]>([
    [hashed, []],
    [`${hashed}\nbar==1.0`, ['error requirements.hash-missing']],
    [`${hashed}\n./${demo}`, ['error requirements.hash-missing']],
    [`${hashed}\nbar==1.0 ; python_version < "3"`, []],
    [`${hashed}\nbar==1.0\n--no-require-hashes`, []],
    [`${hashed}\nhttps://x.org/a.zip#sha256=ab`, []],
    ['--require-hashes\nbar==1.0', ['error requirements.hash-missing']],
    [
      'bar==1.0 --hash=sha256:ab ; python_version < "3"\nfoo==1.0',
      ['warning requirements.ignored', 'error requirements.hash-missing'],
    ],
  ])('%s', async (lines, expected) => {
    expect(await codes(lines, { [demo]: '' })).toEqual(expected)
  })

  test('want pinned versions', async () => {
    expect(await codes('foo>=1.0 --hash=sha256:ab')).toContain('error requirements.hash-unpinned')
  })
})

describe('what may change by itself', () => {
  test('is one advice for all packages', async () => {
    const lines = 'a==1\nb\nc>=1\nd~=1.0\ne==1.*\nf<2\ng\nh\n'
    const findings = await check({ 'requirements.txt': lines })
    expect(findings).toMatchObject([
      { severity: 'advice', code: 'requirements.unpinned', line: 2, column: 1 },
    ])
    expect(findings[0]?.message).toContain('7 packages')
    expect(findings[0]?.message).toContain('b, c, d, e, f and 2 more')
  })

  test('a constraint pins as well', async () => {
    expect(await codes('a\n-c limits.txt', { 'limits.txt': 'a==1' })).toEqual([])
  })

  test.each<[string, string[]]>([
    ['git+https://x.org/a.git', ['advice requirements.vcs-unpinned']],
    ['a @ git+ssh://git@x.org/a.git', ['advice requirements.vcs-unpinned']],
    ['git+https://x.org/a.git@v1.0', []],
  ])('%s', async (line, expected) => {
    expect(await codes(line)).toEqual(expected)
  })
})

test.each<[string, string[]]>([
  ['--index-url http://x.org/simple', ['warning requirements.insecure-index']],
  ['--extra-index-url=http://x.org:8080/simple', ['warning requirements.insecure-index']],
  ['-f http://x.org/', ['warning requirements.insecure-index']],
  ['--index-url https://x.org/simple', []],
  ['--index-url http://localhost:3141/simple', []],
])('%s', async (line, expected) => {
  expect(await codes(line)).toEqual(expected)
})

describe('encodings', () => {
  const utf16 = (text: string) =>
    Uint8Array.from([0xff, 0xfe, ...Array.from(text, (it) => [it.charCodeAt(0), 0]).flat()])

  test('UTF-16 is read, with a warning', async () => {
    const findings = await check({
      'requirements.txt': utf16('foo==1\r\n./gone-1-py3-none-any.whl'),
    })
    expect(findings).toMatchObject([
      { severity: 'warning', code: 'requirements.encoding' },
      { code: 'requirements.wheel-missing', line: 2, column: 1 },
    ])
  })

  test('what is no text is not read', async () => {
    const text = Uint8Array.from([...utf8('foo==1\n# '), 0xfc])
    expect(await check({ 'requirements.txt': text })).toMatchObject([
      { severity: 'warning', code: 'requirements.encoding' },
    ])
  })

  test('what is too large is not read', async () => {
    expect(await codes('#'.repeat(1024 * 1024 + 1))).toEqual(['warning requirements.too-large'])
  })
})
