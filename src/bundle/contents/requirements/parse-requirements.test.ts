import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRequirements } from './parse-requirements.ts'
import type { Requirement } from './requirement.ts'

const only = (text: string): Partial<Requirement> | undefined =>
  parseRequirements(text).requirements[0]

const codes = (text: string) =>
  parseRequirements(text).findings.map(({ severity, code }) => `${severity} ${code}`)

describe('what a line asks for', () => {
  const git = 'git+https://github.com/a/b.git'
  const wheel = 'x_y-1.0-py3-none-any.whl'

  test.each<[string, Partial<Requirement>]>([
    // By name, from the index
    ['requests', { name: 'requests', specifier: '', source: 'index', pinned: false }],
    ['  requests  ', { name: 'requests', column: 3 }],
    ['Foo_Bar.baz', { name: 'foo-bar-baz', spelling: 'Foo_Bar.baz' }],
    ['requests==2.31.0', { specifier: '==2.31.0', pinned: true, version: '2.31.0' }],
    ['requests == 2.31.0', { specifier: '==2.31.0', pinned: true }],
    ['requests===2.0-custom', { version: '2.0-custom', pinned: true }],
    ['requests==2.*', { specifier: '==2.*', pinned: false, version: null }],
    ['requests>=2 , <3', { specifier: '>=2,<3', pinned: false }],
    ['requests (>=2,<3)', { specifier: '>=2,<3' }],
    ['requests~=2.3', { clauses: [{ operator: '~=', version: '2.3' }] }],
    ['requests!=2.1.*', { clauses: [{ operator: '!=', version: '2.1.*' }] }],
    ['requests>=2,!=2.1,<=3', { specifier: '>=2,!=2.1,<=3' }],
    ['foo==1!1.0+cu113', { version: '1!1.0+cu113' }],
    ['foo==1.0-1', { version: '1.0-1' }],
    ['foo<1.0.dev0', { specifier: '<1.0.dev0' }],
    ['requests[socks]', { extras: ['socks'] }],
    ['requests[Socks , security]==2.0', { extras: ['security', 'socks'], version: '2.0' }],
    ['requests[]', { extras: [] }],
    // Markers
    ['foo ; python_version < "3.9"', { name: 'foo', marker: 'python_version < "3.9"' }],
    ["foo>=1;sys_platform=='win32'", { specifier: '>=1', marker: "sys_platform=='win32'" }],
    ['foo; (os_name == "x" or extra == "y") and "z" in platform_version', { name: 'foo' }],
    ['foo; os.name == "posix"', { marker: 'os.name == "posix"' }],
    ['foo; sys_platform not in "win32 darwin"', { name: 'foo' }],
    ['foo;', { marker: null }],
    // Hashes and other options of a requirement
    ['foo==1 --hash=sha256:ab --hash sha512:cd', { hashes: ['sha256:ab', 'sha512:cd'] }],
    [
      'foo==1 \\\n    --hash=sha256:ab \\\n    --hash=sha256:cd',
      { hashes: ['sha256:ab', 'sha256:cd'] },
    ],
    ['foo ; os_name == "x" --hash=sha256:ab', { marker: 'os_name == "x"', hashes: ['sha256:ab'] }],
    ['foo --config-settings "a=b c"', { name: 'foo' }],
    // Comments, blanks, line ends
    ['foo # note', { name: 'foo' }],
    ['https://x.org/a.zip#egg=b # note', { name: 'b', url: 'https://x.org/a.zip#egg=b' }],
    ['# note\n\n\tfoo', { name: 'foo', line: 3, column: 2 }],
    ['# note \\\nfoo', { name: 'foo', line: 2 }],
    ['\r\nfoo\r\n', { name: 'foo', line: 2, column: 1 }],
    ['a\rfoo', { line: 1 }],
    ['\uFEFFfoo==1', { name: 'foo', column: 1 }],
    ['foo \\\n  ==1 \\\n', { version: '1' }],
    // Addresses
    [
      'https://x.org/y.tar.gz#egg=Y_z[a]',
      { name: 'y-z', extras: ['a'], source: 'url', pinned: true },
    ],
    [
      `https://x.org/${wheel}#sha256=ab`,
      { name: 'x-y', version: '1.0', source: 'url', path: null },
    ],
    ['https://x.org/y%2D1.zip ; os_name == "x"', { source: 'url', marker: 'os_name == "x"' }],
    ['https://x.org/y.zip?a;b', { url: 'https://x.org/y.zip?a;b', marker: null }],
    ['b[x] @ https://x.org/b.zip', { name: 'b', extras: ['x'], source: 'url' }],
    ['b@https://x.org/b.zip', { name: 'b', url: 'https://x.org/b.zip' }],
    [git, { name: null, source: 'vcs', pinned: false }],
    [`${git}@v1.2#egg=b&subdirectory=py`, { name: 'b', source: 'vcs', pinned: true }],
    ['git+ssh://git@github.com/a/b.git', { source: 'vcs', pinned: false }],
    ['git+ssh://git@github.com/a/b.git@4f2a', { pinned: true }],
    [`b @ ${git}@main ; os_name == "x"`, { name: 'b', source: 'vcs', marker: 'os_name == "x"' }],
    ['hg+https://x.org/r#egg=z', { name: 'z', source: 'vcs' }],
    // Files and folders of the bundle
    [
      `./${wheel}`,
      { name: 'x-y', spelling: 'x_y', version: '1.0', path: `./${wheel}`, source: 'file' },
    ],
    [wheel, { name: 'x-y', path: wheel, pinned: true }],
    [`wheels/${wheel}`, { path: `wheels/${wheel}` }],
    [`./${wheel}[a,B_c]`, { path: `./${wheel}`, extras: ['a', 'b-c'] }],
    [`./${wheel};os_name=="x"`, { path: `./${wheel}`, marker: 'os_name=="x"' }],
    [`file:${wheel}`, { name: 'x-y', path: wheel, url: `file:${wheel}`, source: 'file' }],
    [`file:./w/${wheel}`, { path: `./w/${wheel}` }],
    ['file:///opt/x%20y.zip', { path: '/opt/x y.zip' }],
    ['file://localhost/opt/x.zip', { path: '/opt/x.zip' }],
    ['a @ file:///opt/a', { name: 'a', path: '/opt/a', source: 'file' }],
    ['x.tar.gz', { name: null, path: 'x.tar.gz', source: 'file' }],
    ['dir/x.zip', { path: 'dir/x.zip' }],
    ['.', { path: '.', source: 'file', editable: false }],
    ['./pkg[dev]', { path: './pkg', extras: ['dev'] }],
    ['pkg/sub', { path: 'pkg/sub' }],
    // Editable
    ['-e .', { path: '.', editable: true, column: 4 }],
    ['--editable=./pkg[dev]', { path: './pkg', extras: ['dev'], editable: true }],
    [`-e ${git}@v1#egg=b`, { name: 'b', source: 'vcs', editable: true, pinned: true }],
    [`-e "b @ ${git}"`, { name: 'b', source: 'vcs', editable: true }],
    ['-e file:///opt/x', { path: '/opt/x', editable: true }],
  ])('%s', (text, expected) => {
    expect(only(text)).toMatchObject(expected)
  })

  test('nothing, where there are only comments', () => {
    expect(parseRequirements('# a\n\n  # b \\\n')).toEqual({
      requirements: [],
      options: [],
      findings: [],
    })
  })
})

