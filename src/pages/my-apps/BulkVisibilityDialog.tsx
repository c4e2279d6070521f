import Button from '@mui/material/Button'
import { useMutation } from '@tanstack/react-query'
import { publishOptions } from '../../api/apps.ts'
import type { App } from '../../api/generated/types.gen.ts'
import { audienceChange, undoSteps } from '../../rules/publishing.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ActionError, Lost } from '../../ui/dialog-parts.tsx'

type Props = {
  apps: readonly App[]
  to: 'PRIVATE' | 'ALL_USERS'
  onDone: () => void
  onClose: () => void
}

/** Shows versions to all users, or to nobody else, with who gains and who loses sight of each; and back again. */
export function BulkVisibilityDialog({ apps, to, onDone, onClose }: Props) {
  const change = useMutation(publishOptions())
  const undo = useMutation(publishOptions())
  if (change.isSuccess) {
    const done = change.variables
    return (
      <ConfirmDialog
        open
        title={
          undo.isSuccess
            ? 'Everything is as it was'
            : done.length === 1
              ? '1 version is changed'
              : `${done.length} versions are changed`
        }
        confirmLabel={null}
        busy={undo.isPending}
        error={undo.isError && <ActionError error={undo.error} />}
        onConfirm={onDone}
        onCancel={onDone}
      >
        {undo.isSuccess ? (
          'Each is seen by those who saw it before.'
        ) : (
          <>
            <p>
              {to === 'PRIVATE'
                ? 'They are out of everybody’s catalog but yours.'
                : 'All users find them in the catalog.'}
            </p>
            <Button
              size="small"
              aria-disabled={undo.isPending}
              onClick={() => {
                if (!undo.isPending) undo.mutate(undoSteps(done))
              }}
            >
              {undo.isPending ? 'Undoing…' : 'Undo'}
            </Button>
          </>
        )}
      </ConfirmDialog>
    )
  }
  const changing = apps.filter(({ visibility }) => visibility !== to)
  const steps = changing.map(({ id, version, visibility }) => ({
    appId: id,
    version,
    from: visibility,
    to,
  }))
  return (
    <ConfirmDialog
      open
      title={
        to === 'PRIVATE' ? 'Make these versions private?' : 'Show these versions to all users?'
      }
      destructive={false}
      confirmLabel={
        steps.length === 0 ? null : change.isPending ? 'Changing…' : `Change ${steps.length}`
      }
      busy={change.isPending}
      error={change.isError && <ActionError error={change.error} />}
      onCancel={onClose}
      onConfirm={() => change.mutate(steps)}
    >
      {steps.length === 0 ? (
        'They are already.'
      ) : (
        <Lost>
          {changing.map((app) => {
            const { gain, lose } = audienceChange(app.visibility, to, app)
            return (
              <li key={app.id}>
                <b>
                  {app.title} {app.version}
                </b>
                : {gain.length > 0 ? 'seen by ' : 'not seen any more by '}
                {(gain.length > 0 ? gain : lose).map(lowerFirst).join(', ')}
              </li>
            )
          })}
        </Lost>
      )}
      {to === 'PRIVATE' && 'Instances that people run of them go on and stay theirs.'}
    </ConfirmDialog>
  )
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
