import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { environmentOptions } from '../../api/environment.ts'
import type { Instance, InstanceEvent } from '../../api/generated/types.gen.ts'
import { useActor } from '../../api/session.ts'
import { usageOptions } from '../../api/usage.ts'
import { InstanceActions, type InstanceChange } from '../../features/launch/InstanceActions.tsx'
import {
  failureReason,
  failureRemedy,
  visibilityWords,
} from '../../features/launch/instance-words.ts'
import { InstanceStatusLabel } from '../../features/launch/InstanceStatusLabel.tsx'
import { paths } from '../../paths.ts'
import { duration, fileSize } from '../../rules/amounts.ts'
import { commands } from '../../rules/commands.ts'
import { mayReadLog, ownsInstance } from '../../rules/instances.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { radius } from '../../ui/tokens.ts'
import { diagnosticOf } from './diagnostic.ts'
import { PauseCountdown } from './PauseCountdown.tsx'
import { runtimeFacts } from './runtime-facts.ts'
import { StartOverdue } from './StartOverdue.tsx'
import { LaunchStrip, Timeline } from './Timeline.tsx'
import { MemoryPlot, ProcessorPlot } from './UsagePlot.tsx'

const Section = styled('section')(({ theme }) => ({
  minWidth: 0,
  '& > h3': {
    ...theme.typography.caption,
    margin: '0 0 10px',
    fontWeight: 600,
    color: theme.vars.palette.text.tertiary,
  },
}))

const State = styled('div')({ display: 'grid', gap: 12, justifyItems: 'start' })

const Failure = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  width: '100%',
  padding: '10px 14px',
  borderRadius: radius.m,
  backgroundColor: theme.vars.palette.error.soft,
  overflowWrap: 'anywhere',
  '& p': { margin: 0 },
  '& p + p': { marginTop: 6, color: theme.vars.palette.text.secondary },
  '& b': { fontWeight: 600 },
}))

const Facts = styled('dl')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  gridTemplateColumns: '116px minmax(0, 1fr)',
  gap: '8px 16px',
  margin: 0,
  fontVariantNumeric: 'tabular-nums',
  '& dt': { color: theme.vars.palette.text.tertiary },
  '& dd': { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
  '& dd small': {
    ...theme.typography.caption,
    display: 'block',
    color: theme.vars.palette.text.tertiary,
  },
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12.5 },
  '& a': { color: theme.vars.palette.primary.main, fontWeight: 500 },
}))

const Commands = styled('div')({ display: 'grid', gap: 6 })

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

type Props = {
  instance: Instance
  events: readonly InstanceEvent[] | undefined
  logTo: string
  onChanged: (change: InstanceChange) => void
}

export function InstanceDetail({ instance, events, logTo, onChanged }: Props) {
  const { data: environment } = useQuery(environmentOptions())
  const mayRead = mayReadLog(useActor(), instance).allowed
  const { status, runtimeStatus } = instance
  const startSeconds = environment?.limits.startSeconds
  return (
    <>
      <State>
        <InstanceStatusLabel instance={instance} limitSeconds={startSeconds} />
        {status === 'FAILED' && (
          <Failure>
            <p>
              <b>{failureReason(runtimeStatus)}</b>
            </p>
            {mayRead && <p>{failureRemedy(runtimeStatus)}</p>}
          </Failure>
        )}
        {startSeconds !== undefined && (
          <StartOverdue instance={instance} startSeconds={startSeconds} />
        )}
        <InstanceActions instance={instance} logTo={logTo} onChanged={onChanged} />
      </State>
      <Running instance={instance} mayRead={mayRead} />
      <About instance={instance} />
      {mayRead && events !== undefined && (
        <Section aria-labelledby="life">
          <h3 id="life">What happened</h3>
          <LaunchStrip events={events} />
          <Timeline events={events} />
        </Section>
      )}
      <Section aria-labelledby="cli">
        <h3 id="cli">On the command line</h3>
        <Commands>
          {commandsFor(instance, mayRead).map((command) => (
            <CommandLine key={command} command={command} />
          ))}
        </Commands>
      </Section>
      {mayRead && (
        <CopyButton
          variant="outlined"
          label="Copy a diagnostic for an admin"
          text={() => diagnosticOf(instance, events ?? [], environment, new Date())}
        />
      )}
    </>
  )
}

function commandsFor({ id, status, visibility }: Instance, mayRead: boolean): string[] {
  const isLive = status !== 'SUSPENDED' && status !== 'FAILED'
  return [
    commands.getInstance(id),
    ...(mayRead ? [commands.instanceStatus(id), commands.instanceLogs(id)] : []),
    isLive ? commands.suspend(id) : commands.resume(id),
    commands.updateInstance(id, visibility === 'PRIVATE' ? 'ALL_USERS' : 'PRIVATE'),
    commands.terminate(id),
  ]
}

