import { useSyncExternalStore } from 'react'
import { relativeTime } from './relative-time.ts'

const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for all that is counted by the second. */
function subscribe(listener: () => void) {
  listeners.add(listener)
  now = Date.now()
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** “12 s” since then, counting. For what is over in minutes; use RelativeTime for the rest. */
export function Elapsed({ since }: { since: string }) {
  const at = useSyncExternalStore(subscribe, () => now)
  const start = new Date(since).getTime()
  // Clocks differ a little between machines; nothing started in the future.
  return <>{relativeTime(Math.min(start, at), Math.max(start, at), 'short')}</>
}
