import { ArchiveError } from './archive-error.ts'
import { ByteView } from './bytes.ts'
import { describeFile, HEAD_BYTES } from './file-kind.ts'
import { error } from '../finding.ts'
import type { Source } from './source.ts'

/** What the end of a zip says about its central directory. Offsets and sizes are bytes. */
export type EndRecord = {
  entryCount: number
  directoryOffset: number
  directorySize: number
  /** Whether the count is of 64 bits; one of 16 bits may have wrapped. */
  isZip64: boolean
}

const END_SIGNATURE = 0x06054b50
const LOCATOR_SIGNATURE = 0x07064b50
const ZIP64_SIGNATURE = 0x06064b50
const LOCAL_SIGNATURE = 0x04034b50
const SPLIT_SIGNATURE = 0x08074b50
const DIRECTORY_SIGNATURE = 0x02014b50
const END_BYTES = 22
const LOCATOR_BYTES = 20
const ZIP64_BYTES = 56
const MAX_COMMENT = 0xffff

function refuse(code: string, message: string, fix?: string): never {
  throw new ArchiveError(error(code, message, fix === undefined ? {} : { fix }))
}

/**
 * Finds the one end record and checks it against the file: whatever readers that search from the
 * front, from the back or by size would find differently is refused with an ArchiveError.
 * Source: APPNOTE 6.3.10, sections 4.3.14 to 4.3.16.
 */
export async function readEndRecord(source: Source): Promise<EndRecord> {
  const start = Math.max(0, source.size - END_BYTES - MAX_COMMENT)
  const tail = new ByteView(await source.read(start, source.size))
  const at = findEnd(tail)
  if (at === null) return refuseWithoutEnd(source)

  const record = {
    disk: tail.u16(at + 4),
    directoryDisk: tail.u16(at + 6),
    countHere: tail.u16(at + 8),
    count: tail.u16(at + 10),
    size: tail.u32(at + 12),
    offset: tail.u32(at + 16),
  }
  const position = start + at
  const zip64 = await readZip64(source, position)
  if (zip64 === null) {
    if (record.disk !== 0 || record.directoryDisk !== 0 || record.countHere !== record.count) {
      refuseSplit()
    }
    const end = {
      entryCount: record.count,
      directoryOffset: record.offset,
      directorySize: record.size,
      isZip64: false,
    }
    await checkPlace(source, end, position)
    return end
  }

  // Python keeps valid values in the 32-bit fields, others put the "see zip64" mark there.
  const agrees = (short: number, mark: number, long: number) => short === mark || short === long
  if (!agrees(record.disk, 0xffff, 0) || !agrees(record.directoryDisk, 0xffff, 0)) refuseSplit()
  if (
    !agrees(record.count, 0xffff, zip64.entryCount) ||
    !agrees(record.countHere, 0xffff, zip64.entryCount) ||
    !agrees(record.size, 0xffffffff, zip64.directorySize) ||
    !agrees(record.offset, 0xffffffff, zip64.directoryOffset)
  ) {
    refuse(
      'archive.zip64-mismatch',
      'The two end records of the archive disagree, so that programs would read different contents. Pack it again.',
    )
  }
  await checkPlace(source, zip64, position - LOCATOR_BYTES - ZIP64_BYTES)
  return zip64
}

// The offset of the end record in the tail; null when there is no signature at all.
function findEnd(tail: ByteView): number | null {
  const reaching: number[] = []
  let last: number | null = null
  let isCutOff = false
  const { bytes } = tail
  for (let at = bytes.indexOf(0x50); at >= 0; at = bytes.indexOf(0x50, at + 1)) {
    if (at + 4 > bytes.length) break
    if (tail.u32(at) !== END_SIGNATURE) continue
    // Python takes the last signature for the record, however little follows it.
    isCutOff = at + END_BYTES > bytes.length
    if (isCutOff) break
    last = at
    if (at + END_BYTES + tail.u16(at + 20) === tail.length) reaching.push(at)
  }
  if (last === null) return null
  // A signature inside a stored inner zip is harmless; one that readers could take isn't.
  if (isCutOff || reaching.length > 1 || (reaching.length === 1 && reaching[0] !== last)) {
    refuse(
      'archive.second-end-record',
      'The archive has a second end record inside its comment, so that programs would read different contents. Pack it again without a comment.',
    )
  }
  if (reaching.length === 1) return last
  const surplus = tail.length - (last + END_BYTES + tail.u16(last + 20))
  if (surplus < 0) {
    refuse('archive.truncated', 'The archive ends inside its own comment. Upload or pack it again.')
  }
  refuse(
    'archive.trailing-bytes',
    `${bytesOf(surplus)} follow the end of the archive. Pack it again, so that nothing is appended.`,
  )
}

