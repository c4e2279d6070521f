import { useEffect } from 'react'

/** As many rows are asked about together: scrolling within them asks nothing anew. */
const block = 20

/** Tells which rows are drawn, rounded to blocks. */
export function useDrawnBlocks(
  from: number,
  to: number,
  onDrawn: (from: number, to: number) => void,
): void {
  const first = Math.floor(from / block) * block
  const last = Math.ceil(to / block) * block
  useEffect(() => onDrawn(first, last), [first, last, onDrawn])
}
