import { HASH_START, hashStep } from './path-index.ts'

const SLASH = 0x2f
const DOT = 0x2e
const COLON = 0x3a
const BACKSLASH = 0x5c

// What fits into any file system, however it is split into segments.
const MAX_PLAIN_BYTES = 85

// For names that are known to be ASCII: browsers and Node decode UTF-8 fastest.
const ASCII = new TextDecoder()

/**
 * Collects the names that need no examination: short printable ASCII without a folder's slash at the
 * end, or a segment that is empty or starts with a dot. They become one string, of which paths are
 * slices: decoding 100,000 names one by one takes longer than everything else.
 */
export class PlainNames {
  /** The hash of the name that was added last. */
  hash = HASH_START
  /** Whether the name that was added last has no upper case. */
  isLowerCase = true
  readonly #bytes: Uint8Array
  #length = 0

  /** `capacity`: bytes that all names have at most. */
  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity)
  }

  /** The length of all names so far. */
  get length(): number {
    return this.#length
  }

  /** False, and nothing is added, where the name isn't plain. */
  add(source: Uint8Array, start: number, length: number): boolean {
    if (length === 0 || length > MAX_PLAIN_BYTES) return false
    let hash = HASH_START
    let isLowerCase = true
    let previous = SLASH
    let to = this.#length
    for (let at = start; at < start + length; at++) {
      const byte = source[at] ?? 0
      if (byte < 0x20 || byte > 0x7e || byte === BACKSLASH || byte === COLON) return false
      if (previous === SLASH && (byte === SLASH || byte === DOT)) return false
      if (byte >= 0x41 && byte <= 0x5a) isLowerCase = false
      hash = hashStep(hash, byte)
      this.#bytes[to++] = byte
      previous = byte
    }
    if (previous === SLASH) return false
    this.#length = to
    this.hash = hash
    this.isLowerCase = isLowerCase
    return true
  }

  /** All names side by side. */
  decode(): string {
    return ASCII.decode(this.#bytes.subarray(0, this.#length))
  }
}
