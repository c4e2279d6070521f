import { expect, test } from 'vitest'
import { findHugeFiles } from './huge-files.ts'

const MIB = 1024 ** 2

const entriesOf = (sizes: Record<string, number>) =>
  Object.entries(sizes).map(([path, size]) => ({ path, size }))

test('the largest files are named in one advice', () => {
  const sizes = { a: 101 * MIB, b: 50 * MIB, 'm/c.bin': 2048 * MIB, d: 300 * MIB, e: 200 * MIB }
  const findings = findHugeFiles(entriesOf(sizes))
  expect(findings).toMatchObject([
    { severity: 'advice', code: 'content.huge-file', path: 'm/c.bin' },
  ])
  expect(findings[0]?.message).toContain('m/c.bin (2.0 GiB), d (300 MiB), e (200 MiB) and 1 more')
})

test('files up to 100 MiB are no matter', () => {
  expect(findHugeFiles(entriesOf({ a: 100 * MIB, b: 0 }))).toEqual([])
})