async function refuseWithoutEnd(source: Source): Promise<never> {
  const head = await source.read(0, HEAD_BYTES)
  const signature = head.length >= 4 ? new ByteView(head).u32(0) : 0
  if (signature === LOCAL_SIGNATURE) {
    refuse(
      'archive.truncated',
      'The archive has no end: it was cut off on the way, or much was appended to it. Upload or pack it again.',
    )
  }
  if (signature === SPLIT_SIGNATURE) refuseSplit()
  const kind = describeFile(head)
  refuse(
    'archive.not-zip',
    kind === 'empty'
      ? 'The file is empty. A bundle is a zip archive with an app.toml at its root.'
      : `The file is ${kind}, not a zip archive. A bundle is a zip archive with an app.toml at its root.`,
    'Pack the folder of the app as a zip archive.',
  )
}

function refuseSplit(): never {
  refuse(
    'archive.multi-disk',
    'The archive is one part of a split archive. Pack it as a single file.',
  )
}

async function readZip64(source: Source, endPosition: number): Promise<EndRecord | null> {
  const locatorPosition = endPosition - LOCATOR_BYTES
  if (locatorPosition < 0) return null
  const locator = new ByteView(await source.read(locatorPosition, endPosition))
  if (locator.u32(0) !== LOCATOR_SIGNATURE) return null
  if (locator.u32(4) !== 0 || locator.u32(16) > 1) refuseSplit()
  if (locator.u32(16) === 0) {
    // Python goes on, Info-ZIP refuses, Go takes the 32-bit record alone.
    refuse(
      'archive.zip64-mismatch',
      'The end of the archive says that it lies on no disk at all. Pack it again.',
    )
  }
  // Some readers follow the locator, Python looks right before it: only one place suits both.
  const recordPosition = locatorPosition - ZIP64_BYTES
  if (recordPosition < 0 || locator.u64(8) !== recordPosition) {
    const record = recordPosition < 0 ? null : await source.read(recordPosition, recordPosition + 4)
    const moved = record !== null && new ByteView(record).u32(0) === ZIP64_SIGNATURE
    if (moved && locator.u64(8) < recordPosition) refusePrefix(recordPosition - locator.u64(8))
    refuse(
      'archive.zip64-mismatch',
      'The zip64 end record is not where the archive says it is. Pack it again.',
    )
  }
  const record = new ByteView(await source.read(recordPosition, locatorPosition))
  if (record.u32(0) !== ZIP64_SIGNATURE || record.u64(4) !== ZIP64_BYTES - 12) {
    refuse(
      'archive.zip64-mismatch',
      'The zip64 end record of the archive is damaged. Pack it again.',
    )
  }
  const entryCount = record.u64(32)
  if (record.u32(16) !== 0 || record.u32(20) !== 0 || record.u64(24) !== entryCount) refuseSplit()
  return {
    entryCount,
    directorySize: record.u64(40),
    directoryOffset: record.u64(48),
    isZip64: true,
  }
}

// The directory must end where the end records begin; readers disagree about anything else.
async function checkPlace(source: Source, end: EndRecord, position: number): Promise<void> {
  const expected = end.directoryOffset + end.directorySize
  if (expected === position) return
  if (expected > position) {
    refuse(
      'archive.truncated',
      'The end record points beyond the end of the archive: bytes are missing. Upload or pack it again.',
    )
  }
  const shifted = position - end.directorySize
  const found = await source.read(shifted, shifted + 4)
  const isDirectory =
    end.entryCount === 0 ||
    (found.length === 4 && new ByteView(found).u32(0) === DIRECTORY_SIGNATURE)
  if (isDirectory && shifted > 0) refusePrefix(position - expected)
  refuse(
    'archive.directory-mismatch',
    'The end record and the directory of the archive disagree. Pack it again.',
  )
}

/** Refuses an archive that has something in front of it. */
export function refusePrefix(bytes: number): never {
  refuse(
    'archive.prefixed-bytes',
    `${bytesOf(bytes)} stand in front of the archive. Pack it again as a plain zip, not as a program that unpacks itself.`,
  )
}

function bytesOf(count: number): string {
  return count === 1 ? '1 byte' : `${count} bytes`
}
