import { showName } from '../zip/entry-name.ts'

const MAX_SHOWN = 80

/** A text of the bundle on one line, safe for a terminal, at most 80 characters of it. */
export function shownText(text: string): string {
  // Cut first: what follows looks at every character.
  const line = showName(
    text
      .slice(0, MAX_SHOWN * 4)
      .replace(/\s+/g, ' ')
      .trim(),
  )
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN - 1)}…` : line
}

/** "a, b, c and 4 more". */
export function shownList(items: readonly string[], most = 5): string {
  const shown = items.slice(0, most).map(shownText)
  const more = items.length - shown.length
  if (more > 0) return `${shown.join(', ')} and ${more} more`
  return shown.join(', ')
}

/** "1 file", "2 files". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
