import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { suspendInstanceOptions } from '../../api/instances.ts'
import { commands } from '../../rules/commands.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ActionError } from '../../ui/dialog-parts.tsx'
import { FreeSlotChoice, useIdle } from './FreeSlotChoice.tsx'

type Props = {
  /** What there is no slot for. */
  title: string
  /** What is done once there is: “run”, “resume”. */
  verb: string
  reason: string
  onFreed: () => void
  onClose: () => void
}

/** At the limit: one of the instances that are there is paused, then what was asked for is done. */
export function FreeSlotDialog({ title, verb, reason, onFreed, onClose }: Props) {
  const pause = useMutation(suspendInstanceOptions())
  const idle = useIdle()
  const [chosenId, choose] = useState<string>()
  const chosen = idle?.find(({ id }) => id === chosenId) ?? idle?.[0]
  return (
    <ConfirmDialog
      open
      title={`No slot is left to ${verb} ${title}`}
      destructive={false}
      confirmLabel={
        chosen === undefined ? null : pause.isPending ? 'Pausing…' : `Pause it and ${verb}`
      }
      busy={pause.isPending}
      error={pause.isError && <ActionError error={pause.error} />}
      onCancel={onClose}
      onConfirm={() => {
        if (chosen === undefined) return
        // Not in a callback of the call: with a slot free, what opened this dialog may be another thing already.
        void pause.mutateAsync(chosen.id).then(
          () => {
            onClose()
            onFreed()
          },
          () => undefined,
        )
      }}
    >
      {reason}
      <FreeSlotChoice idle={idle} chosen={chosen?.id} onChoose={choose} />
      {chosen !== undefined && (
        <div style={{ marginTop: 16 }}>
          <CommandLine command={commands.suspend(chosen.id)} />
        </div>
      )}
    </ConfirmDialog>
  )
}
