/** Printable ASCII and Latin letters: one column each, so that a row is a slice. */
const narrow = /^[\u0020-\u007e\u00a0-\u024f]*$/

export const tabColumns = 4

/**
 * Columns that a text takes in a fixed-width font, never fewer than it really does: what may be drawn in another font
 * counts two.
 */
export function columnsOf(text: string): number {
  if (narrow.test(text)) return text.length
  let columns = 0
  for (const character of text) columns += columnsOfCode(character.codePointAt(0) ?? 0)
  return columns
}

function columnsOfCode(code: number): number {
  if (code === 0x09) return tabColumns
  if (code < 0x0300) return 1
  if (code < 0x0370) return 0
  if (code < 0x0530) return 1
  // Dashes and quotes, arrows, mathematics, boxes and blocks.
  if (code >= 0x2010 && code < 0x2400) return 1
  if (code >= 0x2500 && code < 0x2600) return 1
  if (code === 0x200d || (code >= 0xfe00 && code <= 0xfe0f)) return 0
  return 2
}

/** How many rows it takes when it is wrapped; an empty line takes one. */
export function rowsFor(columns: number, width: number): number {
  return columns <= width ? 1 : Math.ceil(columns / (width - 1))
}

/** Where each row of a wrapped text begins: at most `rowsFor` of them, each at most `width` columns wide. */
export function wrapAt(text: string, width: number): number[] {
  const columns = columnsOf(text)
  if (columns <= width) return [0]
  // One column is spare: a wide character that doesn't fit leaves a gap, which must not make more rows than counted.
  const room = width - 1
  if (columns === text.length && narrow.test(text)) {
    return Array.from({ length: rowsFor(columns, width) }, (_, row) => row * room)
  }
  const starts = [0]
  let at = 0
  let filled = 0
  let total = 0
  for (const character of text) {
    const more = columnsOfCode(character.codePointAt(0) ?? 0)
    // By the count of all before, not of this row alone, so that gaps don't add up.
    if (filled > 0 && total + more > starts.length * room && filled + more > 1) {
      starts.push(at)
      filled = 0
    }
    filled += more
    total += more
    at += character.length
  }
  return starts
}
