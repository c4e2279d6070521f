/** Set to “off” by people who dictate, or whose hand slips: then no single key does anything. */
const settingKey = 'wavedeck-single-keys'

export function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(settingKey) !== 'off'
  } catch {
    return true
  }
}

export function setSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(settingKey)
    else localStorage.setItem(settingKey, 'off')
  } catch {
    // Storage is closed to us: it holds for no longer than this page, which keeps the keys on.
  }
}

/** Whether a modal dialog or an open menu has the keyboard. */
export function isDialogOpen(): boolean {
  return document.querySelector('dialog:modal, .MuiModal-root:not([aria-hidden])') !== null
}

/** Whether a key was pressed alone, as a shortcut: not while somebody types, chooses or answers a dialog. */
export function isPlainKey(event: KeyboardEvent, key: string): boolean {
  return (
    event.key === key &&
    !(event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) &&
    !event.defaultPrevented &&
    !(
      event.target instanceof Element &&
      event.target.matches('input, textarea, select, [contenteditable], [contenteditable] *')
    ) &&
    !isDialogOpen() &&
    singleKeysOn()
  )
}
