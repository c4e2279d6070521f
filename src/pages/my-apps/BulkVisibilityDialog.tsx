import { useMutation } from '@tanstack/react-query'
import { publishOptions } from '../../api/apps.ts'
import type { App } from '../../api/generated/types.gen.ts'
import { audienceChange } from '../../rules/publishing.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ActionError, Lost } from '../../ui/dialog-parts.tsx'

type Props = {
  apps: readonly App[]
  to: 'PRIVATE' | 'ALL_USERS'
  onDone: () => void
  onClose: () => void
}

/** Shows versions to all users, or to nobody else, with who gains and who loses sight of each. */
export function BulkVisibilityDialog({ apps, to, onDone, onClose }: Props) {
  const change = useMutation(publishOptions())
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
      onConfirm={() => change.mutate(steps, { onSuccess: onDone })}
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
