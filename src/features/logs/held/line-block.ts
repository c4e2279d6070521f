import { plainStyle, readLine, type TextStyle } from '../text/ansi.ts'
import { columnsOf } from '../text/columns.ts'
import { looksLikeJson } from '../text/json-line.ts'
import type { RawLine } from '../text/line-assembler.ts'
import { LineGroups } from '../text/line-groups.ts'
import { leadingStamp, timeOf } from '../text/line-time.ts'
import { type Severity, severityOf } from '../text/severity.ts'

export const lineFlag = {
  json: 1,
  /** Belongs to the line before. */
  continues: 2,
  /** Its time is when it came, as the platform saw it; it says none itself. */
  isArrival: 4,
} as const

/** Some lines side by side, their facts in columns: a million objects would weigh ten times as much. */
export type LineBlock = {
  /** Counts lines as they came in; earlier ones that are fetched later go below. */
  readonly first: number
  readonly count: number
  /** All lines, each ended by a line feed. */
  readonly text: string
  /** Where each line begins in `text`, and where the last one ends. */
  readonly starts: Uint32Array
  /** Where each begins in the log, in bytes, and where the last one ends. */
  readonly positions: Float64Array
  /** Milliseconds since 1970: what it says, or when it came; NaN: nobody knows. */
  readonly times: Float64Array
  readonly severities: Uint8Array
  readonly flags: Uint8Array
  readonly columns: Uint32Array
  /** How long the time is that a line begins with; see `leadingStamp`. */
  readonly stamps: Uint8Array
  /** Groups of four, offsets in `text`; see `ReadLine.runs`. A line begins as usual where it has none of its own. */
  readonly runs: Int32Array
  /** UTF-16 units of a line that are not kept, by its number in the block. */
  readonly lost: ReadonlyMap<number, number>
}

export function lineText(block: LineBlock, line: number): string {
  return block.text.slice(block.starts[line], (block.starts[line + 1] ?? 1) - 1)
}

const fullLines = 1024
const fullLength = 256 * 1024

/** Takes lines as they come and makes blocks of them. */
export class BlockBuilder {
  #first: number
  readonly #groups = new LineGroups()
  #style: TextStyle = plainStyle
  #texts: string[] = []
  #starts: number[] = [0]
  #positions: number[] = []
  #end = 0
  #times: number[] = []
  #severities: number[] = []
  #flags: number[] = []
  #columns: number[] = []
  #stamps: number[] = []
  #runs: number[] = []
  #lost = new Map<number, number>()

  /** Of the line that was added last. */
  lastSeverity: Severity = 0

  constructor(first: number) {
    this.#first = first
  }

  get count(): number {
    return this.#texts.length
  }

  /** The number that the next line gets. */
  get next(): number {
    return this.#first + this.#texts.length
  }

  /** @returns the block that became full before this line */
  add({ raw, position, end, lost, at }: RawLine): LineBlock | null {
    const { text, runs, style } = readLine(raw, this.#style)
    this.#style = style
    const isJson = runs.length === 0 && lost === 0 && looksLikeJson(text)
    const placed = this.#groups.place(text, severityOf(text, isJson))
    this.lastSeverity = placed.severity
    const full = this.#isFull(placed.continues) ? this.take() : null
    const offset = this.#starts.at(-1) ?? 0
    for (let i = 0; i < runs.length; i += 4) {
      this.#runs.push(offset + (runs[i] ?? 0), runs[i + 1] ?? 0, runs[i + 2] ?? 0, runs[i + 3] ?? 0)
    }
    if (lost > 0) this.#lost.set(this.#texts.length, lost)
    this.#texts.push(text)
    this.#starts.push(offset + text.length + 1)
    this.#positions.push(position)
    this.#end = end
    const time = timeOf(text, isJson)
    // What was printed together came together.
    const cameAt = time === null && !placed.continues ? at : null
    this.#times.push(time?.at ?? cameAt ?? Number.NaN)
    this.#stamps.push(isJson ? 0 : Math.min(255, leadingStamp(text, time)))
    this.#severities.push(placed.severity)
    this.#flags.push(
      (isJson ? lineFlag.json : 0) |
        (placed.continues ? lineFlag.continues : 0) |
        (cameAt === null ? 0 : lineFlag.isArrival),
    )
    this.#columns.push(columnsOf(text))
    return full
  }

  /** What was added since the last block; null: nothing. */
  block(): LineBlock | null {
    if (this.#texts.length === 0) return null
    return {
      first: this.#first,
      count: this.#texts.length,
      text: `${this.#texts.join('\n')}\n`,
      starts: Uint32Array.from(this.#starts),
      positions: Float64Array.from([...this.#positions, this.#end]),
      times: Float64Array.from(this.#times),
      severities: Uint8Array.from(this.#severities),
      flags: Uint8Array.from(this.#flags),
      columns: Uint32Array.from(this.#columns),
      stamps: Uint8Array.from(this.#stamps),
      runs: Int32Array.from(this.#runs),
      lost: new Map(this.#lost),
    }
  }

  /** The block as it is; what comes next begins another. */
  take(): LineBlock | null {
    const block = this.block()
    this.#first += this.#texts.length
    this.#texts = []
    this.#starts = [0]
    this.#positions = []
    this.#times = []
    this.#severities = []
    this.#flags = []
    this.#columns = []
    this.#stamps = []
    this.#runs = []
    this.#lost = new Map()
    return block
  }

  /** A line that isn't finished, as it would be shown. */
  preview({ raw, position, end, lost, at }: RawLine): LineBlock {
    const { text, runs } = readLine(raw, this.#style)
    const time = timeOf(text, false)
    return {
      first: this.#first + this.#texts.length,
      count: 1,
      text: `${text}\n`,
      starts: Uint32Array.of(0, text.length + 1),
      positions: Float64Array.of(position, end),
      times: Float64Array.of(time?.at ?? at ?? Number.NaN),
      severities: Uint8Array.of(severityOf(text, false) satisfies Severity),
      flags: Uint8Array.of(time === null && at !== null ? lineFlag.isArrival : 0),
      columns: Uint32Array.of(columnsOf(text)),
      stamps: Uint8Array.of(0),
      runs: Int32Array.from(runs),
      lost: lost > 0 ? new Map([[0, lost]]) : new Map(),
    }
  }

  /** What belongs together stays in one block, unless that gets twice as large. */
  #isFull(continues: boolean): boolean {
    const share = Math.max(this.#texts.length / fullLines, (this.#starts.at(-1) ?? 0) / fullLength)
    return share >= (continues ? 2 : 1)
  }
}
