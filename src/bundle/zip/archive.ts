import { ArchiveError } from './archive-error.ts'
import { crc32 } from './crc32.ts'
import { showName } from './entry-name.ts'
import { capFindings, error, type Finding } from '../finding.ts'
import { inflate } from './inflate.ts'
import { MAX_DIRECTORY_BYTES, MAX_ENTRIES } from '../limits.ts'
import { openSource, type BlobLike, type Source } from './source.ts'
import { parseDirectory } from './directory.ts'
import type { ZipEntry } from './entry.ts'
import { byOffset, checkBomb, checkNames, checkOverlap, type Names } from './layout.ts'
import { openEntry, type EntryData } from './local-header.ts'
import { checkLocalHeaders } from './local-batch.ts'
import { readEndRecord, refusePrefix, type EndRecord } from './end-record.ts'

/** One file or folder of the archive. Folders carry no trailing slash in their `path`. */
export type Entry = ZipEntry

/** An archive that every program reads the same way. */
export type Archive = {
  /** In directory order. */
  readonly entries: readonly Entry[]
  /** Whether any path is in this folder, or names it. */
  hasFolder(path: string): boolean
  /** The entry of exactly this path (no trailing slash for folders). */
  get(path: string): Entry | undefined
  /**
   * The unpacked bytes of an entry, its size and checksum verified. Rejects with an ArchiveError
   * where they're wrong, or where the entry is larger than `maxBytes`.
   */
  read(entry: Entry, maxBytes: number): Promise<Uint8Array<ArrayBuffer>>
  /**
   * The unpacked bytes piece by piece, never more than the entry's size. Throws an ArchiveError
   * where size or checksum turn out wrong – the checksum only after the last piece.
   */
  stream(entry: Entry): AsyncGenerator<Uint8Array<ArrayBuffer>>
}

export type OpenOptions = {
  /**
   * Check the local headers of all entries, as whoever unpacks the archive must (the default).
   * False leaves out those of large archives until an entry is read, for a first look.
   */
  thorough?: boolean
}

/**
 * Opens a zip archive. It is refused (null, with at least one error among the findings) when two
 * programs could read it differently, or when unpacking it would be unsafe. Reads the end record,
 * the directory and the local headers, no data. Rejects only when the blob can't be read.
 */
export async function openArchive(
  blob: BlobLike,
  options: OpenOptions = {},
): Promise<{ archive: Archive | null; findings: Finding[] }> {
  const source = await openSource(blob)
  try {
    const { contents, findings } = await readContents(source, options.thorough ?? true)
    const refused = findings.some((finding) => finding.severity === 'error')
    return {
      archive: refused ? null : createArchive(contents),
      findings: capFindings(findings),
    }
  } catch (reason) {
    if (reason instanceof ArchiveError) return { archive: null, findings: [reason.finding] }
    throw reason
  }
}

type Contents = EntryData &
  Pick<Names, 'byPath' | 'folders'> & {
    entries: readonly ZipEntry[]
    /** The same entries in the order of their data. */
    sorted: readonly ZipEntry[]
    directoryOffset: number
  }

async function readContents(
  source: Source,
  thorough: boolean,
): Promise<{ contents: Contents; findings: Finding[] }> {
  const end = await readEndRecord(source)
  const { directoryOffset } = end
  checkLimits(end)
  const directory = await source.read(directoryOffset, directoryOffset + end.directorySize)
  const { entries, findings } = parseDirectory(directory, end)
  const { byPath, folders, findings: clashes } = checkNames(entries)
  const sorted = byOffset(entries)
  findings.push(...clashes, ...checkBomb(entries, source.size), ...checkOverlap(sorted))
  const contents = { source, directory, byPath, folders, entries, sorted, directoryOffset }
  // Where entries are missing from the list, their data would look like hidden bytes.
  if (findings.some((finding) => finding.severity === 'error')) return { contents, findings }
  const first = sorted[0]?.headerOffset ?? 0
  if (first > 0) refusePrefix(first)
  findings.push(...(await checkLocalHeaders(contents, sorted, directoryOffset, thorough)))
  return { contents, findings }
}

