import { useSyncExternalStore } from 'react'

/** Whether the platform answers, as the calls that are made anyway find out. */
export class Connection {
  private reachable = true
  private readonly listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  readonly isReachable = () => this.reachable

  lost(): void {
    this.set(false)
  }

  /** Returns whether this is news. */
  found(): boolean {
    const news = !this.reachable
    this.set(true)
    return news
  }

  private set(reachable: boolean): void {
    if (this.reachable === reachable) return
    this.reachable = reachable
    for (const listener of this.listeners) listener()
  }
}

export const connection = new Connection()

export function useReachable(): boolean {
  return useSyncExternalStore(connection.subscribe, connection.isReachable)
}
