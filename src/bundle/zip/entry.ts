import type { ByteView } from './bytes.ts'
import { DEFLATE_MAX_RATIO } from '../limits.ts'

/** One file or folder of the archive, as its directory describes it. Sizes and offsets are bytes. */
export type ZipEntry = {
  /** Forward slashes, relative to the root; folders carry no trailing slash. */
  readonly path: string
  readonly isFolder: boolean
  readonly size: number
  readonly compressedSize: number
  readonly crc32: number
  readonly method: 'stored' | 'deflate'
  /** Unix permissions and type, 0 where the packing system had none. */
  readonly mode: number
  readonly flags: number
  readonly headerOffset: number
  /** Where the stored name is in the central directory, to compare with the local header's. */
  readonly nameStart: number
  readonly nameLength: number
}

export const FLAG_ENCRYPTED = 1
export const FLAG_DESCRIPTOR = 1 << 3
export const FLAG_PATCH = 1 << 5
export const FLAG_STRONG_ENCRYPTION = 1 << 6
export const FLAG_UTF8 = 1 << 11
export const FLAG_MASKED = 1 << 13
/** Bytes of a directory header before the name. */
export const HEADER_BYTES = 46
export const MARK_32 = 0xffffffff
/** The folder bit of DOS attributes. */
export const DOS_FOLDER = 0x10
/** The bits of a Unix mode that say what kind of file it is. */
export const TYPE_MASK = 0o170000
export const TYPE_FILE = 0o100000
export const TYPE_FOLDER = 0o040000

/** How hard the packer tried; says nothing about the data. */
const FLAGS_LEVEL = 0b110

/**
 * Reads what nearly every plainly named entry is: a file without anything special. Null for all
 * others, which get the long examination; this one refuses nothing and keeps 100,000 entries quick.
 */
export function parsePlainEntry(
  view: ByteView,
  at: number,
  path: string,
  directoryOffset: number,
): ZipEntry | null {
  const flags = view.u16(at + 8)
  const methodId = view.u16(at + 10)
  const mode = view.u16(at + 40)
  const type = mode & TYPE_MASK
  const nameLength = view.u16(at + 28)
  const compressedSize = view.u32(at + 20)
  const size = view.u32(at + 24)
  const headerOffset = view.u32(at + 42)
  if (
    (flags & ~(FLAG_DESCRIPTOR | FLAG_UTF8 | FLAGS_LEVEL)) !== 0 ||
    (methodId !== 0 && methodId !== 8) ||
    (type !== 0 && type !== TYPE_FILE) ||
    (view.u16(at + 38) & DOS_FOLDER) !== 0 ||
    view.u16(at + 30) !== 0 ||
    view.u16(at + 34) !== 0 ||
    compressedSize === MARK_32 ||
    size === MARK_32 ||
    headerOffset === MARK_32 ||
    (methodId === 0 ? size !== compressedSize : size > compressedSize * DEFLATE_MAX_RATIO) ||
    headerOffset + 30 + nameLength + compressedSize > directoryOffset
  ) {
    return null
  }
  return {
    path,
    isFolder: false,
    size,
    compressedSize,
    crc32: view.u32(at + 16),
    method: methodId === 0 ? 'stored' : 'deflate',
    mode,
    flags,
    headerOffset,
    nameStart: at + HEADER_BYTES,
    nameLength,
  }
}
