import { compareText } from '../finding.ts'

/** A file or folder as its folder lists it. Sizes are bytes: unpacked, and what it takes in the archive. */
export type ListedFile = { name: string; path: string; size: number; packedSize: number }
export type ListedFolder = ListedFile & { fileCount: number }

/** One folder's contents, folders and files each by name. */
export type FolderListing = { folders: ListedFolder[]; files: ListedFile[] }

/** A file or folder, with what it weighs unpacked. */
export type HeavyEntry = { path: string; size: number; isFolder: boolean }

type IndexedFile = {
  readonly path: string
  readonly isFolder: boolean
  readonly size: number
  readonly compressedSize: number
}

type Folder = {
  readonly path: string
  readonly folders: Map<string, Folder>
  readonly files: IndexedFile[]
  size: number
  packedSize: number
  fileCount: number
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

function emptyFolder(path: string): Folder {
  return { path, folders: new Map(), files: [], size: 0, packedSize: 0, fileCount: 0 }
}

/** An archive's entries by folder, with what each folder weighs. Built in one pass, asked a folder at a time. */
export class FolderIndex {
  readonly #root = emptyFolder('')

  constructor(entries: Iterable<IndexedFile>) {
    for (const entry of entries) this.#add(entry)
  }

  #add(entry: IndexedFile): void {
    const segments = entry.path.split('/')
    const name = entry.isFolder ? undefined : segments.pop()
    let folder = this.#root
    this.#weigh(folder, entry)
    for (const segment of segments) {
      const path = folder.path === '' ? segment : `${folder.path}/${segment}`
      let next = folder.folders.get(segment)
      if (next === undefined) {
        next = emptyFolder(path)
        folder.folders.set(segment, next)
      }
      folder = next
      this.#weigh(folder, entry)
    }
    if (name !== undefined) folder.files.push(entry)
  }

  #weigh(folder: Folder, { size, compressedSize, isFolder }: IndexedFile): void {
    folder.size += size
    folder.packedSize += compressedSize
    if (!isFolder) folder.fileCount += 1
  }

  #find(path: string): Folder | undefined {
    let folder: Folder | undefined = this.#root
    if (path === '') return folder
    for (const segment of path.split('/')) folder = folder?.folders.get(segment)
    return folder
  }

  /** One folder's contents, by name; empty where there is no such folder. */
  list(path: string): FolderListing {
    const folder = this.#find(path)
    if (folder === undefined) return { folders: [], files: [] }
    return {
      folders: [...folder.folders]
        .map(([name, { path, size, packedSize, fileCount }]) => ({
          name,
          path,
          size,
          packedSize,
          fileCount,
        }))
        .toSorted((a, b) => compareText(a.name, b.name)),
      files: folder.files
        .map(({ path, size, compressedSize }) => ({
          name: nameOf(path),
          path,
          size,
          packedSize: compressedSize,
        }))
        .toSorted((a, b) => compareText(a.name, b.name)),
    }
  }

  /** The largest files and folders without the root, at most `limit`. */
  heaviest(limit: number): HeavyEntry[] {
    const all: HeavyEntry[] = []
    const waiting = [this.#root]
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      if (folder !== this.#root) all.push({ path: folder.path, size: folder.size, isFolder: true })
      for (const { path, size } of folder.files) all.push({ path, size, isFolder: false })
      waiting.push(...folder.folders.values())
    }
    return all
      .toSorted((a, b) => b.size - a.size || compareText(a.path, b.path))
      .slice(0, Math.max(0, limit))
  }
}
