import { type RefObject, type UIEvent, useEffect, useState } from 'react'

/** The rows to render: those in sight, and some more on either side. */
export type RowWindow = {
  first: number
  /** One after the last. */
  end: number
  onScroll: (event: UIEvent<HTMLElement>) => void
}

type Seen = { first: number; rows: number }

/** Rows beyond the edges, and how many go by before a new window is rendered. */
const spare = 16

/**
 * Which of many rows of one height to render. A list of any length has as many elements as fit on a screen.
 *
 * @param rowHeight in pixels
 * @param start where the first row begins within what scrolls, in pixels
 */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
  start = 0,
): RowWindow {
  const [seen, setSeen] = useState<Seen>({ first: 0, rows: 40 })

  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const observer = new ResizeObserver(() => setSeen(lookAt(element, rowHeight, start)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller, rowHeight, start])

  const onScroll = (event: UIEvent<HTMLElement>) =>
    setSeen(lookAt(event.currentTarget, rowHeight, start))
  // A list that became shorter has scrolled up, and says so later.
  const first = Math.max(0, Math.min(seen.first, count - seen.rows) - spare)
  return { first, end: Math.min(count, first + seen.rows + 3 * spare), onScroll }
}

/** Gives back what was seen before where nothing changed, so that nothing is rendered again. */
function lookAt(element: HTMLElement, rowHeight: number, start: number): (before: Seen) => Seen {
  const above = Math.floor(Math.max(0, element.scrollTop - start) / rowHeight)
  const first = above - (above % spare)
  const rows = Math.ceil(element.clientHeight / rowHeight)
  return (before) => (before.first === first && before.rows === rows ? before : { first, rows })
}

/** Scrolls as little as it takes for a row to be in sight. */
export function revealRow(element: HTMLElement | null, index: number, rowHeight: number): void {
  if (element === null) return
  const top = index * rowHeight
  const { scrollTop, clientHeight } = element
  if (top < scrollTop) element.scrollTop = top
  else if (top + rowHeight > scrollTop + clientHeight) {
    element.scrollTop = top + rowHeight - clientHeight
  }
}
