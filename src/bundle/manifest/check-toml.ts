import { error, warning, type Finding } from '../finding.ts'
import { MANIFEST_PATH } from './manifest.ts'
import type { TomlSource, TomlToken } from './toml-source.ts'

/**
 * What the parser lets through and other ones don't: dates that no calendar has, and the novelties
 * of TOML 1.1. The text is one that it has accepted. Source: the specifications of TOML 1.0 and 1.1.
 */
export function* checkToml(text: string, source: TomlSource): Generator<Finding> {
  for (const token of source.tokens) {
    const raw = text.slice(token.start, token.end)
    const place = (offset = 0) => ({ path: MANIFEST_PATH, ...source.at(token.start + offset) })
    if (token.kind === 'scalar' && isImpossible(raw)) {
      yield error(
        'manifest.syntax',
        `app.toml can't be parsed: ${raw.slice(0, 10)} is no day of any year. Correct the date.`,
        place(),
      )
    }
    const novelty = findNovelty(token.kind, raw)
    if (novelty === null) continue
    const { what, instead, offset } = novelty
    yield warning(
      'manifest.toml-1-1',
      `${what} is new in TOML 1.1, which not every platform reads. ${instead}.`,
      place(offset),
    )
  }
}

const DATE = /^(\d{4})-(\d\d)-(\d\d)/

// The parser rolls 30 February over to March.
function isImpossible(raw: string): boolean {
  const match = DATE.exec(raw)
  if (match === null) return false
  const [year, month, day] = match.slice(1).map(Number)
  return (day ?? 0) > daysIn(month ?? 0, year ?? 0)
}

function daysIn(month: number, year: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

type Novelty = { what: string; instead: string; offset?: number }

function findNovelty(kind: TomlToken['kind'], raw: string): Novelty | null {
  if (kind === 'text') return findEscape(raw)
  if (kind === 'line-break') {
    return {
      what: 'An inline table over several lines',
      instead: 'Write it on one line, or as a section',
    }
  }
  if (kind === 'last-comma') {
    return { what: 'A comma at the end of an inline table', instead: 'Remove it' }
  }
  return /^(?:\d{4}-\d\d-\d\d[Tt ])?\d\d:\d\d(?!:)/.test(raw)
    ? { what: 'A time without seconds', instead: 'Add ":00"' }
    : null
}

// The first `\e` or `\x41` of a text. Taking every escape whole, "\\e" isn't one.
function findEscape(raw: string): Novelty | null {
  for (const { 0: escape, index } of raw.matchAll(/\\(?:x[0-9A-Fa-f]{2}|[^])/g)) {
    const code = escape === '\\e' ? '1b' : escape.startsWith('\\x') ? escape.slice(2) : null
    if (code === null) continue
    const instead = `Write "\\u00${code}" instead`
    return { what: `The escape "${escape}"`, instead, offset: index }
  }
  return null
}
