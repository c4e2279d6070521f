import { ArchiveError } from './archive-error.ts'
import { crc32 } from './crc32.ts'
import { checkData, checkSums, damaged, inflateWhole, isSmall } from './entry-data.ts'
import type { EntryList, NameTests } from './entry-list.ts'
import { showName } from './entry-name.ts'
import type { ZipEntry } from './entry.ts'
import { error, type Finding } from '../finding.ts'
import { inflateSmall } from './inflate-small.ts'
import { inflate } from './inflate.ts'
import { byOffset, type Names } from './layout.ts'
import { HEAD_READ, openEntry, type EntryData } from './local-header.ts'
import { verify, type VerifyOptions } from './verify.ts'

/** One file or folder of the archive. Folders carry no trailing slash in their `path`. */
export type Entry = ZipEntry

/** An archive that every program reads the same way. */
export type Archive = {
  /** In directory order. Making them takes a while where they're many: see the other ways in. */
  readonly entries: readonly Entry[]
  /** Bytes and counts of them all. */
  readonly totals: { entryCount: number; fileCount: number; unpackedSize: number }
  /** Whether any path is in this folder, or names it. */
  hasFolder(path: string): boolean
  /** The files that lie directly in a folder, '' for the root. */
  filesIn(folder: string): Entry[]
  /** The entries of more than `bytes`. */
  largerThan(bytes: number): Entry[]
  /** The files that pass one of the tests; some whose names are unusual come along without. */
  select(tests: NameTests): Entry[]
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
  /** Starts reading the beginnings of a few entries that are wanted soon, all at once. */
  prefetch(entries: readonly Entry[]): void
  /** The first bytes of an entry, at most `maxBytes`. The checksum isn't verified. */
  readStart(entry: Entry, maxBytes: number): Promise<Uint8Array<ArrayBuffer>>
  /**
   * Reads everything once, and reports every header, size and checksum that differs from the
   * directory: what a first look leaves out. Rejects when the signal aborts.
   */
  verify(options?: VerifyOptions): Promise<Finding[]>
}

export type Contents = EntryData &
  Pick<Names, 'byPath' | 'folders'> & {
    entries: EntryList
    /** Where headers are, ascending. */
    headerOffsets: Float64Array
    directoryOffset: number
  }

const CHUNK_BYTES = 256 * 1024

/** The ways into an archive whose directory was found to be in order. */
export function createArchive(contents: Contents): Archive {
  const { source, entries, byPath, folders, directoryOffset } = contents

  /** The entry's checked local header and the first bytes after it. */
  async function open(entry: ZipEntry): Promise<OpenedEntry> {
    if (byPath.get(entry.path) !== entry)
      throw new TypeError('The entry belongs to another archive')
    const { dataStart, head } = await openEntry(contents, entry, endOf(contents, entry))
    const dataEnd = dataStart + entry.compressedSize
    const start = head.subarray(dataStart - entry.headerOffset, dataEnd - entry.headerOffset)
    return { dataStart, dataEnd, start }
  }

  async function* compressed(opened: OpenedEntry): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const { dataStart, dataEnd, start } = opened
    if (start.length > 0) yield start
    for (let at = dataStart + start.length; at < dataEnd; at += CHUNK_BYTES) {
      yield await source.read(at, Math.min(at + CHUNK_BYTES, dataEnd))
    }
  }

  async function* stream(entry: ZipEntry): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    if (entry.isFolder) return
    if (isSmall(entry)) {
      const bytes = await readSmall(entry)
      if (bytes.length > 0) yield bytes
      return
    }
    const data = compressed(await open(entry))
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
      throw reason instanceof TypeError ? damaged(entry) : reason
    }
    checkSums(entry, size, crc)
  }

  async function readSmall(entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
    const { dataStart, dataEnd, start } = await open(entry)
    const isWhole = start.length === dataEnd - dataStart
    const bytes = inflateWhole(entry, isWhole ? start : await source.read(dataStart, dataEnd))
    checkData(entry, bytes)
    return bytes
  }

  return {
    get entries() {
      return entries.all()
    },
    totals: {
      entryCount: entries.length,
      fileCount: entries.fileCount,
      unpackedSize: entries.unpackedSize,
    },
    get: (path) => byPath.get(path),
    hasFolder: (path) => folders.has(path),
    filesIn: (folder) => listFiles(entries, folder),
    largerThan: (bytes) => entries.largerThan(bytes),
    select: (tests) => entries.select(tests),
    stream,
    prefetch: (wanted) =>
      source.prefetch(
        wanted.map((entry) => ({
          start: entry.headerOffset,
          end: Math.min(endOf(contents, entry), entry.headerOffset + HEAD_READ),
        })),
      ),
    verify: (options) =>
      verify({ ...contents, sorted: byOffset(entries), directoryOffset, stream }, options),
    async readStart(entry, maxBytes) {
      const wanted = Math.min(maxBytes, entry.size)
      if (entry.isFolder) return new Uint8Array()
      const opened = await open(entry)
      const { start } = opened
      if (entry.method === 'stored') {
        if (start.length >= wanted) return start.subarray(0, wanted)
      } else {
        const bytes = inflateStart(entry, start, wanted)
        if (bytes.length >= wanted) return bytes
      }
      const bytes = new Uint8Array(wanted)
      let at = 0
      for await (const chunk of stream(entry)) {
        const taken = chunk.subarray(0, wanted - at)
        bytes.set(taken, at)
        at += taken.length
        if (at >= wanted) break
      }
      return bytes.subarray(0, at)
    },
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
      if (!entry.isFolder && isSmall(entry)) return readSmall(entry)
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

type OpenedEntry = {
  dataStart: number
  dataEnd: number
  /** The first bytes of the data, all of them where they're few. */
  start: Uint8Array<ArrayBuffer>
}

function inflateStart(
  entry: ZipEntry,
  packed: Uint8Array,
  maxBytes: number,
): Uint8Array<ArrayBuffer> {
  try {
    return inflateSmall(packed, maxBytes).bytes
  } catch (reason) {
    throw reason instanceof TypeError ? damaged(entry) : reason
  }
}

function listFiles(entries: EntryList, wanted: string): ZipEntry[] {
  const files: ZipEntry[] = []
  for (const { start, end, folder } of entries.runs()) {
    if (folder !== wanted) continue
    for (let index = start; index < end; index++) {
      const entry = entries.at(index)
      if (entry?.isFolder === false) files.push(entry)
    }
  }
  return files
}

// Where the next header is, by bisection, or the directory.
export function endOf(
  { headerOffsets, directoryOffset }: Contents,
  { headerOffset }: ZipEntry,
): number {
  let low = 0
  let high = headerOffsets.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((headerOffsets[middle] ?? Infinity) <= headerOffset) low = middle + 1
    else high = middle
  }
  return headerOffsets[low] ?? directoryOffset
}
