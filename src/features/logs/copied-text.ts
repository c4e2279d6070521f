/** What is selected within an element, as lines: rows that one line was wrapped into are one again. Null: nothing. */
export function copiedText(within: HTMLElement): string | null {
  const selection = document.getSelection()
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  let text = ''
  let isFirst = true
  for (const row of within.querySelectorAll<HTMLElement>('[data-row]')) {
    if (!range.intersectsNode(row)) continue
    const part = document.createRange()
    part.selectNodeContents(row)
    const isFromStart = range.compareBoundaryPoints(Range.START_TO_START, part) <= 0
    if (!isFromStart) part.setStart(range.startContainer, range.startOffset)
    if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) {
      part.setEnd(range.endContainer, range.endOffset)
    }
    const isWrapped = /:\d+$/.test(row.dataset['row'] ?? '')
    if (!isFirst && !isWrapped) text += '\n'
    isFirst = false
    // The time that stands in its own column belongs to the line.
    if (isFromStart) text += row.dataset['before'] ?? ''
    text += part.toString().replaceAll('\u200b', '')
  }
  return isFirst ? null : text
}
