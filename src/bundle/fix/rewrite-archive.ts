import {
  directoryHeader,
  endRecords,
  FIXED_TIME,
  localHeader,
  MADE_BY_UNIX,
  PLAIN_FILE,
  type EntryRecord,
} from '../pack/zip-records.ts'
import { ByteView } from '../zip/bytes.ts'
import { crc32 } from '../zip/crc32.ts'
import { pathTooLong, showName, unsafePath } from '../zip/entry-name.ts'
import { readEndRecord } from '../zip/end-record.ts'
import { openSource, type BlobLike, type Source } from '../zip/source.ts'
import type { Archive, Entry } from '../zip/archive.ts'
import { ChangeError } from './fix.ts'
import { ArchiveOutput, type Piece } from './archive-output.ts'
import type { Part } from './parts.ts'

const FLAG_DESCRIPTOR = 1 << 3
const FLAG_UTF8 = 1 << 11
const MARK_32 = 0xffffffff
const LOCAL_BYTES = 30
const DIRECTORY_BYTES = 46

/** A part of the old archive. Offsets are of the old archive. */
type Kept = {
  part: Part
  entry: Entry
  /** The next header, or the directory. */
  next: number
  /** Null where header and data are copied as they are. */
  record: EntryRecord | null
}

/** The directory of the old archive, and where each entry's header is in it. */
type Directory = { view: ByteView; headers: ReadonlyMap<Entry, number> }

/**
 * Makes an archive of entries of an old one and of new contents. Compressed data is taken over as it
 * is, by slices of the blob: what keeps its header costs nothing, however large. New contents are
 * stored, which gives the same bytes in every browser. Kept entries keep time and attributes; new
 * ones have fixed ones. The result has no descriptors, names outside of ASCII are marked as UTF-8,
 * extra fields of the directory and comments are dropped. Zip64 where needed: APPNOTE 6.3.10,
 * section 4.5.3.
 *
 * `archive` must have been opened from `blob`. Rejects with a ChangeError where it wasn't, where two
 * parts have the same path, or where one is unsafe. Node's Blob ends at 4 GiB: see `writeArchive`.
 */
export async function rewriteArchive(
  blob: Blob,
  archive: Archive,
  parts: readonly Part[],
): Promise<Blob> {
  const pieces: Blob[] = []
  // A browser keeps blobs outside of the page's memory, on disk where they're many.
  await writeArchive(blob, archive, parts, (piece) =>
    pieces.push('start' in piece ? blob.slice(piece.start, piece.end) : new Blob([piece])),
  )
  return new Blob(pieces, { type: blob.type })
}

/** What `rewriteArchive` makes, in pieces to be written one after another, whatever the size. */
export async function writeArchive(
  blob: BlobLike,
  archive: Archive,
  parts: readonly Part[],
  emit: (piece: Piece) => void,
): Promise<void> {
  checkPaths(parts)
  const source = await openSource(blob)
  const { directoryOffset, directorySize } = await readEndRecord(source)
  const directory = await source.read(directoryOffset, directoryOffset + directorySize)
  const old = findHeaders(directory, archive.entries)
  const kept = keptInOrder(parts, archive.entries, old, directoryOffset)
  const reader = new HeadReader(source, kept)
  const output = new ArchiveOutput(emit)
  const headers = new Map<Part, Uint8Array<ArrayBuffer>>()
  for (const [index, { part, entry, record, next }] of kept.entries()) {
    const offset = output.size
    if (record === null) {
      headers.set(part, copyHeader(old, entry, offset))
      output.copy(entry.headerOffset, next)
      continue
    }
    headers.set(part, directoryHeader(record, offset))
    output.add(localHeader(record))
    if (part.bytes !== null) output.add(part.bytes)
    else if (entry.compressedSize > 0) {
      const { dataStart, data } = await reader.open(index)
      if (data === null) output.copy(dataStart, dataStart + entry.compressedSize)
      else output.add(data)
    }
  }
  for (const part of parts) {
    if (part.from !== null || part.bytes === null) continue
    const record = newRecord(part.path, part.bytes)
    headers.set(part, directoryHeader(record, output.size))
    output.add(localHeader(record))
    output.add(part.bytes)
  }
  const start = output.size
  for (const part of parts) output.add(headers.get(part) ?? new Uint8Array())
  output.add(endRecords(headers.size, output.size - start, start))
  output.finish()
}

function checkPaths(parts: readonly Part[]): void {
  const kinds = new Map<string, boolean>()
  for (const { path, from, bytes } of parts) {
    if (path !== from?.path) {
      const unsafe = unsafePath(path)
      if (unsafe !== null) throw new ChangeError(`The path "${showName(path)}" ${unsafe}`)
      if (pathTooLong(path)) throw new ChangeError(`The path "${showName(path)}" is too long`)
    }
    if (from === null && bytes === null)
      throw new ChangeError(`"${showName(path)}" has no contents`)
    const isFolder = from?.isFolder ?? false
    const other = kinds.get(path)
    // A folder may be listed twice.
    if (other !== undefined && !(other && isFolder))
      throw new ChangeError(`Two files would be named "${showName(path)}"`)
    kinds.set(path, isFolder)
  }
}

function findHeaders(bytes: Uint8Array, entries: readonly Entry[]): Directory {
  const view = new ByteView(bytes)
  const headers = new Map<Entry, number>()
  let at = 0
  for (const entry of entries) {
    const offset = at + DIRECTORY_BYTES <= bytes.length ? view.u32(at + 42) : -1
    if (offset !== entry.headerOffset && offset !== MARK_32)
      throw new ChangeError('The archive was opened from another file')
    headers.set(entry, at)
    at += DIRECTORY_BYTES + view.u16(at + 28) + view.u16(at + 30) + view.u16(at + 32)
  }
  return { view, headers }
}

