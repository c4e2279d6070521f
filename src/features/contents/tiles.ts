import type { FolderListing } from '../../bundle/contents/folder-index.ts'
import type { Rect } from './squarify.ts'

/** One area of a treemap. `path` is null for what stands for many small ones. */
export type Tile = { name: string; path: string | null; size: number; isFolder: boolean }

/** More would be too small to see or to point at. */
const maxTiles = 48
const minShare = 0.002

/** A folder's contents by size, the largest first; what would be specks is put together. Empty files take no area. */
export function tilesOf({ folders, files }: FolderListing): Tile[] {
  const all: Tile[] = [
    ...folders.map(({ name, path, size }) => ({ name, path, size, isFolder: true })),
    ...files.map(({ name, path, size }) => ({ name, path, size, isFolder: false })),
  ]
    .filter(({ size }) => size > 0)
    .toSorted((a, b) => b.size - a.size)
  const total = all.reduce((sum, { size }) => sum + size, 0)
  const large = all.slice(0, maxTiles).filter(({ size }) => size >= total * minShare)
  const rest = all.slice(large.length)
  if (rest.length < 2) return [...large, ...rest]
  const others: Tile = {
    name: `${rest.length.toLocaleString('en')} ${large.length === 0 ? 'small files' : 'smaller ones'}`,
    path: null,
    size: rest.reduce((sum, { size }) => sum + size, 0),
    isFolder: false,
  }
  return [...large, others].toSorted((a, b) => b.size - a.size)
}

const directions: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** The tile that a key leads to from another; null for keys that lead nowhere. */
export function nextTile(rects: readonly Rect[], from: number, key: string): number | null {
  if (key === 'Home') return 0
  if (key === 'End') return rects.length - 1
  const direction = directions[key]
  const here = rects[from]
  if (direction === undefined || here === undefined) return null
  const [x, y] = direction
  const center = (rect: Rect) => ({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 })
  const start = center(here)
  let best: number | null = null
  let least = Infinity
  for (const [index, rect] of rects.entries()) {
    const to = center(rect)
    const ahead = (to.x - start.x) * x + (to.y - start.y) * y
    const aside = Math.abs((to.x - start.x) * y) + Math.abs((to.y - start.y) * x)
    // Far ahead but straight on is nearer than just ahead but far aside.
    const distance = ahead + 2 * aside
    if (index === from || ahead <= 0.5 || distance >= least) continue
    best = index
    least = distance
  }
  return best
}
