import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { environmentOptions } from '../../api/environment.ts'
import type { App, Instance } from '../../api/generated/types.gen.ts'
import { useActor } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { usualProfile } from '../../rules/apps.ts'
import { mayReadLog } from '../../rules/instances.ts'
import type { PrimaryAction } from '../../rules/primary-action.ts'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import { amount, duration } from '../../rules/amounts.ts'
import { failureReason } from './instance-words.ts'
import { InstanceStatusLabel } from './InstanceStatusLabel.tsx'

const Words = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  margin: 0,
  color: theme.vars.palette.text.tertiary,
  overflowWrap: 'anywhere',
  textWrap: 'pretty',
  '& a': { color: theme.vars.palette.primary.main, fontWeight: 500 },
}))

const Reason = styled('span')({
  display: '-webkit-box',
  WebkitBoxOrient: 'vertical',
  WebkitLineClamp: 3,
  overflow: 'hidden',
})

type Props = {
  app: App
  own: readonly Instance[]
  action: PrimaryAction
  /** Asked for, and the platform hasn't said anything yet. */
  asked: boolean
  /** On a card, where nothing else says more. */
  brief: boolean
}

/** Left of the button: the state in a label, or in a few words what the button would do or why it can't. */
export function LaunchStatus({ app, own, action, asked, brief }: Props) {
  const actor = useActor()
  if (asked) return <StatusLabel tone="wait">Starting</StatusLabel>
  const subject =
    'instanceId' in action ? own.find(({ id }) => id === action.instanceId) : undefined
  if (subject !== undefined) return <InstanceStatusLabel instance={subject} brief={brief} />
  const latest = own[0]
  const cantRun = action.kind === 'none' || action.kind === 'full'
  if (latest?.status === 'FAILED' && (action.kind === 'run' || cantRun)) {
    return (
      <>
        <StatusLabel tone="bad">Failed</StatusLabel>
        <Words style={{ marginTop: 4 }}>
          {brief && (
            <>
              <Reason>{failureReason(latest.runtimeStatus)}</Reason>
              {mayReadLog(actor, latest).allowed && (
                <Link to={paths.instanceLog(latest.id)}>Read the log</Link>
              )}
            </>
          )}
          {cantRun && <Reason>{action.reason}</Reason>}
        </Words>
      </>
    )
  }
  return <Words>{hint(app, action)}</Words>
}

function hint(app: App, action: PrimaryAction): ReactNode {
  if (action.kind === 'none' || action.kind === 'full') return action.reason
  if (action.kind === 'open') return 'Opens outside the platform'
  if (action.kind === 'visit') return `Run by ${app.owner.name}`
  if (app.lifecycle === 'MANAGED') return 'Runs for everyone who sees it'
  // What a deployment's profiles are is asked for those apps alone that have one of their own.
  return app.defaultProfile === null ? demands(app) : <ProfiledDemands app={app} />
}

function ProfiledDemands({ app }: { app: App }) {
  const { data: environment } = useQuery(environmentOptions())
  return <>{demands(app, usualProfile(app, environment?.profiles ?? [])?.memory)}</>
}

/** What an instance of one's own takes and how long it lasts. */
function demands({ runtime, instanceTimeout }: App, limit: string | null = null): string {
  const memory = limit ?? runtime?.memoryLimit ?? null
  const parts = [
    memory === null ? 'Your own instance' : `Up to ${amount(memory)}`,
    instanceTimeout === null ? '' : `pauses after ${duration(instanceTimeout)}`,
  ]
  return parts.filter((part) => part !== '').join(', ')
}
