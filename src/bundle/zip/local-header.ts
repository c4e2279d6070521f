import { ArchiveError } from './archive-error.ts'
import { ByteView } from './bytes.ts'
import { showName } from './entry-name.ts'
import { error } from '../finding.ts'
import type { Source } from './source.ts'
import {
  FLAG_DESCRIPTOR,
  FLAG_ENCRYPTED,
  FLAG_MASKED,
  FLAG_PATCH,
  FLAG_STRONG_ENCRYPTION,
  FLAG_UTF8,
  type ZipEntry,
} from './entry.ts'
import { parseExtra, widen } from './extra-fields.ts'

const SIGNATURE = 0x04034b50
const DESCRIPTOR_SIGNATURE = 0x08074b50
const HEADER_BYTES = 30
const MARK_32 = 0xffffffff
const COMPARED_FLAGS =
  FLAG_ENCRYPTED | FLAG_DESCRIPTOR | FLAG_PATCH | FLAG_STRONG_ENCRYPTION | FLAG_MASKED

function refuse(entry: ZipEntry, code: string, message: string): never {
  throw new ArchiveError(error(code, message, { path: showName(entry.path) }))
}

function refuseHeader(entry: ZipEntry, what: string): never {
  refuse(
    entry,
    'archive.local-mismatch',
    `Its own header and the directory of the archive disagree about ${what}, so that programs would read different contents. Pack it again.`,
  )
}

/**
 * Checks the local header at the start of `bytes` (its extra fields included) against the directory
 * and returns where the entry's data begins in the archive. Throws an ArchiveError; null when
 * `bytes` is too short to tell.
 */
function checkLocalHeader(
  entry: ZipEntry,
  directory: Uint8Array,
  bytes: Uint8Array,
): number | null {
  if (bytes.length < HEADER_BYTES) return null
  const view = new ByteView(bytes)
  if (view.u32(0) !== SIGNATURE) refuseHeader(entry, 'where it begins')
  const flags = view.u16(6)
  const nameEnd = HEADER_BYTES + view.u16(26)
  const end = nameEnd + view.u16(28)
  if (view.u16(26) !== entry.nameLength) refuseHeader(entry, 'its name')
  if (bytes.length < end) return null
  for (let at = 0; at < entry.nameLength; at++) {
    if (bytes[HEADER_BYTES + at] !== directory[entry.nameStart + at])
      refuseHeader(entry, 'its name')
  }
  if ((flags ^ entry.flags) & COMPARED_FLAGS) refuseHeader(entry, 'its flags')
  if (
    (flags ^ entry.flags) & FLAG_UTF8 &&
    entry.nameLength !== entry.path.length + (entry.isFolder ? 1 : 0)
  ) {
    refuseHeader(entry, 'the encoding of its name')
  }
  if (view.u16(8) !== (entry.method === 'stored' ? 0 : 8)) refuseHeader(entry, 'its compression')

  const extra = parseExtra(bytes.subarray(nameEnd, end))
  if (extra === null)
    refuse(entry, 'archive.extra-damaged', 'Its extra fields are damaged. Pack the archive again.')
  const name = entry.isFolder ? `${entry.path}/` : entry.path
  if (extra.unicodePath !== null && extra.unicodePath !== name) {
    refuse(
      entry,
      'archive.unicode-path-mismatch',
      'Its own header carries a different name. Pack the archive again.',
    )
  }
  const marks = [view.u32(22), view.u32(18)]
  const sizes = widen(
    marks.map((value) => ({ value, marked: value === MARK_32 })),
    extra.zip64,
  )
  if (sizes === null) refuseHeader(entry, 'its size')
  const [size, compressedSize] = sizes
  const crc = view.u32(14)
  // With a descriptor the header may leave these empty, as they weren't known yet.
  const empty = (entry.flags & FLAG_DESCRIPTOR) !== 0
  const differs = (value: number | undefined, truth: number) =>
    value !== truth && !(empty && value === 0)
  if (differs(size, entry.size) || differs(compressedSize, entry.compressedSize)) {
    refuseHeader(entry, 'its size')
  }
  if (differs(crc, entry.crc32)) refuseHeader(entry, 'its checksum')
  return entry.headerOffset + end
}

