import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useMutation } from '@tanstack/react-query'
import { publishOptions } from '../../api/apps.ts'
import type { AppVersion } from '../../api/generated/types.gen.ts'
import { publishSteps, undoSteps } from '../../rules/publishing.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ActionError } from '../../ui/dialog-parts.tsx'
import type { ManagedApp } from './managed-app.ts'

const Steps = styled('ol')(({ theme }) => ({
  margin: '8px 0 12px',
  paddingInlineStart: 20,
  '& code': {
    fontFamily: 'var(--wd-mono)',
    fontSize: 12.5,
    color: theme.vars.palette.text.primary,
  },
  '& li + li': { marginTop: 4 },
}))

type Props = { app: ManagedApp; versions: readonly AppVersion[]; onClose: () => void }

/** The new version to all users, then the old ones private, in the order that leaves nobody without – and back again. */
export function PublishDialog({ app, versions, onClose }: Props) {
  const publish = useMutation(publishOptions())
  const undo = useMutation(publishOptions())
  const done = publish.isSuccess ? publish.variables : undefined
  if (undo.isSuccess) {
    return (
      <ConfirmDialog
        open
        title="Everything is as it was"
        confirmLabel={null}
        onConfirm={onClose}
        onCancel={onClose}
      >
        {app.title} {app.version} was published for a moment. Who started an instance of it keeps
        it.
      </ConfirmDialog>
    )
  }
  if (done !== undefined) {
    return (
      <ConfirmDialog
        open
        title={`${app.title} ${app.version} is published`}
        confirmLabel={null}
        busy={undo.isPending}
        error={undo.isError && <ActionError error={undo.error} />}
        onConfirm={onClose}
        onCancel={onClose}
      >
        <p>All users find it in the catalog. Instances of other versions go on.</p>
        <Button
          size="small"
          aria-disabled={undo.isPending}
          onClick={() => {
            if (!undo.isPending) undo.mutate(undoSteps(done))
          }}
        >
          {undo.isPending ? 'Undoing…' : 'Undo'}
        </Button>
      </ConfirmDialog>
    )
  }
  const steps = publishSteps(versions, app.id)
  return (
    <ConfirmDialog
      open
      title={`Publish ${app.title} ${app.version}?`}
      destructive={false}
      confirmLabel={publish.isPending ? 'Publishing…' : publish.isError ? 'Try again' : 'Publish'}
      busy={publish.isPending}
      error={publish.isError && <ActionError error={publish.error} />}
      onCancel={onClose}
      onConfirm={() => (steps.length === 0 ? onClose() : publish.mutate(steps))}
    >
      {steps.length === 0 ? (
        'It is published, and the only one that is. Nothing is left to do.'
      ) : (
        <>
          One after the other:
          <Steps>
            {steps.map(({ appId, version, to }) => (
              <li key={appId}>
                <code>{version}</code>{' '}
                {to === 'PRIVATE' ? 'becomes visible only to you' : 'becomes visible to all users'}
              </li>
            ))}
          </Steps>
          Instances that people run of older versions go on untouched.
        </>
      )}
    </ConfirmDialog>
  )
}
