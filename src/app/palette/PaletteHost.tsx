import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { Me } from '../../api/generated/types.gen.ts'
import { myInstancesOptions } from '../../api/instances.ts'
import { meOptions } from '../../api/session.ts'
import { PauseDialog } from '../../features/launch/PauseDialog.tsx'
import { TerminateDialog } from '../../features/launch/TerminateDialog.tsx'
import type { PaletteCommand } from '../../features/palette/command.ts'
import { Palette } from '../../features/palette/Palette.tsx'
import { addRecent, ownStorage } from '../../features/palette/recent.ts'
import { ShortcutsDialog } from '../../features/palette/ShortcutsDialog.tsx'
import { Outcome } from './Outcome.tsx'
import { openPalette, useOpenPalette } from './palette-state.ts'
import { type PaletteActions, usePaletteActions } from './use-palette-actions.ts'
import { usePaletteRows } from './use-palette-rows.ts'

const close = () => openPalette('nothing')

/** The palette with everything it can do. Stays when it is closed, for the questions and answers that follow. */
export function PaletteHost() {
  const open = useOpenPalette()
  const { data: me } = useQuery(meOptions())
  const userId = me?.user?.id ?? null
  const { data: mine } = useQuery(myInstancesOptions(userId))
  const { actions, asking, stopAsking, outcome, dismiss } = usePaletteActions(userId)
  const known = mine?.instances ?? []
  return (
    <>
      {open === 'palette' && <OpenPalette key={userId} me={me} actions={actions} />}
      {open === 'shortcuts' && <ShortcutsDialog onClose={close} />}
      {asking?.about === 'pause' && (
        <PauseDialog instance={asking.instance} open={asking.open} onClose={stopAsking} />
      )}
      {asking?.about === 'terminate' && (
        <TerminateDialog instance={asking.instance} open={asking.open} onClose={stopAsking} />
      )}
      {/* What is urgent is said by its own alert. */}
      <div aria-live={outcome?.kind === 'failed' || outcome?.kind === 'blocked' ? 'off' : 'polite'}>
        {outcome !== null && (
          <Outcome
            outcome={outcome}
            instances={known}
            onVisit={({ id, app }) => actions.visit(id, app.title)}
            onDismiss={dismiss}
          />
        )}
      </div>
    </>
  )
}

function OpenPalette({ me, actions }: { me: Me | undefined; actions: PaletteActions }) {
  const [text, setText] = useState('')
  const navigate = useNavigate()
  const { rows, busy, error, retry } = usePaletteRows(text, me, actions)

  function choose(command: PaletteCommand, newTab: boolean) {
    addRecent(ownStorage(), me?.user?.id ?? null, command.id)
    close()
    if (!('to' in command)) command.act()
    else if (newTab) window.open(command.to, '_blank', 'noopener')
    else void navigate(command.to)
  }

  return (
    <Palette
      text={text}
      onType={setText}
      rows={rows}
      busy={busy}
      error={error}
      onRetry={retry}
      onChoose={choose}
      onClose={close}
    />
  )
}