/**
 * Checks the bytes between the end of an entry's data and the next header: nothing, or its data
 * descriptor. `gap` is their number, `bytes` the first 24 of them. Throws an ArchiveError.
 */
function checkGap(entry: ZipEntry, gap: number, bytes: Uint8Array): void {
  if (gap < 0) {
    refuse(entry, 'archive.overlap', 'Its data runs into the next entry. Pack the archive again.')
  }
  const described = (entry.flags & FLAG_DESCRIPTOR) !== 0
  if (gap === 0 && !described) return
  if (!described || ![12, 16, 20, 24].includes(gap)) {
    if (described && gap < 12) {
      refuse(
        entry,
        'archive.descriptor-mismatch',
        'Its data descriptor is missing. Pack the archive again.',
      )
    }
    refuse(
      entry,
      'archive.hidden-bytes',
      'Bytes that belong to no entry follow its data, where other programs may find hidden files. Pack the archive again.',
    )
  }
  const view = new ByteView(bytes)
  const signed = gap === 16 || gap === 24
  const wide = gap >= 20
  const at = signed ? 4 : 0
  const number = (offset: number) => (wide ? view.u64(offset) : view.u32(offset))
  if (
    (signed && view.u32(0) !== DESCRIPTOR_SIGNATURE) ||
    view.u32(at) !== entry.crc32 ||
    number(at + 4) !== entry.compressedSize ||
    number(at + 4 + (wide ? 8 : 4)) !== entry.size
  ) {
    refuse(
      entry,
      'archive.descriptor-mismatch',
      'Its data descriptor and the directory of the archive disagree. Pack it again.',
    )
  }
}

/** Bytes that are read first: they hold every header that isn't padded with unusual extra fields. */
export const HEAD_READ = 16 * 1024
const LONGEST_HEADER = HEADER_BYTES + 2 * 0xffff
const LONGEST_DESCRIPTOR = 24

/** Where the entries are, to find what is between them. */
export type EntryData = { source: Source; directory: Uint8Array }

/**
 * Checks an entry's local header and what follows its data against the directory, in bytes that
 * begin with the header. `next` is the offset of the next header or of the directory. Returns where
 * the data begins in the archive, or null when the bytes don't reach far enough. Throws an
 * ArchiveError.
 */
export function checkLocal(
  entry: ZipEntry,
  next: number,
  directory: Uint8Array,
  bytes: Uint8Array,
): number | null {
  const dataStart = checkLocalHeader(entry, directory, bytes)
  if (dataStart === null) return null
  const dataEnd = dataStart + entry.compressedSize
  const gap = next - dataEnd
  const from = dataEnd - entry.headerOffset
  const length = Math.max(0, Math.min(gap, LONGEST_DESCRIPTOR))
  if (from + length > bytes.length && length > 0) return null
  checkGap(entry, gap, bytes.subarray(from, from + length))
  return dataStart
}

/** Where an entry's data begins, and the archive's bytes from its header on that were read. */
export type OpenedEntry = { dataStart: number; head: Uint8Array<ArrayBuffer> }

/** Reads and checks one entry as `checkLocal` does. Throws an ArchiveError. */
export async function openEntry(
  { source, directory }: EntryData,
  entry: ZipEntry,
  next: number,
): Promise<OpenedEntry> {
  const start = entry.headerOffset
  let head = await source.read(start, Math.min(next, start + HEAD_READ))
  const checked = checkLocal(entry, next, directory, head)
  if (checked !== null) return { dataStart: checked, head }
  let dataStart = checkLocalHeader(entry, directory, head)
  if (dataStart === null) {
    head = await source.read(start, start + LONGEST_HEADER)
    dataStart = checkLocalHeader(entry, directory, head)
  }
  if (dataStart === null) refuseHeader(entry, 'where it ends')
  const dataEnd = dataStart + entry.compressedSize
  const gap = next - dataEnd
  checkGap(
    entry,
    gap,
    gap > 0
      ? await source.read(dataEnd, dataEnd + Math.min(gap, LONGEST_DESCRIPTOR))
      : new Uint8Array(),
  )
  return { dataStart, head }
}
