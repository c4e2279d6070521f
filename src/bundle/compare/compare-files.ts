import { compareText } from '../finding.ts'
import { showName } from '../zip/entry-name.ts'
import type { SnapshotFile } from './snapshot.ts'

/** What a file is for: Python source, what browsers are shown, data, or anything else. */
export type FileRole = 'source' | 'static' | 'data' | 'other'
export type FileChangeKind = 'added' | 'removed' | 'changed' | 'renamed'

/** Paths are safe to show; sizes are bytes, null where there was or is no such file. */
export type FileChange = {
  path: string
  kind: FileChangeKind
  /** The old path of a renamed file. */
  from: string | null
  sizeBefore: number | null
  sizeAfter: number | null
}

export type FileCounts = Record<FileChangeKind | 'unchanged', number>

export type FileGroup = {
  role: FileRole
  /** Of all files, exactly. */
  counts: FileCounts
  /** All unpacked files of the role together. */
  bytesBefore: number
  bytesAfter: number
  /** By path, at most `MAX_FILE_CHANGES`. */
  changes: FileChange[]
  /** How many further ones there are. */
  more: number
}

/** File changes kept for each role. */
export const MAX_FILE_CHANGES = 100

export const FILE_ROLES: readonly FileRole[] = ['source', 'static', 'data', 'other']

/**
 * Compares the files by size and CRC-32, in linear time but for sorting what changed. A renamed
 * file is one that went and one that came with the same contents, where no other did; empty files
 * are never taken for renamed. A CRC-32 tells versions apart, it doesn't protect against forgery.
 */
export function compareFiles(
  before: readonly SnapshotFile[],
  after: readonly SnapshotFile[],
): FileGroup[] {
  const groups = new Map(FILE_ROLES.map((role) => [role, emptyGroup(role)]))
  const groupOf = (path: string) => groups.get(roleOf(path)) ?? emptyGroup('other')
  const old = new Map(before.map((file) => [file.path, file]))
  const now = new Map(after.map((file) => [file.path, file]))
  const added: SnapshotFile[] = []
  for (const file of now.values()) {
    const group = groupOf(file.path)
    group.bytesAfter += file.size
    const previous = old.get(file.path)
    if (previous === undefined) added.push(file)
    else if (contentsOf(previous) === contentsOf(file)) group.counts.unchanged++
    else group.changes.push(changeOf(previous, file))
  }
  const removed: SnapshotFile[] = []
  for (const file of old.values()) {
    groupOf(file.path).bytesBefore += file.size
    if (!now.has(file.path)) removed.push(file)
  }
  const origins = findOrigins(removed, added)
  const moved = new Set(origins.values())
  for (const file of added) {
    groupOf(file.path).changes.push(changeOf(origins.get(file), file))
  }
  for (const file of removed) {
    if (!moved.has(file)) groupOf(file.path).changes.push(changeOf(file, undefined))
  }
  return [...groups.values()].map(finish)
}

/** How many files are not as they were. */
export function countDifferent({ added, removed, changed, renamed }: FileCounts): number {
  return added + removed + changed + renamed
}

function emptyGroup(role: FileRole): FileGroup {
  const counts = { added: 0, removed: 0, changed: 0, renamed: 0, unchanged: 0 }
  return { role, counts, bytesBefore: 0, bytesAfter: 0, changes: [], more: 0 }
}

function finish(group: FileGroup): FileGroup {
  const { counts, changes } = group
  for (const { kind } of changes) counts[kind]++
  const kept = changes
    .toSorted((a, b) => compareText(a.path, b.path))
    .slice(0, MAX_FILE_CHANGES)
    .map((change) => ({
      ...change,
      path: showName(change.path),
      from: change.from === null ? null : showName(change.from),
    }))
  return { ...group, changes: kept, more: changes.length - kept.length }
}

function contentsOf({ size, crc32 }: SnapshotFile): string {
  return `${size} ${crc32}`
}

function changeOf(before: SnapshotFile | undefined, after: SnapshotFile | undefined): FileChange {
  const isRenamed = before !== undefined && after !== undefined && before.path !== after.path
  return {
    path: after?.path ?? before?.path ?? '',
    kind:
      before === undefined
        ? 'added'
        : after === undefined
          ? 'removed'
          : isRenamed
            ? 'renamed'
            : 'changed',
    from: isRenamed ? before.path : null,
    sizeBefore: before?.size ?? null,
    sizeAfter: after?.size ?? null,
  }
}

/** For each added file that is a renamed one, what it was before. */
function findOrigins(
  removed: readonly SnapshotFile[],
  added: readonly SnapshotFile[],
): Map<SnapshotFile, SnapshotFile> {
  const gone = byContents(removed)
  const origins = new Map<SnapshotFile, SnapshotFile>()
  for (const [contents, file] of byContents(added)) {
    const origin = gone.get(contents)
    if (file !== null && origin !== null && origin !== undefined) origins.set(file, origin)
  }
  return origins
}

/** The one file of each contents; null where there are several. */
function byContents(files: readonly SnapshotFile[]): Map<string, SnapshotFile | null> {
  const found = new Map<string, SnapshotFile | null>()
  for (const file of files) {
    if (file.size === 0) continue
    const contents = contentsOf(file)
    found.set(contents, found.has(contents) ? null : file)
  }
  return found
}

const WEB = new Set(
  'avif css eot gif htm html ico jpeg jpg js map mjs png svg ttf webp woff woff2'.split(' '),
)
const DATA = new Set(
  'arrow avro bin bz2 csv db feather gz h5 hdf5 jay joblib json jsonl mojo npy npz onnx orc parquet pickle pkl pt pth safetensors sqlite sqlite3 tar tsv xls xlsx xz zip zst'.split(
    ' ',
  ),
)

/** By the extension, and for `static/` and `data/` by the folder at the root. */
export function roleOf(path: string): FileRole {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  const extension = dot < 0 ? '' : name.slice(dot + 1).toLowerCase()
  if (extension === 'py') return 'source'
  if (path.startsWith('static/') || WEB.has(extension)) return 'static'
  if (path.startsWith('data/') || DATA.has(extension)) return 'data'
  return 'other'
}
