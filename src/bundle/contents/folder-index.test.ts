import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FolderIndex } from './folder-index.ts'

const file = (path: string, size: number) => ({
  path,
  size,
  compressedSize: size / 2,
  isFolder: false,
})

test('a folder lists what lies directly in it, with what its folders weigh', () => {
  const index = new FolderIndex([file('b.py', 4), file('a/x.py', 10), file('a/deep/y.py', 20)])
  expect(index.list('')).toEqual({
    folders: [{ name: 'a', path: 'a', size: 30, packedSize: 15, fileCount: 2 }],
    files: [{ name: 'b.py', path: 'b.py', size: 4, packedSize: 2 }],
  })
  expect(index.list('a').files.map(({ path }) => path)).toEqual(['a/x.py'])
  expect(index.list('nowhere')).toEqual({ folders: [], files: [] })
})

test('an empty folder is there', () => {
  const index = new FolderIndex([{ path: 'a/b', size: 0, compressedSize: 0, isFolder: true }])
  expect(index.list('a').folders.map(({ path }) => path)).toEqual(['a/b'])
})

test('the heaviest come first, folders among files', () => {
  const index = new FolderIndex([file('a/x', 3), file('a/y', 4), file('z', 5)])
  expect(index.heaviest(3)).toEqual([
    { path: 'a', size: 7, isFolder: true },
    { path: 'z', size: 5, isFolder: false },
    { path: 'a/y', size: 4, isFolder: false },
  ])
})

test('every file is found once by walking down, and nothing weighs more than its parts', () => {
  const segment = fc.stringMatching(/^[a-z]{1,2}$/)
  const path = fc
    .array(segment, { minLength: 1, maxLength: 4 })
    .map((parts) => `${parts.join('/')}.f`)
  fc.assert(
    fc.property(fc.uniqueArray(path, { maxLength: 40 }), (paths) => {
      const index = new FolderIndex(paths.map((each, at) => file(each, at)))
      const found: string[] = []
      let size = 0
      const walk = (folder: string) => {
        const { folders, files } = index.list(folder)
        found.push(...files.map((each) => each.path))
        size += files.reduce((sum, each) => sum + each.size, 0)
        for (const each of folders) walk(each.path)
      }
      walk('')
      expect(found.toSorted()).toEqual(paths.toSorted())
      expect(size).toBe(paths.reduce((sum, _, at) => sum + at, 0))
    }),
  )
})
