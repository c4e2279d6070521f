import { useMutation, useQuery } from '@tanstack/react-query'
import { deleteAppOptions } from '../../api/apps.ts'
import { instanceListOptions } from '../../api/instances.ts'
import type { Instance } from '../../api/generated/types.gen.ts'
import { commands } from '../../rules/commands.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ActionError, Lost } from '../../ui/dialog-parts.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import type { ManagedApp } from './managed-app.ts'

type Props = { app: ManagedApp; onDeleted: () => void; onClose: () => void }

/** An app is never deleted from under its instances: as long as there are any, they are listed instead. */
export function DeleteDialog({ app, onDeleted, onClose }: Props) {
  const remove = useMutation(deleteAppOptions())
  // Asked for anew each time: somebody may have started one just now.
  const { data, error } = useQuery({
    ...instanceListOptions({ scope: 'visible', app: app.id }),
    staleTime: 0,
  })
  // `mutate` would forget to go on where news of the deletion takes this dialog off the page before its answer.
  const deleteIt = () => remove.mutateAsync(app.id).then(onDeleted, () => undefined)
  const instances = data?.instances ?? []
  const name = `${app.title} ${app.version}`
  if (instances.length > 0) {
    return (
      <ConfirmDialog
        open
        title={`${name} can’t be deleted yet`}
        confirmLabel={null}
        onConfirm={onClose}
        onCancel={onClose}
      >
        {instances.length === 1
          ? 'An instance of it is'
          : `${instances.length} instances of it are`}{' '}
        still there. It can be deleted when their owners have terminated them:
        <Lost>
          {instances.slice(0, shownAtMost).map((instance) => (
            <li key={instance.id}>
              <InstanceWords instance={instance} />
            </li>
          ))}
          {instances.length > shownAtMost && <li>and {instances.length - shownAtMost} more</li>}
        </Lost>
        Made private, it is out of everybody’s catalog at once, and those instances go on.
      </ConfirmDialog>
    )
  }
  return (
    <ConfirmDialog
      open
      title={`Delete ${name}?`}
      confirmLabel={remove.isPending ? 'Deleting…' : 'Delete'}
      busy={remove.isPending}
      error={
        (remove.isError && <ActionError error={remove.error} />) ||
        (error !== null && <ActionError error={error} />)
      }
      onCancel={onClose}
      onConfirm={() => void deleteIt()}
    >
      This can’t be undone. It deletes, for good:
      <Lost>
        <li>
          version {app.version} of <code>{app.name}</code> and its bundle
        </li>
        <li>what people see of it in the catalog</li>
      </Lost>
      Other versions stay. A bundle of the same version can be imported again.
      <CommandLine command={commands.deleteApp(app.id)} />
    </ConfirmDialog>
  )
}

const shownAtMost = 8

function InstanceWords({ instance }: { instance: Instance }) {
  return (
    <>
      <b>{instance.owner.name}</b>, {instance.status === 'SUSPENDED' ? 'paused' : 'started'}{' '}
      <RelativeTime
        time={instance.status === 'SUSPENDED' ? instance.updatedAt : instance.createdAt}
      />
    </>
  )
}
