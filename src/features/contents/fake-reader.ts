import { FolderIndex } from '../../bundle/contents/folder-index.ts'
import type { BundleReader } from './bundle-reader.ts'

/** A file of a bundle that is none: its text, its picture, or the size of bytes that nobody reads. */
export type FakeFile = string | Blob | number

/** A bundle in memory. For tests. */
export function fakeReader(files: Readonly<Record<string, FakeFile>>): BundleReader {
  const sizeOf = (file: FakeFile) => {
    if (typeof file === 'number') return file
    return typeof file === 'string' ? new TextEncoder().encode(file).length : file.size
  }
  const index = new FolderIndex(
    Object.entries(files).map(([path, file]) => {
      const size = sizeOf(file)
      return { path, isFolder: false, size, compressedSize: Math.ceil(size / 2) }
    }),
  )
  return {
    listFolder: async (path) => index.list(path),
    heaviest: async (limit) => index.heaviest(limit),
    async readText(path, maxBytes) {
      const file = files[path]
      if (typeof file !== 'string') return null
      return { text: file.slice(0, maxBytes), isCut: sizeOf(file) > maxBytes }
    },
    async readImage(path) {
      const file = files[path]
      return file instanceof Blob ? file : null
    },
  }
}