/** What it takes and how its process fares. */
function Running({ instance, mayRead }: { instance: Instance; mayRead: boolean }) {
  const { id, status, runtimeStatus } = instance
  const isLive = status === 'DEPLOYED' || status === 'PENDING'
  const { data: usages } = useQuery(usageOptions(mayRead && isLive ? [id] : []))
  const usage = usages?.get(id)
  const { lastFailure, state, reason, message } = runtimeStatus
  const facts = runtimeFacts(runtimeStatus)
  const volume = runtimeStatus.usage?.volumeBytes ?? null
  return (
    <Section aria-labelledby="running">
      <h3 id="running">Runtime</h3>
      <Facts>
        <dt>State</dt>
        <dd>
          {state}
          {reason !== null && reason !== state && <>, {reason}</>}
          {status !== 'FAILED' && message !== null && <small>{message}</small>}
        </dd>
        {facts.length > 0 && (
          <>
            <dt>Failures</dt>
            <dd>
              {facts.join(', ')}
              {lastFailure !== null && (
                <>
                  , last failure <RelativeTime time={lastFailure} />
                </>
              )}
            </dd>
          </>
        )}
        {mayRead && status === 'DEPLOYED' && (
          <>
            <dt>Memory</dt>
            <dd>
              <MemoryPlot instance={instance} usage={usage} />
            </dd>
            <dt>Processor</dt>
            <dd>
              <ProcessorPlot instance={instance} usage={usage} />
            </dd>
          </>
        )}
        {volume !== null && (
          <>
            <dt>Volume</dt>
            <dd>
              {fileSize(volume)} under <code>{instance.app.volumeMount}</code>
            </dd>
          </>
        )}
        {!mayRead && (
          <>
            <dt>More</dt>
            <dd>Reading status and logs needs full access to the platform.</dd>
          </>
        )}
      </Facts>
    </Section>
  )
}

/** Whose it is, who may open it and where, and when it pauses. */
function About({ instance }: { instance: Instance }) {
  const actor = useActor()
  const { data: environment } = useQuery(environmentOptions())
  const { app, owner, aliases, newerVersion, suspendAfter, lastUsedAt } = instance
  const profile = environment?.profiles.find(({ name }) => name === instance.profile)
  return (
    <Section aria-labelledby="about">
      <h3 id="about">About it</h3>
      <Facts>
        <dt>App</dt>
        <dd>
          <Link to={paths.app(app.id)}>
            {app.title} {app.version}
          </Link>
          {newerVersion !== null && (
            <small>
              A newer version is available:{' '}
              <Link to={paths.app(newerVersion.appId)}>{newerVersion.version}</Link>. This instance
              stays as it is; run the new one beside it.
            </small>
          )}
        </dd>
        {!ownsInstance(actor, instance) && (
          <>
            <dt>Owner</dt>
            <dd>{owner.name}</dd>
          </>
        )}
        <dt>Open to</dt>
        <dd>{visibilityWords[instance.visibility]}</dd>
        <dt>Address</dt>
        <dd>
          <Address url={instance.url} />
        </dd>
        {aliases.length > 0 && (
          <>
            <dt>{aliases.length === 1 ? 'Alias' : 'Aliases'}</dt>
            <dd>
              {aliases.map(({ name, url, primary }) => (
                <div key={name}>
                  <Address url={url} />
                  {primary && ' primary'}
                </div>
              ))}
            </dd>
          </>
        )}
        <dt>Pauses</dt>
        <dd>
          <PauseCountdown instance={instance} />
          {suspendAfter !== null && lastUsedAt !== null && (
            <small>
              Whenever nobody has used it for{' '}
              {duration((Date.parse(suspendAfter) - Date.parse(lastUsedAt)) / 1000)}; last used{' '}
              <RelativeTime time={lastUsedAt} />. Visiting it puts the pause off.
            </small>
          )}
        </dd>
        <dt>Profile</dt>
        <dd>{profile?.title ?? instance.profile}</dd>
        <dt>Started</dt>
        <dd>
          {exact.format(new Date(instance.createdAt))} (<RelativeTime time={instance.createdAt} />)
        </dd>
        <dt>Id</dt>
        <dd>
          <code>{instance.id}</code>{' '}
          <CopyButton text={instance.id} label="Copy the id" variant="icon" />
        </dd>
      </Facts>
    </Section>
  )
}

/** Not a link: opening a private instance needs a visit first. */
function Address({ url }: { url: string }) {
  return (
    <>
      <code>{url}</code> <CopyButton text={url} label={`Copy ${url}`} variant="icon" />
    </>
  )
}
