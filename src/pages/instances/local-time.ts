const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const dayAndClock = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/** “at 17:31” in the reader's own time, with the day where that is another one. `now` in milliseconds. */
export function localTime(time: string, now: number): string {
  const at = new Date(time)
  const isToday = at.toDateString() === new Date(now).toDateString()
  return isToday ? `at ${clock.format(at)}` : `on ${dayAndClock.format(at)}`
}
