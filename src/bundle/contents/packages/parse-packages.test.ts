import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePackages, type OsPackage } from './parse-packages.ts'

describe('a line', () => {
  test.each<[string, Partial<OsPackage>]>([
    ['libgomp1', { name: 'libgomp1', version: null, architecture: null, line: 1, column: 1 }],
    ['  vim  # editor', { name: 'vim', column: 3 }],
    ['g++', { name: 'g++' }],
    ['libstdc++6', { name: 'libstdc++6' }],
    ['curl=7.88.1-10+deb12u5', { name: 'curl', version: '7.88.1-10+deb12u5' }],
    ['vim=2:8.2.*', { name: 'vim', version: '2:8.2.*' }],
    ['libc6:i386', { name: 'libc6', architecture: 'i386' }],
    ['libc6:amd64=2.36-9', { architecture: 'amd64', version: '2.36-9' }],
    ['git/stable-backports', { name: 'git', version: null }],
    ['\uFEFFvim', { name: 'vim', column: 1 }],
    ['# first\r\n\r\nvim\r\n', { name: 'vim', line: 3 }],
  ])('%s', (text, expected) => {
    expect(parsePackages(text)).toMatchObject({ packages: [expected], findings: [] })
  })

  test.each<[string, string, { column?: number; fix?: string }]>([
    ['vim git curl', 'warning packages.several', { column: 5, fix: 'vim\ngit\ncurl' }],
    ['-y vim', 'warning packages.option', { column: 1, fix: 'vim' }],
    ['vim --no-install-recommends', 'warning packages.option', { column: 5, fix: 'vim' }],
    ['apt-get install -y vim git', 'warning packages.command', { column: 1, fix: 'vim\ngit' }],
    ['RUN apt update && apt install vim', 'warning packages.command', { fix: 'vim' }],
    ['vim; rm -rf /', 'warning packages.command', {}],
    ['$(curl x)', 'warning packages.command', {}],
    ['Vim', 'warning packages.name', { column: 1, fix: 'vim' }],
    ['python3_dev', 'warning packages.name', { fix: 'python3-dev' }],
    ['vim,', 'warning packages.name', { fix: 'vim' }],
    ['vim==9.0', 'warning packages.name', { fix: 'vim=9.0' }],
    ['vim>=9.0', 'warning packages.name', {}],
    ['lib*', 'warning packages.name', {}],
    ['vim-', 'warning packages.name', {}],
    ['x', 'warning packages.name', {}],
    ['./local.deb', 'warning packages.name', {}],
    ['vim\n\nvim', 'advice packages.duplicate', { column: 1 }],
  ])('%s', (text, code, place) => {
    const { findings } = parsePackages(text)
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual([code])
    expect(findings[0]).toMatchObject({ path: 'packages.txt', ...place })
    if (!('fix' in place)) expect(findings[0]?.fix).toBeUndefined()
  })

  test('that is a command holds no packages', () => {
    expect(parsePackages('apt-get install vim').packages).toEqual([])
    expect(parsePackages('vim git').packages.map(({ name }) => name)).toEqual(['vim', 'git'])
  })
})

test('the same package for two architectures is no repetition', () => {
  expect(parsePackages('libc6:i386\nlibc6:amd64').findings).toEqual([])
})

test('a long file is read to its limit', () => {
  const { packages, findings } = parsePackages('a1\n'.repeat(5000))
  expect(packages).toHaveLength(1000)
  expect(findings.at(-1)).toMatchObject({ code: 'packages.too-many', line: 1001 })
})

test('whatever the text, there is an answer with places in it', () => {
  const piece = fc.constantFrom(
    'vim',
    'Git',
    '-y',
    '#',
    ' ',
    '\n',
    '\r\n',
    '=',
    ':',
    '&&',
    '\t',
    '*',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
  )
  fc.assert(
    fc.property(text, (text) => {
      const { packages, findings } = parsePackages(text)
      const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
      for (const { line = 0, column = 0 } of [...packages, ...findings]) {
        expect(column).toBeGreaterThanOrEqual(1)
        expect(column).toBeLessThanOrEqual(lines[line - 1]?.length ?? 0)
      }
    }),
    { numRuns: 1000 },
  )
})
