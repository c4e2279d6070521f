import { useEffect } from 'react'
import { type BlockerFunction, useBlocker } from 'react-router'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'

type Props = {
  /** Whether a way from here to there loses what was typed. */
  blocks: BlockerFunction
  /** Nothing is kept any more. */
  onLeave: () => void
}

/** Asks before the form is left with something unsaved in it. Rendered only then. */
export function LeaveGuard({ blocks, onLeave }: Props) {
  const blocker = useBlocker(blocks)
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [])
  if (blocker.state !== 'blocked') return null
  return (
    <ConfirmDialog
      open
      title="Leave without saving?"
      confirmLabel="Leave"
      onCancel={() => blocker.reset()}
      onConfirm={() => {
        onLeave()
        blocker.proceed()
      }}
    >
      What you typed for this tag would be lost.
    </ConfirmDialog>
  )
}
