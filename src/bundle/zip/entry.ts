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
/** APPNOTE 6.3 is the last version that changed how entries are read; programs refuse later ones. */
export const MAX_VERSION = 63
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

/** What the fields may hold: these flags, and method 0 (stored) or 8 (deflate). */
const PLAIN_FLAGS_AND_METHOD = FLAG_DESCRIPTOR | FLAG_UTF8 | FLAGS_LEVEL | (8 << 16)
/** A folder by DOS attributes, or a type other than a file's or none. */
const UNUSUAL_ATTRIBUTES = DOS_FOLDER | ((TYPE_MASK & ~TYPE_FILE) << 16)

/**
 * True for what nearly every plainly named entry is: a file without anything special. The others
 * get the long examination; this one refuses nothing and keeps 100,000 entries quick.
 */
export function isPlainHeader(view: ByteView, at: number, directoryOffset: number): boolean {
  // Two fields are read at a time, the first in the lower half.
  const flagsAndMethod = view.u32(at + 8)
  const lengths = view.u32(at + 28)
  const compressedSize = view.u32(at + 20)
  const size = view.u32(at + 24)
  const headerOffset = view.u32(at + 42)
  return (
    (flagsAndMethod & ~PLAIN_FLAGS_AND_METHOD) === 0 &&
    // No extra fields, so that the rest is the length of the name.
    lengths <= 0xffff &&
    (view.u16(at + 6) & 0xff) <= MAX_VERSION &&
    (view.u32(at + 38) & UNUSUAL_ATTRIBUTES) === 0 &&
    view.u16(at + 34) === 0 &&
    compressedSize !== MARK_32 &&
    size !== MARK_32 &&
    headerOffset !== MARK_32 &&
    (flagsAndMethod <= 0xffff
      ? size === compressedSize
      : size <= compressedSize * DEFLATE_MAX_RATIO) &&
    headerOffset + 30 + lengths + compressedSize <= directoryOffset
  )
}

/** Where plain entries find their paths. */
export type Paths = { pathAt(index: number): string }

/** An entry that reads itself out of the directory when asked: most of 100,000 never are. */
export class PlainEntry implements ZipEntry {
  readonly #view: ByteView
  readonly #at: number
  readonly #paths: Paths
  readonly #index: number

  /** `at` is the place of its header in the directory, `index` that of its path. */
  constructor(view: ByteView, at: number, paths: Paths, index: number) {
    this.#view = view
    this.#at = at
    this.#paths = paths
    this.#index = index
  }

  get path(): string {
    return this.#paths.pathAt(this.#index)
  }

  get isFolder(): boolean {
    return false
  }

  get size(): number {
    return this.#view.u32(this.#at + 24)
  }

  get compressedSize(): number {
    return this.#view.u32(this.#at + 20)
  }

  get crc32(): number {
    return this.#view.u32(this.#at + 16)
  }

  get method(): 'stored' | 'deflate' {
    return this.#view.u16(this.#at + 10) === 0 ? 'stored' : 'deflate'
  }

  get mode(): number {
    return this.#view.u16(this.#at + 40)
  }

  get flags(): number {
    return this.#view.u16(this.#at + 8)
  }

  get headerOffset(): number {
    return this.#view.u32(this.#at + 42)
  }

  get nameStart(): number {
    return this.#at + HEADER_BYTES
  }

  get nameLength(): number {
    return this.#view.u16(this.#at + 28)
  }
}
