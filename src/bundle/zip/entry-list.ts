import type { ByteView } from './bytes.ts'
import { HEADER_BYTES, MARK_32, PlainEntry, type ZipEntry } from './entry.ts'
import { hashPath } from './path-index.ts'

/** Entries that follow each other in the directory and lie in the same folder, '' for the root. */
export type Run = { start: number; end: number; folder: string }

/** What tells which entries a caller wants, without decoding every name. */
export type NameTests = {
  /** Whether everything in this folder is wanted. */
  readonly folder: (path: string) => boolean
  /** Whether a file is, going by the bytes of its name from `start` up to `end`, without folders. */
  readonly name: (bytes: Uint8Array, start: number, end: number) => boolean
}

/** Paths that are decoded one by one before it pays to decode them all. */
const FEW_PATHS = 1000

// For names that are known to be ASCII: browsers and Node decode UTF-8 fastest.
const ASCII = new TextDecoder()

/**
 * The entries of a directory. Plain ones stay in its bytes: making 100,000 objects and names takes
 * longer than all that a first look asks of them.
 */
export class EntryList {
  /** Bytes that everything unpacks to. */
  unpackedSize = 0
  /** Whether their data follows each other in this order, and none reaches into the next. */
  isInOrder = true
  /** How many are no folders. */
  fileCount = 0
  /** The hash of each entry's path. */
  readonly hashes: Int32Array
  /** Where each entry's own header is in the archive. */
  readonly headerOffsets: Float64Array
  readonly #view: ByteView
  /** Where each entry's header is in the directory. */
  readonly #places: Uint32Array
  readonly #runStarts: number[] = []
  readonly #examined = new Map<number, ZipEntry>()
  /** Plain ones that were asked for so far: an entry is always the same object. */
  readonly #asked = new Map<number, ZipEntry>()
  #length = 0
  #dataEnd = 0
  #largest = 0
  #runs: Run[] | null = null
  #all: readonly ZipEntry[] | null = null
  #decoded = 0
  #paths: { text: string; ends: Uint32Array } | null = null

  /** `directory`: the central directory, which has to stay as it is. */
  constructor(directory: ByteView) {
    // The count that the end record announces may have wrapped.
    const capacity = Math.ceil(directory.length / HEADER_BYTES)
    this.#view = directory
    this.#places = new Uint32Array(capacity)
    this.hashes = new Int32Array(capacity)
    this.headerOffsets = new Float64Array(capacity)
  }

  get length(): number {
    return this.#length
  }

  /** Adds the plain entry whose directory header is at `place`. */
  addPlain(place: number, hash: number, startsRun: boolean): void {
    const view = this.#view
    this.fileCount++
    if (startsRun) this.#runStarts.push(this.#length)
    this.#add(place, hash, view.u32(place + 42), view.u32(place + 20), view.u32(place + 24))
  }

  addExamined(place: number, entry: ZipEntry): void {
    if (!entry.isFolder) this.fileCount++
    this.#examined.set(this.#length, entry)
    this.#runStarts.push(this.#length)
    const { headerOffset, compressedSize, size } = entry
    this.#add(place, hashPath(entry.path), headerOffset, compressedSize, size)
  }

  #add(place: number, hash: number, offset: number, compressedSize: number, size: number): void {
    const index = this.#length++
    this.#places[index] = place
    this.hashes[index] = hash
    this.headerOffsets[index] = offset
    this.unpackedSize += size
    if (size > this.#largest) this.#largest = size
    if (offset < this.#dataEnd) this.isInOrder = false
    this.#dataEnd = offset + 30 + this.#view.u16(place + 28) + compressedSize
  }

  at(index: number): ZipEntry | undefined {
    if (index >= this.#length) return undefined
    const known = this.#all?.[index] ?? this.#known(index)
    if (known !== undefined) return known
    const entry = this.#makePlain(index)
    this.#asked.set(index, entry)
    return entry
  }

  /** All of them, in directory order. */
  all(): readonly ZipEntry[] {
    this.#paths ??= this.#decodePaths()
    this.#all ??= Array.from(
      { length: this.#length },
      (_, index) => this.#known(index) ?? this.#makePlain(index),
    )
    return this.#all
  }

  #known(index: number): ZipEntry | undefined {
    return this.#examined.get(index) ?? this.#asked.get(index)
  }

  #makePlain(index: number): ZipEntry {
    return new PlainEntry(this.#view, this.#placeOf(index), this, index)
  }

  #placeOf(index: number): number {
    return this.#places[index] ?? 0
  }