function checkLimits({ entryCount, directorySize, directoryOffset }: EndRecord): void {
  if (entryCount === 0 && directorySize === 0) {
    if (directoryOffset > 0) refusePrefix(directoryOffset)
    throw new ArchiveError(
      error(
        'archive.empty',
        'The archive has no files. Pack the folder of the app, with its app.toml.',
      ),
    )
  }
  if (entryCount > MAX_ENTRIES) {
    throw new ArchiveError(
      error(
        'archive.too-many-entries',
        `The archive has ${entryCount} entries; ${MAX_ENTRIES} is the limit. Leave out what the app doesn't need.`,
      ),
    )
  }
  if (directorySize > MAX_DIRECTORY_BYTES) {
    throw new ArchiveError(
      error(
        'archive.directory-too-large',
        'The directory of the archive is too large. Leave out what the app doesn’t need.',
      ),
    )
  }
}

const CHUNK_BYTES = 256 * 1024

function createArchive(contents: Contents): Archive {
  const { source, entries, sorted, byPath, folders, directoryOffset } = contents

  async function* compressed(entry: ZipEntry): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const next = offsetAfter(sorted, entry.headerOffset) ?? directoryOffset
    const { dataStart, head } = await openEntry(contents, entry, next)
    const dataEnd = dataStart + entry.compressedSize
    const ready = head.subarray(dataStart - entry.headerOffset, dataEnd - entry.headerOffset)
    if (ready.length > 0) yield ready
    for (let at = dataStart + ready.length; at < dataEnd; at += CHUNK_BYTES) {
      yield await source.read(at, Math.min(at + CHUNK_BYTES, dataEnd))
    }
  }

  async function* stream(entry: ZipEntry): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    if (entry.isFolder) return
    if (byPath.get(entry.path) !== entry)
      throw new TypeError('The entry belongs to another archive')
    const refuse = (code: string, message: string) =>
      new ArchiveError(error(code, message, { path: showName(entry.path) }))
    const data = compressed(entry)
    let size = 0
    let crc = 0
    try {
      for await (const chunk of entry.method === 'stored' ? data : inflate(data)) {
        size += chunk.length
        if (size > entry.size) break
        crc = crc32(chunk, crc)
        yield chunk
      }
    } catch (reason) {
      if (!(reason instanceof TypeError)) throw reason
      throw refuse(
        'archive.data-corrupt',
        'Its compressed data is damaged. Pack the archive again.',
      )
    }
    if (size !== entry.size) {
      throw refuse(
        'archive.size-mismatch',
        'It unpacks to another size than the archive says. Pack it again.',
      )
    }
    if (crc !== entry.crc32) {
      throw refuse(
        'archive.crc-mismatch',
        'Its contents don’t match their checksum. Pack the archive again.',
      )
    }
  }

  return {
    entries,
    get: (path) => byPath.get(path),
    hasFolder: (path) => folders.has(path),
    stream,
    async read(entry, maxBytes) {
      if (entry.size > maxBytes) {
        throw new ArchiveError(
          error(
            'archive.entry-too-large',
            `It has ${entry.size} bytes; ${maxBytes} is the limit here.`,
            { path: showName(entry.path) },
          ),
        )
      }
      const bytes = new Uint8Array(entry.size)
      let at = 0
      for await (const chunk of stream(entry)) {
        bytes.set(chunk, at)
        at += chunk.length
      }
      return bytes
    },
  }
}

// The next header after `offset`, by bisection.
function offsetAfter(sorted: readonly ZipEntry[], offset: number): number | undefined {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle]?.headerOffset ?? Infinity) <= offset) low = middle + 1
    else high = middle
  }
  return sorted[low]?.headerOffset
}