describe('options', () => {
  test.each<[string, string, string | null, number]>([
    ['-r more.txt', '--requirement', 'more.txt', 4],
    ['-rmore.txt', '--requirement', 'more.txt', 3],
    ['--requirement=more.txt', '--requirement', 'more.txt', 15],
    ['-c limits.txt', '--constraint', 'limits.txt', 4],
    ['-i https://x.org/simple', '--index-url', 'https://x.org/simple', 4],
    ['--index-url "https://x.org/a b"', '--index-url', 'https://x.org/a b', 13],
    ['--pypi-url=https://x.org', '--index-url', 'https://x.org', 12],
    ['--extra-index https://x.org', '--extra-index-url', 'https://x.org', 15],
    ['-f wheels', '--find-links', 'wheels', 4],
    ['--find-links=./my\\ wheels', '--find-links', './my wheels', 14],
    ['--no-index', '--no-index', null, 1],
    ['--pre', '--pre', null, 1],
    ['--prefer-binary', '--prefer-binary', null, 1],
    ['--require-hashes', '--require-hashes', null, 1],
    ['--no-binary :all:', '--no-binary', ':all:', 13],
    ['--only-binary=a,b', '--only-binary', 'a,b', 15],
    ['--trusted-host x.org', '--trusted-host', 'x.org', 16],
    ['--use-feature fast-deps', '--use-feature', 'fast-deps', 15],
  ])('%s', (text, name, value, column) => {
    const parsed = parseRequirements(text)
    expect(parsed).toMatchObject({ requirements: [], findings: [] })
    expect(parsed.options).toEqual([{ name, value, file: 'requirements.txt', line: 1, column }])
  })

  test('several on a line all count', () => {
    const { options } = parseRequirements('--no-index --find-links=wheels')
    expect(options.map(({ name }) => name)).toEqual(['--no-index', '--find-links'])
  })
})

