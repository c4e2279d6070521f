import { expect, test } from 'vitest'
import type { FolderListing } from '../../bundle/contents/folder-index.ts'
import { type FolderState, findByPrefix, pathOf, treeRows } from './tree-rows.ts'

const file = (path: string, size = 10) => ({
  name: path.slice(path.lastIndexOf('/') + 1),
  path,
  size,
  packedSize: 5,
})

const ready = (listing: Partial<FolderListing>): FolderState => ({
  status: 'ready',
  listing: { folders: [], files: [], ...listing },
})

const root = ready({ folders: [{ ...file('data', 30), fileCount: 3 }], files: [file('app.toml')] })

test('open folders show what is in them, each row with its place', () => {
  const folders = new Map([
    ['', root],
    ['data', ready({ files: [file('data/a.csv'), file('data/b.csv')] })],
  ])
  const rows = treeRows(folders, new Set(['', 'data']))
  expect(rows.map(pathOf)).toEqual(['', 'data', 'data/a.csv', 'data/b.csv', 'app.toml'])
  expect(rows.map(({ level }) => level)).toEqual([1, 2, 3, 3, 2])
  expect(rows.map(({ position, siblings }) => `${position}/${siblings}`)).toEqual([
    '1/1',
    '1/2',
    '1/2',
    '2/2',
    '2/2',
  ])
  expect(rows[0]).toMatchObject({ entry: { size: 40, packedSize: 10, fileCount: 4 } })
})

test('closed folders keep theirs', () => {
  expect(treeRows(new Map([['', root]]), new Set(['']))).toHaveLength(3)
  expect(treeRows(new Map([['', root]]), new Set())).toHaveLength(1)
})

test.each([
  ['loading', undefined],
  ['failed', { status: 'failed' } satisfies FolderState],
  ['empty', ready({})],
] as const)('a folder that is %s says so in its place', (note, state) => {
  const folders = new Map<string, FolderState>([['', root]])
  if (state !== undefined) folders.set('data', state)
  expect(treeRows(folders, new Set(['', 'data']))[2]).toMatchObject({
    kind: 'note',
    note,
    parent: 'data',
    level: 3,
  })
})

test('typing finds the next row whose name begins so, and goes around', () => {
  const rows = treeRows(new Map([['', root]]), new Set(['']))
  expect(findByPrefix(rows, 0, 'APP')).toBe(2)
  expect(findByPrefix(rows, 2, 'd')).toBe(1)
  expect(findByPrefix(rows, 0, 'x')).toBeNull()
})
