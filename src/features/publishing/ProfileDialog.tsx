import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { updateAppOptions } from '../../api/apps.ts'
import { environmentOptions } from '../../api/environment.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ActionError } from '../../ui/dialog-parts.tsx'
import { NativeSelect } from '../../ui/NativeSelect.tsx'
import type { ManagedApp } from './managed-app.ts'

type Props = { app: ManagedApp; onClose: () => void }

/** Which profile the platform itself would take; chosen by leaving the choice to it. */
const platformsOwn = ''

/** What an app's instances are launched with unless the person says otherwise. */
export function ProfileDialog({ app, onClose }: Props) {
  const update = useMutation(updateAppOptions())
  const { data: environment } = useQuery(environmentOptions())
  const profiles = environment?.profiles ?? []
  const usual = profiles.find((each) => each.default)
  const [chosen, setChosen] = useState(app.defaultProfile ?? platformsOwn)
  const wanted = chosen === platformsOwn ? null : chosen
  return (
    <ConfirmDialog
      open
      title={`Default profile of ${app.title} ${app.version}`}
      destructive={false}
      confirmLabel={update.isPending ? 'Changing…' : 'Change'}
      busy={update.isPending}
      error={update.isError && <ActionError error={update.error} />}
      onCancel={onClose}
      onConfirm={() => {
        if (wanted === app.defaultProfile) onClose()
        else update.mutate({ appId: app.id, defaultProfile: wanted }, { onSuccess: onClose })
      }}
    >
      <NativeSelect
        label="Launch with"
        value={chosen}
        options={[
          {
            value: platformsOwn,
            label: `The platform’s default${usual === undefined ? '' : ` (${usual.title})`}`,
          },
          ...profiles.map(({ name, title }) => ({ value: name, label: title })),
        ]}
        onChange={setChosen}
      />
      <p>
        Run uses it from now on, and “Run with …” still offers the others. Instances that are there
        keep what they have.
      </p>
    </ConfirmDialog>
  )
}
