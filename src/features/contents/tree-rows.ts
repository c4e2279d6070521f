import type { FolderListing, ListedFile, ListedFolder } from '../../bundle/contents/folder-index.ts'

/** A folder's contents, or how far reading them is. */
export type FolderState =
  | { status: 'ready'; listing: FolderListing }
  | { status: 'loading' }
  | { status: 'failed' }

type Placed = {
  /** Unlike any other row's. */
  key: string
  /** From 1. */
  level: number
  /** Place among its siblings, from 1. */
  position: number
  siblings: number
  /** The folder it is in; null for the root. */
  parent: string | null
}

export type FolderRow = Placed & { kind: 'folder'; entry: ListedFolder; isOpen: boolean }
export type FileRow = Placed & { kind: 'file'; entry: ListedFile }
/** Says something in place of a folder's contents. */
export type NoteRow = Placed & {
  kind: 'note'
  note: 'loading' | 'failed' | 'empty'
  parent: string
}
export type TreeRow = FolderRow | FileRow | NoteRow

/** What the root is called. */
export const rootName = 'All files'

export function rootEntry(state: FolderState | undefined): ListedFolder {
  const root = { name: rootName, path: '', size: 0, packedSize: 0, fileCount: 0 }
  if (state?.status !== 'ready') return root
  const { folders, files } = state.listing
  root.fileCount = files.length
  for (const { size, packedSize } of files) {
    root.size += size
    root.packedSize += packedSize
  }
  for (const { size, packedSize, fileCount } of folders) {
    root.size += size
    root.packedSize += packedSize
    root.fileCount += fileCount
  }
  return root
}

/**
 * The rows that a tree shows from top to bottom: the root, and whatever is in the open folders.
 *
 * @param folders what is known of each folder that was ever opened, by path
 */
export function treeRows(
  folders: ReadonlyMap<string, FolderState>,
  open: ReadonlySet<string>,
): TreeRow[] {
  const rows: TreeRow[] = []
  const place = (path: string, level: number, parent: string | null) => ({
    key: `/${path}`,
    level,
    parent,
  })

  // As deep as a path has segments, which the archive reader bounds.
  const addFolder = (entry: ListedFolder, placed: Placed) => {
    const isOpen = open.has(entry.path)
    rows.push({ ...placed, kind: 'folder', entry, isOpen })
    if (!isOpen) return
    const state = folders.get(entry.path) ?? { status: 'loading' }
    const level = placed.level + 1
    if (state.status !== 'ready') return addNote(entry.path, level, state.status)
    const { listing } = state
    const siblings = listing.folders.length + listing.files.length
    if (siblings === 0) return addNote(entry.path, level, 'empty')
    let position = 0
    for (const folder of listing.folders) {
      position += 1
      addFolder(folder, { ...place(folder.path, level, entry.path), position, siblings })
    }
    for (const file of listing.files) {
      position += 1
      const placedFile = { ...place(file.path, level, entry.path), position, siblings }
      rows.push({ ...placedFile, kind: 'file', entry: file })
    }
  }
  const addNote = (parent: string, level: number, note: NoteRow['note']) => {
    // No path has two slashes in a row.
    rows.push({ key: `//${parent}`, level, parent, position: 1, siblings: 1, kind: 'note', note })
  }

  addFolder(rootEntry(folders.get('')), { ...place('', 1, null), position: 1, siblings: 1 })
  return rows
}

/** The path that a row is about; null for a note. */
export function pathOf(row: TreeRow): string | null {
  return row.kind === 'note' ? null : row.entry.path
}

/** The next row, from `from` on and around, whose name begins with the text, whatever the case. Null where none does. */
export function findByPrefix(rows: readonly TreeRow[], from: number, text: string): number | null {
  const wanted = text.toLowerCase()
  for (let step = 0; step < rows.length; step++) {
    const index = (from + step) % rows.length
    const row = rows[index]
    if (row === undefined || row.kind === 'note') continue
    if (row.entry.name.slice(0, text.length).toLowerCase() === wanted) return index
  }
  return null
}
