import { useMutation } from '@tanstack/react-query'
import { deleteAppsOptions } from '../../api/apps.ts'
import type { App } from '../../api/generated/types.gen.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { describeError } from '../../ui/describe-error.ts'
import { ActionError, Lost } from '../../ui/dialog-parts.tsx'

type Props = { apps: readonly App[]; onDone: () => void; onClose: () => void }

/** Deletes versions for good. Those with instances stay, and are named. */
export function BulkDeleteDialog({ apps, onDone, onClose }: Props) {
  const remove = useMutation(deleteAppsOptions())
  const refused = remove.data ?? []
  if (refused.length > 0) {
    return (
      <ConfirmDialog
        open
        title="Not all of them could be deleted"
        confirmLabel={null}
        onConfirm={onDone}
        onCancel={onDone}
      >
        <Lost>
          {refused.map(({ name, error }) => (
            <li key={name}>
              <b>{name}</b>: {describeError(error).message}
            </li>
          ))}
        </Lost>
      </ConfirmDialog>
    )
  }
  return (
    <ConfirmDialog
      open
      title={apps.length === 1 ? 'Delete this version?' : `Delete ${apps.length} versions?`}
      confirmLabel={remove.isPending ? 'Deleting…' : 'Delete'}
      busy={remove.isPending}
      error={remove.isError && <ActionError error={remove.error} />}
      onCancel={onClose}
      onConfirm={() =>
        remove.mutate(apps, { onSuccess: (stayed) => (stayed.length === 0 ? onDone() : undefined) })
      }
    >
      This can’t be undone. It deletes, for good, with their bundles:
      <Lost>
        {apps.map(({ id, title, version }) => (
          <li key={id}>
            {title} {version}
          </li>
        ))}
      </Lost>
      Versions that have instances stay.
    </ConfirmDialog>
  )
}
