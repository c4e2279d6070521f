import { useSyncExternalStore } from 'react'
import { relativeTime } from './relative-time.ts'

const everyMs = 10_000
let now = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for all times on a page. */
function subscribe(listener: () => void) {
  listeners.add(listener)
  if (timer === undefined) {
    now = Date.now()
    timer = setInterval(() => {
      now = Date.now()
      for (const each of listeners) each()
    }, everyMs)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'medium' })

/** “3 hours ago”, kept true, with the exact time on hover. `style="short"`: “3 h”. */
export function RelativeTime({ time, style = 'long' }: { time: string; style?: 'long' | 'short' }) {
  const at = useSyncExternalStore(subscribe, () => now)
  const date = new Date(time)
  return (
    <time dateTime={time} title={exact.format(date)}>
      {relativeTime(date.getTime(), at, style)}
    </time>
  )
}
