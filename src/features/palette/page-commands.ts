import { useEffect, useSyncExternalStore } from 'react'
import type { PaletteCommand } from './command.ts'

const none: readonly PaletteCommand[] = []
let offered = none
const listeners = new Set<() => void>()

function offer(commands: readonly PaletteCommand[]): void {
  offered = commands
  for (const listener of listeners) listener()
}

/** What the page that is shown offers in the palette, for as long as it is shown. */
export function usePageCommands(commands: readonly PaletteCommand[]): void {
  useEffect(() => {
    offer(commands)
    return () => offer(none)
  }, [commands])
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useOfferedCommands(): readonly PaletteCommand[] {
  return useSyncExternalStore(subscribe, () => offered)
}
