import { type PointerEvent, useRef } from 'react'

/** Pixels. Less is a tap that trembled. */
const minimum = 40

/**
 * What to spread on an element whose content is turned by a finger or a pen.
 *
 * @param onSwipe 1 for a swipe to the left, which brings what comes next; -1 for one to the right
 */
export function useSwipe(onSwipe: (step: 1 | -1) => void) {
  const from = useRef<{ id: number; x: number; y: number } | null>(null)
  return {
    onPointerDown: ({ pointerId, pointerType, isPrimary, clientX, clientY }: PointerEvent) => {
      // A second finger means zooming.
      from.current =
        pointerType === 'mouse' || !isPrimary ? null : { id: pointerId, x: clientX, y: clientY }
    },
    onPointerUp: ({ pointerId, clientX, clientY }: PointerEvent) => {
      const start = from.current
      from.current = null
      if (start?.id !== pointerId) return
      const x = clientX - start.x
      if (Math.abs(x) >= minimum && Math.abs(x) > Math.abs(clientY - start.y))
        onSwipe(x < 0 ? 1 : -1)
    },
    onPointerCancel: () => {
      from.current = null
    },
  }
}
