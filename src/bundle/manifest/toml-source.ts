import type { Place } from '../finding.ts'
import { LinePlaces } from './line-places.ts'
import { PathIds } from './path-ids.ts'

/** Keys as the author spelled them; numbers count elements of arrays. */
export type TomlPath = readonly (string | number)[]

export type TomlRange = { start: number; end: number }

/** A table's header, a key with its value, or an element of an array. Offsets are UTF-16 units. */
export type TomlItem = TomlRange & {
  path: TomlPath
  kind: 'header' | 'pair' | 'element'
  /** Whether it stands inside an array or an inline table. */
  inline: boolean
  /** Where it begins; `start` is where its value does, of a header the header itself. */
  key: number
  /** The names of its dotted key, as written. They are the end of `path`, indices left out. */
  names: readonly TomlRange[]
}

/**
 * What versions of TOML differ in: a text in double quotes, keys included; a number, date or the
 * like; and of an inline table its first line break, or the comma before its end.
 */
export type TomlToken = TomlRange & { kind: 'text' | 'scalar' | 'line-break' | 'last-comma' }

/** Knows where in a TOML text its keys and values stand. */
export type TomlSource = {
  /** Line and column of a key – the table's header for a table – or of its nearest parent, else of the text. */
  key(path: TomlPath): Place
  /** Line and column of a value, or of its nearest parent, else of the text. */
  value(path: TomlPath): Place
  /** A value as the author wrote it; null when its place isn't known. */
  text(path: TomlPath): string | null
  /** All of them, an array's elements and an inline table's keys before their parent. */
  items: readonly TomlItem[]
  /** In the order of the text, but for nested inline tables. */
  tokens: readonly TomlToken[]
  /** Line and column of an offset. */
  at(offset: number): Place
}

/**
 * Finds the places of all keys and values. The text is one that a TOML parser has accepted: this
 * scanner only follows its structure. Lines and columns count from 1, columns in UTF-16 units.
 */
export function locateToml(text: string): TomlSource {
  const scanner = new Scanner(text)
  scanner.scan()
  const { spans, ids, items, tokens } = scanner
  const places = new LinePlaces(text)
  const find = (path: TomlPath): TomlItem | undefined => {
    for (let length = path.length; length > 0; length--) {
      const span = spans.get(ids.of(path.slice(0, length)))
      if (span !== undefined) return span
    }
    return undefined
  }
  return {
    key: (path) => places.of(find(path)?.key ?? 0),
    value: (path) => places.of(find(path)?.start ?? 0),
    text(path) {
      const span = spans.get(ids.of(path))
      return span === undefined ? null : text.slice(span.start, span.end)
    },
    items,
    tokens,
    at: (offset) => places.of(offset),
  }
}

const BARE_KEY = /[^\s=.[\]{},#"']+/y
const SCALAR = /[^,\]}#\r\n]+/y
/** Names of one dotted key that are followed: hostile ones have thousands, real ones at most three. */
const MAX_NAMES = 32
/** Steps of a path that are followed inside arrays and inline tables, for the same reason. */
const MAX_STEPS = 16

type Name = TomlRange & { name: string }

class Scanner {
  readonly spans = new Map<string, TomlItem>()
  readonly ids = new PathIds()
  readonly items: TomlItem[] = []
  readonly tokens: TomlToken[] = []
  readonly #text: string
  readonly #counts = new Map<string, number>()
  #at = 0
  /** How many arrays and inline tables are open. */
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  scan(): void {
    let table: (string | number)[] = []
    for (;;) {
      this.#skipSpace(true)
      if (this.#at >= this.#text.length) return
      const before = this.#at
      if (this.#peek() === '[') table = this.#header()
      else this.#pair(table)
      // Only a text that is no TOML stops the scan; step over whatever it is.
      if (this.#at === before) this.#at++
    }
  }

  #peek(): string {
    return this.#text.charAt(this.#at)
  }

  #skipSpace(lines: boolean): void {
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#peek()
      if (character === '#') this.#at = this.#lineEnd() - 1
      else if (
        !(
          character === ' ' ||
          character === '\t' ||
          (lines && (character === '\n' || character === '\r'))
        )
      )
        return
    }
  }

