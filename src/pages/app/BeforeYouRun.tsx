import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { environmentOptions } from '../../api/environment.ts'
import type { App, AppRuntime } from '../../api/generated/types.gen.ts'
import { actorFrom, meOptions } from '../../api/session.ts'
import { amount, duration } from '../../rules/amounts.ts'
import { mayRunApp, usualProfile } from '../../rules/apps.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import { Facts, Panel } from './app-layout.ts'
import { Owner } from './WhoHelps.tsx'

const Problems = styled('ul')(({ theme }) => ({
  ...theme.typography.body2,
  margin: '12px 0 0',
  padding: '12px 0 0',
  listStyle: 'none',
  borderTop: `1px solid ${theme.vars.palette.line.main}`,
  '& p': { margin: '4px 0 0', color: theme.vars.palette.text.secondary, overflowWrap: 'anywhere' },
  '& li + li': { marginTop: 10 },
}))

const Note = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  margin: 0,
  color: theme.vars.palette.text.secondary,
  '& a': { color: theme.vars.palette.primary.main },
}))

/** What running it takes and what stays, before somebody finds out the hard way. */
export function BeforeYouRun({ app }: { app: App }) {
  const { data: me } = useQuery(meOptions())
  const { data: environment } = useQuery(environmentOptions())
  if (app.lifecycle === 'LINK' || app.runtime === null) return null
  const decision = me === undefined ? null : mayRunApp(actorFrom(me), app)
  const visitsOnly = decision !== null && !decision.allowed && decision.code === 'app.is-managed'
  const slots = me?.limits.instances
  const profile = usualProfile(app, environment?.profiles ?? [])
  const { secrets } = app.preconditions
  return (
    <Panel aria-labelledby="before-you-run">
      <h2 id="before-you-run">{visitsOnly ? 'Before you visit' : 'Before you run'}</h2>
      {app.lifecycle === 'MANAGED' && (
        <Note sx={{ mb: 1.5 }}>
          {visitsOnly ? (
            <>
              {app.owner.name} runs one instance for everyone. It takes none of yours.
              {app.visitInstance === null && (
                <>
                  {' '}
                  It isn’t running now: ask <Owner owner={app.owner} /> or an admin to start it. You
                  can visit it here as soon as it answers.
                </>
              )}
            </>
          ) : (
            'Others can’t run it. They visit the newest instance that is open to all users.'
          )}
        </Note>
      )}
      <Facts>
        {!visitsOnly && me?.user !== null && (
          <>
            <dt>Instances left</dt>
            <dd>
              {slots === undefined ? (
                <Skeleton width={64} height={14} />
              ) : (
                `${Math.max(0, slots.max - slots.used)} of ${slots.max}`
              )}
            </dd>
          </>
        )}
        {profile !== undefined && (
          <>
            <dt>Profile</dt>
            <dd>{profile.title}</dd>
          </>
        )}
        <dt>Memory</dt>
        <dd>
          {profile?.memory == null ? memory(app.runtime) : `at most ${amount(profile.memory)}`}
        </dd>
        <dt>Pauses itself</dt>
        <dd>
          {app.instanceTimeout === null
            ? 'never'
            : `after ${duration(app.instanceTimeout)} without a visit`}
        </dd>
        <dt>Survives a pause</dt>
        <dd>{survives(app.runtime)}</dd>
        {secrets.needed > 0 && (
          <>
            <dt>Secrets</dt>
            <dd>
              {secrets.present === secrets.needed
                ? secrets.needed === 1
                  ? 'the one it needs is there'
                  : `all ${secrets.needed} are there`
                : `${secrets.present} of ${secrets.needed} are there`}
            </dd>
          </>
        )}
        {app.preconditions.problems.length === 0 && (
          <>
            <dt>Requirements</dt>
            <dd>all met</dd>
          </>
        )}
      </Facts>
      {app.preconditions.problems.length > 0 && (
        <Problems aria-label="What keeps it from running">
          {app.preconditions.problems.map(({ code, message, since }) => (
            <li key={`${code} ${message}`}>
              <StatusLabel tone={app.preconditions.runnable ? 'wait' : 'bad'}>
                {app.preconditions.runnable ? 'Take note' : 'Can’t run yet'}
              </StatusLabel>
              <p>{message}</p>
              {since !== null && (
                <p>
                  <small>
                    First noticed <RelativeTime time={since} />.
                  </small>
                </p>
              )}
            </li>
          ))}
        </Problems>
      )}
    </Panel>
  )
}

function memory({ memoryLimit, memoryReservation }: AppRuntime): string {
  if (memoryLimit === null) return 'what the platform gives'
  if (memoryReservation === null) return `at most ${amount(memoryLimit)}`
  return `${amount(memoryReservation)}, at most ${amount(memoryLimit)}`
}

function survives({ volumeMount, volumeSize }: AppRuntime) {
  if (volumeMount === null) return 'nothing, it starts afresh'
  return (
    <>
      <code>{volumeMount}</code>
      {volumeSize !== null && `, ${amount(volumeSize)}`}
    </>
  )
}
