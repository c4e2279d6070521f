import type { EntryList } from './entry-list.ts'
import type { ZipEntry } from './entry.ts'

/** The hash of an empty path; `hashStep` goes on from it, character by character. */
export const HASH_START = 0

/** The hash of a path's next UTF-16 unit, so that plain names are hashed while their bytes are read. */
export function hashStep(hash: number, unit: number): number {
  return (Math.imul(hash, 31) + unit) | 0
}

/** `hashStep` of four units of one byte each, the first in the lowest bits. */
export function hashFour(hash: number, four: number): number {
  const first = (four & 0xff) * 29_791
  const second = ((four >>> 8) & 0xff) * 961
  const third = ((four >>> 16) & 0xff) * 31
  return (Math.imul(hash, 923_521) + first + second + third + (four >>> 24)) | 0
}

export function hashPath(path: string): number {
  let hash = HASH_START
  for (let at = 0; at < path.length; at++) hash = hashStep(hash, path.charCodeAt(at))
  return hash
}

/** Steps that a look-up takes before the hash counts as beaten; honest archives need a handful. */
const MAX_PROBES = 64

const NONE = -1

/**
 * Finds entries by their path. A table of hashes that are known already: a Map would hash 100,000
 * paths again, which takes longer than reading them. Paths made to collide move to a Map.
 */
export class PathIndex {
  readonly #entries: EntryList
  readonly #mask: number
  /** Places in `entries`, counted from 1; 0 is free. */
  readonly #slots: Int32Array
  readonly #crowded = new Map<string, number>()

  constructor(entries: EntryList) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(8, entries.length * 2)))
    this.#entries = entries
    this.#mask = size - 1
    this.#slots = new Int32Array(size)
  }

  get(path: string): ZipEntry | undefined {
    const entries = this.#entries
    const hash = hashPath(path)
    let slot = this.#home(hash)
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const place = (this.#slots[slot] ?? 0) - 1
      if (place === NONE) return undefined
      if (entries.hashes[place] === hash && entries.pathAt(place) === path) return entries.at(place)
      slot = (slot + 1) & this.#mask
    }
    return entries.at(this.#crowded.get(path) ?? NONE)
  }

  /** Adds all entries in one go, and tells which have the path of an earlier one, which stays. */
  addAll(): { index: number; other: ZipEntry }[] {
    const slots = this.#slots
    const { hashes, length } = this.#entries
    const twins: { index: number; other: ZipEntry }[] = []
    for (let index = 0; index < length; index++) {
      const slot = this.#home(hashes[index] ?? 0)
      if (slots[slot] === 0) {
        slots[slot] = index + 1
        continue
      }
      const other = this.#add(index, slot)
      if (other !== undefined) twins.push({ index, other })
    }
    return twins
  }

  /** Adds the entry at `index`, from `slot` on; returns the one that has its path already instead. */
  #add(index: number, slot: number): ZipEntry | undefined {
    const entries = this.#entries
    const { hashes } = entries
    const hash = hashes[index] ?? 0
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const place = (this.#slots[slot] ?? 0) - 1
      if (place === NONE) {
        this.#slots[slot] = index + 1
        return undefined
      }
      if (hashes[place] === hash && entries.pathAt(place) === entries.pathAt(index)) {
        return entries.at(place)
      }
      slot = (slot + 1) & this.#mask
    }
    const path = entries.pathAt(index)
    const other = this.#crowded.get(path)
    if (other === undefined) this.#crowded.set(path, index)
    return entries.at(other ?? NONE)
  }

  // The low bits of the hash alone would put names that end alike side by side.
  #home(hash: number): number {
    return (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 7) & this.#mask
  }
}
