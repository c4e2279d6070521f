/** Little-endian numbers of a byte array; reading past its end throws a RangeError. */
export class ByteView {
  readonly bytes: Uint8Array
  readonly #view: DataView

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get length(): number {
    return this.bytes.length
  }

  u16(at: number): number {
    return this.#view.getUint16(at, true)
  }

  u32(at: number): number {
    return this.#view.getUint32(at, true)
  }

  /** Infinity beyond 2⁵³ - 1, so that every comparison with a file's size fails. */
  u64(at: number): number {
    const value = this.#view.getBigUint64(at, true)
    return value > BigInt(Number.MAX_SAFE_INTEGER) ? Infinity : Number(value)
  }
}

/** True when `bytes` has `pattern` at `at`. */
export function bytesAt(bytes: Uint8Array, pattern: readonly number[], at = 0): boolean {
  return pattern.every((byte, index) => bytes[at + index] === byte)
}

/** Three bytes as one number that ignores letter case: bit 5 makes ASCII letters lower case. */
export function packLetters(bytes: Uint8Array, at: number): number {
  const first = (bytes[at] ?? 0) | 0x20
  const second = (bytes[at + 1] ?? 0) | 0x20
  const third = (bytes[at + 2] ?? 0) | 0x20
  return (first << 16) | (second << 8) | third
}

/** What `packLetters` makes of the beginning of a text. */
export function packText(text: string): number {
  return packLetters(new TextEncoder().encode(text), 0)
}
