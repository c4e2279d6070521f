import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compareFiles,
  countDifferent,
  type FileRole,
  MAX_FILE_CHANGES,
  roleOf,
} from './compare-files.ts'
import type { SnapshotFile } from './snapshot.ts'

/** A file whose checksum stands for its contents. */
function file(path: string, contents: string, size = contents.length): SnapshotFile {
  return { path, size, crc32: contents.padStart(8, '0') }
}

function summary(before: readonly SnapshotFile[], after: readonly SnapshotFile[]): string[] {
  return compareFiles(before, after).flatMap(({ changes }) =>
    changes.map(({ kind, path, from }) => `${kind} ${from === null ? '' : `${from} → `}${path}`),
  )
}

const files = fc.uniqueArray(
  fc.record({
    path: fc.constantFrom(
      'a.py',
      'b.py',
      'c.py',
      'static/i.png',
      'data/x',
      'd.csv',
      'read',
      'e.md',
    ),
    crc32: fc.constantFrom('00000000', '00000001', '00000002'),
    size: fc.nat({ max: 2 }),
  }),
  { selector: ({ path }) => path },
)

describe('what happened to a file', () => {
  test.each<[string, SnapshotFile[], SnapshotFile[], string[]]>([
    ['it stayed', [file('a.py', '1')], [file('a.py', '1')], []],
    ['it came', [], [file('a.py', '1')], ['added a.py']],
    ['it went', [file('a.py', '1')], [], ['removed a.py']],
    ['other contents', [file('a.py', '1')], [file('a.py', '2')], ['changed a.py']],
    ['another size alone', [file('a.py', '1', 1)], [file('a.py', '1', 2)], ['changed a.py']],
    ['renamed', [file('a.py', '1')], [file('b.py', '1')], ['renamed a.py → b.py']],
    ['moved to another role', [file('a.txt', '1')], [file('a.py', '1')], ['renamed a.txt → a.py']],
    ['empty', [file('a.py', '1', 0)], [file('b.py', '1', 0)], ['removed a.py', 'added b.py']],
    [
      'two that it might be',
      [file('a.py', '1'), file('b.py', '1')],
      [file('c.py', '1')],
      ['removed a.py', 'removed b.py', 'added c.py'],
    ],
    [
      'a copy of one that stayed',
      [file('a.py', '1')],
      [file('a.py', '1'), file('b.py', '1')],
      ['added b.py'],
    ],
  ])('%s', (_name, before, after, expected) => {
    expect(summary(before, after).toSorted()).toEqual(expected.toSorted())
  })
})

test.each<[string, FileRole]>([
  ['app.py', 'source'],
  ['pages/sales.PY', 'source'],
  ['static/model.bin', 'static'],
  ['www/style.css', 'static'],
  ['data/notes.txt', 'data'],
  ['models/x.pkl', 'data'],
  ['app.toml', 'other'],
  ['py', 'other'],
  ['lib.whl', 'other'],
  ['static', 'other'],
])('%s is %s', (path, role) => {
  expect(roleOf(path)).toBe(role)
})

test('counts and bytes are exact for each role', () => {
  const before = [file('a.py', '1', 10), file('b.py', '2', 20), file('x.csv', '3', 5)]
  const after = [file('a.py', '9', 11), file('b.py', '2', 20), file('c.py', '4', 7)]
  const [source, , data] = compareFiles(before, after)
  expect(source).toMatchObject({
    role: 'source',
    counts: { added: 1, removed: 0, changed: 1, renamed: 0, unchanged: 1 },
    bytesBefore: 30,
    bytesAfter: 38,
    more: 0,
  })
  expect(data).toMatchObject({
    role: 'data',
    counts: { removed: 1 },
    bytesBefore: 5,
    bytesAfter: 0,
  })
})

test('100,000 files with everything renamed: all counted, the first ones listed', () => {
  const many = (folder: string) =>
    Array.from({ length: 100_000 }, (_, index) => file(`${folder}/${index}.py`, String(index), 9))
  const [source] = compareFiles(many('a'), many('b'))
  expect(source?.counts).toEqual({
    added: 0,
    removed: 0,
    changed: 0,
    renamed: 100_000,
    unchanged: 0,
  })
  expect(source?.changes).toHaveLength(MAX_FILE_CHANGES)
  expect(source?.more).toBe(100_000 - MAX_FILE_CHANGES)
})

test('100,000 files of the same contents are no puzzle', () => {
  const many = (folder: string) =>
    Array.from({ length: 100_000 }, (_, index) => file(`${folder}/${index}.py`, '1', 9))
  const [source] = compareFiles(many('a'), many('b'))
  expect(source?.counts).toMatchObject({ added: 100_000, removed: 100_000, renamed: 0 })
})

test('paths are shown without control characters', () => {
  expect(summary([], [file('a\u202e.py', '1')])).toEqual(['added a\\u{202e}.py'])
})

const total = (before: SnapshotFile[], after: SnapshotFile[]) => {
  const sum = { added: 0, removed: 0, changed: 0, renamed: 0, unchanged: 0 }
  for (const { counts } of compareFiles(before, after)) {
    for (const kind of Object.keys(sum) as (keyof typeof sum)[]) sum[kind] += counts[kind]
  }
  return sum
}

test('files compared with themselves are all unchanged', () => {
  fc.assert(
    fc.property(files, (list) => {
      const groups = compareFiles(list, list.toReversed())
      expect(groups.map(({ counts }) => countDifferent(counts))).toEqual([0, 0, 0, 0])
      expect(total(list, list).unchanged).toBe(list.length)
    }),
  )
})

test('swapping the sides swaps added and removed, and every file is counted once', () => {
  fc.assert(
    fc.property(files, files, (before, after) => {
      const there = total(before, after)
      const back = total(after, before)
      expect(back).toEqual({ ...there, added: there.removed, removed: there.added })
      const { added, removed, changed, renamed, unchanged } = there
      expect(changed + renamed + unchanged + removed).toBe(before.length)
      expect(changed + renamed + unchanged + added).toBe(after.length)
    }),
  )
})
