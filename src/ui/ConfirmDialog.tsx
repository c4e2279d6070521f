import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react'
import { radius } from './tokens.ts'

const Root = styled('dialog')(({ theme }) => ({
  width: 'min(440px, calc(100vw - 32px))',
  padding: 24,
  // Whatever it was opened from: the last cell of a row aligns to the end.
  textAlign: 'start',
  whiteSpace: 'normal',
  border: `1px solid ${theme.vars.palette.line.strong}`,
  borderRadius: radius.l,
  color: theme.vars.palette.text.primary,
  backgroundColor: theme.vars.palette.background.paper,
  boxShadow: theme.vars.palette.floating.shadow,
  '&[data-wide]': { width: 'min(620px, calc(100vw - 32px))' },
  '&::backdrop': { backgroundColor: theme.vars.palette.floating.scrim },
  '& h2': { ...theme.typography.h2, margin: 0 },
}))

const Body = styled('div')(({ theme }) => ({
  ...theme.typography.body1,
  color: theme.vars.palette.text.secondary,
  marginTop: 8,
  overflowWrap: 'anywhere',
}))

const Actions = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  justifyContent: 'flex-end',
  gap: 8,
  marginTop: 24,
})

type Props = {
  open: boolean
  title: string
  /** What will be lost, by name. */
  children: ReactNode
  /** The verb on the button: “Terminate”. Null where there is nothing to confirm, only something to read. */
  confirmLabel: string | null
  onConfirm: () => void
  onCancel: () => void
  /** While it is being done: the dialog stays, the button can't be pressed twice. */
  busy?: boolean
  /** Shown in the dialog when it failed. */
  error?: ReactNode
  destructive?: boolean
  /** Whether everything it needs has been chosen; until then it can’t be confirmed. */
  ready?: boolean
  /** On the other button; left out: “Cancel”, or “Close” where there is nothing to confirm. */
  cancelLabel?: string
  /** Another thing to do, before the others. */
  extra?: ReactNode
  /** With room for a list. */
  wide?: boolean
}

/**
 * Asks before something that can't be undone. The focus starts on Cancel and returns to where it was; where that is
 * gone with what was confirmed, it goes to the page's heading rather than nowhere.
 */
export function ConfirmDialog(props: Props) {
  const { open, title, children, confirmLabel, onConfirm, onCancel, busy = false, error } = props
  const cannot = busy || props.ready === false
  const dialog = useRef<HTMLDialogElement>(null)
  const cancel = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  const titleId = useId()
  const bodyId = useId()

  useEffect(() => {
    const element = dialog.current
    if (element === null || element.open === open) return
    if (open) {
      wasOpen.current = true
      element.showModal()
      cancel.current?.focus()
    } else element.close()
  }, [open])

  // Closed before it goes, it gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current
    return () => element?.close()
  }, [])

  useEffect(
    () => () => {
      if (!wasOpen.current || document.activeElement !== document.body) return
      document.querySelector('h1')?.focus({ preventScroll: true })
    },
    [],
  )

  return (
    <Root
      ref={dialog}
      data-wide={props.wide === true ? '' : undefined}
      aria-labelledby={titleId}
      aria-describedby={bodyId}
      onCancel={(event) => {
        // The parent decides; until it says so the dialog stays.
        event.preventDefault()
        if (!busy) onCancel()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget && isBackdrop(event) && !busy) onCancel()
      }}
    >
      <h2 id={titleId}>{title}</h2>
      <Body id={bodyId}>{children}</Body>
      {error}
      <Actions>
        {props.extra}
        <Button ref={cancel} onClick={onCancel} disabled={busy}>
          {props.cancelLabel ?? (confirmLabel === null ? 'Close' : 'Cancel')}
        </Button>
        {confirmLabel !== null && (
          <Button
            variant="contained"
            color={(props.destructive ?? true) ? 'error' : 'primary'}
            onClick={() => {
              if (!cannot) onConfirm()
            }}
            aria-disabled={cannot}
          >
            {confirmLabel}
          </Button>
        )}
      </Actions>
    </Root>
  )
}

function isBackdrop(event: { clientX: number; clientY: number; currentTarget: Element }): boolean {
  const box = event.currentTarget.getBoundingClientRect()
  return (
    event.clientX < box.left ||
    event.clientX > box.right ||
    event.clientY < box.top ||
    event.clientY > box.bottom
  )
}
