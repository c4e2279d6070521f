import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { meOptions } from './session.ts'

/** `live`: changes are pushed. `polling`: the stream is down, pages are read again now and then. */
export type ChangesStatus = 'connecting' | 'live' | 'polling'

let status: ChangesStatus = 'connecting'
const listeners = new Set<() => void>()

function setStatus(next: ChangesStatus): void {
  if (next === status) return
  status = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useChangesStatus(): ChangesStatus {
  return useSyncExternalStore(subscribe, () => status)
}

/** Keeps what is on screen true. Mounted once, by the shell. */
export function useChanges(): void {
  const client = useQueryClient()
  const { data: me } = useQuery(meOptions())
  // What a stream tells depends on who opened it.
  const follower = me === undefined ? undefined : (me.user?.id ?? '')
  useEffect(() => {
    if (follower === undefined) return undefined
    let stop: (() => void) | undefined
    let isOver = false
    // The page can stand before this is here.
    void import('./follow-changes.ts').then(({ followChanges }) => {
      if (!isOver) stop = followChanges(client, setStatus)
    })
    return () => {
      isOver = true
      stop?.()
      setStatus('connecting')
    }
  }, [client, follower])
}
