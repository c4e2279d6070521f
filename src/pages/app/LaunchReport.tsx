import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { Instance } from '../../api/generated/types.gen.ts'
import { logEndOptions } from '../../api/instances.ts'
import { useActor } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { failureReason, launchPhase, startPhases } from '../../features/launch/instance-words.ts'
import { readable } from '../../features/logs/text/ansi.ts'
import { mayReadLog } from '../../rules/instances.ts'
import { Elapsed } from '../../ui/Elapsed.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { radius } from '../../ui/tokens.ts'

const Root = styled(Surface)(({ theme }) => ({
  ...theme.typography.body2,
  marginBottom: 24,
  padding: '16px 20px',
  '& h2': { ...theme.typography.body2, fontWeight: 600, margin: 0 },
  '& p': { margin: '6px 0 0', overflowWrap: 'anywhere', textWrap: 'pretty' },
  '& a': { color: theme.vars.palette.primary.main, fontWeight: 500 },
  '& small': { ...theme.typography.caption, color: theme.vars.palette.text.tertiary },
}))

const Steps = styled('ol')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: '6px 28px',
  margin: '10px 0 0',
  padding: 0,
  listStyle: 'none',
  '& li': { display: 'flex', alignItems: 'center', gap: 8 },
  '& li[data-step="ahead"]': { color: theme.vars.palette.text.tertiary },
  '& li[aria-current]': { fontWeight: 600 },
  '& svg': { color: theme.vars.palette.success.main },
  '& i': {
    width: 16,
    height: 16,
    borderRadius: '50%',
    border: `2px solid ${theme.vars.palette.line.control}`,
  },
  '& li[aria-current] i': {
    borderColor: theme.vars.palette.warning.main,
    borderRightColor: 'transparent',
    '@media (prefers-reduced-motion: no-preference)': {
      animation: 'wd-turn 1.2s linear infinite',
      '@keyframes wd-turn': { to: { transform: 'rotate(1turn)' } },
    },
  },
}))

const Printed = styled('pre')(({ theme }) => ({
  margin: '12px 0 8px',
  padding: '10px 12px',
  maxHeight: 220,
  overflow: 'auto',
  borderRadius: radius.m,
  backgroundColor: theme.vars.palette.background.sunken,
  font: '12.5px/1.55 var(--wd-mono)',
  whiteSpace: 'pre-wrap',
  overflowWrap: 'anywhere',
}))

/** How a start goes, step by step; or why the instance failed, with the last that it printed. Else nothing. */
export function LaunchReport({ instance }: { instance: Instance | undefined }) {
  if (instance?.status === 'PENDING') return <Starting instance={instance} />
  if (instance?.status === 'FAILED') return <Failed instance={instance} />
  return null
}

function Starting({ instance: { app, runtimeStatus, updatedAt } }: { instance: Instance }) {
  const at = startPhases.findIndex(({ reason }) => reason === runtimeStatus.reason)
  const phase = launchPhase(runtimeStatus)
  return (
    <Root aria-labelledby="launch">
      <h2 id="launch">
        {app.title} is starting: <Elapsed since={updatedAt} />
      </h2>
      {at === -1 && phase !== null && <p>Now: {phase}.</p>}
      <Steps>
        {startPhases.map(({ reason, words }, index) => (
          <li
            key={reason}
            aria-current={index === at ? 'step' : undefined}
            data-step={index > at ? 'ahead' : undefined}
          >
            {index < at ? <Icon name="ok" size={16} /> : <i />}
            {words}
          </li>
        ))}
      </Steps>
    </Root>
  )
}

/** As much of the log as tells what happened; the whole is a link away. */
const endLines = 14

function Failed({ instance }: { instance: Instance }) {
  const actor = useActor()
  const { app, runtimeStatus, updatedAt } = instance
  const mayRead = mayReadLog(actor, instance).allowed
  const { data: end } = useQuery({ ...logEndOptions(instance.id, updatedAt), enabled: mayRead })
  const lines = (end ?? '').trimEnd().split('\n').slice(-endLines).map(readable)
  return (
    <Root aria-labelledby="launch">
      <h2 id="launch">Your instance of {app.title} failed</h2>
      <p>{failureReason(runtimeStatus)}</p>
      {runtimeStatus.lastFailure !== null && (
        <small>
          <RelativeTime time={runtimeStatus.lastFailure} />
        </small>
      )}
      {lines.some((line) => line !== '') && (
        // Scrolls, so that it has to be reached by the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <Printed tabIndex={0} role="group" aria-label="The end of its log">
          {lines.join('\n')}
        </Printed>
      )}
      {mayRead && (
        <p>
          <Link to={paths.instanceLog(instance.id)}>Read the whole log</Link>
        </p>
      )}
    </Root>
  )
}
