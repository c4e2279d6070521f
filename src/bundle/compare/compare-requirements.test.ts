import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareRequirements } from './compare-requirements.ts'

const lines = (before: string | null, after: string | null) =>
  compareRequirements(before, after).map(
    ({ kind, weight, summary }) => `${kind} ${weight}: ${summary}`,
  )

describe('one package', () => {
  test.each<[string, string, string[]]>([
    ['', 'flask', ['added minor: flask added']],
    ['', 'flask==3.1.0', ['added minor: flask ==3.1.0 added']],
    ['flask==3.1.0', '', ['removed patch: flask ==3.1.0 removed']],
    ['Flask_Login', 'flask-login  # the same', []],
    ['flask>=1,<2', 'flask <2, >=1', []],
    ['flask==3.0.9', 'flask==3.0.10', ['changed patch: flask ==3.0.9 → ==3.0.10 (up)']],
    ['flask==3.0.10', 'flask==3.0.9', ['changed patch: flask ==3.0.10 → ==3.0.9 (down)']],
    ['flask==3.9.1', 'flask==3.10.0', ['changed minor: flask ==3.9.1 → ==3.10.0 (up, minor)']],
    ['flask==3.0.0', 'flask==2.9.0', ['changed minor: flask ==3.0.0 → ==2.9.0 (down, major)']],
    ['flask==9', 'flask==10', ['changed minor: flask ==9 → ==10 (up, major)']],
    ['flask==1.0rc1', 'flask==1.0', ['changed patch: flask ==1.0rc1 → ==1.0 (up)']],
    ['flask==1.0', 'flask==1.0.0', ['changed patch: flask ==1.0 → ==1.0.0']],
    ['flask>=2.0', 'flask>=3.0', ['changed minor: flask >=2.0 → >=3.0 (up, major)']],
    ['flask==1.2.*', 'flask==1.3.*', ['changed minor: flask ==1.2.* → ==1.3.* (up, minor)']],
    ['flask', 'flask==3.1.0', ['changed patch: flask any version → ==3.1.0 (pinned)']],
    ['flask==3.1.0', 'flask', ['changed patch: flask ==3.1.0 → any version (no longer pinned)']],
    ['flask==3.1.0', 'flask>=3.1.0', ['changed patch: flask ==3.1.0 → >=3.1.0 (no longer pinned)']],
    [
      'flask==1.0',
      'flask==1.0; python_version < "3.9"',
      ['changed patch: flask ==1.0 → ==1.0 where python_version < "3.9" (other marker)'],
    ],
    ['flask', 'flask[async]', ['changed patch: flask any version → [async] any version']],
    [
      'demo==1.0',
      './wheels/demo-1.0-py3-none-any.whl',
      ['changed patch: demo ==1.0 → ./wheels/demo-1.0-py3-none-any.whl (other source)'],
    ],
    [
      './demo-1.0-py3-none-any.whl',
      './demo-1.1-py3-none-any.whl',
      ['changed minor: demo ./demo-1.0-py3-none-any.whl → ./demo-1.1-py3-none-any.whl (up, minor)'],
    ],
  ])('%j → %j', (before, after, expected) => {
    expect(lines(before, after)).toEqual(expected)
  })
})

test('no file at all is a file without packages', () => {
  expect(lines(null, null)).toEqual([])
  expect(lines(null, 'a')).toEqual(['added minor: a added'])
  expect(lines('a', null)).toEqual(['removed patch: a removed'])
})

test('a package in several lines is compared as a whole, in any order', () => {
  const one = 'a==1; python_version < "3.9"'
  const other = 'a==2; python_version >= "3.9"'
  expect(lines(`${one}\n${other}`, `${other}\n${one}`)).toEqual([])
  expect(compareRequirements(one, `${one}\n${other}`)).toMatchObject([
    { field: 'a', kind: 'changed', weight: 'patch' },
  ])
})

test('another index is a change, without the password in its address', () => {
  const found = compareRequirements(
    '--extra-index-url https://one.example/simple',
    '--extra-index-url https://me:hunter22@two.example/simple',
  )
  expect(found.map(({ kind, field }) => [kind, field])).toEqual([
    ['removed', '--extra-index-url'],
    ['added', '--extra-index-url'],
  ])
  expect(JSON.stringify(found)).not.toContain('hunter22')
})

const requirements = fc
  .array(
    fc
      .tuple(
        fc.constantFrom('a', 'B', 'c-d', 'c_d', 'e'),
        fc.constantFrom('', '==1.0', '==1.1', '==2.0rc1', '>=1,<3', '~=1.4'),
        fc.constantFrom('', '; python_version < "3.9"'),
      )
      .map((parts) => parts.join('')),
    { maxLength: 6 },
  )
  .map((list) => list.join('\n'))

test('requirements compared with themselves are the same', () => {
  fc.assert(fc.property(requirements, (text) => compareRequirements(text, text).length === 0))
})

test('swapping the sides swaps what was added and removed', () => {
  const opposite = { added: 'removed', removed: 'added', changed: 'changed' } as const
  fc.assert(
    fc.property(requirements, requirements, (before, after) => {
      const there = compareRequirements(before, after)
      const back = compareRequirements(after, before)
      expect(back.map(({ field, kind }) => [field, opposite[kind]])).toEqual(
        there.map(({ field, kind }) => [field, kind]),
      )
    }),
  )
})

test('arbitrary texts never throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (before, after) => {
      expect(compareRequirements(before, after)).toBeInstanceOf(Array)
    }),
  )
})
