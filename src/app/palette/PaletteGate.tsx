import Button from '@mui/material/Button'
import { type ComponentType, useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { paths } from '../../paths.ts'
import { Banner } from '../../ui/Banner.tsx'
import { isMac } from '../../ui/is-mac.ts'
import { isDialogOpen, isPlainKey } from '../../ui/plain-key.ts'
import { openPalette, useOpenPalette } from './palette-state.ts'

const loadHost = () => import('./PaletteHost.tsx')

/** ⌘K on a Mac, Ctrl-K elsewhere; by the key's place where a layout has no k. */
function isPaletteKey(event: KeyboardEvent): boolean {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey, repeat, isComposing } = event
  if (altKey || shiftKey || repeat || isComposing || event.defaultPrevented) return false
  if (isMac ? !metaKey || ctrlKey : !ctrlKey || metaKey) return false
  return key.toLowerCase() === 'k' || (code === 'KeyK' && key > '\u007f')
}

/** Waits for the keys. What they open is fetched when it is first asked for. */
export function PaletteGate() {
  const open = useOpenPalette()
  const navigate = useNavigate()
  // Not React.lazy, which would keep a failure for ever and hand it to the page's boundary.
  const [Host, setHost] = useState<ComponentType | null>(null)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    if (open === 'nothing' || Host !== null) return
    loadHost().then(
      ({ PaletteHost }) => {
        setFailed(false)
        setHost(() => PaletteHost)
      },
      () => {
        setFailed(true)
        openPalette('nothing')
      },
    )
  }, [open, Host])

  useEffect(() => {
    function pressed(event: KeyboardEvent) {
      if (isPaletteKey(event)) {
        if (open === 'palette') openPalette('nothing')
        else if (isDialogOpen()) return
        else openPalette('palette')
        event.preventDefault()
      } else if (isPlainKey(event, '?')) {
        event.preventDefault()
        openPalette('shortcuts')
      } else if (isPlainKey(event, '/')) {
        // The catalog itself takes this key to its search.
        event.preventDefault()
        void navigate(paths.catalog(), { state: { toSearch: true } })
      }
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [open, navigate])

  if (Host !== null) return <Host />
  if (!failed) return null
  return (
    <div role="alert" style={{ position: 'sticky', bottom: 0, zIndex: 15 }}>
      <Banner tone="bad" title="The command palette could not be loaded.">
        Check that you are online, then open it again.{' '}
        <Button size="small" onClick={() => setFailed(false)}>
          Dismiss
        </Button>
      </Banner>
    </div>
  )
}
