import { useMutation } from '@tanstack/react-query'
import type { Instance } from '../../api/generated/types.gen.ts'
import { terminateInstanceOptions } from '../../api/instances.ts'
import { commands } from '../../rules/commands.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ActionError, Lost } from '../../ui/dialog-parts.tsx'

type Props = { instance: Instance; open: boolean; onClose: () => void }

export function TerminateDialog({ instance, open, onClose }: Props) {
  const terminate = useMutation(terminateInstanceOptions())
  const { app } = instance
  return (
    <ConfirmDialog
      open={open}
      title={`Terminate this instance of ${app.title}?`}
      confirmLabel={terminate.isPending ? 'Terminating…' : 'Terminate'}
      busy={terminate.isPending}
      error={terminate.isError && <ActionError error={terminate.error} />}
      onCancel={() => {
        terminate.reset()
        onClose()
      }}
      onConfirm={() => terminate.mutate(instance.id, { onSuccess: onClose })}
    >
      This can’t be undone. It deletes, for good:
      <Lost>
        <li>the instance of version {app.version} and its address</li>
        {app.volumeMount !== null && (
          <li>
            its volume with everything under <code>{app.volumeMount}</code>
          </li>
        )}
        <li>its log</li>
        {instance.aliases.map(({ name, url }) => (
          <li key={name}>
            the way from its alias <b>{name}</b>: {url} answers 404 until it leads to another
            instance
          </li>
        ))}
      </Lost>
      The app stays in the catalog.
      <CommandLine command={commands.terminate(instance.id)} />
    </ConfirmDialog>
  )
}
