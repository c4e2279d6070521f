import { lineText, type LineBlock } from './line-block.ts'

export type Query = {
  readonly text: string
  readonly isRegex: boolean
  readonly matchesCase: boolean
}

/** Pairs of offsets in a block's text, from and to, in order. */
export type Hits = Int32Array

export const noHits: Hits = new Int32Array()

/** More in one block than anybody steps through; the rest of its lines are still found by their first. */
const maxHitsInBlock = 20_000

/** Why a pattern can't be used; null: it can. */
export function patternProblem({ text, isRegex }: Query): string | null {
  if (!isRegex) return null
  try {
    // oxlint-disable-next-line no-new
    new RegExp(text)
    return null
  } catch (error) {
    const reason =
      error instanceof Error
        ? error.message.replace(/^Invalid regular expression: (?:\/.*\/\w*: )?/s, '')
        : ''
    return `This is no regular expression: ${reason}`
  }
}

/** Text as it stands; takes time in proportion to what it is looked for in. */
export function findText(query: Query, text: string): Hits {
  const escaped = query.text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
  const pattern = new RegExp(escaped, query.matchesCase ? 'g' : 'gi')
  const hits: number[] = []
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    hits.push(match.index, match.index + match[0].length)
    if (hits.length >= maxHitsInBlock * 2) break
  }
  return Int32Array.from(hits)
}

/** A pattern of a person's is tried line by line, and may take for ever: only where it can be ended from outside. */
export function findPattern(
  query: Query,
  block: Pick<LineBlock, 'text' | 'starts' | 'count'>,
): Hits {
  const pattern = new RegExp(query.text, query.matchesCase ? 'g' : 'gi')
  const hits: number[] = []
  for (let line = 0; line < block.count && hits.length < maxHitsInBlock * 2; line += 1) {
    const start = block.starts[line] ?? 0
    const text = lineText(block as LineBlock, line)
    pattern.lastIndex = 0
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      if (match[0] === '') pattern.lastIndex += 1
      else hits.push(start + match.index, start + match.index + match[0].length)
      if (hits.length >= maxHitsInBlock * 2) break
    }
  }
  return Int32Array.from(hits)
}

/** Which lines of a block the hits are in. */
export function linesHit(block: LineBlock, hits: Hits): Set<number> {
  const lines = new Set<number>()
  let line = 0
  for (let i = 0; i < hits.length; i += 2) {
    while ((block.starts[line + 1] ?? Infinity) <= (hits[i] ?? 0)) line += 1
    lines.add(line)
  }
  return lines
}

/** The first hit at or after an offset, as a number of hits before it. */
export function hitsBefore(hits: Hits, offset: number): number {
  let low = 0
  let high = hits.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if ((hits[middle * 2] ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}
