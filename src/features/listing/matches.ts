import type { SearchMatch } from '../../api/generated/types.gen.ts'
import type { TextRange } from '../../ui/Highlight.tsx'

const none: readonly SearchMatch[] = []

/** What to highlight, by the app's id. */
export type Matches = ReadonlyMap<string, readonly SearchMatch[]>

export function matchesByApp(matches: readonly SearchMatch[]): Matches {
  return Map.groupBy(matches, ({ appId }) => appId)
}

export function matchesIn(
  matches: readonly SearchMatch[] | undefined,
  field: SearchMatch['field'],
  index = 0,
): readonly SearchMatch[] {
  if (matches === undefined || matches.length === 0) return none
  return matches.filter((match) => match.field === field && match.index === index)
}

/** What of a text is read before its end is cut off, in code units. */
const readAtOnce = 80
/** What stands before the first match where the beginning is left out. */
const before = 24

/** The text from shortly before its first match, where that would not be read otherwise. */
export function excerpt(
  text: string,
  ranges: readonly TextRange[],
): { text: string; ranges: readonly TextRange[] } {
  const first = ranges[0]
  if (first === undefined || first.end <= readAtOnce) return { text, ranges }
  const space = text.indexOf(' ', first.start - before)
  const from = space === -1 || space >= first.start ? first.start : space + 1
  const shift = 2 - from
  return {
    text: `… ${text.slice(from)}`,
    ranges: ranges.map(({ start, end }) => ({ start: start + shift, end: end + shift })),
  }
}
