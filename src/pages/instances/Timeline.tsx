import { styled } from '@mui/material/styles'
import type { InstanceEvent } from '../../api/generated/types.gen.ts'
import { eventDetail, eventTone, eventWords, launchSteps, stepTime } from './event-words.ts'

const Strip = styled('ol')(({ theme }) => ({
  ...theme.typography.caption,
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(88px, 1fr))',
  margin: '0 0 16px',
  padding: 0,
  listStyle: 'none',
  fontVariantNumeric: 'tabular-nums',
  '& li': {
    padding: '8px 8px 0 0',
    borderTop: `2px solid ${theme.vars.palette.success.main}`,
    fontWeight: 600,
  },
  '& small': { display: 'block', fontSize: 12, fontWeight: 400 },
  '& small, & time': { color: theme.vars.palette.text.tertiary },
}))

const List = styled('ol')(({ theme }) => ({
  ...theme.typography.body2,
  margin: 0,
  padding: 0,
  listStyle: 'none',
  fontVariantNumeric: 'tabular-nums',
  '& li': {
    position: 'relative',
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: '0 12px',
    padding: '0 0 14px 20px',
  },
  '& li::before': {
    content: '""',
    position: 'absolute',
    left: 0,
    top: 6,
    width: 9,
    height: 9,
    borderRadius: '50%',
    backgroundColor: theme.vars.palette.primary.main,
  },
  '& li[data-tone="ok"]::before': { backgroundColor: theme.vars.palette.success.main },
  '& li[data-tone="bad"]::before': {
    backgroundColor: theme.vars.palette.error.main,
    borderRadius: 2,
  },
  '& li[data-tone="idle"]::before': { backgroundColor: theme.vars.palette.idle.main },
  '& li:not(:last-of-type)::after': {
    content: '""',
    position: 'absolute',
    left: 4,
    top: 18,
    bottom: -3,
    width: 1,
    backgroundColor: theme.vars.palette.line.strong,
  },
  '& b': { fontWeight: 600 },
  '& time': { ...theme.typography.caption, color: theme.vars.palette.text.tertiary },
  '& p': {
    ...theme.typography.caption,
    gridColumn: '1 / -1',
    margin: 0,
    color: theme.vars.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
}))

const exact = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })

/** How the latest start went: each step with what it took. */
export function LaunchStrip({ events }: { events: readonly InstanceEvent[] }) {
  const steps = launchSteps(events)
  if (steps.length < 2) return null
  return (
    <Strip aria-label="The latest start">
      {steps.map(({ event, sinceMs }) => (
        <li key={event.id}>
          {eventWords(event)}
          <small>
            {sinceMs === null ? (
              <time dateTime={event.at}>{clock.format(new Date(event.at))}</time>
            ) : (
              stepTime(sinceMs)
            )}
          </small>
        </li>
      ))}
    </Strip>
  )
}

/** Everything that happened to an instance, the latest first, and who did it. */
export function Timeline({ events }: { events: readonly InstanceEvent[] }) {
  return (
    <List aria-label="Timeline">
      {events.toReversed().map((event) => {
        const detail = eventDetail(event)
        return (
          <li key={event.id} data-tone={eventTone(event)}>
            <span>
              <b>{eventWords(event)}</b>
              {event.by !== null && ` by ${event.by.name}`}
              {event.exitCode !== null && `, exit code ${event.exitCode}`}
            </span>
            <time dateTime={event.at}>{exact.format(new Date(event.at))}</time>
            {detail !== null && <p>{detail}</p>}
          </li>
        )
      })}
    </List>
  )
}