describe('what pip would stumble over', () => {
  test.each<[string, string, Partial<{ column: number; fix: string }>]>([
    ['requests=2.0', 'error requirements.unreadable', { column: 9, fix: 'requests==2.0' }],
    ['requests =< 2.0', 'error requirements.unreadable', { column: 10, fix: 'requests<=2.0' }],
    ['requests 2.0', 'error requirements.unreadable', { column: 10, fix: 'requests==2.0' }],
    ['requests>=1 <2', 'error requirements.unreadable', { column: 13 }],
    ['requests~=2', 'error requirements.unreadable', { column: 9 }],
    ['requests[a', 'error requirements.unreadable', { column: 11 }],
    ['requests[a,]', 'error requirements.unreadable', { column: 12 }],
    ['requests (>=1', 'error requirements.unreadable', { column: 14 }],
    ['pip install foo', 'error requirements.unreadable', { column: 5 }],
    ['[packages]', 'error requirements.unreadable', { column: 1 }],
    ['"foo"', 'error requirements.unreadable', { column: 1 }],
    ['foo; python_version < 3.9', 'error requirements.unreadable', { column: 23 }],
    ['foo; python > "3"', 'error requirements.unreadable', { column: 6 }],
    ['foo; os_name = "x"', 'error requirements.unreadable', { column: 14 }],
    ['foo; (os_name == "x"', 'error requirements.unreadable', { column: 21 }],
    ['foo; os_name == "x" && extra == "y"', 'error requirements.unreadable', { column: 21 }],
    ['b @ ./b.zip', 'error requirements.unreadable', { column: 5, fix: './b.zip' }],
    ['b @ ./b.zip ; os_name == "x"', 'warning requirements.unreadable', { fix: './b.zip' }],
    ['b @', 'error requirements.unreadable', { column: 4 }],
    ['foo --hash=md5:ab', 'error requirements.unreadable', { column: 12 }],
    ['foo --hash=ab', 'error requirements.unreadable', {}],
    ['--index-url', 'error requirements.unreadable', { column: 1 }],
    ["-i 'https://x", 'error requirements.unreadable', {}],
    ['--no-index=1', 'error requirements.unreadable', {}],
    ['--upgrade foo', 'error requirements.unreadable', { column: 1 }],
    ['-e https://x.org/a.zip', 'error requirements.unreadable', { column: 4 }],
    ['-e git+https://x.org/a.git', 'error requirements.unreadable', { column: 4 }],
    ['--frobnicate', 'warning requirements.unknown-option', { column: 1 }],
    ['foo --global-option=x', 'warning requirements.unknown-option', {}],
    ['foo>=1.*', 'warning requirements.version', { column: 4 }],
    ['foo==1.0.beta-x', 'warning requirements.version', { column: 4 }],
    ['foo>=', 'warning requirements.version', {}],
    ['foo>=1,', 'warning requirements.version', {}],
    ['foo==1.0[extra]', 'warning requirements.version', {}],
    ['foo --index-url https://x', 'warning requirements.ignored', { column: 17 }],
    ['-r a.txt -r b.txt', 'warning requirements.ignored', { column: 13 }],
    ['-e . ; os_name == "x"', 'warning requirements.ignored', { column: 6 }],
    ['--trusted-host a b', 'warning requirements.ignored', { column: 18 }],
    ['--hash=sha256:ab', 'warning requirements.ignored', {}],
    [
      'file://w/x-1-py3-none-any.whl',
      'error requirements.file-address',
      { fix: './w/x-1-py3-none-any.whl' },
    ],
    ['file://w/x.zip ; os_name == "x"', 'warning requirements.file-address', {}],
    ['x @ file:w/x.zip', 'warning requirements.relative-address', { column: 5, fix: './w/x.zip' }],
  ])('%s', (text, code, place) => {
    expect(codes(text)).toEqual([code])
    expect(parseRequirements(text).findings[0]).toMatchObject({
      path: 'requirements.txt',
      line: 1,
      ...place,
    })
  })

  test.each([
    '${NAME}==1',
    'foo==${VERSION}',
    '-r ${LIST}',
    'https://${USER}:${TOKEN}@x.org/a.zip',
  ])('a variable may be anything: %s', (text) => {
    expect(codes(text)).toEqual([])
  })

  test('the place is that of the physical line', () => {
    const { findings } = parseRequirements('foo==1\nbar \\\n    >=1; \\\n  nothing == "x"\n')
    expect(findings).toMatchObject([{ line: 4, column: 3 }])
  })

  test('a line of a hundred thousand options gives a short answer', () => {
    const many = parseRequirements(`-e . ${'--index-url https://a:b-c-d@e '.repeat(100_000)}`)
    expect(many.findings.length).toBeLessThanOrEqual(10)
    const used = parseRequirements('--index-url https://a:b-c-d@e '.repeat(100_000))
    expect(used.findings.length).toBeLessThanOrEqual(10)
    expect(used.options.length).toBeLessThanOrEqual(1000)
  })

  test('a file of broken lines is read to its limit', () => {
    const { findings } = parseRequirements('!\n'.repeat(20_000))
    expect(findings).toHaveLength(5001)
    expect(findings.at(-1)).toMatchObject({ code: 'requirements.too-many', line: 5001 })
  })
})

