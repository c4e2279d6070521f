import { styled } from '@mui/material/styles'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { radius } from './tokens.ts'

const Root = styled('dialog')(({ theme }) => ({
  width: 'min(1200px, calc(100vw - 32px))',
  height: 'min(820px, calc(100dvh - 32px))',
  maxWidth: 'none',
  maxHeight: 'none',
  padding: 0,
  overflow: 'hidden',
  border: `1px solid ${theme.vars.palette.line.strong}`,
  borderRadius: radius.l,
  color: theme.vars.palette.text.primary,
  backgroundColor: theme.vars.palette.background.paper,
  boxShadow: theme.vars.palette.floating.shadow,
  '&[open]': { display: 'flex', flexDirection: 'column' },
  '&::backdrop': { backgroundColor: theme.vars.palette.floating.scrim },
  // Beside what it is about: the page stays in sight.
  '&[data-place="end"]': {
    width: 'min(560px, 100vw)',
    height: '100dvh',
    margin: '0 0 0 auto',
    border: 0,
    borderInlineStart: `1px solid ${theme.vars.palette.line.strong}`,
    borderRadius: 0,
  },
  '@media (max-width: 599.95px)': {
    width: '100vw',
    height: '100dvh',
    border: 0,
    borderRadius: 0,
  },
}))

type Props = {
  /** Its name for screen readers. */
  label: string
  onClose: () => void
  /** `end`: along the side of the screen. */
  place?: 'center' | 'end'
  onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void
  children: ReactNode
}

/** A large dialog; on a phone the whole screen. It is open as long as it is rendered. */
export function SheetDialog({ label, onClose, place = 'center', onKeyDown, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    if (element !== null && !element.open) element.showModal()
    return () => {
      element?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])

  return (
    <Root
      ref={dialog}
      aria-label={label}
      data-place={place}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      {children}
    </Root>
  )
}
