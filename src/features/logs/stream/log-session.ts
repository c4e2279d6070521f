import { drawRows } from '../held/draw-rows.ts'
import { HeldLines } from '../held/held-lines.ts'
import { lineAtTime } from '../held/line-at-time.ts'
import { lineText } from '../held/line-block.ts'
import { shownLines, ShownRows } from '../held/shown-rows.ts'
import type { Filter, Frame, LineRange, StreamState, ToWorker, View } from '../log-protocol.ts'
import { wrapAt } from '../text/columns.ts'
import { type Arrival, LineAssembler, type RawLine } from '../text/line-assembler.ts'
import { severity } from '../text/severity.ts'
import { type Earlier, readEarlier } from './earlier-lines.ts'
import { LogSearch } from './log-search.ts'
import { LogStream, type Refusal } from './log-stream.ts'
import type { PatternWorker } from './pattern-search.ts'

/** New lines are shown so often; more often nobody reads. */
const frameMs = 100
/** So long it takes in text before others get a turn. */
const turnMs = 12
/** What is read at first, from the end; and before a line that a link leads to. */
const tailBytes = 4 * 1024 * 1024
const beforeTarget = 512 * 1024
const targetMs = 1500

/** Everything about one open log that takes time: reading, holding, searching. The page draws what it is handed. */
export class LogSession {
  readonly #post: (frame: Frame) => void
  readonly #held = new HeldLines()
  readonly #shown = new ShownRows()
  readonly #search: LogSearch
  #url = ''
  #stream: LogStream | null = null
  #assembler: LineAssembler | null = null
  /** Of text that is about to come. */
  #arrivals: Arrival[] = []
  #state: StreamState = 'connecting'
  #refusal: Refusal | null = null
  #view: View = { from: 0, count: 60, isFollowing: true, width: null, hidesStamps: false }
  #start = 0
  #isAtStart = false
  #isLoadingEarlier = false
  #gapBytes = 0
  #added = 0
  #addedErrors = 0
  /** Added to a line's number, it is the number that people count; null: nobody counted what came before. */
  #numberFrom: number | null = null
  /** A position to go to as soon as it is held. */
  #target: number | null = null
  #jump: { id: number; row: number } | null = null
  #notice: { id: number; text: string } | null = null
  #ids = 0
  #isAsleep = false
  /** A search was asked for whose answer is awaited. */
  #isAsked = false
  #targetTimer: ReturnType<typeof setTimeout> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #lastFrame = 0
  #turn = 0

  constructor(post: (frame: Frame) => void, makePatternWorker: () => PatternWorker) {
    this.#post = post
    this.#search = new LogSearch(this.#shown, makePatternWorker, () => this.#found())
  }

  take(message: ToWorker, answer: (text: string) => void = () => {}): void {
    switch (message.type) {
      case 'open':
        this.#url = message.url
        this.#stream?.stop()
        this.#stream = null
        this.#target = message.at
        return this.#open(message.at === null ? null : Math.max(0, message.at - beforeTarget))
      case 'view':
        return this.#look(message.view)
      case 'search':
        this.#isAsked = true
        this.#search.set(message.query)
        if (this.#search.query !== null) return
        if (this.#shown.filter.onlyHits) this.#layOut(this.#shown.filter, true)
        return this.#draw()
      case 'step':
        return this.#step(message.by)
      case 'filter':
        this.#layOut(message.filter)
        return this.#draw()
      case 'unfold':
        this.#keepingPlace(() => this.#shown.unfold(message.line, message.isOpen))
        return this.#draw()
      case 'goTo':
        return this.#goTo(message.position)
      case 'goToTime':
        return this.#goToTime(message.at)
      case 'goToEdge':
        return this.#goToEdge(message.edge)
      case 'earlier':
        return void this.#loadEarlier()
      case 'retry':
        return this.#open(this.#stream?.position ?? null)
      case 'sleep':
        this.#isAsleep = true
        return this.#stream?.stop()
      case 'wake':
        return this.#wake()
      case 'text':
        return answer(this.#textOf(message.range))
      default:
        return message satisfies never
    }
  }

  // Reading

  /** @param from a position to read on from; null: the end of the log */
  #open(from: number | null): void {
    this.#stream?.stop()
    this.#refusal = null
    const isOn = from !== null && from === this.#assembler?.end
    this.#arrivals = []
    if (!isOn) {
      this.#assembler = null
      this.#held.clear()
      this.#isAtStart = false
      this.#numberFrom = null
    }
    this.#become('connecting')
    this.#stream = new LogStream(
      from === null ? `${this.#url}&tail=${tailBytes}` : (this.#stream?.address ?? this.#url),
      from,
      {
        text: (text, start, end) => this.#read(text, start, end, from),
        arrived: (arrivals) => this.#arrivals.push(...arrivals),
        opened: () => {
          this.#become('open')
          this.#awaitTarget()
        },
        broken: () => this.#become('reconnecting'),
        ended: () => {
          this.#finishLine()
          this.#become('ended')
        },
        refused: (refusal) => {
          this.#refusal = refusal
          this.#become(refusal.status === 401 ? 'signedOut' : 'refused')
        },
      },
    )
    this.#stream.start()
  }

  async #read(text: string, start: number, end: number, from: number | null): Promise<void> {
    if (this.#assembler === null) {
      // A log's first bytes may be gone: then it begins later than asked for, at the beginning of a line or in it.
      this.#assembler = new LineAssembler(start, from !== null && from > 0 && start === from)
      this.#start = start
      this.#isAtStart = start === 0 || (from !== null && start > from)
      this.#numberFrom = start === 0 ? 1 - this.#held.end : null
    } else if (start > this.#assembler.end) {
      this.#gapBytes += start - this.#assembler.end
    }
    this.#assembler.arrived(this.#arrivals)
    this.#arrivals = []
    this.#assembler.push(text, start, end, (line) => this.#add(line))
    this.#awaitTarget()
    this.#makeRoom()
    this.#soon()
    const now = performance.now()
    if (now - this.#turn > turnMs) {
      await new Promise((resolve) => setTimeout(resolve))
      this.#turn = performance.now()
    }
  }

  #add(line: RawLine): void {
    if (this.#held.lines === 0) this.#start = line.position
    const level = this.#held.add(line)
    this.#added += 1
    if (level === severity.error) this.#addedErrors += 1
  }

  #finishLine(): void {
    const rest = this.#assembler?.finish() ?? null
    if (rest !== null) this.#add(rest)
  }

