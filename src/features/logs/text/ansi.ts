/**
 * How a piece of text is set; zeros are “as usual”. A colour from 1 to 256 is a palette entry plus one, from
 * `trueColor` on a colour in full (0xRRGGBB added).
 */
export type TextStyle = { readonly fg: number; readonly bg: number; readonly attributes: number }

export const plainStyle: TextStyle = { fg: 0, bg: 0, attributes: 0 }

export const trueColor = 0x100_0000

export const attribute = {
  bold: 1,
  dim: 2,
  italic: 4,
  underline: 8,
  strike: 16,
  inverse: 32,
} as const

export type ReadLine = {
  readonly text: string
  /** Where the style changes: flat groups of four numbers, offset, fg, bg, attributes. Empty: all as usual. */
  readonly runs: readonly number[]
  /** The style that the next line begins with, as in a terminal. */
  readonly style: TextStyle
}

const noRuns: readonly number[] = []

/**
 * What is more than text to a terminal or a browser: control characters, and those that turn the direction of others,
 * part lines, or can't be seen. (U+200D stays: it joins emoji.)
 */
const special =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/u

const specials = new RegExp(special.source, 'gu')

/**
 * One line as a terminal would have left it: colours become runs; cursor moves, titles, links, the clipboard and all
 * other sequences go; what was overwritten after a carriage return goes. What can't be seen, or would turn the text
 * around, is spelled out.
 *
 * @param style what the line before ended with
 */
export function readLine(raw: string, style: TextStyle = plainStyle): ReadLine {
  if (!special.test(raw)) {
    return isPlain(style)
      ? { text: raw, runs: noRuns, style }
      : { text: raw, runs: [0, style.fg, style.bg, style.attributes], style }
  }
  const line = new Line(style)
  let at = 0
  specials.lastIndex = 0
  for (let match = specials.exec(raw); match !== null; match = specials.exec(raw)) {
    if (match.index > at) line.write(raw.slice(at, match.index))
    at = line.control(raw, match.index, match[0])
    specials.lastIndex = at
  }
  if (at < raw.length) line.write(raw.slice(at))
  return line.finish()
}

/** Without colours and control characters. */
export function readable(line: string): string {
  return readLine(line).text
}

function isPlain({ fg, bg, attributes }: TextStyle): boolean {
  return fg === 0 && bg === 0 && attributes === 0
}

class Line {
  #text = ''
  #runs: number[] = []
  #style: TextStyle
  /** After a carriage return what comes next takes the place of what is there; a line may also just end with one. */
  #returned = false
  #isEndless = false

  constructor(style: TextStyle) {
    this.#style = style
    this.#mark()
  }

  write(text: string): void {
    if (this.#returned) this.#erase()
    this.#text += text
  }

  /** @returns where the text goes on */
  control(raw: string, at: number, character: string): number {
    const code = character.codePointAt(0) ?? 0
    const next = at + character.length
    if (code === 0x1b || (code >= 0x80 && code <= 0x9f)) return this.#sequence(raw, at, code)
    if (code === 0x0d) this.#returned = true
    else if (code === 0x08) this.#text = this.#text.slice(0, -1)
    else if (code === 0x0b || code === 0x0c) this.write(' ')
    else if (code === 0x07 || code === 0x0e || code === 0x0f) return next
    else if (code < 0x20) this.write(String.fromCodePoint(0x2400 + code))
    else if (code === 0x7f) this.write('␡')
    else this.write(spelled(code))
    return next
  }

  finish(): ReadLine {
    const length = this.#text.length
    const runs: number[] = []
    for (let i = 0; i < this.#runs.length; i += 4) {
      const [from = 0, fg = 0, bg = 0, attributes = 0] = this.#runs.slice(i, i + 4)
      if (from >= length) break
      runs.push(from, fg, bg, attributes)
    }
    return { text: this.#text, runs, style: this.#style }
  }

  #sequence(raw: string, at: number, code: number): number {
    // The 8-bit forms mean what ESC and the letter 64 below mean.
    const kind = code === 0x1b ? raw[at + 1] : String.fromCodePoint(code - 0x40)
    const from = at + (code === 0x1b ? 2 : 1)
    if (kind === undefined) return raw.length
    if (kind === '[') return this.#csi(raw, from)
    if (']PX^_'.includes(kind)) return this.#string(raw, from)
    if (code !== 0x1b) return from
    // Two characters, or three for character sets: ESC ( B.
    let end = at + 1
    while (isBetween(raw, end, 0x20, 0x2f)) end += 1
    return isBetween(raw, end, 0x30, 0x7e) ? end + 1 : end
  }

  #csi(raw: string, from: number): number {
    let end = from
    while (isBetween(raw, end, 0x30, 0x3f)) end += 1
    const parameters = raw.slice(from, end)
    const hasMore = isBetween(raw, end, 0x20, 0x2f)
    while (isBetween(raw, end, 0x20, 0x2f)) end += 1
    if (!isBetween(raw, end, 0x40, 0x7e)) return end
    const final = raw[end]
    if (final === 'm' && !hasMore && parameters.length < 200 && /^[\d;:]*$/.test(parameters)) {
      this.#style = setGraphics(this.#style, parameters)
      this.#mark()
    } else if (final === 'K' && (this.#returned || parameters === '2')) {
      this.#erase()
    }
    return end + 1
  }

  /** After its terminator; without one only the introducer goes, so that nothing swallows the rest of a line. */
  #string(raw: string, from: number): number {
    // Looked for in vain once, and not again: a line may begin thousands of them.
    if (this.#isEndless) return from
    // oxlint-disable-next-line no-control-regex
    const terminator = /\u0007|\u001b\\|\u009c/g
    terminator.lastIndex = from
    this.#isEndless = terminator.exec(raw) === null
    return this.#isEndless ? from : terminator.lastIndex
  }

  #erase(): void {
    this.#returned = false
    this.#text = ''
    this.#runs = []
    this.#mark()
  }

