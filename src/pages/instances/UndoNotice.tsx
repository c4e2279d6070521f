import Button from '@mui/material/Button'
import IconButton from '@mui/material/IconButton'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { resumeInstanceOptions, updateInstanceOptions } from '../../api/instances.ts'
import type { InstanceChange } from '../../features/launch/InstanceActions.tsx'
import { visibilityWords } from '../../features/launch/instance-words.ts'
import { ActionError } from '../../ui/dialog-parts.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { FloatingNotice } from '../../ui/FloatingNotice.ts'

const lastsMs = 10_000

type Props = { change: InstanceChange; onGone: () => void }

/** Says what was done to one instance, with the way back. Goes by itself, but not from under a hand. */
export function UndoNotice({ change: { kind, before }, onGone }: Props) {
  const root = useRef<HTMLElement>(null)
  const resume = useMutation(resumeInstanceOptions())
  const share = useMutation(updateInstanceOptions())
  const isBusy = resume.isPending || share.isPending
  const error: unknown = resume.error ?? share.error
  const { id, app, visibility } = before

  useEffect(() => {
    const timer = setInterval(() => {
      if (root.current?.matches(':hover, :focus-within') !== true) onGone()
    }, lastsMs)
    return () => clearInterval(timer)
  }, [onGone])

  function undo() {
    if (isBusy) return
    if (kind === 'paused') resume.mutate(id, { onSuccess: onGone })
    else share.mutate({ instanceId: id, visibility }, { onSuccess: onGone })
  }

  return (
    <FloatingNotice ref={root} aria-label="What was done">
      <p role="status">
        {kind === 'paused'
          ? `${app.title} is paused. Resumed, it starts afresh${app.volumeMount === null ? '' : ' with its volume'}.`
          : `Who may open ${app.title} has changed.`}
      </p>
      <Button
        size="small"
        onClick={undo}
        aria-disabled={isBusy}
        aria-label={
          kind === 'paused'
            ? `Undo: resume ${app.title}`
            : `Undo: open ${app.title} to ${visibilityWords[visibility].toLocaleLowerCase()}`
        }
      >
        Undo
      </Button>
      <IconButton aria-label="Dismiss" onClick={onGone} sx={{ width: 32, height: 32 }}>
        <Icon name="close" size={16} />
      </IconButton>
      {error !== null && <ActionError error={error} />}
    </FloatingNotice>
  )
}
