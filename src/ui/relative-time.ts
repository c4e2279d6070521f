const units = [
  { unit: 'day', short: 'd', ms: 86_400_000 },
  { unit: 'hour', short: 'h', ms: 3_600_000 },
  { unit: 'minute', short: 'min', ms: 60_000 },
] as const

const long = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })

/** The page's clock ticks every ten seconds: what is that little ahead has just happened. */
const clockSlackMs = 15_000

/**
 * A time as people say it, seen from `now` (both in milliseconds). `long`: “3 hours ago”, “in 5 minutes”, and the date
 * when it is over 30 days away. `short`: the bare distance, “3 h”, for tables.
 */
export function relativeTime(time: number, now: number, style: 'long' | 'short'): string {
  const distance = time - now
  const size = Math.abs(distance)
  const found = units.find(({ ms }) => size >= ms)
  if (style === 'short') {
    return found ? `${Math.floor(size / found.ms)} ${found.short}` : `${Math.floor(size / 1000)} s`
  }
  if (!found) return distance > clockSlackMs ? 'in under a minute' : 'just now'
  if (size > 30 * 86_400_000) return day.format(time)
  return long.format(Math.trunc(distance / found.ms), found.unit)
}
