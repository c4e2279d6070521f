import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useId, useState } from 'react'
import { Link, useLocation } from 'react-router'
import type { App, Instance, Me } from '../../api/generated/types.gen.ts'
import { actorFrom, meOptions } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { type PrimaryAction, primaryAction } from '../../rules/primary-action.ts'
import { describeError } from '../../ui/describe-error.ts'
import { lazyPart } from '../../ui/lazy-part.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useAnnouncement } from '../../ui/use-announcement.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { webAddress } from '../../ui/web-address.ts'
import { statusAnnouncement } from './instance-words.ts'
import { LaunchStatus } from './LaunchStatus.tsx'
import { useLaunch } from './use-launch.ts'
import { useVisit } from './use-visit.ts'

const FreeSlotDialog = lazyPart(async () => (await import('./FreeSlotDialog.tsx')).FreeSlotDialog)

const Root = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '8px 12px',
  minWidth: 0,
  // Text gives way to the button; a label is never cut, the button rather goes below.
  '& > [data-words="text"]': { flex: '1 1 0', minWidth: 96 },
  '& > [data-words="label"]': { flex: 'none', maxWidth: '100%' },
  '&[data-layout="header"] > [data-words="text"]': { flex: '0 1 auto', minWidth: 0 },
  '&[data-layout="card"]': { justifyContent: 'space-between', width: '100%' },
  '&[data-layout="header"]': { justifyContent: 'flex-end', flexWrap: 'nowrap', maxWidth: 520 },
  '@media (max-width: 599.95px)': {
    '&[data-layout="header"]': {
      justifyContent: 'space-between',
      flexWrap: 'wrap',
      width: '100%',
      maxWidth: 'none',
    },
  },
})

const Failure = styled('p')(({ theme }) => ({
  ...theme.typography.caption,
  margin: '8px 0 0',
  color: theme.vars.palette.error.main,
  overflowWrap: 'anywhere',
  '& a': { color: 'inherit', fontWeight: 500 },
}))

type Props = {
  app: App
  /** The person's own instances of this app, newest first. */
  own: readonly Instance[]
  layout: 'card' | 'header'
}

/** The state of an app for the one who looks at it, and the one thing to do next – or why there is none. */
export function PrimaryActionButton(props: Props) {
  const { data: me } = useQuery(meOptions())
  if (me === undefined) {
    return (
      <Root data-layout={props.layout}>
        <Skeleton width={96} height={16} />
        <Skeleton width={64} height={36} round />
      </Root>
    )
  }
  return <KnownAction {...props} me={me} />
}

function KnownAction({ app, own, layout, me }: Props & { me: Me }) {
  const reasonId = useId()
  const launch = useLaunch(app)
  const visit = useVisit()
  const action = withSafeLink(
    primaryAction(actorFrom(me), app, own, {
      used: me.limits.instances.used,
      max: me.limits.instances.max,
    }),
  )
  const said = useAnnouncement([
    { key: 'launch', words: launch.pending ? `Starting ${app.title}` : '' },
    ...own.map((each) => ({ key: each.id, words: statusAnnouncement(each) })),
  ])
  const failed = own[0]?.status === 'FAILED' && action.kind === 'run' ? own[0] : undefined
  const hasLabel = launch.pending || action.kind === 'starting'
  const error: unknown = visit.error ?? launch.error
  const [freeing, setFreeing] = useState<Extract<PrimaryAction, { kind: 'full' }> | null>(null)

  function act() {
    if (action.kind === 'visit') visit.visit(action.instanceId, app.title)
    else if (action.kind === 'full') setFreeing(action)
    else if (action.kind === 'resume') launch.resume(action.instanceId)
    else if (failed !== undefined) launch.resume(failed.id)
    else if (action.kind === 'run') launch.run()
  }

  return (
    <div style={layout === 'card' ? { width: '100%' } : undefined}>
      <Root data-layout={layout}>
        <div id={reasonId} data-words={hasLabel ? 'label' : 'text'}>
          <LaunchStatus
            app={app}
            own={own}
            action={action}
            asked={launch.pending}
            brief={layout === 'card'}
          />
        </div>
        <TheButton
          app={app}
          action={action}
          retry={failed !== undefined}
          busy={launch.pending || visit.pending}
          reasonId={reasonId}
          onAct={act}
        />
      </Root>
      {visit.blockedUrl !== null && (
        <Failure role="alert">
          Your browser kept the tab from opening.{' '}
          <a href={visit.blockedUrl} target="_blank" rel="noopener noreferrer">
            Open {app.title} here
          </a>
        </Failure>
      )}
      {error !== null && <Failure role="alert">{describeError(error).message}</Failure>}
      {freeing !== null && (
        <Suspense>
          <FreeSlotDialog
            title={app.title}
            verb={freeing.instanceId === null ? 'run' : 'resume'}
            reason={freeing.reason}
            onFreed={() => {
              if (freeing.instanceId === null) launch.run()
              else launch.resume(freeing.instanceId)
            }}
            onClose={() => setFreeing(null)}
          />
        </Suspense>
      )}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </div>
  )
}

function withSafeLink(action: PrimaryAction): PrimaryAction {
  if (action.kind !== 'open') return action
  const link = webAddress(action.link)
  return link === null
    ? { kind: 'none', reason: 'Its address is not a web address, so it can’t be opened.' }
    : { kind: 'open', link }
}

type ButtonProps = {
  app: App
  action: PrimaryAction
  retry: boolean
  busy: boolean
  reasonId: string
  onAct: () => void
}

/** `aria-disabled`, not `disabled`: the focus stays on it while Run becomes Starting… and Visit. */
function TheButton({ app, action, retry, busy, reasonId, onAct }: ButtonProps) {
  const { pathname, search } = useLocation()
  if (action.kind === 'open') {
    return (
      <Button
        variant="contained"
        href={action.link}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={`Open ${app.title} in a new tab`}
        sx={{ flex: 'none' }}
      >
        Open ↗
      </Button>
    )
  }
  if (action.kind === 'signIn') {
    return (
      <Button
        variant="contained"
        component={Link}
        to={paths.signIn(pathname + search)}
        aria-label={`Sign in to run ${app.title}`}
        sx={{ flex: 'none' }}
      >
        Sign in
      </Button>
    )
  }
  const label = buttonLabel(action, retry, busy, app)
  const off = busy || action.kind === 'none' || action.kind === 'starting'
  return (
    <Button
      variant="contained"
      aria-label={label.endsWith('…') ? undefined : `${label} ${app.title}`}
      aria-disabled={off}
      aria-describedby={off || action.kind === 'full' ? reasonId : undefined}
      aria-haspopup={action.kind === 'full' ? 'dialog' : undefined}
      sx={{ flex: 'none' }}
      onClick={() => {
        if (!off) onAct()
      }}
    >
      {label}
    </Button>
  )
}

function buttonLabel(action: PrimaryAction, retry: boolean, busy: boolean, app: App): string {
  if (action.kind === 'visit') return busy ? 'Opening…' : 'Visit'
  if (action.kind === 'starting') return 'Starting…'
  if (action.kind === 'resume') return busy ? 'Resuming…' : 'Resume'
  if (action.kind === 'full') return action.instanceId === null ? 'Run' : 'Resume'
  if (action.kind === 'none') return app.lifecycle === 'LINK' ? 'Open' : noneLabel(app)
  if (busy) return 'Starting…'
  return retry ? 'Try again' : 'Run'
}

const noneLabel = (app: App) => (app.lifecycle === 'MANAGED' ? 'Visit' : 'Run')
