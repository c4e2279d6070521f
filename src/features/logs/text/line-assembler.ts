/** So much of one line is kept, in UTF-16 units; the rest is in the download. */
export const maxLineLength = 65_536

/** A line as it was printed, without its end. Positions are bytes of the whole log. */
export type RawLine = {
  readonly raw: string
  readonly position: number
  /** After its line break. */
  readonly end: number
  /** How much of it is not kept. */
  readonly lost: number
  /** When it came, in milliseconds since 1970; null: the platform doesn't say. */
  readonly at: number | null
}

/** What is at `position` and after it came at `at`, in milliseconds since 1970. */
export type Arrival = { readonly position: number; readonly at: number }

/** Puts lines together from pieces of text that may begin and end anywhere. */
export class LineAssembler {
  #rest = ''
  #lost = 0
  #position: number
  #end: number
  /** Where text begins in the middle of a line, up to the next line break. */
  #isSkipping: boolean
  /** In order. */
  #arrivals: Arrival[] = []
  /** Which of them holds for the line that is being put together. */
  #arrival = 0

  /** @param isMidLine whether what comes first is the end of a line that began before */
  constructor(position: number, isMidLine = false) {
    this.#position = position
    this.#end = position
    this.#isSkipping = isMidLine
  }

  /** How far the log was read. */
  get end(): number {
    return this.#end
  }

  /** Of text that is yet to be pushed. */
  arrived(arrivals: readonly Arrival[]): void {
    this.#arrivals.push(...arrivals)
  }

  /** @param start where the text begins and ends in the log, in bytes */
  push(text: string, start: number, end: number, take: (line: RawLine) => void): void {
    const measure = measureOf(text, start, end)
    // Something between is no longer there.
    if (start > this.#end && this.#rest === '') this.#position = start
    let at = 0
    for (let next = text.indexOf('\n'); next !== -1; next = text.indexOf('\n', at)) {
      this.#keep(text.slice(at, next))
      const lineEnd = measure(at, next + 1)
      if (!this.#isSkipping) take(this.#line(lineEnd))
      this.#isSkipping = false
      this.#rest = ''
      this.#lost = 0
      this.#position = lineEnd
      at = next + 1
    }
    if (at < text.length) this.#keep(text.slice(at))
    this.#end = end
    this.#forgetArrivals()
  }

  /** Takes what is left for a line: nothing follows. */
  finish(): RawLine | null {
    const line = this.rest()
    this.#rest = ''
    this.#lost = 0
    this.#position = this.#end
    return line
  }

  /** The beginning of a line whose end is yet to come. */
  rest(): RawLine | null {
    return this.#rest === '' || this.#isSkipping ? null : this.#line(this.#end)
  }

  #line(end: number): RawLine {
    return { raw: this.#rest, position: this.#position, end, lost: this.#lost, at: this.#cameAt() }
  }

  #cameAt(): number | null {
    while ((this.#arrivals[this.#arrival + 1]?.position ?? Infinity) <= this.#position) {
      this.#arrival += 1
    }
    const arrival = this.#arrivals[this.#arrival]
    return arrival !== undefined && arrival.position <= this.#position ? arrival.at : null
  }

  /** A line may go on for days: all that count are its own, and those from which on the next can begin. */
  #forgetArrivals(): void {
    this.#cameAt()
    const own = this.#arrivals[this.#arrival]
    const last = this.#arrivals.findLastIndex(({ position }) => position <= this.#end)
    const later = this.#arrivals.slice(Math.max(last, this.#arrival + 1))
    this.#arrivals = own === undefined ? later : [own, ...later]
    this.#arrival = 0
  }

  #keep(text: string): void {
    if (this.#isSkipping) return
    let whole = this.#rest === '' ? text : this.#rest + text
    // A progress bar writes over itself: only the last that it wrote is worth keeping.
    if (whole.length > maxLineLength || (whole.length > 4096 && whole !== text)) {
      whole = afterLastReturn(whole)
    }
    if (whole.length > maxLineLength) {
      // Not through the middle of a pair.
      const cut = isHighSurrogate(whole.charCodeAt(maxLineLength - 1))
        ? maxLineLength - 1
        : maxLineLength
      this.#lost += whole.length - cut
      whole = whole.slice(0, cut)
    }
    this.#rest = whole
  }
}

function afterLastReturn(text: string): string {
  const at = text.lastIndexOf('\r', text.length - 2)
  return at === -1 ? text : text.slice(at + 1)
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}

/**
 * Says at which byte a place in the text is, going forward from place to place. Bytes that are no UTF-8 arrive as
 * U+FFFD, which is longer than they were: those share what the whole is short of.
 */
function measureOf(text: string, start: number, end: number): (from: number, to: number) => number {
  if (end - start === text.length) return (_from, to) => start + to
  const [bytes, replaced] = utf8Length(text, 0, text.length)
  const spare = replaced === 0 ? 0 : (bytes - (end - start)) / replaced
  let at = start
  return (from, to) => {
    const [length, marks] = utf8Length(text, from, to)
    at += length - marks * spare
    return Math.min(end, Math.round(at))
  }
}

/** Bytes in UTF-8, and how many of the characters are U+FFFD. */
function utf8Length(text: string, from: number, to: number): [bytes: number, replaced: number] {
  let bytes = 0
  let replaced = 0
  for (let i = from; i < to; i += 1) {
    const code = text.charCodeAt(i)
    // Each half of a pair is two of its four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3
    if (code === 0xfffd) replaced += 1
  }
  return [bytes, replaced]
}
