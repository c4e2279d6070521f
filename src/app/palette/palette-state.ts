import { useSyncExternalStore } from 'react'

/** What of it is open. */
type Open = 'nothing' | 'palette' | 'shortcuts'

let open: Open = 'nothing'
const listeners = new Set<() => void>()

/** From wherever it is asked for: a key, a button in the navigation, the palette itself. */
export function openPalette(next: Open): void {
  open = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useOpenPalette(): Open {
  return useSyncExternalStore(subscribe, () => open)
}
