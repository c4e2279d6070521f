import Button from '@mui/material/Button'
import IconButton from '@mui/material/IconButton'
import { styled } from '@mui/material/styles'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Link, type To } from 'react-router'
import type { Instance } from '../../api/generated/types.gen.ts'
import { resumeInstanceOptions, updateInstanceOptions } from '../../api/instances.ts'
import { meOptions, useActor } from '../../api/session.ts'
import { mayControlInstance, mayReadLog } from '../../rules/instances.ts'
import { whyNoSlot } from '../../rules/limits.ts'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { ActionError } from '../../ui/dialog-parts.tsx'
import { withinPage } from '../../ui/within-page.ts'
import { InstanceMenu } from './InstanceMenu.tsx'
import { PauseDialog } from './PauseDialog.tsx'
import { TerminateDialog } from './TerminateDialog.tsx'
import { useVisit } from './use-visit.ts'

const iconSize = { width: 32, height: 32 }

const Root = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 8,
  alignItems: 'center',
  '&[data-align="end"]': { justifyContent: 'flex-end' },
})

type Props = {
  instance: Instance
  /** Where its log is shown. */
  logTo: To
  align?: 'start' | 'end'
  /** In a table: what isn’t the likeliest is an icon. */
  compact?: boolean
  /** Told of what can be taken back. */
  onChanged?: ((change: InstanceChange) => void) | undefined
}

/** Something done that can be taken back: resumed, or opened to those it was open to. */
export type InstanceChange = { kind: 'paused' | 'shared'; before: Instance }

type Asking = 'nothing' | 'pause' | 'terminate'

/** What can be done with one instance: the likeliest thing as a button, what is rarer in the menu. */
export function InstanceActions(props: Props) {
  const { instance, logTo, align = 'start', compact = false, onChanged } = props
  const actor = useActor()
  const visit = useVisit()
  const resume = useMutation(resumeInstanceOptions())
  const share = useMutation(updateInstanceOptions())
  const { data: me } = useQuery(meOptions())
  const [asking, setAsking] = useState<Asking>('nothing')
  const stopAsking = () => setAsking('nothing')
  const control = mayControlInstance(actor, instance)
  const log = mayReadLog(actor, instance)
  const { status, app } = instance
  const error: unknown = visit.error ?? resume.error ?? share.error
  const full = me === undefined ? null : whyNoSlot(me.limits.instances)

  return (
    <div>
      <Root data-align={align}>
        {status === 'DEPLOYED' && (
          <>
            <ReasonedButton
              label="Pause"
              about={app.title}
              reason={control.allowed ? null : control.reason}
              icon={compact ? 'pause' : null}
              onClick={() => setAsking('pause')}
            />
            <LogLink
              to={logTo}
              about={app.title}
              reason={log.allowed ? null : log.reason}
              icon={compact}
            />
            <Button
              size="small"
              variant="contained"
              aria-label={visit.pending ? undefined : `Visit ${app.title}`}
              aria-disabled={visit.pending}
              onClick={() => {
                if (!visit.pending) visit.visit(instance.id, app.title)
              }}
            >
              {visit.pending ? 'Opening…' : 'Visit'}
            </Button>
          </>
        )}
        {status !== 'DEPLOYED' && (
          <LogLink
            to={logTo}
            about={app.title}
            reason={log.allowed ? null : log.reason}
            icon={compact}
          />
        )}
        {(status === 'SUSPENDED' || status === 'FAILED') && (
          <ReasonedButton
            label={status === 'FAILED' ? 'Try again' : 'Resume'}
            about={app.title}
            busy={resume.isPending}
            reason={control.allowed ? full : control.reason}
            onClick={() => resume.mutate(instance.id)}
          />
        )}
        <InstanceMenu
          instance={instance}
          control={control}
          onShare={(visibility) =>
            void share.mutateAsync({ instanceId: instance.id, visibility }).then(
              () => onChanged?.({ kind: 'shared', before: instance }),
              () => undefined,
            )
          }
          onTerminate={() => setAsking('terminate')}
        />
      </Root>
      {visit.blockedUrl !== null && (
        <p role="alert">
          Your browser kept the tab from opening.{' '}
          <a href={visit.blockedUrl} target="_blank" rel="noopener noreferrer">
            Open {app.title} here
          </a>
        </p>
      )}
      {error !== null && <ActionError error={error} />}
      {asking === 'pause' && (
        <PauseDialog
          instance={instance}
          open
          onClose={stopAsking}
          onPaused={() => onChanged?.({ kind: 'paused', before: instance })}
        />
      )}
      {asking === 'terminate' && <TerminateDialog instance={instance} open onClose={stopAsking} />}
    </div>
  )
}

type LogLinkProps = { to: To; about: string; reason: string | null; icon: boolean }

function LogLink({ to, about, reason, icon }: LogLinkProps) {
  if (reason === null && icon) {
    return (
      <IconButton
        component={Link}
        to={to}
        preventScrollReset
        state={withinPage}
        aria-label={`Log of ${about}`}
        title="Log"
        sx={iconSize}
      >
        <Icon name="log" size={18} />
      </IconButton>
    )
  }
  return reason === null ? (
    <Button size="small" component={Link} to={to} aria-label={`Log of ${about}`}>
      Log
    </Button>
  ) : (
    <ReasonedButton label="Log" about={about} reason={reason} icon={icon ? 'log' : null} />
  )
}

type ReasonedProps = {
  label: string
  about: string
  /** Why it can't be used; null: it can. */
  reason: string | null
  busy?: boolean
  /** In place of the label, which is told then. */
  icon?: IconName | null
  onClick?: () => void
}

function ReasonedButton(props: ReasonedProps) {
  const { label, about, reason, busy = false, icon = null, onClick } = props
  const reasonId = useId()
  const off = busy || reason !== null
  const act = () => {
    if (!off) onClick?.()
  }
  return (
    <>
      {icon === null ? (
        <Button
          size="small"
          aria-label={`${label} ${about}`}
          aria-disabled={off}
          aria-describedby={reason === null ? undefined : reasonId}
          title={reason ?? undefined}
          onClick={act}
        >
          {label}
        </Button>
      ) : (
        <IconButton
          aria-label={`${label} ${about}`}
          aria-disabled={off}
          aria-describedby={reason === null ? undefined : reasonId}
          title={reason ?? label}
          sx={iconSize}
          onClick={act}
        >
          <Icon name={icon} size={18} />
        </IconButton>
      )}
      {reason !== null && <VisuallyHidden id={reasonId}>{reason}</VisuallyHidden>}
    </>
  )
}
