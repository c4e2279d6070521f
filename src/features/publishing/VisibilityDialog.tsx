import { styled } from '@mui/material/styles'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { updateAppOptions } from '../../api/apps.ts'
import { environmentOptions } from '../../api/environment.ts'
import type { AppVisibility } from '../../api/generated/types.gen.ts'
import { useActor } from '../../api/session.ts'
import { ownsApp } from '../../rules/apps.ts'
import { commands } from '../../rules/commands.ts'
import { audienceChange } from '../../rules/publishing.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ActionError } from '../../ui/dialog-parts.tsx'
import type { ManagedApp } from './managed-app.ts'
import { VisibilityChoice } from './VisibilityChoice.tsx'

const Effect = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  minHeight: 62,
  margin: '16px 0',
  '& b': { fontWeight: 600, color: theme.vars.palette.text.primary },
  '& ul': { margin: '2px 0 8px', paddingInlineStart: 20 },
  '& p': { margin: 0 },
}))

type Props = { app: ManagedApp; onClose: () => void }

/** Who sees a version, and before it is changed who gains and who loses sight of it. */
export function VisibilityDialog({ app, onClose }: Props) {
  const actor = useActor()
  const [wanted, setWanted] = useState<AppVisibility>(app.visibility)
  const update = useMutation(updateAppOptions())
  const { data: environment } = useQuery(environmentOptions())
  const { gain, lose } = audienceChange(app.visibility, wanted, app)
  return (
    <ConfirmDialog
      open
      title={`Change ${app.title} ${app.version}`}
      destructive={false}
      confirmLabel={update.isPending ? 'Changing…' : 'Change'}
      busy={update.isPending}
      error={update.isError && <ActionError error={update.error} />}
      onCancel={onClose}
      onConfirm={() => {
        if (wanted === app.visibility) onClose()
        else update.mutate({ appId: app.id, visibility: wanted }, { onSuccess: onClose })
      }}
    >
      <VisibilityChoice
        value={wanted}
        publicMode={environment?.publicMode === true || app.visibility === 'PUBLIC'}
        onChange={setWanted}
        {...(ownsApp(actor, app) ? {} : { owner: app.owner.name })}
      />
      <Effect role="status">
        {wanted === app.visibility && <p>Nothing changes.</p>}
        <People title="Will see it" people={gain} />
        <People title="Will not see it any more" people={lose} />
        {lose.length > 0 && <p>Instances that people run of it go on and stay theirs.</p>}
      </Effect>
      <CommandLine command={commands.updateApp(app.id, wanted)} />
    </ConfirmDialog>
  )
}

function People({ title, people }: { title: string; people: readonly string[] }) {
  if (people.length === 0) return null
  return (
    <>
      <b>{title}</b>
      <ul>
        {people.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </>
  )
}
