import type { Rejected } from './chosen.ts'
import { guardLeaving } from './leave-guard.ts'
import { isUnderWay, type QueueItem } from './queue-item.ts'

export type QueueState = {
  readonly items: readonly QueueItem[]
  readonly rejected: readonly Rejected[]
}

/** The file as it was chosen: its date in milliseconds, and how to tell it from others (see `identityOf`). */
type Origin = { identity: string; lastModified: number }

/** What is on the list, and who wants to know when that changes. */
export class QueueStore {
  readonly #listeners = new Set<() => void>()
  readonly #origins = new Map<string, Origin>()
  #state: QueueState = { items: [], rejected: [] }
  #lastId = 0

  readonly snapshot = (): QueueState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get items(): readonly QueueItem[] {
    return this.#state.items
  }

  get(id: string): QueueItem | undefined {
    return this.#state.items.find((item) => item.id === id)
  }

  identities(): Set<string> {
    return new Set([...this.#origins.values()].map(({ identity }) => identity))
  }

  lastModified(id: string): number {
    return this.#origins.get(id)?.lastModified ?? 0
  }

  /** @returns the id of the new item */
  add(name: string, isFolder: boolean, origin: Origin): string {
    this.#lastId += 1
    const id = `b${this.#lastId}`
    this.#origins.set(id, origin)
    const item: QueueItem = {
      id,
      name,
      isFolder,
      blob: null,
      stage: isFolder ? { kind: 'packing', progress: null } : { kind: 'inspecting' },
      check: { kind: 'waiting' },
      iconUrl: null,
      fixes: [],
      changes: [],
      isChanging: false,
      changeError: null,
      packed: null,
      visibility: 'PRIVATE',
      transfer: { kind: 'none' },
      arrived: null,
    }
    this.#set({ ...this.#state, items: [...this.#state.items, item] })
    return id
  }

  /** Changes an item; one that is off the list stays off it. */
  update(id: string, change: Partial<QueueItem>): void {
    const items = this.#state.items.map((item) => (item.id === id ? { ...item, ...change } : item))
    this.#set({ ...this.#state, items })
  }

  remove(id: string): void {
    this.#origins.delete(id)
    this.#set({ ...this.#state, items: this.#state.items.filter((each) => each.id !== id) })
  }

  reject(rejected: readonly Rejected[]): void {
    this.#set({ ...this.#state, rejected })
  }

  clear(): void {
    this.#origins.clear()
    this.#set({ items: [], rejected: [] })
  }

  #set(state: QueueState): void {
    this.#state = state
    guardLeaving(this, state.items.some(isLostByLeaving))
    for (const listener of this.#listeners) listener()
  }
}

/** Files are still on the disk; what was changed here, and what is on its way, is not. */
function isLostByLeaving(item: QueueItem): boolean {
  return isUnderWay(item) || (item.changes.length > 0 && item.transfer.kind !== 'imported')
}
