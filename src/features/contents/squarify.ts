export type Rect = { x: number; y: number; width: number; height: number }

/**
 * Divides a rectangle among weights, each getting its share of the area in a shape near a square (Bruls, Huizing and
 * van Wijk, “Squarified Treemaps”, 2000). The weights are positive and sorted, the largest first.
 */
export function squarify(weights: readonly number[], room: Rect): Rect[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total <= 0 || room.width <= 0 || room.height <= 0) {
    return weights.map(() => ({ x: room.x, y: room.y, width: 0, height: 0 }))
  }
  const scale = (room.width * room.height) / total
  const areas = weights.map((weight) => weight * scale)
  const rects: Rect[] = []
  let free = room
  for (let from = 0; from < areas.length;) {
    const side = Math.min(free.width, free.height)
    let end = from + 1
    let sum = areas[from] ?? 0
    let ratio = worstRatio(areas[from] ?? 0, areas[from] ?? 0, sum, side)
    for (; end < areas.length; end++) {
      const next = areas[end] ?? 0
      const nextRatio = worstRatio(areas[from] ?? 0, next, sum + next, side)
      if (nextRatio > ratio) break
      ratio = nextRatio
      sum += next
    }
    free = placeRow(areas.slice(from, end), sum, free, rects)
    from = end
  }
  return rects
}

/** How far from a square the worst of a row is; its largest and smallest decide. */
function worstRatio(largest: number, smallest: number, sum: number, side: number): number {
  if (sum <= 0 || side <= 0 || smallest <= 0) return Infinity
  return Math.max((side * side * largest) / (sum * sum), (sum * sum) / (side * side * smallest))
}

/** Lays a row along the shorter side; returns what stays free. */
function placeRow(areas: readonly number[], sum: number, free: Rect, rects: Rect[]): Rect {
  const { x, y, width, height } = free
  if (width <= 0 || height <= 0) {
    for (const _ of areas) rects.push({ x, y, width: 0, height: 0 })
    return free
  }
  const isColumn = width >= height
  const depth = sum / (isColumn ? height : width)
  let along = 0
  for (const area of areas) {
    const length = depth <= 0 ? 0 : area / depth
    rects.push(
      isColumn
        ? { x, y: y + along, width: depth, height: length }
        : { x: x + along, y, width: length, height: depth },
    )
    along += length
  }
  return isColumn
    ? { x: x + depth, y, width: Math.max(0, width - depth), height }
    : { x, y: y + depth, width, height: Math.max(0, height - depth) }
}
