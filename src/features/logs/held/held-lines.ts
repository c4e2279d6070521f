import type { RawLine } from '../text/line-assembler.ts'
import type { Severity } from '../text/severity.ts'
import { BlockBuilder, type LineBlock } from './line-block.ts'

/** What is held of a log at most, whatever its size: lines, and UTF-16 units of their text. */
export const heldLimit = { lines: 200_000, length: 20 * 1024 * 1024 } as const

/** A stretch of a log, in blocks. New lines go to its end, earlier ones before its beginning. */
export class HeldLines {
  /** Full ones, in order. */
  #blocks: LineBlock[] = []
  #builder = new BlockBuilder(0)
  /** The block that is being filled, as it was last asked for. */
  #open: LineBlock | null = null
  #isOpenStale = false
  #rest: RawLine | null = null
  #preview: LineBlock | null = null
  #lines = 0
  #length = 0

  get lines(): number {
    return this.#lines + this.#builder.count
  }

  get isFull(): boolean {
    return this.#lines >= heldLimit.lines || this.#length >= heldLimit.length
  }

  /** In order; the last may be one that is still being filled, or a line that isn't finished. */
  blocks(): LineBlock[] {
    if (this.#isOpenStale) {
      this.#open = this.#builder.block()
      this.#isOpenStale = false
    }
    return [...this.#blocks, this.#open, this.#preview].filter((block) => block !== null)
  }

  /** The number that the next line gets. */
  get end(): number {
    return this.#builder.next
  }

  /** @returns how bad the line is */
  add(line: RawLine): Severity {
    this.#put(this.#builder.add(line))
    this.#isOpenStale = true
    return this.#builder.lastSeverity
  }

  /** The beginning of a line that isn't finished. Blocks stay the same ones while it does. */
  setRest(rest: RawLine | null): void {
    const isSame =
      rest?.end === this.#rest?.end && this.#preview?.first === (rest ? this.end : undefined)
    if (isSame) return
    this.#rest = rest
    this.#preview = rest === null ? null : this.#builder.preview(rest)
  }

  /** @param blocks those right before what is held, numbered from 0 */
  prepend(blocks: readonly LineBlock[]): void {
    const count = blocks.reduce((sum, block) => sum + block.count, 0)
    const first = this.blocks()[0]?.first ?? this.end
    const moved = blocks.map((block) => ({ ...block, first: block.first + first - count }))
    this.#blocks = [...moved, ...this.#blocks]
    for (const { count: lines, text } of moved) this.#count(lines, text.length)
  }

  /** Lets the oldest go until it fits. @returns how many lines went */
  dropFirst(): number {
    let dropped = 0
    while (this.isFull && this.#blocks.length > 1) {
      const block = this.#blocks.shift()
      if (block === undefined) break
      this.#count(-block.count, -block.text.length)
      dropped += block.count
    }
    return dropped
  }

  /** Lets the newest go until it fits; nothing may be added after that. */
  dropLast(): void {
    this.#put(this.#builder.take())
    this.#isOpenStale = true
    this.setRest(null)
    while (this.isFull && this.#blocks.length > 1) {
      const block = this.#blocks.pop()
      if (block === undefined) break
      this.#count(-block.count, -block.text.length)
    }
  }

  clear(): void {
    const end = this.end
    this.#blocks = []
    this.#builder = new BlockBuilder(end)
    this.#open = null
    this.#isOpenStale = false
    this.#rest = null
    this.#preview = null
    this.#lines = 0
    this.#length = 0
  }

  #put(block: LineBlock | null): void {
    if (block === null) return
    this.#blocks.push(block)
    this.#count(block.count, block.text.length)
  }

  #count(lines: number, length: number): void {
    this.#lines += lines
    this.#length += length
  }
}
