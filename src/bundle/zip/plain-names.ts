import { HASH_START, hashStep } from './path-index.ts'

const SLASH = 0x2f
const DOT = 0x2e
const BLANK = 0x20

/** 1 for the bytes that a name may have without being looked at: printable, and welcome everywhere. */
const PLAIN = new Uint8Array(256).fill(1, 0x20, 0x7f)
for (const character of '<>:"|?*\\') PLAIN[character.charCodeAt(0)] = 0

// What fits into any file system, however it is split into segments.
const MAX_PLAIN_BYTES = 85

// For names that are known to be ASCII: browsers and Node decode UTF-8 fastest.
const ASCII = new TextDecoder()

/**
 * Collects the names that need no examination: short printable ASCII without a folder's slash at the
 * end, or a segment that is empty, starts or ends with a dot, or may mean something to Windows. They
 * become one string, of which paths are slices: decoding 100,000 names one by one takes longer than
 * everything else.
 */
export class PlainNames {
  /** The hash of the name that was added last. */
  hash = HASH_START
  /** Whether the name that was added last has no upper case. */
  isLowerCase = true
  /** Whether the name that was added last is in another folder than the one before. */
  startsFolder = false
  readonly #bytes: Uint8Array
  #length = 0
  /** The last name's first byte, and what is known up to its last slash, which is included. */
  #start = 0
  #folderLength = 0
  #folderHash = HASH_START
  #isFolderLowerCase = true

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
    const bytes = this.#bytes
    const to = this.#length
    // Neighbours mostly lie in the same folder, whose name was looked at already.
    const sharesFolder = this.#sharesFolder(source, start, length)
    let at = sharesFolder ? this.#folderLength : 0
    let hash = at > 0 ? this.#folderHash : HASH_START
    let isLowerCase = at > 0 ? this.#isFolderLowerCase : true
    let folderLength = at
    let folderHash = hash
    let isFolderLowerCase = isLowerCase
    let previous = SLASH
    let segmentStart = at
    for (; at < length; at++) {
      const byte = source[start + at] ?? 0
      if (PLAIN[byte] !== 1) return false
      if (previous === SLASH) {
        if (byte === SLASH || byte === DOT) return false
        segmentStart = at
      }
      if (byte === SLASH || byte === DOT) {
        if (previous === DOT && byte === SLASH) return false
        if (previous === BLANK || mayBeDevice(source, start + segmentStart, at - segmentStart))
          return false
      }
      if (byte >= 0x41 && byte <= 0x5a) isLowerCase = false
      hash = hashStep(hash, byte)
      bytes[to + at] = byte
      if (byte === SLASH) {
        folderLength = at + 1
        folderHash = hash
        isFolderLowerCase = isLowerCase
      }
      previous = byte
    }
    if (previous === SLASH || previous === DOT || previous === BLANK) return false
    if (mayBeDevice(source, start + segmentStart, length - segmentStart)) return false
    this.startsFolder = !sharesFolder || folderLength !== this.#folderLength
    this.#start = to
    this.#length = to + length
    this.#folderLength = folderLength
    this.#folderHash = folderHash
    this.#isFolderLowerCase = isFolderLowerCase
    this.hash = hash
    this.isLowerCase = isLowerCase
    return true
  }

  /** Copies the last name's folder to the new name's place, as far as it is the same. */
  #sharesFolder(source: Uint8Array, start: number, length: number): boolean {
    const folderLength = this.#folderLength
    if (length <= folderLength) return false
    const bytes = this.#bytes
    const to = this.#length
    const last = this.#start
    for (let at = 0; at < folderLength; at++) {
      const byte = source[start + at] ?? 0
      if (byte !== bytes[last + at]) return false
      bytes[to + at] = byte
    }
    return true
  }

  /** All names side by side. */
  decode(): string {
    return ASCII.decode(this.#bytes.subarray(0, this.#length))
  }
}

// Windows keeps CON, PRN, AUX, NUL, COM1 and LPT1 for devices; what looks like one is examined.
function mayBeDevice(bytes: Uint8Array, start: number, length: number): boolean {
  if (length !== 3 && length !== 4) return false
  // Bit 5 makes ASCII letters lower case.
  const first = (bytes[start] ?? 0) | 0x20
  const second = (bytes[start + 1] ?? 0) | 0x20
  const third = (bytes[start + 2] ?? 0) | 0x20
  const word = (first << 16) | (second << 8) | third
  return length === 3
    ? word === CON || word === PRN || word === AUX || word === NUL
    : word === COM || word === LPT
}

const letters = (word: string) =>
  (word.charCodeAt(0) << 16) | (word.charCodeAt(1) << 8) | word.charCodeAt(2)
const CON = letters('con')
const PRN = letters('prn')
const AUX = letters('aux')
const NUL = letters('nul')
const COM = letters('com')
const LPT = letters('lpt')
