import { styled } from '@mui/material/styles'
import { Link } from 'react-router'
import type { Instance } from '../../api/generated/types.gen.ts'
import { failureReason } from '../../features/launch/instance-words.ts'
import { InstanceStatusLabel } from '../../features/launch/InstanceStatusLabel.tsx'
import { paths } from '../../paths.ts'
import { AppIcon } from '../../ui/AppIcon.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'

const App = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 12,
  minWidth: 0,
  '& a': {
    ...theme.typography.body2,
    fontWeight: 600,
    color: theme.vars.palette.text.primary,
    textDecoration: 'none',
    overflowWrap: 'anywhere',
  },
  '& a:hover': { textDecoration: 'underline' },
  '& code': {
    ...theme.typography.caption,
    display: 'block',
    fontFamily: 'var(--wd-mono)',
    color: theme.vars.palette.text.tertiary,
    overflowWrap: 'anywhere',
  },
}))

const Reason = styled('p')(({ theme }) => ({
  ...theme.typography.caption,
  margin: '4px 0 0',
  color: theme.vars.palette.text.secondary,
  overflowWrap: 'anywhere',
  textWrap: 'pretty',
}))

type Props = { instance: Instance }

export function InstanceApp({ instance: { app } }: Props) {
  return (
    <App>
      <AppIcon name={app.name} title={app.title} src={app.icon} size={32} />
      <div>
        <Link to={paths.app(app.id)}>{app.title}</Link>
        <code>{app.version}</code>
      </div>
    </App>
  )
}

export function InstanceState({ instance }: Props) {
  return (
    <>
      <InstanceStatusLabel instance={instance} />
      {instance.status === 'FAILED' && <Reason>{failureReason(instance.runtimeStatus)}</Reason>}
    </>
  )
}

/** When it pauses itself, or since when it is paused. */
export function InstancePause({ instance }: Props) {
  const { status, suspendAfter, suspendable, updatedAt } = instance
  if (status === 'SUSPENDED') {
    return (
      <>
        paused <RelativeTime time={updatedAt} />
      </>
    )
  }
  if (status !== 'DEPLOYED') return <>–</>
  return suspendAfter === null || !suspendable ? <>never</> : <RelativeTime time={suspendAfter} />
}