  /** The path of the entry at `index`. */
  pathAt(index: number): string {
    const examined = this.#examined.get(index)
    if (examined !== undefined) return examined.path
    if (this.#paths === null && this.#decoded++ === FEW_PATHS) this.#paths = this.#decodePaths()
    if (this.#paths !== null) {
      const { text, ends } = this.#paths
      return text.slice(index === 0 ? 0 : ends[index - 1], ends[index])
    }
    return this.#decode(index)
  }

  #decode(index: number): string {
    const { start, end } = this.#nameAt(index)
    return ASCII.decode(this.#view.bytes.subarray(start, end))
  }

  #nameAt(index: number): { start: number; end: number } {
    const start = this.#placeOf(index) + HEADER_BYTES
    return { start, end: start + this.#view.u16(start - HEADER_BYTES + 28) }
  }

  // One string, of which paths are slices: decoding 100,000 names one by one takes far longer.
  #decodePaths(): { text: string; ends: Uint32Array } {
    const { bytes } = this.#view
    const together = new Uint8Array(bytes.length)
    const ends = new Uint32Array(this.#length)
    let length = 0
    for (let index = 0; index < this.#length; index++) {
      if (!this.#examined.has(index)) {
        const { start, end } = this.#nameAt(index)
        for (let at = start; at < end; at++) together[length++] = bytes[at] ?? 0
      }
      ends[index] = length
    }
    return { text: ASCII.decode(together.subarray(0, length)), ends }
  }

  /** The runs of entries that share a folder. */
  runs(): readonly Run[] {
    this.#runs ??= this.#runStarts.map((start, index) => {
      const path = this.#examined.get(start)?.path ?? this.#decode(start)
      const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')))
      return { start, end: this.#runStarts[index + 1] ?? this.#length, folder }
    })
    return this.#runs
  }

  /** The first entry of this path; made for one question, where no index is there yet. */
  find(path: string): ZipEntry | undefined {
    const index = this.hashes.subarray(0, this.#length).indexOf(hashPath(path))
    return index >= 0 && this.pathAt(index) === path ? this.at(index) : undefined
  }

  /** The entries of more than `bytes`, in directory order. */
  largerThan(bytes: number): ZipEntry[] {
    const larger: ZipEntry[] = []
    if (this.#largest <= bytes) return larger
    for (let index = 0; index < this.#length; index++) {
      const size = this.#view.u32(this.#placeOf(index) + 24)
      // Zip64 keeps the size elsewhere, and marks it here.
      if (size <= bytes && size !== MARK_32) continue
      const entry = this.at(index)
      if (entry !== undefined && entry.size > bytes) larger.push(entry)
    }
    return larger
  }

  /** The files that pass one of the tests, in directory order; with unusual names, all of them. */
  select({ folder: isWanted, name }: NameTests): ZipEntry[] {
    const { bytes } = this.#view
    const selected: ZipEntry[] = []
    for (const { start, end, folder } of this.runs()) {
      const wantsAll = isWanted(folder) || this.#examined.has(start)
      const skipped = folder === '' ? 0 : folder.length + 1
      for (let index = start; index < end; index++) {
        if (!wantsAll) {
          const { start: from, end: to } = this.#nameAt(index)
          if (!name(bytes, from + skipped, to)) continue
        }
        const entry = this.at(index)
        if (entry?.isFolder === false) selected.push(entry)
      }
    }
    return selected
  }
}
