import { useWindowVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState } from 'react'

/** How high rows of a kind turned out to be, so that coming back finds the page as long as it was left. */
const learned = new Map<string, number>()

type Options = {
  count: number
  /** Rows of one kind are about equally high. */
  kind: string
  /** In pixels, before one was measured. */
  estimate: number
  /** Between two rows, in pixels. */
  gap: number
  keyOf: (row: number) => string
  /** Rows above and below the screen that are drawn, too. */
  overscan: number
}

export type RowsInView<Item extends HTMLElement> = {
  /** The first row to draw, and the one behind the last. */
  from: number
  to: number
  /** What stands for the rows that aren't drawn, in pixels. */
  before: number
  after: number
  /** On one element of each row, with `data-index`. */
  measure: Virtualizer<Window, Item>['measureElement']
  /** Where a row begins within the list, in pixels. */
  startOf: (row: number) => number
}

/** Which rows of a long list to draw while the page scrolls. */
export function useRowsInView<Item extends HTMLElement>(
  list: React.RefObject<HTMLElement | null>,
  { count, kind, estimate, gap, keyOf, overscan }: Options,
): RowsInView<Item> {
  const [scrollMargin, setScrollMargin] = useState(0)
  // The compiler leaves this hook as it is: what the virtualizer returns changes without its identity.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useWindowVirtualizer<Item>({
    count,
    estimateSize: () => learned.get(kind) ?? estimate,
    overscan,
    gap,
    scrollMargin,
    initialOffset: () => window.scrollY,
    getItemKey: keyOf,
  })

  // What stands above the list grows and shrinks: filters, notices, the strip of instances.
  useLayoutEffect(() => {
    const measure = () => {
      const top = list.current?.getBoundingClientRect().top
      if (top !== undefined) setScrollMargin(Math.round(top + window.scrollY))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [list])

  const items = virtualizer.getVirtualItems()
  const [first] = items
  const last = items.at(-1)
  const middle = items[Math.floor(items.length / 2)]
  const seen = useRef('')
  useLayoutEffect(() => {
    if (middle === undefined || seen.current === kind) return
    seen.current = kind
    learned.set(kind, middle.size)
  }, [middle, kind])

  return {
    from: first?.index ?? 0,
    to: (last?.index ?? -1) + 1,
    before: (first?.start ?? scrollMargin) - scrollMargin,
    after: Math.max(0, virtualizer.getTotalSize() - ((last?.end ?? scrollMargin) - scrollMargin)),
    measure: virtualizer.measureElement,
    startOf: (row) => (virtualizer.measurementsCache[row]?.start ?? scrollMargin) - scrollMargin,
  }
}
