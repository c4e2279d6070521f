/** What came of inflating: all of it, a start because the output was full, or one because the input ended. */
export type Inflated = { bytes: Uint8Array<ArrayBuffer>; end: 'complete' | 'full' | 'cut' }

/** The input ended inside the data. */
class InputEnd extends Error {}

/** Canonical Huffman codes by their reversed bits: symbol << 4 | code length, 0 where no code is. */
type Codes = { table: Uint16Array; bits: number }

// The tables of RFC 1951, sections 3.2.5 and 3.2.7.
const numbers = (text: string) => text.split(' ').map(Number)
const LENGTH_BASE = Uint16Array.from(
  numbers('3 4 5 6 7 8 9 10 11 13 15 17 19 23 27 31 35 43 51 59 67 83 99 115 131 163 195 227 258'),
)
const LENGTH_EXTRA = Uint8Array.from(
  numbers('0 0 0 0 0 0 0 0 1 1 1 1 2 2 2 2 3 3 3 3 4 4 4 4 5 5 5 5 0'),
)
const DISTANCE_BASE = Uint16Array.from(
  numbers(
    '1 2 3 4 5 7 9 13 17 25 33 49 65 97 129 193 257 385 513 769 1025 1537 2049 3073 4097 6145 8193 12289 16385 24577',
  ),
)
const DISTANCE_EXTRA = Uint8Array.from(
  numbers('0 0 0 0 1 1 2 2 3 3 4 4 5 5 6 6 7 7 8 8 9 9 10 10 11 11 12 12 13 13'),
)
const CODE_LENGTH_ORDER = Uint8Array.from(numbers('16 17 18 0 8 7 9 6 10 5 11 4 12 3 13 2 14 1 15'))
const END_OF_BLOCK = 256

let fixedCodes: { literals: Codes; distances: Codes } | null = null

/**
 * Inflates raw deflate data in memory, at most `maxBytes` of it: for small entries and for the
 * starts of large ones a DecompressionStream takes longer to set up than to run. Throws a TypeError,
 * as that does, where the data is broken or goes on after its end. Source: RFC 1951; what it leaves
 * open (incomplete codes) is accepted and refused as zlib does.
 */
export function inflateSmall(input: Uint8Array, maxBytes: number): Inflated {
  const inflater = new Inflater(input, maxBytes)
  try {
    const end = inflater.run() ? 'complete' : 'full'
    return { bytes: inflater.output.subarray(0, inflater.size), end }
  } catch (reason) {
    if (!(reason instanceof InputEnd)) throw reason
    return { bytes: inflater.output.subarray(0, inflater.size), end: 'cut' }
  }
}

class Inflater {
  readonly output: Uint8Array<ArrayBuffer>
  size = 0
  readonly #input: Uint8Array
  #at = 0
  #buffer = 0
  #count = 0

  constructor(input: Uint8Array, maxBytes: number) {
    this.#input = input
    this.output = new Uint8Array(maxBytes)
  }

