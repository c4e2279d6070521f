import { describe, expect, test } from 'vitest'
import { parsePackageVersion, sameVersion, satisfies } from './package-version.ts'

const fulfils = (version: string, operator: string, wanted: string) => {
  const parsed = parsePackageVersion(version)
  return parsed === null ? 'no version' : satisfies(parsed, { operator, version: wanted })
}

describe('whether a version fulfils a clause', () => {
  test.each<[string, string, string, boolean | null | 'no version']>([
    ['1.0', '==', '1', true],
    ['1.0', '==', '1.0.0', true],
    ['1.0', '==', '1.0.1', false],
    ['v1.0', '==', '1.0', true],
    ['1.0alpha', '==', '1.0a0', true],
    ['1.0-1', '==', '1.0.post1', true],
    ['1.0c2', '==', '1.0rc2', true],
    ['1!1.0', '==', '1.0', false],
    ['1.0+cpu', '==', '1.0', true],
    ['1.0', '==', '1.0+cpu', false],
    ['1.0+CPU.1', '==', '1.0+cpu-1', true],
    ['1.2.3', '==', '1.2.*', true],
    ['1.2rc1', '==', '1.2.*', true],
    ['1.20', '==', '1.2.*', false],
    ['1.2', '!=', '1.2.*', false],
    ['1', '==', '1.0.*', null],
    ['1.0', '!=', '1.0', false],
    ['1.10', '>=', '1.9', true],
    ['1.10', '<', '1.9', false],
    ['99999999999999999999', '>', '99999999999999999998', true],
    ['1.0.dev1', '<', '1.0a1', true],
    ['1.0a1', '<', '1.0b1', true],
    ['1.0rc1', '>=', '1.0', false],
    ['2.0rc1', '<', '2.0', false],
    ['2.0rc1', '<', '2.0rc2', true],
    ['1.0.post1', '>', '1.0', false],
    ['1.0.post2', '>', '1.0.post1', true],
    ['1.0+local', '>', '1.0', false],
    ['1.0+local', '<=', '1.0', true],
    ['1.4.5', '~=', '1.4.2', true],
    ['1.5', '~=', '1.4.2', false],
    ['1.9', '~=', '1.4', true],
    ['2.0', '~=', '1.4', false],
    ['2.0', '~=', '1', null],
    ['1.0', '===', '1.0', null],
    ['1.0', '>=', 'latest', null],
    ['1.0', '>=', '1.*', null],
    ['1.0.x', '==', '1.0.x', 'no version'],
    ['', '==', '1', 'no version'],
    ['1'.repeat(300), '==', '1', 'no version'],
  ])('%s %s%s', (version, operator, wanted, expected) => {
    expect(fulfils(version, operator, wanted)).toBe(expected)
  })
})

test('two spellings of one version are the same', () => {
  expect(sameVersion('1.0', '1.0.0')).toBe(true)
  expect(sameVersion('1.0', '1.1')).toBe(false)
  expect(sameVersion('latest', 'latest')).toBe(true)
  expect(sameVersion('latest', '1.0')).toBe(false)
})
