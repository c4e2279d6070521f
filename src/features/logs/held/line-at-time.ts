import { lineFlag } from './line-block.ts'
import type { Entry } from './shown-rows.ts'

/** `line`: its number; `first`: the first time of all that counted, in milliseconds since 1970. */
type Found = { readonly line: number; readonly first: number }

/** Of one kind of times: the first and the last, and the first line that is late enough. */
type Times = { readonly first: number; readonly last: number; readonly line: number | null }

/**
 * The first line of a time or later. Within the time that the lines came in, when they came counts as well as what they
 * say; outside of it what they say comes first, as an app may tell of another day than the one it runs on.
 */
export function lineAtTime(entries: readonly Entry[], at: number): Found | 'too late' | 'unknown' {
  const named = timesOf(entries, at, false)
  const came = timesOf(entries, at, true)
  if (named === null && came === null) return 'unknown'
  const isWithin = came !== null && came.first <= at && at <= came.last
  if (isWithin && came.line !== null) {
    const first = Math.min(came.first, named?.first ?? came.first)
    return { line: Math.min(came.line, named?.line ?? came.line), first }
  }
  for (const times of [named, came]) {
    if (times !== null && times.line !== null) return { line: times.line, first: times.first }
  }
  return 'too late'
}

function timesOf(entries: readonly Entry[], at: number, byArrival: boolean): Times | null {
  let first: number | null = null
  let last = Number.NaN
  let found: number | null = null
  for (const { block } of entries) {
    for (const [line, time] of block.times.entries()) {
      const isArrival = ((block.flags[line] ?? 0) & lineFlag.isArrival) !== 0
      if (Number.isNaN(time) || isArrival !== byArrival) continue
      first ??= time
      last = time
      if (found === null && time >= at) found = block.first + line
    }
  }
  return first === null ? null : { first, last, line: found }
}