// Sorted by where they are in the old archive.
function keptInOrder(
  parts: readonly Part[],
  entries: readonly Entry[],
  old: Directory,
  directoryOffset: number,
): Kept[] {
  const starts = entries.map((entry) => entry.headerOffset).toSorted((a, b) => a - b)
  const next = new Map(starts.map((start, index) => [start, starts[index + 1] ?? directoryOffset]))
  const kept: Kept[] = []
  for (const part of parts) {
    const entry = part.from
    if (entry === null) continue
    const record = isVerbatim(part, entry) ? null : changedRecord(part, entry, old)
    kept.push({ part, entry, record, next: next.get(entry.headerOffset) ?? directoryOffset })
  }
  return kept.toSorted((a, b) => a.entry.headerOffset - b.entry.headerOffset)
}

function isVerbatim(part: Part, entry: Entry): boolean {
  const { path, flags, isFolder, nameLength } = entry
  // One byte for each UTF-16 unit: the name is ASCII.
  const isMarked = (flags & FLAG_UTF8) !== 0 || nameLength === path.length + (isFolder ? 1 : 0)
  const isNamed = part.path === path && isMarked
  return isNamed && part.bytes === null && (flags & FLAG_DESCRIPTOR) === 0
}

function changedRecord(part: Part, entry: Entry, { view, headers }: Directory): EntryRecord {
  const at = headers.get(entry)
  if (at === undefined) throw new ChangeError('The entry belongs to another archive')
  const kept = {
    ...newRecord(entry.isFolder ? `${part.path}/` : part.path, part.bytes ?? new Uint8Array()),
    time: view.u32(at + 12),
    madeBy: view.u16(at + 4),
    attributes: view.u32(at + 38),
  }
  if (part.bytes !== null) return kept
  const { method, crc32, compressedSize, size } = entry
  return { ...kept, method, crc32, compressedSize, size }
}

function newRecord(name: string, bytes: Uint8Array): EntryRecord {
  return {
    name: new TextEncoder().encode(name),
    method: 'stored',
    crc32: crc32(bytes),
    compressedSize: bytes.length,
    size: bytes.length,
    time: FIXED_TIME,
    madeBy: MADE_BY_UNIX,
    attributes: PLAIN_FILE,
  }
}

// The old header with another offset, without extra fields and comment.
function copyHeader(old: Directory, entry: Entry, offset: number): Uint8Array<ArrayBuffer> {
  const at = old.headers.get(entry)
  if (at === undefined) throw new ChangeError('The entry belongs to another archive')
  const isWide = Math.max(offset, entry.size, entry.compressedSize) >= MARK_32
  if (isWide || old.view.u32(at + 42) === MARK_32) {
    const part = { path: entry.path, from: entry, bytes: null }
    return directoryHeader(changedRecord(part, entry, old), offset)
  }
  const header = new Uint8Array(DIRECTORY_BYTES + entry.nameLength)
  header.set(old.view.bytes.subarray(at, at + header.length))
  const view = new DataView(header.buffer)
  // The lengths of both, and the disk, which zip64 may have marked.
  view.setUint32(30, 0)
  view.setUint16(34, 0)
  view.setUint32(42, offset, true)
  return header
}

// Neighbours closer than this share a read, which stays small enough to keep memory flat.
const NEAR_BYTES = 16 * 1024
const READ_BYTES = 1024 * 1024
// Copying this much is quicker than another slice in the blob.
const SMALL_BYTES = 256 * 1024

/** Finds the data of entries whose header is written anew: only their old header tells its place. */
class HeadReader {
  readonly #source: Source
  readonly #kept: readonly Kept[]
  #start = 0
  #bytes = new Uint8Array()

  constructor(source: Source, kept: readonly Kept[]) {
    this.#source = source
    this.#kept = kept
  }

  /** Where an entry's data begins in the old archive, and the data where it is small. */
  async open(index: number): Promise<{ dataStart: number; data: Uint8Array<ArrayBuffer> | null }> {
    const kept = this.#kept[index]
    if (kept === undefined) throw new RangeError('There is no such entry')
    const { headerOffset, compressedSize } = kept.entry
    if (headerOffset < this.#start || wantedEnd(kept) > this.#start + this.#bytes.length) {
      this.#start = headerOffset
      this.#bytes = await this.#source.read(headerOffset, this.#readEnd(index, kept))
    }
    const at = headerOffset - this.#start
    const view = new ByteView(this.#bytes.subarray(at, at + LOCAL_BYTES))
    const length = LOCAL_BYTES + view.u16(26) + view.u16(28)
    const data = isSmall(kept)
      ? this.#bytes.subarray(at + length, at + length + compressedSize)
      : null
    if (data !== null && data.length < compressedSize)
      throw new ChangeError('The archive is damaged, so it can’t be changed.')
    return { dataStart: headerOffset + length, data }
  }

  #readEnd(index: number, first: Kept): number {
    let end = wantedEnd(first)
    for (let at = index + 1; at < this.#kept.length; at++) {
      const kept = this.#kept[at]
      if (kept === undefined || kept.record === null || !isSmall(kept)) break
      const isNear = kept.entry.headerOffset - end < NEAR_BYTES
      if (!isNear || kept.next - first.entry.headerOffset > READ_BYTES) break
      end = kept.next
    }
    return end
  }
}

function isSmall({ entry, next }: Kept): boolean {
  return next - entry.headerOffset <= SMALL_BYTES
}

function wantedEnd(kept: Kept): number {
  return isSmall(kept) ? kept.next : kept.entry.headerOffset + LOCAL_BYTES
}
