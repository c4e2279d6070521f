import { styled } from '@mui/material/styles'
import { Link } from 'react-router'
import type { Instance } from '../../api/generated/types.gen.ts'
import {
  failureReason,
  launchPhase,
  visibilityWords,
} from '../../features/launch/instance-words.ts'
import { InstanceStatusLabel } from '../../features/launch/InstanceStatusLabel.tsx'
import { paths } from '../../paths.ts'
import { AppIcon } from '../../ui/AppIcon.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { withinPage } from '../../ui/within-page.ts'
import { runtimeFacts } from './runtime-facts.ts'
import { StartOverdue } from './StartOverdue.tsx'

const App = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 12,
  minWidth: 0,
  '& > div': { minWidth: 0 },
  '& a[data-title]': {
    ...theme.typography.body2,
    fontWeight: 600,
    color: theme.vars.palette.text.primary,
    textDecoration: 'none',
    overflowWrap: 'anywhere',
  },
  '& a[data-title]:hover': { textDecoration: 'underline' },
  '& p': {
    ...theme.typography.caption,
    display: 'flex',
    flexWrap: 'wrap',
    gap: '0 8px',
    margin: 0,
    color: theme.vars.palette.text.tertiary,
  },
  '& code': { fontFamily: 'var(--wd-mono)', overflowWrap: 'anywhere' },
  '& p a': { color: theme.vars.palette.primary.main, fontWeight: 500, textDecoration: 'none' },
  '& p a:hover': { textDecoration: 'underline' },
}))

const Reason = styled('p')(({ theme }) => ({
  ...theme.typography.caption,
  margin: '4px 0 0',
  color: theme.vars.palette.text.secondary,
  overflowWrap: 'anywhere',
  textWrap: 'pretty',
  '& > span': {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    overflow: 'hidden',
  },
  '& > small': { ...theme.typography.caption, color: theme.vars.palette.text.tertiary },
}))

const Open = styled('div')(({ theme }) => ({
  '& p': {
    ...theme.typography.caption,
    display: 'flex',
    alignItems: 'center',
    gap: 2,
    minWidth: 0,
    margin: 0,
    color: theme.vars.palette.text.tertiary,
  },
  '& p > span': {
    fontFamily: 'var(--wd-mono)',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
}))

type Props = { instance: Instance; detailTo: string }

/** What it is: leads to its life. A newer version leads to that version's page. */
export function InstanceApp({ instance: { app, newerVersion, profile }, detailTo }: Props) {
  return (
    <App>
      <AppIcon name={app.name} title={app.title} src={app.icon} size={32} />
      <div>
        <Link data-title="" to={detailTo} preventScrollReset state={withinPage}>
          {app.title}
        </Link>
        <p>
          <code>{app.version}</code>
          {profile !== 'default' && <span>{profile}</span>}
          {newerVersion !== null && (
            <Link
              to={paths.app(newerVersion.appId)}
              title="A newer version is available; this instance stays as it is"
            >
              {newerVersion.version} available
            </Link>
          )}
        </p>
      </div>
    </App>
  )
}

type StateProps = { instance: Instance; startSeconds: number | undefined }

/** How it is, in words; where it failed, why, and what is known of the end. */
export function InstanceState({ instance, startSeconds }: StateProps) {
  const { status, runtimeStatus } = instance
  const facts = runtimeFacts(runtimeStatus)
  const phase = status === 'PENDING' ? launchPhase(runtimeStatus) : null
  const isCrashing = status === 'PENDING' && runtimeStatus.lastFailure !== null
  return (
    <>
      <InstanceStatusLabel
        instance={instance}
        brief
        limitSeconds={isCrashing ? undefined : startSeconds}
      />
      {phase !== null && <Reason>{sentence(phase)}</Reason>}
      {status === 'FAILED' && (
        <Reason>
          <span>{failureReason(runtimeStatus)}</span>
        </Reason>
      )}
      {facts.length > 0 && status !== 'SUSPENDED' && (
        <Reason>
          <small>
            {facts.join(' · ')}
            {runtimeStatus.lastFailure !== null && (
              <>
                {' · last failure '}
                <RelativeTime time={runtimeStatus.lastFailure} />
              </>
            )}
          </small>
        </Reason>
      )}
      {startSeconds !== undefined && (
        <StartOverdue instance={instance} startSeconds={startSeconds} brief />
      )}
    </>
  )
}

const sentence = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1)

/** Who may open it, and where. */
export function InstanceAddress({ instance }: { instance: Instance }) {
  const { visibility, aliases, url } = instance
  const [first, ...others] = aliases
  return (
    <Open>
      {visibilityWords[visibility]}
      <p>
        <span title={first?.url ?? url}>
          {first === undefined ? shortAddress(url) : first.name}
          {others.length > 0 && ` +${others.length}`}
        </span>
        <CopyButton text={first?.url ?? url} label="Copy the address" variant="icon" />
      </p>
    </Open>
  )
}

/** The beginning of an address that is mostly an id; the whole is on hover, and copied. */
function shortAddress(url: string): string {
  const { host, pathname } = new URL(url)
  return `${(pathname === '/' ? host : pathname.replace('/instance/', '')).slice(0, 8)}…`
}
