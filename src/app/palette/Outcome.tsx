import Button from '@mui/material/Button'
import IconButton from '@mui/material/IconButton'
import { type ReactNode, useEffect, useRef } from 'react'
import { Link } from 'react-router'
import type { Instance } from '../../api/generated/types.gen.ts'
import { statusAnnouncement } from '../../features/launch/instance-words.ts'
import { paths } from '../../paths.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { describeError } from '../../ui/describe-error.ts'
import { Icon } from '../../ui/Icon.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import type { Outcome as OutcomeFacts } from './use-palette-actions.ts'
import { FloatingNotice } from '../../ui/FloatingNotice.ts'

const lastsMs = 8000

type Props = {
  outcome: OutcomeFacts
  /** The person's own; what is followed is found among them. */
  instances: readonly Instance[]
  onVisit: (instance: Instance) => void
  onDismiss: () => void
}

/** What came of a command: said, shown, and gone by itself where nothing is left to do. */
export function Outcome({ outcome, instances, onVisit, onDismiss }: Props) {
  const instance =
    outcome.kind === 'following' ? instances.find(({ id }) => id === outcome.instanceId) : undefined

  switch (outcome.kind) {
    case 'busy':
      return <Notice words={outcome.words} />
    case 'done':
      return (
        <Notice
          key={outcome.words}
          words={outcome.words}
          quiet={outcome.quiet}
          passing
          onDismiss={onDismiss}
        />
      )
    case 'following':
      if (instance === undefined) return null
      return (
        <Notice
          key={instance.status}
          words={`${statusAnnouncement(instance)}.`}
          passing={instance.status !== 'PENDING' && instance.status !== 'FAILED'}
          onDismiss={onDismiss}
        >
          {instance.status === 'DEPLOYED' && (
            <Button size="small" onClick={() => onVisit(instance)}>
              Visit
            </Button>
          )}
          {(instance.status === 'PENDING' || instance.status === 'FAILED') && (
            <Button size="small" component={Link} to={paths.app(instance.app.id)}>
              Show
            </Button>
          )}
        </Notice>
      )
    case 'blocked':
      return (
        <Notice words="Your browser kept the tab from opening." urgent onDismiss={onDismiss}>
          <Button
            size="small"
            href={outcome.url}
            target="_blank"
            rel="noopener noreferrer"
            onClick={onDismiss}
          >
            Open {outcome.title} here
          </Button>
        </Notice>
      )
    case 'failed': {
      const { message, facts, detail } = describeError(outcome.error)
      return (
        <Notice
          words={outcome.words}
          detail={facts === '' ? message : `${message} (${facts})`}
          urgent
          onDismiss={onDismiss}
        >
          {outcome.retry !== null && (
            <Button size="small" onClick={outcome.retry}>
              Try again
            </Button>
          )}
          <CopyButton text={`${outcome.words}\n${detail}`} label="Copy details" />
        </Notice>
      )
    }
  }
}

type NoticeProps = {
  words: string
  detail?: string
  /** Only said. */
  quiet?: boolean
  /** Interrupts a screen reader. */
  urgent?: boolean
  /** Goes by itself. */
  passing?: boolean
  onDismiss?: () => void
  children?: ReactNode
}

function Notice(props: NoticeProps) {
  const { words, detail, quiet = false, urgent = false, passing = false, onDismiss } = props
  const root = useRef<HTMLElement>(null)

  useEffect(() => {
    if (!passing || onDismiss === undefined) return
    const timer = setInterval(() => {
      // Who reads or is about to press something is given more time.
      if (root.current?.matches(':hover, :focus-within') !== true) onDismiss()
    }, lastsMs)
    return () => clearInterval(timer)
  }, [passing, onDismiss])

  if (quiet) return <VisuallyHidden>{words}</VisuallyHidden>
  return (
    <FloatingNotice ref={root} aria-label="What came of it">
      <p role={urgent ? 'alert' : undefined}>
        {words}
        {detail !== undefined && <small> {detail}</small>}
      </p>
      {props.children}
      {onDismiss !== undefined && (
        <IconButton aria-label="Dismiss" onClick={onDismiss} sx={{ width: 32, height: 32 }}>
          <Icon name="close" size={16} />
        </IconButton>
      )}
    </FloatingNotice>
  )
}
