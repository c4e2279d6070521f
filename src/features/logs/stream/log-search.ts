import { findText, patternProblem, type Query } from '../held/matching.ts'
import type { Entry, ShownRows } from '../held/shown-rows.ts'
import type { SearchState } from '../log-protocol.ts'
import { PatternSearch, type PatternWorker } from './pattern-search.ts'

/** So long it searches before others get a turn. */
const turnMs = 12

const tooSlow =
  'This pattern takes too long. Try a simpler one: repeats inside of repeats, as in (a+)+, are the usual cause.'

/** What is looked for in the lines that are held, and where in it one is. */
export class LogSearch {
  readonly #shown: ShownRows
  readonly #patterns: PatternSearch
  /** Something was found, or all was looked through. */
  readonly #onProgress: () => void
  #query: Query | null = null
  #problem: string | null = null
  #running = 0
  #isRunning = false
  current: { readonly first: number; readonly hit: number } | null = null

  constructor(shown: ShownRows, makeWorker: () => PatternWorker, onProgress: () => void) {
    this.#shown = shown
    this.#patterns = new PatternSearch(makeWorker)
    this.#onProgress = onProgress
  }

  get query(): Query | null {
    return this.#problem === null ? this.#query : null
  }

  set(query: Query | null): void {
    this.#patterns.stop()
    this.#query = query
    this.#problem = query === null ? null : patternProblem(query)
    this.current = null
    for (const entry of this.#shown.entries) {
      entry.hits = new Int32Array()
      entry.isSearched = false
    }
    this.#running += 1
    this.#isRunning = false
    this.run()
  }

  /** Looks through what wasn't looked through yet. */
  run(): void {
    if (this.query === null || this.#isRunning) return
    if (this.#shown.entries.every(({ isSearched }) => isSearched)) return
    this.#isRunning = true
    void this.#search(this.query, this.#running)
  }

  state(): SearchState | null {
    if (this.#query === null) return null
    let total = 0
    let current: number | null = null
    let isDone = true
    for (const entry of this.#shown.entries) {
      if (this.current?.first === entry.block.first) current = total + this.current.hit + 1
      total += entry.hits.length / 2
      isDone &&= entry.isSearched
    }
    const problem = this.#problem
    return { text: this.#query.text, total, current, isDone: isDone || problem !== null, problem }
  }

  /**
   * Goes to the next or previous hit, round the end.
   *
   * @param line where one is, if none was stepped to yet
   * @returns the line it is in, and where in it; null: there is none
   */
  step(by: 1 | -1, line: number): { line: number; offset: number } | null {
    const hits = this.#shown.entries.filter(({ hits }) => hits.length > 0)
    if (hits.length === 0) return null
    const at = hits.findIndex(({ block }) => block.first === this.current?.first)
    const entry = hits[at]
    if (entry !== undefined && this.current !== null) {
      const hit = this.current.hit + by
      if (hit >= 0 && hit < entry.hits.length / 2) return this.#stand(entry, hit)
      const next = hits[(at + by + hits.length) % hits.length] ?? entry
      return this.#stand(next, by === 1 ? 0 : next.hits.length / 2 - 1)
    }
    // From what is on the screen.
    const here =
      by === 1
        ? hits.find(({ block }) => block.first + block.count > line)
        : hits.findLast(({ block }) => block.first <= line)
    const entryHere = here ?? (by === 1 ? hits[0] : hits.at(-1))
    if (entryHere === undefined) return null
    const count = entryHere.hits.length / 2
    const within = Array.from({ length: count }, (_, hit) => this.#lineOf(entryHere, hit))
    const found =
      by === 1
        ? within.findIndex((each) => each >= line)
        : within.findLastIndex((each) => each <= line)
    if (found !== -1) return this.#stand(entryHere, found)
    const index = hits.indexOf(entryHere)
    const other = hits[(index + by + hits.length) % hits.length] ?? entryHere
    return this.#stand(other, by === 1 ? 0 : other.hits.length / 2 - 1)
  }

  #stand(entry: Entry, hit: number): { line: number; offset: number } {
    this.current = { first: entry.block.first, hit }
    const line = this.#lineOf(entry, hit)
    const start = entry.block.starts[line - entry.block.first] ?? 0
    return { line, offset: (entry.hits[hit * 2] ?? 0) - start }
  }

  #lineOf({ block, hits }: Entry, hit: number): number {
    const offset = hits[hit * 2] ?? 0
    let low = 0
    let high = block.count - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((block.starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return block.first + low
  }

  async #search(query: Query, run: number): Promise<void> {
    let turn = performance.now()
    for (;;) {
      const entry = this.#shown.entries.findLast(({ isSearched }) => !isSearched)
      if (entry === undefined) break
      const hits = query.isRegex
        ? await this.#patterns.find(query, entry.block)
        : findText(query, entry.block.text)
      if (run !== this.#running) return
      if (hits === null) {
        this.#problem = tooSlow
        break
      }
      entry.isSearched = true
      entry.hits = hits
      if (this.#shown.filter.onlyHits) this.#shown.measure(entry)
      if (performance.now() - turn > turnMs) {
        await new Promise((resolve) => setTimeout(resolve))
        if (run !== this.#running) return
        turn = performance.now()
      }
    }
    this.#isRunning = false
    this.#onProgress()
  }
}
