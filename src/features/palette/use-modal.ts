import { type RefObject, useEffect } from 'react'

/**
 * Opens a dialog for as long as it is rendered, and brings the focus back to where it was. It begins at what is marked
 * `data-first`, else at the first control.
 */
export function useModal(dialog: RefObject<HTMLDialogElement | null>): void {
  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    if (element !== null && !element.open) element.showModal()
    element?.querySelector<HTMLElement>('[data-first]')?.focus()
    return () => {
      element?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [dialog])
}
