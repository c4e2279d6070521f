import type { TomlTable, TomlValue } from 'smol-toml'
import { isTable } from '../manifest/table.ts'
import {
  locateToml,
  type TomlItem,
  type TomlPath,
  type TomlRange,
} from '../manifest/toml-source.ts'
import type { TextEdit } from './fix.ts'

/** A header, and where what precedes it ends. */
type Header = { item: TomlItem; bound: number }

/**
 * A TOML text that can be changed in place: comments, order, indentation, quotes and line ends of
 * everything else stay as they are. The edits are offsets into the text that was given.
 */
export class TomlDocument {
  readonly #text: string
  readonly #table: TomlTable
  readonly #items: readonly TomlItem[]
  readonly #headers: readonly Header[]
  /** The byte order mark, which the places of findings don't count. */
  readonly #shift: number

  private constructor(text: string, table: TomlTable, shift: number) {
    this.#text = text
    this.#table = table
    this.#shift = shift
    this.#items = locateToml(text).items
    this.#headers = this.#items.flatMap((item, index) =>
      item.kind === 'header' ? [{ item, bound: this.#items[index - 1]?.end ?? 0 }] : [],
    )
  }

  /** Null for what is no TOML. */
  static async open(source: string): Promise<TomlDocument | null> {
    const { parse } = await import('smol-toml')
    const shift = source.startsWith('\uFEFF') ? 1 : 0
    const text = source.slice(shift)
    try {
      const table = parse(text, { integersAsBigInt: 'asNeeded', maxDepth: 64 })
      return new TomlDocument(text, table, shift)
    } catch {
      return null
    }
  }

  /** What begins at a line and column, its key or its value; both count from 1. */
  at(line: number, column: number): TomlItem[] {
    const offset = this.#offset(line, column)
    return this.#items.filter((item) => item.key === offset || item.start === offset)
  }

  /** Whether a line and column are those of the item's value. */
  isValueAt(item: TomlItem, line: number, column: number): boolean {
    return item.kind !== 'header' && item.start === this.#offset(line, column)
  }

  /** The value at a path as the parser reads it. */
  value(path: TomlPath): TomlValue | undefined {
    let value: TomlValue | undefined = this.#table
    for (const step of path) {
      if (Array.isArray(value) && typeof step === 'number') value = value[step]
      else if (isTable(value) && Object.hasOwn(value, step)) value = value[step]
      else return undefined
    }
    return value
  }

  /** The key with its value, or the element, at a path. */
  find(path: TomlPath): TomlItem | undefined {
    return this.#items.find((item) => item.kind !== 'header' && samePath(item.path, path))
  }

  /** Writes another value; a text keeps the kind of quotes. */
  replace(item: TomlItem, raw: string): TextEdit {
    return this.#edit(item, requote(raw, this.#text.slice(item.start, item.end)))
  }

  /** Writes a key another way wherever it stands: in headers, and in dotted keys. */
  rename(path: TomlPath, name: string): TextEdit[] {
    const wanted = JSON.stringify(path)
    const edits: TextEdit[] = []
    for (const item of this.#items) {
      let length = item.path.length
      for (const range of item.names.toReversed()) {
        while (length > 0 && typeof item.path[length - 1] === 'number') length--
        if (length === path.length && JSON.stringify(item.path.slice(0, length)) === wanted) {
          edits.push(this.#edit(range, name))
        }
        length--
      }
    }
    return edits
  }

  /** Adds a key to a table, where the documented order has it; null where the table has no header. */
  insert(table: TomlPath, key: string, raw: string, order: readonly string[]): TextEdit | null {
    const header = this.#items.find((item) => item.kind === 'header' && samePath(item.path, table))
    if (header === undefined) return null
    const pairs = this.#items.filter(
      (item) =>
        item.kind === 'pair' &&
        !item.inline &&
        item.names.length === 1 &&
        samePath(item.path.slice(0, -1), table),
    )
    const rank = (name: unknown) =>
      order.findIndex((known) => known.toLowerCase() === String(name).toLowerCase())
    const wanted = rank(key)
    const before = pairs
      .filter((pair) => rank(pair.path.at(-1)) < wanted)
      .toSorted((a, b) => rank(a.path.at(-1)) - rank(b.path.at(-1)))
      .at(-1)
    const model = before ?? pairs[0]
    const line = this.#indentOf(model ?? header) + key + this.#equals(model, pairs, key) + raw
    const newline = this.#text.includes('\r\n') ? '\r\n' : '\n'
    const at = this.#lineEnd((before ?? header).end)
    const isLast = this.#text.charAt(at - 1) !== '\n'
    return this.#edit({ start: at, end: at }, isLast ? newline + line : line + newline)
  }

  /** Takes a key with its value out, or an element of an array; null where that isn't simple. */
  remove(item: TomlItem): TextEdit | null {
    if (item.kind === 'header') return null
    const range = item.inline ? this.#listRange(item) : this.#lineRange(item)
    return range === null ? null : this.#edit(range, '')
  }

  /**
   * Takes out the tables at these paths and everything in them, the comment right above included;
   * null where that isn't simple.
   */
  removeTables(paths: readonly TomlPath[]): TextEdit[] | null {
    const wanted = new Set(paths.map((path) => JSON.stringify(path)))
    const depths = new Set(paths.map((path) => path.length))
    const isIn = ({ path }: TomlItem) =>
      [...depths].some((depth) => wanted.has(JSON.stringify(path.slice(0, depth))))
    const ranges: TomlRange[] = []
    for (const [index, header] of this.#headers.entries()) {
      if (isIn(header.item)) ranges.push(this.#blockRange(header, this.#headers[index + 1]))
    }
    for (const item of this.#items) {
      const isTop = item.kind === 'pair' && !item.inline && item.names.length === item.path.length
      const isElement = item.kind === 'element' && wanted.has(JSON.stringify(item.path))
      if (!(isTop || isElement) || !isIn(item)) continue
      const range = item.inline ? this.#listRange(item) : this.#lineRange(item)
      if (range === null) return null
      ranges.push(range)
    }
    return ranges.length === 0
      ? null
      : merge(ranges).map((range) => this.#edit(this.#withBlankLines(range), ''))
  }

  #offset(line: number, column: number): number {
    let start = 0
    for (let left = line; left > 1; left--) start = this.#lineEnd(start)
    return start + column - 1
  }

  #edit({ start, end }: TomlRange, text: string): TextEdit {
    return { start: start + this.#shift, end: end + this.#shift, text }
  }

  #lineStart(offset: number): number {
    return this.#text.lastIndexOf('\n', offset - 1) + 1
  }

  // After the line's end.
  #lineEnd(offset: number): number {
    const end = this.#text.indexOf('\n', offset)
    return end < 0 ? this.#text.length : end + 1
  }

