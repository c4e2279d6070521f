/** Part of a text: from `start` up to, not including, `end`, in UTF-16 units as `slice` counts them. */
export type Range = { readonly start: number; readonly end: number }

export type Match = {
  /** The larger, the better; 0 to 110. Comparable between texts matched against the same query. */
  readonly score: number
  /** What to highlight: in order, apart, never empty. */
  readonly ranges: readonly Range[]
}

type Word = Range & { readonly folded: string }
type Hit = { readonly score: number; readonly ranges: readonly Range[] }

/** Whatever is longer says nothing more about what is meant, and costs time at each key. */
const maxText = 300
const maxQuery = 120
const maxQueryWords = 8
const maxWords = 60

const wordPattern = /[\p{L}\p{N}\p{M}]+/gu
const marks = /\p{M}/gu

/** Without case and accents: “Über” is found by “uber”. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(marks, '').toLowerCase()
}

function words(text: string): Word[] {
  const found: Word[] = []
  for (const { 0: word, index } of text.slice(0, maxText).matchAll(wordPattern)) {
    const folded = fold(word)
    if (folded !== '') found.push({ start: index, end: index + word.length, folded })
    if (found.length === maxWords) break
  }
  return found
}

/** What somebody typed, taken apart once for all the texts it is compared with. */
export function queryWords(query: string): string[] {
  return (query.slice(0, maxQuery).match(wordPattern) ?? [])
    .map(fold)
    .filter((word) => word !== '')
    .slice(0, maxQueryWords)
}

/** The range of the first `count` folded units of a word; the whole word where folding changed its length. */
function part(word: Word, from: number, count: number): Range {
  if (word.folded.length !== word.end - word.start) return { start: word.start, end: word.end }
  return { start: word.start + from, end: word.start + from + count }
}

/**
 * Whether one slip makes `typed` of `meant`, or of its beginning: a letter too many, missing, other, or swapped with
 * its neighbour.
 */
function isOneSlipFrom(typed: string, meant: string): boolean {
  let at = 0
  while (at < typed.length && typed[at] === meant[at]) at += 1
  const rest = (typedFrom: number, meantFrom: number) =>
    meant.startsWith(typed.slice(typedFrom), meantFrom)
  return (
    rest(at + 1, at + 1) ||
    rest(at + 1, at) ||
    rest(at, at + 1) ||
    (typed[at] === meant[at + 1] && typed[at + 1] === meant[at] && rest(at + 2, at + 2))
  )
}

/** Shorter words are a slip away from too many others. */
const minSlipLength = 4

function hitWord(typed: string, word: Word): Hit | null {
  const { folded } = word
  if (folded.startsWith(typed)) {
    const score = folded.length === typed.length ? 100 : 80
    return { score, ranges: [part(word, 0, typed.length)] }
  }
  const inside = folded.indexOf(typed, 1)
  // One letter in the middle of a word means nothing, but where it is a word of its own.
  if (inside > 0 && (typed.length > 1 || typed > '\u{2e80}')) {
    return { score: 45, ranges: [part(word, inside, typed.length)] }
  }
  if (typed.length >= minSlipLength && isOneSlipFrom(typed, folded)) {
    return { score: 30, ranges: [{ start: word.start, end: word.end }] }
  }
  return null
}

/** “sf” for “Sales forecast”: the first letters of words that follow each other. */
function hitInitials(typed: string, all: readonly Word[]): Hit | null {
  if (typed.length < 2) return null
  for (let from = 0; from + typed.length <= all.length; from += 1) {
    const run = all.slice(from, from + typed.length)
    if (run.every(({ folded }, index) => folded[0] === typed[index])) {
      return { score: 60, ranges: run.map((word) => part(word, 0, 1)) }
    }
  }
  return null
}

function best(typed: string, all: readonly Word[]): Hit | null {
  let found = hitInitials(typed, all)
  for (const word of all) {
    const hit = hitWord(typed, word)
    if (hit !== null && (found === null || hit.score > found.score)) found = hit
  }
  return found
}

function joined(ranges: readonly Range[]): Range[] {
  const sorted = ranges.toSorted((a, b) => a.start - b.start || a.end - b.end)
  const result: Range[] = []
  for (const range of sorted) {
    const last = result.at(-1)
    if (last !== undefined && range.start <= last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) }
    } else result.push(range)
  }
  return result
}

/** What is found by its other words counts less than what is called so. */
const aliasShare = 0.6

/**
 * Compares a text with what somebody typed: every typed word has to be found, in any order, as a word, the beginning
 * or the middle of one, as initials, or with one slip. Nothing typed matches everything.
 *
 * @param typed what `queryWords` made of the query
 * @param aliases other words the text may be found by; they are never highlighted
 */
export function match(
  text: string,
  typed: readonly string[],
  aliases: readonly string[] = [],
): Match | null {
  if (typed.length === 0) return { score: 0, ranges: [] }
  const own = words(text)
  const others = aliases.length === 0 ? [] : words(aliases.join(' '))
  let sum = 0
  const ranges: Range[] = []
  for (const word of typed) {
    const hit = best(word, own)
    const alias = best(word, others)
    const aliasScore = (alias?.score ?? 0) * aliasShare
    if (hit === null && alias === null) return null
    sum += Math.max(hit?.score ?? 0, aliasScore)
    if (hit !== null && hit.score >= aliasScore) ranges.push(...hit.ranges)
  }
  const first = typed[0] ?? ''
  const inOrder = own[0]?.folded.startsWith(first) === true ? 6 : 0
  const isAll = own.length === typed.length ? 4 : 0
  return { score: sum / typed.length + inOrder + isAll, ranges: joined(ranges) }
}
