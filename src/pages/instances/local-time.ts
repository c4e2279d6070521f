const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const weekMs = 6 * 86_400_000
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' })
const dayAndClock = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/** “at 17:31” in the reader's own time, “Thu 00:47” where that is another day. `now` in milliseconds. */
export function localTime(time: string, now: number): string {
  const at = new Date(time)
  const isToday = at.toDateString() === new Date(now).toDateString()
  if (isToday) return `at ${clock.format(at)}`
  return Math.abs(at.getTime() - now) < weekMs
    ? `${weekday.format(at)} ${clock.format(at)}`
    : `on ${dayAndClock.format(at)}`
}
