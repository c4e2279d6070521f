import type { ZipEntry } from './entry.ts'

/** The hash of an empty path; `hashStep` goes on from it, character by character. */
export const HASH_START = 0

/** The hash of a path's next UTF-16 unit, so that plain names are hashed while their bytes are read. */
export function hashStep(hash: number, unit: number): number {
  return (Math.imul(hash, 31) + unit) | 0
}

export function hashPath(path: string): number {
  let hash = HASH_START
  for (let at = 0; at < path.length; at++) hash = hashStep(hash, path.charCodeAt(at))
  return hash
}

/** Steps that a look-up takes before the hash counts as beaten; honest archives need a handful. */
const MAX_PROBES = 64

/**
 * Finds entries by their path. A table of hashes that are known already: a Map would hash 100,000
 * paths again, which takes longer than reading them. Paths made to collide move to a Map.
 */
export class PathIndex {
  readonly #mask: number
  readonly #hashes: Int32Array
  readonly #slots: (ZipEntry | undefined)[]
  readonly #crowded = new Map<string, ZipEntry>()

  constructor(capacity: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(8, capacity * 2)))
    this.#mask = size - 1
    this.#hashes = new Int32Array(size)
    this.#slots = Array.from({ length: size })
  }

  get(path: string): ZipEntry | undefined {
    return this.#find(path, hashPath(path)).entry
  }

  has(path: string): boolean {
    return this.get(path) !== undefined
  }

  /** Adds an entry by the hash of its path; returns the one that has this path already instead. */
  add(entry: ZipEntry, hash: number): ZipEntry | undefined {
    const { entry: other, slot } = this.#find(entry.path, hash)
    if (other !== undefined) return other
    if (slot === null) this.#crowded.set(entry.path, entry)
    else {
      this.#hashes[slot] = hash
      this.#slots[slot] = entry
    }
    return undefined
  }

  #find(path: string, hash: number): { entry: ZipEntry | undefined; slot: number | null } {
    // The low bits of the sum alone would put names that end alike side by side.
    let slot = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 7
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      slot &= this.#mask
      const entry = this.#slots[slot]
      if (entry === undefined) return { entry, slot }
      if (this.#hashes[slot] === hash && entry.path === path) return { entry, slot }
      slot++
    }
    return { entry: this.#crowded.get(path), slot: null }
  }
}
