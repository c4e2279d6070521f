import { lineFlag } from './line-block.ts'
import type { Entry } from './shown-rows.ts'

/** `line`: its number; `first`: the first time of all lines, in milliseconds since 1970. */
type Found = { readonly line: number; readonly first: number }

/**
 * The first line of a time or later. What lines say themselves comes before when they came: an app may tell of another
 * day than the one it runs on.
 */
export function lineAtTime(entries: readonly Entry[], at: number): Found | 'too late' | 'unknown' {
  const named = find(entries, at, false)
  if (typeof named === 'object') return named
  const arrived = find(entries, at, true)
  return arrived === 'unknown' ? named : arrived
}

function find(
  entries: readonly Entry[],
  at: number,
  byArrival: boolean,
): Found | 'too late' | 'unknown' {
  let first: number | null = null
  for (const { block } of entries) {
    for (const [line, time] of block.times.entries()) {
      const isArrival = ((block.flags[line] ?? 0) & lineFlag.isArrival) !== 0
      if (Number.isNaN(time) || isArrival !== byArrival) continue
      first ??= time
      if (time >= at) return { line: block.first + line, first }
    }
  }
  return first === null ? 'unknown' : 'too late'
}
