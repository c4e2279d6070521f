import { type RefObject, useLayoutEffect, useState } from 'react'
import type { Columns } from './LogRow.tsx'
import { gutterPixels } from './row-styles.ts'

/** Fewer columns than this are scrolled sideways: rows without number would be endless. See `heldLimit`. */
const leastColumns = 32
const narrowPixels = 640
/** Here a column of times would leave none for the text. */
const tinyPixels = 340

/** How many columns of text a row holds, from the room there is and the font that is really used. */
export function useRowWidth(
  scroller: RefObject<HTMLElement | null>,
  wanted: { digits: number; times: boolean },
): { width: number; columns: Columns } {
  const [room, setRoom] = useState({ pixels: 1000, character: 7.5 })

  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return undefined
    const measure = () => {
      const probe = document.createElement('span')
      probe.style.cssText = 'position:absolute;visibility:hidden;white-space:pre'
      probe.textContent = '0'.repeat(100)
      element.append(probe)
      const character = probe.getBoundingClientRect().width / 100
      probe.remove()
      const pixels = element.clientWidth
      setRoom((before) =>
        before.pixels === pixels && before.character === character ? before : { pixels, character },
      )
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    document.fonts.addEventListener('loadingdone', measure)
    return () => {
      observer.disconnect()
      document.fonts.removeEventListener('loadingdone', measure)
    }
  }, [scroller])

  const isNarrow = room.pixels < narrowPixels
  const columns: Columns = {
    digits: isNarrow ? 0 : wanted.digits,
    times: !wanted.times || room.pixels < tinyPixels ? 0 : isNarrow ? 8 : 12,
  }
  const { mark, gap, pad } = gutterPixels
  const time = columns.times === 0 ? 0 : columns.times * room.character + gap
  const text = room.pixels - 3 - mark - columns.digits * room.character - gap - time - pad
  return { width: Math.max(leastColumns, Math.floor(text / room.character)), columns }
}