  #mark(): void {
    const { fg, bg, attributes } = this.#style
    if (this.#runs.length === 0 && isPlain(this.#style)) return
    // A style that nothing was written in is replaced.
    while (this.#runs.length > 0 && (this.#runs.at(-4) ?? 0) >= this.#text.length) {
      this.#runs.length -= 4
    }
    this.#runs.push(this.#text.length, fg, bg, attributes)
  }
}

function isBetween(text: string, at: number, least: number, most: number): boolean {
  const code = text.charCodeAt(at)
  return code >= least && code <= most
}

function spelled(code: number): string {
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`
}

const switches: Readonly<Record<number, { on?: number; off?: number }>> = {
  1: { on: attribute.bold },
  2: { on: attribute.dim },
  3: { on: attribute.italic },
  4: { on: attribute.underline },
  7: { on: attribute.inverse },
  9: { on: attribute.strike },
  21: { on: attribute.underline },
  22: { off: attribute.bold | attribute.dim },
  23: { off: attribute.italic },
  24: { off: attribute.underline },
  27: { off: attribute.inverse },
  29: { off: attribute.strike },
}

/** Select Graphic Rendition (ECMA-48 8.3.117, with 256 and true colours as ITU T.416 and xterm write them). */
function setGraphics(style: TextStyle, parameters: string): TextStyle {
  let { fg, bg, attributes } = style
  const codes = parameters.split(';')
  for (let i = 0; i < codes.length; i += 1) {
    const parts = (codes[i] ?? '').split(':').map(Number)
    const code = parts[0] ?? 0
    const change = switches[code]
    if (change !== undefined) {
      const isOff = code === 4 && parts[1] === 0
      attributes = isOff
        ? attributes & ~attribute.underline
        : (attributes | (change.on ?? 0)) & ~(change.off ?? 0)
    } else if (code === 0) ({ fg, bg, attributes } = plainStyle)
    else if (code >= 30 && code <= 37) fg = code - 29
    else if (code >= 40 && code <= 47) bg = code - 39
    else if (code >= 90 && code <= 97) fg = code - 81
    else if (code >= 100 && code <= 107) bg = code - 91
    else if (code === 39) fg = 0
    else if (code === 49) bg = 0
    else if (code === 38 || code === 48) {
      const isOne = parts.length > 1
      const [color, used] = extendedColor(
        isOne ? parts.slice(1) : codes.slice(i + 1, i + 5).map(Number),
        isOne,
      )
      if (!isOne) i += used
      if (color !== null && code === 38) fg = color
      else if (color !== null) bg = color
    }
  }
  return { fg, bg, attributes }
}

/** `5;n`, or `2;r;g;b` (with colons also `2::r:g:b`). @returns the colour, and how many numbers it took */
function extendedColor(
  numbers: readonly number[],
  isOne: boolean,
): [color: number | null, used: number] {
  const isByte = (value: number | undefined) => value !== undefined && value >= 0 && value <= 255
  if (numbers[0] === 5) {
    const entry = numbers[1]
    return [entry !== undefined && isByte(entry) ? entry + 1 : null, 2]
  }
  if (numbers[0] !== 2) return [null, numbers.length]
  // With colons there may be a colour space between.
  const [r = -1, g = -1, b = -1] = numbers.slice(isOne && numbers.length > 4 ? 2 : 1)
  return [isByte(r) && isByte(g) && isByte(b) ? trueColor + ((r << 16) | (g << 8) | b) : null, 4]
}