  /** Somebody who reads keeps what they read; those who follow keep the newest. */
  #makeRoom(): void {
    if (!this.#held.isFull) return
    if (!this.#view.isFollowing || this.#target !== null) {
      this.#stream?.stop()
      return this.#become('full')
    }
    if (this.#held.dropFirst() > 0) {
      this.#start = this.#held.blocks()[0]?.positions[0] ?? this.#start
      this.#isAtStart = false
    }
  }

  #become(state: StreamState): void {
    this.#state = state
    this.#soon()
  }

  #wake(): void {
    if (this.#state === 'reconnecting') this.#stream?.hurry()
    else if (this.#isAsleep && (this.#state === 'open' || this.#state === 'connecting')) {
      this.#stream?.start()
    }
    this.#isAsleep = false
  }

  async #loadEarlier(): Promise<void> {
    if (this.#isLoadingEarlier || this.#isAtStart) return
    this.#isLoadingEarlier = true
    this.#soon()
    const before = this.#start
    const earlier = await readEarlier(this.#stream?.address ?? this.#url, before)
    this.#isLoadingEarlier = false
    if (earlier === null) this.#say('The earlier lines could not be read. Try again.')
    else if (this.#start === before) this.#putBefore(earlier)
    this.#draw()
  }

  #putBefore({ blocks, start, isAtStart }: Earlier): void {
    const first = this.#held.blocks()[0]?.first ?? this.#held.end
    this.#isAtStart = isAtStart
    this.#held.prepend(blocks)
    const count = blocks.reduce((sum, block) => sum + block.count, 0)
    this.#start = start
    if (start === 0) this.#numberFrom = 1 - (first - count)
    this.#shown.sync(this.#held.blocks())
    // Who was at the end asked for these: to where they meet what was there.
    if (this.#view.isFollowing) this.#jumpToLine(first)
    if (this.#held.isFull) {
      this.#held.dropLast()
      this.#stream?.stop()
      this.#become('full')
    }
  }

  // Looking

  #look(view: View): void {
    const isBack = view.isFollowing && !this.#view.isFollowing
    this.#view = view
    const { width, hidesStamps, filter } = this.#shown
    if (view.width !== width || view.hidesStamps !== hidesStamps) {
      this.#keepingPlace(() => this.#shown.setLayout(view.width, filter, view.hidesStamps))
    }
    if (isBack && this.#state === 'full') this.#open(null)
    this.#draw()
  }

  #layOut(filter: Filter, isAgain = false): void {
    this.#keepingPlace(() => {
      if (isAgain) this.#shown.measureAll()
      this.#shown.setLayout(this.#shown.width, filter)
    })
  }

  /** The line at the top of the screen is there afterwards too, or the next one that is shown. */
  #keepingPlace(change: () => void): void {
    const place = this.#shown.at(this.#view.from)
    change()
    if (place !== null && !this.#view.isFollowing) {
      this.#jumpTo(this.#shown.rowOf(place.entry.block.first + place.line))
    }
  }

  /** @param row is at the top then */
  #jumpTo(row: number): void {
    this.#ids += 1
    this.#jump = { id: this.#ids, row }
    this.#view = { ...this.#view, from: row, isFollowing: false }
  }

  #jumpToLine(line: number, offset = 0): void {
    const first = this.#shown.rowOf(line)
    const place = this.#shown.at(first)
    const { width } = this.#shown
    let part = 0
    if (place !== null && width !== null && offset > 0) {
      const cut = this.#shown.stampOf(place.entry.block, place.line)
      const body = lineText(place.entry.block, place.line).slice(cut)
      part = wrapAt(body, width).findLastIndex((at) => at <= offset - cut)
    }
    this.#jumpTo(first + Math.max(0, part) - Math.floor(this.#view.count / 3))
  }

  #step(by: 1 | -1): void {
    const top = this.#shown.at(Math.max(this.#shown.firstRow, this.#view.from))
    const line = top === null ? 0 : top.entry.block.first + top.line
    const found = this.#search.step(by, line)
    if (found !== null) this.#jumpToLine(found.line, found.offset)
    this.#draw()
  }

  #goTo(position: number): void {
    const end = this.#assembler?.end ?? Infinity
    if (this.#held.lines > 0 && position >= this.#start && position <= end) {
      const line = this.#shown.lineAt(position)
      if (line !== null) this.#jumpToLine(line)
      return this.#draw()
    }
    this.#target = position
    this.#open(Math.max(0, position - beforeTarget))
  }

  #goToTime(at: number): void {
    const found = lineAtTime(this.#shown.entries, at)
    if (typeof found === 'string') {
      this.#say(
        found === 'too late'
          ? 'Nothing here is as late as that.'
          : 'Nobody knows when these lines were printed.',
      )
      return this.#draw()
    }
    if (found.first > at && !this.#isAtStart) {
      this.#say('That is before what is held here. Load earlier lines, then try again.')
    }
    this.#jumpToLine(found.line)
    this.#draw()
  }

  #goToEdge(edge: 'first' | 'last'): void {
    this.#jumpTo(edge === 'first' ? this.#shown.firstRow : this.#shown.endRow)
    this.#draw()
  }

  #say(text: string): void {
    this.#ids += 1
    this.#notice = { id: this.#ids, text }
  }

  #found(): void {
    if (this.#shown.filter.onlyHits) this.#layOut(this.#shown.filter, true)
    if (!this.#isAsked) return this.#soon()
    this.#isAsked = false
    this.#draw()
  }

  #textOf(range: LineRange | null): string {
    const lines: string[] = []
    for (const entry of this.#shown.entries) {
      const { block } = entry
      for (const line of shownLines(entry)) {
        const position = block.positions[line] ?? 0
        if (range !== null && (position < range.from || position > range.to)) continue
        lines.push(lineText(block, line))
      }
    }
    return lines.join('\n')
  }

  // Drawing

  #soon(): void {
    const wait = Math.max(0, this.#lastFrame + frameMs - performance.now())
    this.#timer ??= setTimeout(() => this.#draw(), wait)
  }

  #draw(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#lastFrame = performance.now()
    this.#held.setRest(this.#assembler?.rest() ?? null)
    this.#shown.sync(this.#held.blocks())
    this.#search.run()
    this.#reachTarget()
    const { firstRow, endRow } = this.#shown
    const { isFollowing, count } = this.#view
    const from = isFollowing ? endRow - count : Math.min(this.#view.from, endRow - 1)
    // Half a screen more on both sides, for those who scroll.
    const more = Math.ceil(count / 2)
    const rowsFrom = Math.max(firstRow, from - more)
    const rows = drawRows(this.#shown, rowsFrom, Math.min(endRow, from + count + more), {
      query: this.#search.query,
      current: this.#search.current,
      numberFrom: this.#numberFrom,
    })
    this.#post({
      firstRow,
      endRow,
      rowsFrom,
      rows,
      jump: this.#jump,
      state: this.#state,
      refusal: this.#refusal,
      lines: this.#held.lines,
      shownLines: this.#shown.lines,
      start: this.#start,
      end: this.#assembler?.end ?? 0,
      isAtStart: this.#isAtStart,
      isLoadingEarlier: this.#isLoadingEarlier,
      gapBytes: this.#gapBytes,
      added: this.#added,
      addedErrors: this.#addedErrors,
      search: this.#search.state(),
      notice: this.#notice,
      run: this.#stream?.run ?? null,
      lastNumber: this.#numberFrom === null ? null : this.#held.end - 1 + this.#numberFrom,
    })
  }

  #reachTarget(): void {
    if (this.#target === null) return
    const last = this.#shown.entries.at(-1)?.block
    const isThere = (last?.positions[last.count - 1] ?? -1) >= this.#target
    if (!isThere && this.#state !== 'ended' && this.#state !== 'full') return
    const line = this.#shown.lineAt(this.#target)
    this.#target = null
    if (line !== null) this.#jumpToLine(line)
  }

  /** A link may lead behind the end: where nothing more comes, it isn't waited for. */
  #awaitTarget(): void {
    clearTimeout(this.#targetTimer)
    if (this.#target === null) return
    this.#targetTimer = setTimeout(() => {
      if (this.#target === null || this.#state !== 'open') return
      this.#target = null
      this.#say('The line that the link leads to isn’t in this log. This is its end.')
      if (this.#held.lines === 0) return this.#open(null)
      this.#jumpTo(this.#shown.endRow)
      this.#draw()
    }, targetMs)
  }
}
