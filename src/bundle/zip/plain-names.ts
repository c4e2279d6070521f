import { packLetters, packText, type ByteView } from './bytes.ts'
import { HASH_START, hashFour, hashStep } from './path-index.ts'

const SLASH = 0x2f
const DOT = 0x2e
const BLANK = 0x20

const ORDINARY = 0
const UPPER_CASE = 1
const SEPARATOR = 2
/** Not printable, not ASCII, or not welcome everywhere. */
const UNWELCOME = 3

const KINDS = new Uint8Array(256).fill(UNWELCOME).fill(ORDINARY, 0x20, 0x7f)
for (const character of '<>:"|?*\\') KINDS[character.charCodeAt(0)] = UNWELCOME
KINDS.fill(UPPER_CASE, 0x41, 0x5b)
KINDS[SLASH] = SEPARATOR

// What fits into any file system, however it is split into segments.
const MAX_PLAIN_BYTES = 85

/**
 * Reads names that need no examination: short printable ASCII without a folder's slash at the end,
 * or a segment that is empty, starts or ends with a dot, or may mean something to Windows.
 */
export class PlainNames {
  /** The hash of the last name. */
  hash = HASH_START
  /** Whether the last name has no upper case. */
  isLowerCase = true
  /** Whether the last name is in another folder than the one before. */
  startsFolder = false
  readonly #view: ByteView
  /** The last name's first byte, and what is known up to its last slash, which is included. */
  #start = 0
  #folderLength = 0
  #folderHash = HASH_START
  #isFolderLowerCase = true

  /** `view`: what holds all names. */
  constructor(view: ByteView) {
    this.#view = view
  }

  /** False, and nothing is remembered, where the name isn't plain. */
  read(start: number, length: number): boolean {
    if (length === 0 || length > MAX_PLAIN_BYTES) return false
    const view = this.#view
    const { bytes } = view
    const end = start + length
    // Neighbours mostly lie in the same folder, whose name was looked at already.
    const sharesFolder = this.#sharesFolder(start, length)
    let at = sharesFolder ? start + this.#folderLength : start
    let hash = sharesFolder ? this.#folderHash : HASH_START
    let isLowerCase = sharesFolder ? this.#isFolderLowerCase : true
    let folderEnd = at
    let folderHash = hash
    let isFolderLowerCase = isLowerCase
    let segmentStart = at
    while (at < end) {
      if (at + 4 <= end) {
        const four = view.u32(at)
        if (areOrdinary(four)) {
          hash = hashFour(hash, four)
          at += 4
          continue
        }
      }
      const byte = bytes[at] ?? 0
      const kind = KINDS[byte]
      hash = hashStep(hash, byte)
      at++
      if (kind === ORDINARY) continue
      if (kind === UNWELCOME) return false
      if (kind === UPPER_CASE) {
        isLowerCase = false
        continue
      }
      if (!isPlainSegment(bytes, segmentStart, at - 1)) return false
      segmentStart = at
      folderEnd = at
      folderHash = hash
      isFolderLowerCase = isLowerCase
    }
    if (!isPlainSegment(bytes, segmentStart, end)) return false
    const folderLength = folderEnd - start
    this.startsFolder = !sharesFolder || folderLength !== this.#folderLength
    this.#start = start
    this.#folderLength = folderLength
    this.#folderHash = folderHash
    this.#isFolderLowerCase = isFolderLowerCase
    this.hash = hash
    this.isLowerCase = isLowerCase
    return true
  }

  #sharesFolder(start: number, length: number): boolean {
    const folderLength = this.#folderLength
    if (length <= folderLength) return false
    const view = this.#view
    const last = this.#start
    // From the end, where neighbours differ.
    let at = folderLength
    for (; at >= 4; at -= 4) {
      if (view.u32(start + at - 4) !== view.u32(last + at - 4)) return false
    }
    for (at--; at >= 0; at--) {
      if (view.bytes[start + at] !== view.bytes[last + at]) return false
    }
    return true
  }
}

// Whether four bytes are lower case letters, digits, '_', '-' or '.', as most in names are. Adding
// what is missing to 0x80 sets the top bit of the bytes from a character on.
function areOrdinary(four: number): boolean {
  const letters = (four + 0x21212121) & ~(four + 0x05050505)
  const digits = (four + 0x50505050) & ~(four + 0x46464646)
  const marks = (four + 0x53535353) & ~(four + 0x51515151)
  return ((letters | digits | marks) & ~four & TOP_BITS) === TOP_BITS
}

const TOP_BITS = 0x80808080 | 0

// A segment that hides nothing, and has nothing that Windows drops or takes for a device.
function isPlainSegment(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end || bytes[start] === DOT) return false
  const last = bytes[end - 1]
  return last !== BLANK && last !== DOT && !mayBeDevice(bytes, start, end)
}

// Windows keeps CON, PRN, AUX, NUL, COM1 and LPT1 for devices, with anything after a dot; what looks
// like one is examined.
function mayBeDevice(bytes: Uint8Array, start: number, end: number): boolean {
  const endsAt = (length: number) => start + length === end || bytes[start + length] === DOT
  if (end - start < 3) return false
  if (endsAt(3)) {
    const word = packLetters(bytes, start)
    if (word === CON || word === PRN || word === AUX || word === NUL) return true
  }
  if (end - start < 4 || !endsAt(4)) return false
  const word = packLetters(bytes, start)
  return word === COM || word === LPT
}

const CON = packText('con')
const PRN = packText('prn')
const AUX = packText('aux')
const NUL = packText('nul')
const COM = packText('com')
const LPT = packText('lpt')
