import { relativeTime } from './relative-time.ts'
import { useNow } from './use-now.ts'

/** “12 s” since then, counting. For what is over in minutes; use RelativeTime for the rest. */
export function Elapsed({ since }: { since: string }) {
  const at = useNow()
  const start = new Date(since).getTime()
  // Clocks differ a little between machines; nothing started in the future.
  return <>{relativeTime(Math.min(start, at), Math.max(start, at), 'short')}</>
}
