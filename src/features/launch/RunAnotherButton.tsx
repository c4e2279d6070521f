import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { App } from '../../api/generated/types.gen.ts'
import { actorFrom, meOptions } from '../../api/session.ts'
import { primaryAction } from '../../rules/primary-action.ts'
import { ActionError } from '../../ui/dialog-parts.tsx'
import { FreeSlotDialog } from './FreeSlotDialog.tsx'
import { useLaunch } from './use-launch.ts'

const Root = styled('div')(({ theme }) => ({
  ...theme.typography.caption,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'flex-end',
  gap: 10,
  color: theme.vars.palette.text.tertiary,
}))

/** One more instance, beside those that are there. */
export function RunAnotherButton({ app }: { app: App }) {
  const { data: me } = useQuery(meOptions())
  const launch = useLaunch(app)
  const [freeing, setFreeing] = useState<string | null>(null)
  if (me === undefined) return null
  // What could be done if there were no instance yet, nor one to visit.
  const { limits } = me
  const action = primaryAction(actorFrom(me), { ...app, visitInstance: null }, [], limits.instances)
  if (action.kind !== 'run' && action.kind !== 'none' && action.kind !== 'full') return null
  const off = action.kind === 'none' || launch.pending
  return (
    <div>
      <Root>
        {action.kind === 'none' && <span id="why-not-another">{action.reason}</span>}
        <Button
          size="small"
          aria-disabled={off}
          aria-describedby={action.kind === 'none' ? 'why-not-another' : undefined}
          onClick={() => {
            if (off) return
            if (action.kind === 'full') setFreeing(action.reason)
            else launch.run()
          }}
        >
          {launch.pending ? 'Starting…' : 'Run another'}
        </Button>
      </Root>
      {launch.error !== null && <ActionError error={launch.error} />}
      {freeing !== null && (
        <FreeSlotDialog
          title={app.title}
          verb="run"
          reason={freeing}
          onFreed={() => launch.run()}
          onClose={() => setFreeing(null)}
        />
      )}
    </div>
  )
}