describe('credentials', () => {
  test.each([
    ['--index-url https://me:s3cr3t-x@x.org/simple', 'https://****@x.org/simple', 13],
    ['--extra-index-url=https://ghp0123456789@x.org', 'https://****@x.org', 19],
    ['git+https://oauth2:s3cr3t-x@x.org/a.git', 'git+https://****@x.org/a.git', 1],
    ['a @ https://me:s3cr3t-x@x.org/a.zip', 'https://****@x.org/a.zip', 5],
  ])('%s', (text, shown, column) => {
    const parsed = parseRequirements(text)
    expect(parsed.findings).toMatchObject([{ code: 'requirements.credentials', column }])
    expect(parsed.findings[0]?.message).toContain('x.org')
    expect(parsed.requirements[0]?.url ?? parsed.options[0]?.value).toBe(shown)
    expect(JSON.stringify(parsed)).not.toMatch(/s3cr3t|ghp0/)
  })

  test.each([
    '--index-url https://${USER}:${TOKEN}@x.org/simple',
    '--index-url https://user:password@x.org/simple',
    '--index-url https://<token>@x.org/simple',
    'git+ssh://git@github.com/a/b.git@v1',
    'git+https://git@github.com/a/b.git@v1',
    'https://x.org/a@b.zip',
  ])('%s holds none', (text) => {
    expect(codes(text)).toEqual([])
  })
})

describe('whatever the text', () => {
  const piece = fc.constantFrom(
    ...'foo Bar_1 == >= ~= 1.0 2.* [ ] ( ) , ; @ # \\ " \' - -- -r -e --hash=sha256:a ${X} https:// file: git+ ./ .whl and python_version in \n \r\n \t'.split(
      ' ',
    ),
    ' ',
    '\n',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
  )

  test('there is an answer, and every place is in the text', () => {
    fc.assert(
      fc.property(text, (text) => {
        const { requirements, options, findings } = parseRequirements(text)
        const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
        expect(findings.length).toBeLessThanOrEqual(10 * lines.length)
        for (const { line = 0, column = 0 } of [...requirements, ...options, ...findings]) {
          expect(line).toBeGreaterThanOrEqual(1)
          expect(column).toBeGreaterThanOrEqual(1)
          expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? -1) + 1)
        }
      }),
      { numRuns: 2000 },
    )
  })

  const word = fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,8}[A-Za-z0-9])?$/)
  const version = fc.stringMatching(
    /^[1-9]?[0-9](\.[0-9]{1,2}){1,3}((a|b|rc)[0-9])?(\.post[0-9])?$/,
  )
  const clause = fc.record({
    operator: fc.constantFrom('==', '>=', '<=', '!=', '<', '>', '~='),
    version,
  })
  const requirement = fc.record({
    spelling: word,
    extras: fc.uniqueArray(fc.stringMatching(/^[a-z]([a-z0-9-]{0,5}[a-z0-9])?$/), { maxLength: 3 }),
    clauses: fc.array(clause, { maxLength: 4 }),
    marker: fc.constantFrom(null, 'python_version < "3.9"', "os_name == 'x' and extra == 'y'"),
    hashes: fc.uniqueArray(fc.stringMatching(/^sha256:[0-9a-f]{4}$/), { maxLength: 2 }),
  })

  test('a requirement that is written out is read back', () => {
    const blank = fc.constantFrom('', ' ', '  ')
    const comment = fc.constantFrom('', ' # note', ' # a; b==1 \\')
    fc.assert(
      fc.property(requirement, blank, comment, fc.boolean(), (wanted, gap, comment, isLong) => {
        const { spelling, extras, clauses, marker, hashes } = wanted
        const specifier = clauses.map(({ operator, version }) => operator + gap + version)
        const written = [
          spelling + (extras.length > 0 ? `${gap}[${extras.join(`${gap},`)}]` : ''),
          specifier.join(`${gap},${gap}`),
          marker === null ? '' : `;${gap}${marker}`,
        ].join(gap)
        const break_ = isLong ? ' \\\n    ' : ' '
        const line = [written, ...hashes.map((hash) => `--hash=${hash}`)].join(break_)
        const { requirements, findings } = parseRequirements(line + comment)
        expect(findings).toEqual([])
        const sorted = extras.map((extra) => extra.replace(/-+/g, '-')).toSorted()
        expect(requirements).toMatchObject([
          { spelling, clauses, marker, hashes, extras: [...new Set(sorted)], source: 'index' },
        ])
      }),
      { numRuns: 1000 },
    )
  })
})
