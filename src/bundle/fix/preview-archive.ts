import { ArchiveError } from '../zip/archive-error.ts'
import type { Archive, Entry } from '../zip/archive.ts'
import { crc32 } from '../zip/crc32.ts'
import { showName } from '../zip/entry-name.ts'
import { error } from '../finding.ts'
import { ChangeError } from './fix.ts'
import type { Part } from './parts.ts'

/**
 * An archive as it would be, without making it: to see what the inspector says about a change. Its
 * entries tell nothing about places in a file. Throws a ChangeError where two parts have the same path.
 */
export function previewArchive(archive: Archive, parts: readonly Part[]): Archive {
  const byPath = new Map<string, Entry>()
  const folders = new Set<string>()
  const origins = new Map<Entry, Part>()
  const entries = parts.map((part) => {
    const entry = entryOf(part)
    const other = byPath.get(entry.path)
    if (other === undefined) byPath.set(entry.path, entry)
    else if (!other.isFolder || !entry.isFolder)
      throw new ChangeError(`Two files would be named "${showName(entry.path)}"`)
    origins.set(entry, part)
    if (entry.isFolder) folders.add(entry.path)
    for (let at = entry.path.lastIndexOf('/'); at > 0; at = entry.path.lastIndexOf('/', at - 1)) {
      folders.add(entry.path.slice(0, at))
    }
    return entry
  })
  for (const folder of folders) {
    if (byPath.get(folder)?.isFolder === false)
      throw new ChangeError(`"${showName(folder)}" would be a file and a folder`)
  }

  /** What a part holds anew, or the entry to ask the old archive for. */
  function origin(entry: Entry): { bytes: Uint8Array<ArrayBuffer> } | { from: Entry } {
    const part = origins.get(entry)
    if (part === undefined) throw new TypeError('The entry belongs to another archive')
    return part.from !== null && part.bytes === null
      ? { from: part.from }
      : { bytes: part.bytes ?? new Uint8Array() }
  }

  return {
    entries,
    totals: {
      entryCount: entries.length,
      fileCount: entries.filter(({ isFolder }) => !isFolder).length,
      unpackedSize: entries.reduce((sum, { size }) => sum + size, 0),
    },
    get: (path) => byPath.get(path),
    hasFolder: (path) => folders.has(path),
    filesIn: (folder) =>
      entries.filter(({ path, isFolder }) => !isFolder && parentOf(path) === folder),
    largerThan: (bytes) => entries.filter(({ size }) => size > bytes),
    select: () => entries.filter(({ isFolder }) => !isFolder),
    prefetch(wanted) {
      const known = wanted.map(origin)
      archive.prefetch(known.flatMap((part) => ('from' in part ? [part.from] : [])))
    },
    verify: (options) => archive.verify(options),
    async *stream(entry) {
      const known = origin(entry)
      if ('bytes' in known) yield known.bytes
      else yield* archive.stream(known.from)
    },
    async readStart(entry, maxBytes) {
      const known = origin(entry)
      return 'bytes' in known
        ? known.bytes.subarray(0, maxBytes)
        : archive.readStart(known.from, maxBytes)
    },
    async read(entry, maxBytes) {
      const known = origin(entry)
      if ('from' in known) return archive.read(known.from, maxBytes)
      if (known.bytes.length <= maxBytes) return known.bytes
      throw new ArchiveError(
        error('archive.entry-too-large', `It has more than ${maxBytes} bytes.`, {
          path: showName(entry.path),
        }),
      )
    },
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

function entryOf({ path, from, bytes }: Part): Entry {
  if (from !== null && bytes === null) {
    if (from.path === path) return from
    // Entries read themselves when asked, so that nothing of them can be spread.
    const { isFolder, size, compressedSize, method, mode, flags } = from
    return {
      path,
      isFolder,
      size,
      compressedSize,
      crc32: from.crc32,
      method,
      mode,
      flags,
      headerOffset: from.headerOffset,
      nameStart: from.nameStart,
      nameLength: from.nameLength,
    }
  }
  const size = bytes?.length ?? 0
  return {
    path,
    isFolder: false,
    size,
    compressedSize: size,
    crc32: bytes === null ? 0 : crc32(bytes),
    method: 'stored',
    mode: from?.mode ?? 0,
    flags: 0,
    headerOffset: 0,
    nameStart: 0,
    nameLength: 0,
  }
}
