import { useMutation } from '@tanstack/react-query'
import type { Instance } from '../../api/generated/types.gen.ts'
import { suspendInstanceOptions } from '../../api/instances.ts'
import { commands } from '../../rules/commands.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ActionError, Lost } from '../../ui/dialog-parts.tsx'

type Props = {
  instance: Instance
  open: boolean
  onClose: () => void
  onPaused?: () => void
}

/** Asks, because what isn't on the volume doesn't come back. */
export function PauseDialog({ instance, open, onClose, onPaused }: Props) {
  const pause = useMutation(suspendInstanceOptions())
  const { title, volumeMount } = instance.app
  return (
    <ConfirmDialog
      open={open}
      title={`Pause ${title}?`}
      destructive={false}
      confirmLabel={pause.isPending ? 'Pausing…' : 'Pause'}
      busy={pause.isPending}
      error={pause.isError && <ActionError error={pause.error} />}
      onCancel={() => {
        pause.reset()
        onClose()
      }}
      onConfirm={() =>
        // Not in a callback of the call: the list may have let go of this instance's row by then.
        void pause.mutateAsync(instance.id).then(
          () => {
            onClose()
            onPaused?.()
          },
          () => undefined,
        )
      }
    >
      <Lost>
        {volumeMount === null ? (
          <>
            <li>
              <b>Kept:</b> its log and its place in your list
            </li>
            <li>
              <b>Lost:</b> everything else. This app has no volume, so it starts afresh.
            </li>
          </>
        ) : (
          <>
            <li>
              <b>Kept:</b> its volume (everything under <code>{volumeMount}</code>), its log and its
              place in your list
            </li>
            <li>
              <b>Lost:</b> what is in memory, and files written elsewhere
            </li>
          </>
        )}
      </Lost>
      You get its slot back until you resume it.
      <CommandLine command={commands.suspend(instance.id)} />
    </ConfirmDialog>
  )
}
