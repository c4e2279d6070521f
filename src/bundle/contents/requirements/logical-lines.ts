/** A line as pip reads it: continued lines joined, without comment and blanks around. Never empty. */
export type LogicalLine = {
  text: string
  /** Where in the file a character of `text` stands; both count from 1. */
  place(index: number): { line: number; column: number }
}

type Piece = { text: string; line: number; column: number }

// What Python's str.splitlines splits at; editors count a line only for the first three.
// oxlint-disable-next-line no-control-regex
const LINE_END = /\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/g

/**
 * The lines of a requirements file that say something. Follows pip's `join_lines` and
 * `ignore_comments`: a comment starts at the line's start or after a blank, and ends a continuation.
 */
export function* logicalLines(text: string): Generator<LogicalLine> {
  let pieces: Piece[] = []
  for (const piece of physicalLines(text)) {
    const isComment = piece.text.trimStart().startsWith('#')
    if (piece.text.endsWith('\\') && !isComment) {
      pieces.push(withoutBackslashes(piece))
      continue
    }
    pieces.push(isComment ? { ...piece, text: ` ${piece.text}`, column: piece.column - 1 } : piece)
    const line = join(pieces)
    pieces = []
    if (line !== null) yield line
  }
  const last = join(pieces)
  if (last !== null) yield last
}

function* physicalLines(text: string): Generator<Piece> {
  let line = 1
  let lineStart = 0
  let start = 0
  for (const match of text.matchAll(LINE_END)) {
    yield { text: text.slice(start, match.index), line, column: start - lineStart + 1 }
    start = match.index + match[0].length
    if (match[0].startsWith('\r') || match[0] === '\n') {
      line++
      lineStart = start
    }
  }
  yield { text: text.slice(start), line, column: start - lineStart + 1 }
}

// pip strips them from both ends.
function withoutBackslashes({ text, line, column }: Piece): Piece {
  let start = 0
  let end = text.length
  while (end > 0 && text[end - 1] === '\\') end--
  while (start < end && text[start] === '\\') start++
  return { text: text.slice(start, end), line, column: column + start }
}

function join(pieces: readonly Piece[]): LogicalLine | null {
  const joined = pieces.map((piece) => piece.text).join('')
  const code = joined.slice(0, commentStart(joined))
  const text = code.trim()
  if (text === '') return null
  const cut = code.length - code.trimStart().length
  const starts: number[] = []
  let length = 0
  for (const piece of pieces) {
    starts.push(length)
    length += piece.text.length
  }
  return {
    text,
    place(index) {
      const at = lastBefore(starts, index + cut)
      const { line, column } = pieces[at] ?? { line: 1, column: 1 }
      return { line, column: Math.max(1, column + index + cut - (starts[at] ?? 0)) }
    },
  }
}

/** The index of the last start that isn't after an offset, by bisection. */
function lastBefore(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

function commentStart(text: string): number {
  for (let at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1)) {
    if (at === 0 || /\s/.test(text.charAt(at - 1))) return at
  }
  return text.length
}
