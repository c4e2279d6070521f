import type { CodeLine } from './CodeLines.tsx'

const contextLines = 2
const maxLines = 60

/**
 * What is different between two texts, with some lines around it. Fixes change one place or a few near each other, so
 * what the texts share at both ends is all that has to be found.
 */
export function lineDiff(before: string, after: string): CodeLine[] {
  const old = before.split('\n')
  const now = after.split('\n')
  const least = Math.min(old.length, now.length)
  let start = 0
  while (start < least && old[start] === now[start]) start++
  let end = 0
  while (end < least - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end++
  const line = (text: string, number: number | null, mark: CodeLine['mark']): CodeLine => ({
    number,
    text: text.replace(/\r$/, '').slice(0, 240),
    mark,
  })
  const from = Math.max(0, start - contextLines)
  const lines = [
    ...old.slice(from, start).map((text, index) => line(text, from + index + 1, null)),
    ...old.slice(start, old.length - end).map((text, index) => line(text, start + index + 1, '-')),
    ...now.slice(start, now.length - end).map((text, index) => line(text, start + index + 1, '+')),
    ...now
      .slice(now.length - end, now.length - end + contextLines)
      .map((text, index) => line(text, now.length - end + index + 1, null)),
  ]
  if (lines.length <= maxLines) return lines
  const more = lines.length - maxLines
  return [...lines.slice(0, maxLines), line(`… ${more} more lines`, null, null)]
}