  #lineEnd(): number {
    const end = this.#text.indexOf('\n', this.#at)
    return end < 0 ? this.#text.length : end
  }

  #header(): (string | number)[] {
    const start = this.#at
    const isArray = this.#text.startsWith('[[', this.#at)
    this.#at += isArray ? 2 : 1
    const names = this.#names()
    const item = { kind: 'header', key: start, start, end: start, names } as const
    const path: (string | number)[] = []
    for (const [index, { name }] of names.entries()) {
      path.push(name)
      const id = this.ids.of(path)
      const count = this.#counts.get(id)
      if (isArray && index === names.length - 1) {
        this.#index({ ...item, path: [...path], inline: false })
        this.#counts.set(id, (count ?? 0) + 1)
        path.push(count ?? 0)
      } else if (count !== undefined) path.push(count - 1)
    }
    this.#at = this.#lineEnd()
    this.#record({ ...item, path: [...path], end: this.#at })
    return path
  }

  #pair(table: TomlPath): void {
    const key = this.#at
    const names = this.#names()
    const path = this.#extend(
      table,
      names.map(({ name }) => name),
    )
    if (this.#peek() !== '=') return
    this.#at++
    this.#skipSpace(false)
    this.#record({ path, kind: 'pair', key, names, ...this.#value(path) })
  }

  #names(): Name[] {
    const names: Name[] = []
    for (;;) {
      this.#skipSpace(false)
      const start = this.#at
      const name = this.#key()
      if (name === null) return names
      if (names.length < MAX_NAMES) names.push({ name, start, end: this.#at })
      this.#skipSpace(false)
      if (this.#peek() !== '.') return names
      this.#at++
    }
  }

  #key(): string | null {
    const quote = this.#peek()
    const start = this.#at
    if (quote === '"' || quote === "'") {
      this.#string()
      const raw = this.#text.slice(start, this.#at)
      return quote === '"' ? unquote(raw) : raw.slice(1, -1)
    }
    BARE_KEY.lastIndex = this.#at
    const match = BARE_KEY.exec(this.#text)
    if (match === null) return null
    this.#at += match[0].length
    return match[0]
  }

  #value(path: TomlPath): TomlRange {
    const start = this.#at
    const first = this.#peek()
    if (first === '"' || first === "'") this.#string()
    else if (first === '[' || first === '{') {
      this.#depth++
      if (first === '[') this.#array(path)
      else this.#inlineTable(path)
      this.#depth--
    } else {
      SCALAR.lastIndex = this.#at
      this.#at += (SCALAR.exec(this.#text)?.[0] ?? '').trimEnd().length
      this.tokens.push({ kind: 'scalar', start, end: this.#at })
    }
    return { start, end: this.#at }
  }

  #array(path: TomlPath): void {
    this.#at++
    for (let index = 0; ; index++) {
      this.#skipSpace(true)
      if (this.#at >= this.#text.length) return
      if (this.#peek() === ']') {
        this.#at++
        return
      }
      const before = this.#at
      const element = this.#extend(path, [index])
      this.#record({
        path: element,
        kind: 'element',
        key: before,
        names: [],
        ...this.#value(element),
      })
      this.#skipSpace(true)
      if (this.#peek() === ',' || this.#at === before) this.#at++
    }
  }

  #inlineTable(path: TomlPath): void {
    this.#at++
    let isBroken = false
    for (let comma = -1; ;) {
      const space = this.#at
      this.#skipSpace(true)
      const skipped = this.#text.slice(space, this.#at)
      if (!isBroken && skipped.includes('\n')) {
        isBroken = true
        const start = space + skipped.indexOf('\n')
        this.tokens.push({ kind: 'line-break', start, end: start + 1 })
      }
      if (this.#at >= this.#text.length) return
      const next = this.#peek()
      const before = this.#at
      if (next === '}') {
        if (comma >= 0) this.tokens.push({ kind: 'last-comma', start: comma, end: comma + 1 })
        this.#at++
        return
      }
      if (next !== ',') this.#pair(path)
      if (next === ',' || this.#at === before) this.#at++
      comma = next === ',' ? before : -1
    }
  }

  #string(): void {
    const start = this.#at
    const quote = this.#peek()
    const triple = quote.repeat(3)
    const isLong = this.#text.startsWith(triple, this.#at)
    const close = isLong ? triple : quote
    this.#at += close.length
    while (this.#at < this.#text.length && !this.#text.startsWith(close, this.#at)) {
      this.#at += quote === '"' && this.#peek() === '\\' ? 2 : 1
    }
    this.#at += close.length
    // Up to two more quotes belong to a long string: """a"""" ends with one.
    for (let more = 0; isLong && more < 2 && this.#peek() === quote; more++) this.#at++
    if (quote === '"') this.tokens.push({ kind: 'text', start, end: this.#at })
  }

  #isTooDeep(path: TomlPath): boolean {
    return this.#depth > 0 && path.length > MAX_STEPS
  }

  // A path that is too long to be followed stays as it is.
  #extend(path: TomlPath, steps: TomlPath): TomlPath {
    return this.#isTooDeep(path) ? path : [...path, ...steps]
  }

  #record(item: Omit<TomlItem, 'inline'>): void {
    if (this.#isTooDeep(item.path)) return
    const placed = { ...item, inline: this.#depth > 0 }
    this.items.push(placed)
    this.#index(placed)
  }

  #index(item: TomlItem): void {
    const id = this.ids.of(item.path)
    if (!this.spans.has(id)) this.spans.set(id, item)
  }
}

function unquote(raw: string): string {
  try {
    const value: unknown = JSON.parse(raw)
    return typeof value === 'string' ? value : raw
  } catch {
    return raw.slice(1, -1)
  }
}
