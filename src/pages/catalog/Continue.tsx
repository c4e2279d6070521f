import { styled } from '@mui/material/styles'
import { useId } from 'react'
import { Link } from 'react-router'
import type { Instance } from '../../api/generated/types.gen.ts'
import { InstanceStatusLabel } from '../../features/launch/InstanceStatusLabel.tsx'
import { failureReason, launchPhase } from '../../features/launch/instance-words.ts'
import { paths } from '../../paths.ts'
import { AppIcon } from '../../ui/AppIcon.tsx'
import { Elapsed } from '../../ui/Elapsed.tsx'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { radius } from '../../ui/tokens.ts'

const shownAtMost = 4

const Root = styled('section')(({ theme }) => ({
  marginBottom: 28,
  '& > h2': { ...theme.typography.h2, margin: '0 0 12px' },
  '& > ul': {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 300px), 1fr))',
    gap: 12,
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
}))

const Item = styled(Link)(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 12,
  padding: '10px 14px',
  border: `1px solid ${theme.vars.palette.line.main}`,
  borderRadius: radius.m,
  backgroundColor: theme.vars.palette.background.paper,
  color: 'inherit',
  textDecoration: 'none',
  '&:hover': { borderColor: theme.vars.palette.line.control },
  '& > span:nth-of-type(2)': { flex: 1, minWidth: 64 },
  '& > span:last-of-type': { flex: 'none' },
}))

const Words = styled('span')(({ theme }) => ({
  ...theme.typography.caption,
  color: theme.vars.palette.text.tertiary,
  fontVariantNumeric: 'tabular-nums',
  '& > *': { display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '& > b': { ...theme.typography.body2, fontWeight: 600, color: theme.vars.palette.text.primary },
}))

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })

function meta({ status, suspendAfter, runtimeStatus, app }: Instance): string {
  if (status === 'FAILED') return failureReason(runtimeStatus)
  if (status === 'PENDING') return launchPhase(runtimeStatus) ?? 'starting'
  if (status === 'DEPLOYED' && suspendAfter !== null) {
    return `pauses at ${clock.format(new Date(suspendAfter))}`
  }
  return app.version
}

const live = new Set<Instance['status']>(['PENDING', 'DEPLOYED', 'FAILED'])

/** What one was at: the newest instances that run, start or failed, then those that are paused. Nothing without any. */
export function Continue({ instances }: { instances: readonly Instance[] }) {
  return (
    <>
      <Strip title="Continue" instances={instances.filter(({ status }) => live.has(status))} />
      <Strip
        title="Recently launched"
        instances={instances.filter(({ status }) => status === 'SUSPENDED')}
      />
    </>
  )
}

function Strip({ title, instances }: { title: string; instances: readonly Instance[] }) {
  const id = useId()
  const shown = instances.slice(0, shownAtMost)
  if (shown.length === 0) return null
  return (
    <Root aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul>
        {shown.map((instance) => (
          <li key={instance.id}>
            <Item to={paths.app(instance.app.id)}>
              <AppIcon
                name={instance.app.name}
                title={instance.app.title}
                src={instance.app.icon}
                size={32}
              />
              <Words>
                <b>{instance.app.title}</b>
                <span>{meta(instance)}</span>
              </Words>
              {instance.status === 'PENDING' ? (
                <StatusLabel tone="wait">
                  <VisuallyHidden>Starting, </VisuallyHidden>
                  <Elapsed since={instance.updatedAt} />
                </StatusLabel>
              ) : (
                <InstanceStatusLabel instance={instance} />
              )}
            </Item>
          </li>
        ))}
      </ul>
    </Root>
  )
}
