/** New bytes, or a range of an old archive. */
export type Piece = Uint8Array<ArrayBuffer> | { start: number; end: number }

// Browsers take long for each piece of a blob, so small ones become one.
const JOINED_BYTES = 1024 * 1024

/** Hands on what is written in few pieces; neighbours become one. */
export class ArchiveOutput {
  /** Bytes so far. */
  size = 0
  readonly #emit: (piece: Piece) => void
  #range: { start: number; end: number } | null = null
  #joined = new Uint8Array(JOINED_BYTES)
  #length = 0

  constructor(emit: (piece: Piece) => void) {
    this.#emit = emit
  }

  /** Writes bytes, of which a copy is kept where they're few. */
  add(bytes: Uint8Array<ArrayBuffer>): void {
    this.#endRange()
    if (this.#length + bytes.length > JOINED_BYTES) this.#endJoined()
    if (bytes.length > JOINED_BYTES) this.#emit(bytes)
    else {
      this.#joined.set(bytes, this.#length)
      this.#length += bytes.length
    }
    this.size += bytes.length
  }

  /** Takes a range of the old archive over. */
  copy(start: number, end: number): void {
    if (this.#range !== null && this.#range.end === start) this.#range.end = end
    else {
      this.#endRange()
      this.#endJoined()
      this.#range = { start, end }
    }
    this.size += end - start
  }

  finish(): void {
    this.#endRange()
    this.#endJoined()
  }

  #endRange(): void {
    if (this.#range !== null) this.#emit(this.#range)
    this.#range = null
  }

  #endJoined(): void {
    if (this.#length > 0) this.#emit(this.#joined.slice(0, this.#length))
    this.#length = 0
  }
}
