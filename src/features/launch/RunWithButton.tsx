import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { environmentOptions } from '../../api/environment.ts'
import type { App, InstanceVisibility } from '../../api/generated/types.gen.ts'
import { suspendInstanceOptions } from '../../api/instances.ts'
import { actorFrom, meOptions } from '../../api/session.ts'
import { usualInstanceVisibility, usualProfile } from '../../rules/apps.ts'
import { commands } from '../../rules/commands.ts'
import { primaryAction } from '../../rules/primary-action.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ActionError } from '../../ui/dialog-parts.tsx'
import { NativeSelect } from '../../ui/NativeSelect.tsx'
import { FreeSlotChoice, useIdle } from './FreeSlotChoice.tsx'
import { visibilityWords } from './instance-words.ts'
import { useLaunch } from './use-launch.ts'

const Fields = styled('div')({ display: 'grid', gap: 8, justifyItems: 'start', marginBottom: 16 })

const visibilities = ['PRIVATE', 'ALL_USERS', 'PUBLIC'] as const

/** Runs an instance with another profile, or opens it to others from the start. Nothing where nothing can be run. */
export function RunWithButton({ app }: { app: App }) {
  const { data: me } = useQuery(meOptions())
  const [isOpen, setOpen] = useState(false)
  if (me === undefined) return null
  const action = primaryAction(
    actorFrom(me),
    { ...app, visitInstance: null },
    [],
    me.limits.instances,
  )
  if (action.kind !== 'run' && action.kind !== 'full') return null
  return (
    <>
      <Button size="small" variant="text" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Run with …
      </Button>
      {isOpen && (
        <RunWithDialog
          app={app}
          full={action.kind === 'full' ? action.reason : null}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

type Props = {
  app: App
  /** Why no slot is left; null: one is. */
  full: string | null
  onClose: () => void
}

function RunWithDialog({ app, full, onClose }: Props) {
  const { data: environment } = useQuery(environmentOptions())
  const launch = useLaunch(app)
  const pause = useMutation(suspendInstanceOptions())
  const idle = useIdle()
  const [idleId, chooseIdle] = useState<string>()
  const toPause = full === null ? undefined : (idle?.find(({ id }) => id === idleId) ?? idle?.[0])
  const busy = pause.isPending || launch.pending
  const error: unknown = pause.error ?? launch.error
  const profiles = environment?.profiles ?? []
  const usual = usualProfile(app, profiles)?.name ?? ''
  const [chosen, setProfile] = useState<string | null>(null)
  const [visibility, setVisibility] = useState<InstanceVisibility>(usualInstanceVisibility(app))
  const profile = chosen ?? usual
  const offered = visibilities.filter((each) => each !== 'PUBLIC' || environment?.publicMode)
  const run = () =>
    launch.run({ visibility, ...(profile === '' ? {} : { profile }) }, { onSuccess: onClose })
  return (
    <ConfirmDialog
      open
      title={`Run ${app.title}`}
      destructive={false}
      confirmLabel={confirmWords(pause.isPending, launch.pending, full !== null)}
      busy={busy || (full !== null && toPause === undefined)}
      error={error !== null && <ActionError error={error} />}
      onCancel={onClose}
      onConfirm={() => {
        if (toPause === undefined) run()
        else pause.mutate(toPause.id, { onSuccess: run })
      }}
    >
      <Fields>
        {profiles.length > 0 && (
          <NativeSelect
            label="Profile"
            value={profile}
            options={profiles.map(({ name, title }) => ({ value: name, label: title }))}
            onChange={setProfile}
          />
        )}
        <NativeSelect
          label="Open to"
          value={visibility}
          options={offered.map((each) => ({ value: each, label: visibilityWords[each] }))}
          onChange={setVisibility}
        />
      </Fields>
      {visibility !== 'PRIVATE' && (
        <p>What you do in it, they see too: everybody works in the same instance.</p>
      )}
      {full !== null && (
        <div style={{ marginBottom: 16 }}>
          {full}
          <FreeSlotChoice idle={idle} chosen={toPause?.id} onChoose={chooseIdle} />
        </div>
      )}
      <CommandLine
        command={
          profile === usual
            ? commands.runApp(app.id, visibility)
            : commands.runAppWith(app.id, visibility, profile)
        }
      />
    </ConfirmDialog>
  )
}

function confirmWords(pausing: boolean, starting: boolean, full: boolean): string {
  if (pausing) return 'Pausing…'
  if (starting) return 'Starting…'
  return full ? 'Pause it and run' : 'Run'
}
