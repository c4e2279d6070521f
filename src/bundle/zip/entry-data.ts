import { ArchiveError } from './archive-error.ts'
import { crc32 } from './crc32.ts'
import type { ZipEntry } from './entry.ts'
import { showName } from './entry-name.ts'
import { error } from '../finding.ts'
import { inflateSmall } from './inflate-small.ts'

/** Bytes up to which an entry is unpacked in one step: some milliseconds of work. */
const SMALL_PACKED_BYTES = 256 * 1024
const SMALL_BYTES = 1024 * 1024

/** Whether an entry is unpacked in memory; larger ones are streamed. */
export function isSmall(entry: ZipEntry): boolean {
  return entry.compressedSize <= SMALL_PACKED_BYTES && entry.size <= SMALL_BYTES
}

/** Unpacks all of a small entry, at most one byte more than it should have. Throws an ArchiveError. */
export function inflateWhole(
  entry: ZipEntry,
  packed: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  if (entry.method === 'stored') return packed
  try {
    const { bytes, end } = inflateSmall(packed, entry.size)
    if (end === 'full') throw wrongSize(entry)
    if (end === 'cut') throw damaged(entry)
    return bytes
  } catch (reason) {
    throw reason instanceof TypeError ? damaged(entry) : reason
  }
}

/** Compares all of an entry's unpacked bytes with the directory. Throws an ArchiveError. */
export function checkData(entry: ZipEntry, bytes: Uint8Array): void {
  checkSums(entry, bytes.length, crc32(bytes))
}

/** Compares size and checksum of what came out with the directory. Throws an ArchiveError. */
export function checkSums(entry: ZipEntry, size: number, crc: number): void {
  if (size !== entry.size) throw wrongSize(entry)
  if (crc !== entry.crc32) {
    throw refusal(
      entry,
      'archive.crc-mismatch',
      'Its contents don’t match their checksum. Pack the archive again.',
    )
  }
}

/** What is said of an entry whose compressed data is broken. */
export function damaged(entry: ZipEntry): ArchiveError {
  return refusal(
    entry,
    'archive.data-corrupt',
    'Its compressed data is damaged. Pack the archive again.',
  )
}

function wrongSize(entry: ZipEntry): ArchiveError {
  return refusal(
    entry,
    'archive.size-mismatch',
    'It unpacks to another size than the archive says. Pack it again.',
  )
}

function refusal(entry: ZipEntry, code: string, message: string): ArchiveError {
  return new ArchiveError(error(code, message, { path: showName(entry.path) }))
}
