import { styled } from '@mui/material/styles'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useDropzone } from 'react-dropzone'
import { useNavigate } from 'react-router'
import { environmentOptions } from '../../api/environment.ts'
import { actorFrom, meOptions } from '../../api/session.ts'
import { addChoice } from '../../features/bundles/add-choice.ts'
import { importQueue } from '../../features/bundles/import-queue.ts'
import { fileSize } from '../../rules/amounts.ts'
import { paths } from '../../paths.ts'
import { mayImport } from '../../rules/apps.ts'
import { Icon } from '../../ui/Icon.tsx'
import { radius } from '../../ui/tokens.ts'

const Root = styled('div')(({ theme }) => ({
  position: 'fixed',
  zIndex: 30,
  inset: 0,
  display: 'grid',
  placeItems: 'center',
  padding: 24,
  backgroundColor: theme.vars.palette.floating.scrim,
}))

const Card = styled('div')(({ theme }) => ({
  display: 'grid',
  justifyItems: 'center',
  gap: 4,
  width: 'min(460px, 100%)',
  padding: '40px 24px',
  textAlign: 'center',
  pointerEvents: 'none',
  border: `2px dashed ${theme.vars.palette.line.control}`,
  borderRadius: radius.l,
  backgroundColor: theme.vars.palette.background.paper,
  boxShadow: theme.vars.palette.floating.shadow,
  '& svg': { marginBottom: 8, color: theme.vars.palette.text.tertiary },
  '& strong': { ...theme.typography.h2 },
  '& span': { ...theme.typography.body1, color: theme.vars.palette.text.secondary },
}))

/**
 * Covers the catalog while files are dragged over it. It stays neutral: what a browser says about files before they
 * are dropped is wrong for most of them. What was dropped is sorted on the Import page, which names what it can't take.
 */
export function DropOverlay({ onEnd }: { onEnd: () => void }) {
  const navigate = useNavigate()
  const client = useQueryClient()
  const { data: me } = useQuery(meOptions())
  const { data: environment } = useQuery(environmentOptions())
  const decision = me === undefined ? undefined : mayImport(actorFrom(me))

  const mayTake = decision?.allowed === true
  const userId = me?.user?.id
  useEffect(() => {
    if (mayTake && userId !== undefined) importQueue(client, userId).warmUp()
  }, [client, mayTake, userId])

  function take(files: readonly File[]) {
    onEnd()
    if (userId === undefined || environment === undefined || !mayTake) {
      void navigate(paths.import())
      return
    }
    const chosen = files.map((file) => ({ path: pathOf(file), file }))
    const [first] = addChoice(client, userId, environment, chosen, fileSize)
    void navigate(first === undefined ? paths.import() : paths.importBundle(first))
  }

  const { getRootProps } = useDropzone({
    noClick: true,
    noKeyboard: true,
    onDrop: take,
    onDragLeave: onEnd,
    onError: () => take([]),
  })

  // A drag that ends outside of the window, or by Escape, says nothing but that the pointer moves again.
  useEffect(() => {
    window.addEventListener('pointermove', onEnd)
    return () => window.removeEventListener('pointermove', onEnd)
  }, [onEnd])

  return (
    <Root {...getRootProps({ role: 'presentation' })}>
      <Card>
        <Icon name="box" size={32} />
        {decision?.allowed === false ? (
          <>
            <strong>You can’t import here</strong>
            <span>{decision.reason}</span>
          </>
        ) : (
          <>
            <strong>Drop to look inside</strong>
            <span>
              Bundles (.wave or .zip), or folders with an app.toml. Nothing is imported yet.
            </span>
          </>
        )}
      </Card>
    </Root>
  )
}

/** Where it was in what was dropped; the drop zone adds that to each file. */
function pathOf(file: File): string {
  const path: unknown = Reflect.get(file, 'path')
  return typeof path === 'string' ? path : file.name
}
