import type { FolderListing, HeavyEntry } from '../../bundle/contents/folder-index.ts'

/** What the explorer asks of a bundle. Paths are as in the archive, '' for the root; what can't be read rejects. */
export type BundleReader = {
  listFolder(path: string): Promise<FolderListing>
  /** The largest files and folders, the largest first. */
  heaviest(limit: number): Promise<HeavyEntry[]>
  /** The beginning of a text; null where it isn't text. */
  readText(path: string, maxBytes: number): Promise<{ text: string; isCut: boolean } | null>
  /** An image typed by its bytes; null for what is none, or too large to be read. */
  readImage(path: string): Promise<Blob | null>
}

/** The folders a path lies in, from the root ('') on. The root lies in none. */
export function foldersAbove(path: string): string[] {
  if (path === '') return []
  const folders = ['']
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    folders.push(path.slice(0, at))
  }
  return folders
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
