import type { Filter } from '../log-protocol.ts'
import { columnsOf, rowsFor } from '../text/columns.ts'
import { unfolded } from '../text/json-line.ts'
import { severity } from '../text/severity.ts'
import { lineFlag, lineText, type LineBlock } from './line-block.ts'
import { type Hits, linesHit, noHits } from './matching.ts'

/** A block with what of it is shown. */
export type Entry = {
  readonly block: LineBlock
  /** What the search found in it. */
  hits: Hits
  isSearched: boolean
  /** The lines that pass the filter; null: all. */
  shown: Uint32Array | null
  rows: number
}

export type Place = { readonly entry: Entry; readonly line: number; readonly part: number }

/** Which row is which line. Rows are counted from wherever the log was opened, and keep their number as others go. */
export class ShownRows {
  entries: Entry[] = []
  firstRow = 0
  #width: number | null = null
  #hidesStamps = false
  #filter: Filter = { least: severity.none, onlyHits: false }
  readonly #unfolded = new Map<number, readonly string[]>()

  get endRow(): number {
    return this.entries.reduce((row, { rows }) => row + rows, this.firstRow)
  }

  get lines(): number {
    return this.entries.reduce((sum, { shown, block }) => sum + (shown?.length ?? block.count), 0)
  }

  get hidesStamps(): boolean {
    return this.#hidesStamps
  }

  get width(): number | null {
    return this.#width
  }

  /** How much of a line's beginning stands in the column of times instead. */
  stampOf(block: LineBlock, line: number): number {
    return this.#hidesStamps ? (block.stamps[line] ?? 0) : 0
  }

  get filter(): Filter {
    return this.#filter
  }

  /** Takes over what is held now; what is still the same block keeps what was found in it. */
  sync(blocks: readonly LineBlock[]): void {
    const known = new Map(this.entries.map((entry) => [entry.block, entry]))
    const byFirst = new Map(this.entries.map((entry) => [entry.block.first, entry]))
    const before = this.entries[0]
    const next = blocks.map((block) => {
      const entry = known.get(block)
      if (entry !== undefined) return entry
      // One that grew: what was found in it is still there.
      const hits = byFirst.get(block.first)?.hits ?? noHits
      return this.#measured({ block, hits, isSearched: false, shown: null, rows: 0 })
    })
    if (before !== undefined) {
      const same = next.findIndex(({ block }) => block.first >= before.block.first)
      const added = same === -1 ? next : next.slice(0, same)
      this.firstRow -= added.reduce((sum, { rows }) => sum + rows, 0)
      const first = next[added.length]?.block.first ?? Infinity
      for (const entry of this.entries) {
        if (entry.block.first >= first) break
        this.firstRow += entry.rows
      }
    }
    this.entries = next
  }

  /** @returns whether rows are others now */
  setLayout(width: number | null, filter: Filter, hidesStamps = this.#hidesStamps): boolean {
    const isSame =
      width === this.#width &&
      hidesStamps === this.#hidesStamps &&
      filter.least === this.#filter.least &&
      filter.onlyHits === this.#filter.onlyHits
    if (isSame) return false
    this.#width = width
    this.#hidesStamps = hidesStamps
    this.#filter = filter
    this.measureAll()
    return true
  }

  measureAll(): void {
    for (const entry of this.entries) this.#measured(entry)
  }

  measure(entry: Entry): void {
    this.#measured(entry)
  }

  unfold(line: number, isOpen: boolean): void {
    const place = this.#find(line)
    if (place === null) return
    this.#unfolded.delete(line)
    const text = isOpen ? unfolded(lineText(place.entry.block, place.line)) : null
    if (text !== null) this.#unfolded.set(line, text)
    // Bounded; the oldest fold again.
    for (const oldest of this.#unfolded.keys()) {
      if (this.#unfolded.size <= 100) break
      this.#unfolded.delete(oldest)
    }
    this.measureAll()
  }

  detailsOf(line: number): readonly string[] | undefined {
    return this.#unfolded.get(line)
  }

  at(row: number): Place | null {
    let from = this.firstRow
    for (const entry of this.entries) {
      if (row < from + entry.rows) return this.#within(entry, row - from)
      from += entry.rows
    }
    return null
  }

  /** The row of a line, or of the next one that is shown; the end where there is none. */
  rowOf(line: number): number {
    let row = this.firstRow
    for (const entry of this.entries) {
      const { block } = entry
      if (line < block.first + block.count) {
        for (const each of shownLines(entry)) {
          if (block.first + each >= line) return row
          row += this.#rowsOf(block, each)
        }
      } else row += entry.rows
    }
    return row
  }

  /** The first line that begins at or after a position in the log; or the last. */
  lineAt(position: number): number | null {
    let found: number | null = null
    for (const { block } of this.entries) {
      for (let line = 0; line < block.count; line += 1) {
        if ((block.positions[line] ?? 0) > position) return found ?? block.first + line
        found = block.first + line
        if (block.positions[line] === position) return found
      }
    }
    return found
  }

  #find(line: number): Place | null {
    const entry = this.entries.find(
      ({ block }) => line >= block.first && line < block.first + block.count,
    )
    return entry === undefined ? null : { entry, line: line - entry.block.first, part: 0 }
  }

  #within(entry: Entry, row: number): Place | null {
    let rest = row
    for (const line of shownLines(entry)) {
      const rows = this.#rowsOf(entry.block, line)
      if (rest < rows) return { entry, line, part: rest }
      rest -= rows
    }
    return null
  }

  #rowsOf(block: LineBlock, line: number): number {
    if (((block.flags[line] ?? 0) & lineFlag.json) !== 0) {
      const details = this.#unfolded.get(block.first + line)
      if (details === undefined) return 1
      return details.reduce((sum, text) => sum + this.rowsOfText(columnsOf(text)), 1)
    }
    return this.rowsOfText((block.columns[line] ?? 0) - this.stampOf(block, line))
  }

  rowsOfText(columns: number): number {
    return this.#width === null ? 1 : rowsFor(columns, this.#width)
  }

  #measured(entry: Entry): Entry {
    entry.shown = this.#pass(entry)
    let rows = 0
    for (const line of shownLines(entry)) rows += this.#rowsOf(entry.block, line)
    entry.rows = rows
    return entry
  }

  /** Lines that belong together pass together. */
  #pass({ block, hits }: Entry): Uint32Array | null {
    const { least, onlyHits } = this.#filter
    if (least === severity.none && !onlyHits) return null
    const hit = onlyHits ? linesHit(block, hits) : null
    const passed: number[] = []
    for (let line = 0; line < block.count;) {
      let end = line + 1
      while (end < block.count && ((block.flags[end] ?? 0) & lineFlag.continues) !== 0) end += 1
      let worst = 0
      let isHit = hit === null
      for (let each = line; each < end; each += 1) {
        worst = Math.max(worst, block.severities[each] ?? 0)
        isHit ||= hit?.has(each) === true
      }
      if (worst >= least && isHit) for (let each = line; each < end; each += 1) passed.push(each)
      line = end
    }
    return Uint32Array.from(passed)
  }
}

export function* shownLines({ block, shown }: Entry): Generator<number> {
  if (shown === null) for (let line = 0; line < block.count; line += 1) yield line
  else yield* shown
}