  /** False where the output is full before the data's end. */
  run(): boolean {
    for (;;) {
      const isLast = this.#take(1) === 1
      const type = this.#take(2)
      if (type === 3) throw broken('an unknown kind of block')
      const fits = type === 0 ? this.#copyStored() : this.#inflateBlock(this.#readCodes(type === 1))
      if (!fits) return false
      if (isLast) break
    }
    // Whole bytes that were read ahead count as unread.
    if (this.#at - (this.#count >>> 3) < this.#input.length) throw broken('bytes after its end')
    return true
  }

  #fill(bits: number): void {
    while (this.#count < bits) {
      if (this.#at >= this.#input.length) throw new InputEnd()
      this.#buffer |= (this.#input[this.#at++] ?? 0) << this.#count
      this.#count += 8
    }
  }

  #take(bits: number): number {
    if (this.#count < bits) this.#fill(bits)
    const value = this.#buffer & ((1 << bits) - 1)
    this.#buffer >>>= bits
    this.#count -= bits
    return value
  }

  #decode({ table, bits }: Codes): number {
    // The last code may be shorter than the longest one, so the input may end before that.
    while (this.#count < bits && this.#at < this.#input.length) {
      this.#buffer |= (this.#input[this.#at++] ?? 0) << this.#count
      this.#count += 8
    }
    const code = table[this.#buffer & ((1 << bits) - 1)] ?? 0
    const length = code & 15
    if (length > this.#count || (length === 0 && this.#count < bits)) throw new InputEnd()
    if (length === 0) throw broken('an unknown code')
    this.#buffer >>>= length
    this.#count -= length
    return code >>> 4
  }

  #copyStored(): boolean {
    // Every whole byte that was read ahead goes back.
    this.#at -= this.#count >>> 3
    this.#buffer = 0
    this.#count = 0
    const length = this.#take(16)
    if ((this.#take(16) ^ 0xffff) !== length) throw broken('a stored block of two lengths')
    const there = Math.min(length, this.#input.length - this.#at)
    const taken = Math.min(there, this.output.length - this.size)
    this.output.set(this.#input.subarray(this.#at, this.#at + taken), this.size)
    this.size += taken
    this.#at += taken
    if (taken < there) return false
    if (there < length) throw new InputEnd()
    return true
  }

  #readCodes(isFixed: boolean): { literals: Codes; distances: Codes } {
    if (isFixed) return (fixedCodes ??= makeFixedCodes())
    const literalCount = this.#take(5) + 257
    const distanceCount = this.#take(5) + 1
    const lengthCount = this.#take(4) + 4
    if (literalCount > 286 || distanceCount > 30) throw broken('too many codes')
    const own = new Uint8Array(19)
    for (let index = 0; index < lengthCount; index++) {
      own[CODE_LENGTH_ORDER[index] ?? 0] = this.#take(3)
    }
    const lengths = this.#readLengths(makeCodes(own, false), literalCount + distanceCount)
    if (lengths[END_OF_BLOCK] === 0) throw broken('no end of block')
    return {
      literals: makeCodes(lengths.subarray(0, literalCount), true),
      distances: makeCodes(lengths.subarray(literalCount), true),
    }
  }

  #readLengths(codes: Codes, total: number): Uint8Array {
    const lengths = new Uint8Array(total)
    let index = 0
    while (index < total) {
      const symbol = this.#decode(codes)
      if (symbol < 16) {
        lengths[index++] = symbol
        continue
      }
      if (symbol === 16 && index === 0) throw broken('nothing to repeat')
      const value = symbol === 16 ? (lengths[index - 1] ?? 0) : 0
      const times =
        symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7)
      if (index + times > total) throw broken('too many repeats')
      lengths.fill(value, index, index + times)
      index += times
    }
    return lengths
  }

  #inflateBlock({ literals, distances }: { literals: Codes; distances: Codes }): boolean {
    const { output } = this
    for (;;) {
      const symbol = this.#decode(literals)
      if (symbol < END_OF_BLOCK) {
        if (this.size === output.length) return false
        output[this.size++] = symbol
        continue
      }
      if (symbol === END_OF_BLOCK) return true
      const length = this.#extended(LENGTH_BASE, LENGTH_EXTRA, symbol - 257)
      const distance = this.#extended(DISTANCE_BASE, DISTANCE_EXTRA, this.#decode(distances))
      if (distance > this.size) throw broken('a reference before its start')
      const end = Math.min(this.size + length, output.length)
      const isFull = this.size + length > output.length
      for (let at = this.size; at < end; at++) output[at] = output[at - distance] ?? 0
      this.size = end
      if (isFull) return false
    }
  }

  #extended(base: Uint16Array, extra: Uint8Array, index: number): number {
    const start = base[index]
    const bits = extra[index]
    if (start === undefined || bits === undefined) throw broken('an unknown code')
    return start + this.#take(bits)
  }
}

function broken(what: string): TypeError {
  return new TypeError(`The compressed data has ${what}`)
}

/** `mayBeLonely`: a single code of one bit is accepted although it leaves the other unused. */
function makeCodes(lengths: Uint8Array, mayBeLonely: boolean): Codes {
  const counts = new Uint16Array(16)
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1
  counts[0] = 0
  let bits = 15
  while (bits > 1 && counts[bits] === 0) bits--
  const starts = new Uint16Array(16)
  let free = 1
  let code = 0
  let used = 0
  for (let length = 1; length <= 15; length++) {
    code = (code + (counts[length - 1] ?? 0)) << 1
    starts[length] = code
    free = free * 2 - (counts[length] ?? 0)
    used += counts[length] ?? 0
    if (free < 0) throw broken('too many codes of one length')
  }
  if (free > 0 && used > 0 && !(mayBeLonely && bits === 1)) throw broken('incomplete codes')

  const table = new Uint16Array(1 << bits)
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue
    const own = starts[length] ?? 0
    starts[length] = own + 1
    const step = 1 << length
    for (let at = reverse(own, length); at < table.length; at += step) {
      table[at] = (symbol << 4) | length
    }
  }
  return { table, bits }
}

function reverse(code: number, bits: number): number {
  let reversed = 0
  for (let bit = 0; bit < bits; bit++) reversed |= ((code >>> bit) & 1) << (bits - 1 - bit)
  return reversed
}

function makeFixedCodes(): { literals: Codes; distances: Codes } {
  const lengths = new Uint8Array(288)
  lengths.fill(8, 0, 144)
  lengths.fill(9, 144, 256)
  lengths.fill(7, 256, 280)
  lengths.fill(8, 280)
  return {
    literals: makeCodes(lengths, true),
    distances: makeCodes(new Uint8Array(32).fill(5), true),
  }
}
