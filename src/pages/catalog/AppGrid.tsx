import { type FocusEvent, useLayoutEffect, useRef, useState } from 'react'
import { type ListedApps, useRowsNearby } from './app-list.ts'
import { AppItem } from './AppItem.tsx'
import { cardGap, Grid } from './layout.ts'
import { useRowsInView } from '../../ui/use-rows-in-view.ts'

/** As many as the style's `auto-fill` makes of the list's width. */
function useColumns(list: React.RefObject<HTMLElement | null>): number {
  const [columns, setColumns] = useState(1)
  useLayoutEffect(() => {
    const element = list.current
    if (element === null) return undefined
    const count = () => setColumns(getComputedStyle(element).gridTemplateColumns.split(' ').length)
    count()
    const observer = new ResizeObserver(count)
    observer.observe(element)
    return () => observer.disconnect()
  }, [list])
  return columns
}

/**
 * Any number of apps as cards. Of many, only the rows near the screen are there, in their order, and each card says
 * which of how many it is. The one that has the focus stays, wherever the page is scrolled to.
 */
export function AppGrid(list: ListedApps) {
  const { apps, total, stale, density } = list
  const root = useRef<HTMLUListElement>(null)
  const [focused, setFocused] = useState<string | null>(null)
  const columns = useColumns(root)
  const rows = useRowsInView<HTMLLIElement>(root, {
    count: Math.ceil(apps.length / columns),
    kind: `${density} ${columns}`,
    estimate: density === 'compact' ? 144 : 234,
    gap: cardGap,
    keyOf: (row) => apps[row * columns]?.id ?? String(row),
    overscan: useRowsNearby(list, 2),
  })
  const from = rows.from * columns
  const to = Math.min(rows.to * columns, apps.length)
  const kept = focused === null ? -1 : apps.findIndex(({ id }) => id === focused)
  const isAway = kept !== -1 && (kept < from || kept >= to)
  const range = Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset)
  const drawn = isAway ? (kept < from ? [kept, ...range] : [...range, kept]) : range

  function focusMoved(event: FocusEvent<HTMLElement>) {
    setFocused(event.target.closest('li')?.dataset['app'] ?? null)
  }

  return (
    <Grid
      ref={root}
      aria-label="Apps"
      aria-busy={stale}
      data-stale={stale ? '' : undefined}
      data-compact={density === 'compact' ? '' : undefined}
      style={{ paddingTop: rows.before, paddingBottom: rows.after, position: 'relative' }}
      onFocus={focusMoved}
      onBlur={() => setFocused(null)}
    >
      {drawn.map((index) => {
        const app = apps[index]
        if (app === undefined) return null
        const isFirst = index % columns === 0 && !(isAway && index === kept)
        return (
          <li
            key={app.id}
            ref={isFirst ? rows.measure : undefined}
            data-index={Math.floor(index / columns)}
            data-app={app.id}
            aria-setsize={total}
            aria-posinset={index + 1}
            style={
              isAway && index === kept
                ? {
                    position: 'absolute',
                    top: rows.startOf(Math.floor(index / columns)),
                    left: 0,
                    width: `calc(${100 / columns}% - ${cardGap}px)`,
                  }
                : undefined
            }
          >
            <AppItem app={app} list={list} />
          </li>
        )
      })}
    </Grid>
  )
}