  #indentOf(item: TomlItem): string {
    return this.#text.slice(this.#lineStart(item.key), item.key)
  }

  // " = " as the neighbour has it, and in one column where all have it in one.
  #equals(model: TomlItem | undefined, pairs: readonly TomlItem[], key: string): string {
    const gap = ({ names: [name], start }: TomlItem) =>
      name === undefined ? '' : this.#text.slice(name.end, start)
    const between = model === undefined ? '' : gap(model)
    const sign = between.indexOf('=')
    if (sign < 0 || between.length > 80) return ' = '
    const columns = new Set(
      pairs.map((pair) => (pair.names[0]?.end ?? 0) - pair.key + gap(pair).indexOf('=')),
    )
    const [column = 0] = columns
    const isAligned = sign > 0 && columns.size === 1 && pairs.length > 1
    const space = isAligned ? ' '.repeat(Math.max(1, column - key.length)) : between.slice(0, sign)
    return space + between.slice(sign)
  }

  #lineRange(item: TomlItem): TomlRange {
    return { start: this.#lineStart(item.key), end: this.#lineEnd(item.end) }
  }

  // An element with the comma after it, or else before it, and a line that would be left empty.
  #listRange({ key, end }: TomlItem): TomlRange | null {
    const text = this.#text
    const blank = /\s/
    let after = end
    while (blank.test(text.charAt(after))) after++
    if (text.charAt(after) === ',') {
      after++
      while (/[ \t]/.test(text.charAt(after))) after++
      const line = this.#lineStart(key)
      const isAlone = text.slice(line, key).trim() === '' && /[\r\n]/.test(text.charAt(after))
      return isAlone ? { start: line, end: this.#lineEnd(after) } : { start: key, end: after }
    }
    let before = key
    while (before > 0 && blank.test(text.charAt(before - 1))) before--
    const first = text.charAt(before - 1)
    if (first === ',') return { start: before - 1, end }
    // Another sign is a comment's: what is between can't be told from here.
    return first === '[' || first === '{' ? { start: key, end } : null
  }

  #blockRange(header: Header, next: Header | undefined): TomlRange {
    const start = this.#withComment(header)
    return { start, end: next === undefined ? this.#text.length : this.#withComment(next) }
  }

  // What goes at the end of the file takes the blank lines before it along.
  #withBlankLines({ start, end }: TomlRange): TomlRange {
    let from = start
    while (end === this.#text.length && from > 0) {
      const line = this.#lineStart(from - 1)
      if (this.#text.slice(line, from).trim() !== '') break
      from = line
    }
    return { start: from, end }
  }

  // A comment right above a header belongs to it, unless it opens the file.
  #withComment({ item, bound }: Header): number {
    const own = this.#lineStart(item.key)
    let start = own
    while (start > bound) {
      const line = this.#lineStart(start - 1)
      if (line < bound || !this.#text.slice(line, start).trimStart().startsWith('#')) break
      start = line
    }
    return start === 0 ? own : start
  }
}

function samePath(a: TomlPath, b: TomlPath): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index])
}

function merge(ranges: readonly TomlRange[]): TomlRange[] {
  const merged: TomlRange[] = []
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end)
    else merged.push({ start, end })
  }
  return merged
}

// "x" becomes 'x' where the author writes texts that way.
function requote(raw: string, old: string): string {
  if (!raw.startsWith('"') || !old.startsWith("'") || old.startsWith("'''")) return raw
  return /^"[^"\\']*"$/.test(raw) ? `'${raw.slice(1, -1)}'` : raw
}
