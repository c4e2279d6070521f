/** What the headers of one entry say. Sizes and offsets are bytes. */
export type EntryRecord = {
  /** UTF-8; a folder's ends with a slash. */
  name: Uint8Array
  method: 'stored' | 'deflate'
  crc32: number
  compressedSize: number
  size: number
  /** DOS time in the lower half, DOS date in the upper. */
  time: number
  /** The system that packed it, and the attributes in its terms. */
  madeBy: number
  attributes: number
}

/** The first moment that zip can express: files are packed without their own time. */
export const FIXED_TIME = 0x0021_0000
/** Packed on Unix, by version 2.0 of the format. */
export const MADE_BY_UNIX = (3 << 8) | 20
/** A plain file that everybody reads and its owner writes. */
export const PLAIN_FILE = 0o100644 * 0x1_0000

const MARK_16 = 0xffff
const MARK_32 = 0xffffffff
const FLAG_UTF8 = 1 << 11
const VERSION_PLAIN = 20
const VERSION_ZIP64 = 45

class Writer {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly #view: DataView
  #at = 0

  constructor(length: number) {
    this.bytes = new Uint8Array(length)
    this.#view = new DataView(this.bytes.buffer)
  }

  u16(...values: number[]): void {
    for (const value of values) {
      this.#view.setUint16(this.#at, value, true)
      this.#at += 2
    }
  }

  u32(...values: number[]): void {
    for (const value of values) {
      this.#view.setUint32(this.#at, value, true)
      this.#at += 4
    }
  }

  u64(...values: number[]): void {
    for (const value of values) {
      this.#view.setBigUint64(this.#at, BigInt(value), true)
      this.#at += 8
    }
  }

  put(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.#at)
    this.#at += bytes.length
  }
}

const short = (value: number) => (value >= MARK_32 ? MARK_32 : value)

// Without the mark, readers take a name for code page 437.
function flagsOf(name: Uint8Array): number {
  return name.every((byte) => byte < 0x80) ? 0 : FLAG_UTF8
}

/** The header in front of an entry's data; its sizes are known, so no descriptor follows. */
export function localHeader(entry: EntryRecord): Uint8Array<ArrayBuffer> {
  const { name, size, compressedSize } = entry
  // Both sizes or none: APPNOTE 6.3.10, section 4.5.3.
  const wide = size >= MARK_32 || compressedSize >= MARK_32
  const writer = new Writer(30 + name.length + (wide ? 20 : 0))
  writer.u32(0x04034b50)
  writer.u16(wide ? VERSION_ZIP64 : VERSION_PLAIN, flagsOf(name), entry.method === 'stored' ? 0 : 8)
  writer.u32(entry.time, entry.crc32)
  writer.u32(wide ? MARK_32 : compressedSize, wide ? MARK_32 : size)
  writer.u16(name.length, wide ? 20 : 0)
  writer.put(name)
  if (wide) {
    writer.u16(1, 16)
    writer.u64(size, compressedSize)
  }
  return writer.bytes
}

/** The entry of the central directory for a local header at `offset`. */
export function directoryHeader(entry: EntryRecord, offset: number): Uint8Array<ArrayBuffer> {
  const { name, size, compressedSize } = entry
  const wide = [size, compressedSize, offset].filter((value) => value >= MARK_32)
  const extra = wide.length === 0 ? 0 : 4 + 8 * wide.length
  const writer = new Writer(46 + name.length + extra)
  writer.u32(0x02014b50)
  writer.u16(entry.madeBy, extra > 0 ? VERSION_ZIP64 : VERSION_PLAIN)
  writer.u16(flagsOf(name), entry.method === 'stored' ? 0 : 8)
  writer.u32(entry.time, entry.crc32, short(compressedSize), short(size))
  writer.u16(name.length, extra, 0, 0, 0)
  writer.u32(entry.attributes, short(offset))
  writer.put(name)
  if (extra > 0) {
    writer.u16(1, extra - 4)
    writer.u64(...wide)
  }
  return writer.bytes
}

/** What ends an archive: the end record, with those of zip64 before it where they're needed. */
export function endRecords(
  entryCount: number,
  directorySize: number,
  directoryOffset: number,
): Uint8Array<ArrayBuffer> {
  const wide = entryCount >= MARK_16 || directorySize >= MARK_32 || directoryOffset >= MARK_32
  const writer = new Writer(wide ? 56 + 20 + 22 : 22)
  if (wide) {
    writer.u32(0x06064b50)
    writer.u64(44)
    writer.u16(VERSION_ZIP64, VERSION_ZIP64)
    writer.u32(0, 0)
    writer.u64(entryCount, entryCount, directorySize, directoryOffset)
    writer.u32(0x07064b50, 0)
    writer.u64(directoryOffset + directorySize)
    writer.u32(1)
  }
  const count = Math.min(entryCount, MARK_16)
  writer.u32(0x06054b50)
  writer.u16(0, 0, count, count)
  writer.u32(short(directorySize), short(directoryOffset))
  writer.u16(0)
  return writer.bytes
}
