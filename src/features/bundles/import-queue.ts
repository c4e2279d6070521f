import { hashKey, type QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { AppVisibility, Environment } from '../../api/generated/types.gen.ts'
import { meOptions, signOutOptions } from '../../api/session.ts'
import type { Fix } from '../../bundle/fix/fix.ts'
import { BundleChanges } from './bundle-changes.ts'
import { identityOf, type SortedChoice } from './chosen.ts'
import { Inspections } from './inspections.ts'
import type { QueueItem } from './queue-item.ts'
import { type QueueState, QueueStore } from './queue-store.ts'
import { Transfers } from './transfers.ts'

/**
 * The bundles that somebody has chosen. They live as long as the tab and the person in it: looking at another page
 * loses nothing, and uploads go on meanwhile. Only leaving the catalog asks first, while something is on its way or
 * was changed here.
 */
export class ImportQueue {
  readonly userId: string
  readonly #store = new QueueStore()
  readonly #inspections: Inspections
  readonly #changes: BundleChanges
  readonly #transfers: Transfers
  #environment: Environment | null = null

  constructor(userId: string, client: QueryClient) {
    this.userId = userId
    const store = this.#store
    this.#transfers = new Transfers({
      store,
      userId,
      client,
      environment: () => this.#environment,
    })
    this.#inspections = new Inspections({
      store,
      allowedEnvNames: () => this.#environment?.allowedEnvNames ?? [],
      onOpened: (id) => void this.#transfers.lookForEarlier(id),
    })
    this.#changes = new BundleChanges({
      store,
      onBegin: (id) => this.#inspections.abort(id),
      discard: (item) => this.#transfers.discard(item),
      onReport: (id, report) => this.#inspections.setReport(id, report),
    })
  }

  readonly snapshot = (): QueueState => this.#store.snapshot()

  readonly subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener)

  /** Somebody is about to choose bundles: the first shall not wait for the inspector to start. */
  warmUp(): void {
    this.#inspections.warmUp()
  }

  /** What is on the list already, for `sortChoice`. */
  identities(): Set<string> {
    return this.#store.identities()
  }

  /** @returns the ids of the new items */
  add(choice: SortedChoice, environment: Environment): string[] {
    this.#environment = environment
    const store = this.#store
    const bundles = choice.bundles.map((file) => {
      const { lastModified } = file
      const id = store.add(file.name, false, { identity: identityOf(file), lastModified })
      void this.#inspections.open(id, file)
      return id
    })
    const folders = choice.folders.map(({ name, files }) => {
      const identity = `folder/${name}/${files.length}`
      const id = store.add(name, true, { identity, lastModified: 0 })
      void this.#inspections.pack(id, files)
      return id
    })
    store.reject(choice.rejected)
    return [...bundles, ...folders]
  }

  dismissRejected(): void {
    this.#store.reject([])
  }

  get(id: string): QueueItem | undefined {
    return this.#store.get(id)
  }

  /** Takes it off the list and forgets it; an upload that isn't imported is given up. */
  remove(id: string): void {
    const item = this.get(id)
    if (item === undefined) return
    this.#transfers.stop(id)
    this.#inspections.abort(id)
    if (item.transfer.kind !== 'imported') void this.#transfers.discard(item)
    if (item.stage.kind === 'ready') item.stage.client.close()
    if (item.iconUrl !== null) URL.revokeObjectURL(item.iconUrl)
    this.#store.remove(id)
    this.#transfers.goOn()
  }

  setVisibility(id: string, visibility: AppVisibility): void {
    this.#store.update(id, { visibility })
  }

  cancelCheck(id: string): void {
    this.#inspections.cancelCheck(id)
  }

  restartCheck(id: string): void {
    this.#inspections.restartCheck(id)
  }

  applyFix(id: string, fix: Fix): Promise<boolean> {
    return this.#changes.applyFix(id, fix)
  }

  applyAllFixes(id: string): Promise<boolean> {
    return this.#changes.applyAllFixes(id)
  }

  setVersion(id: string, version: string): Promise<boolean> {
    return this.#changes.setVersion(id, version)
  }

  /** Takes the last change back. */
  undo(id: string): Promise<void> {
    return this.#changes.undo(id)
  }

  /** Puts it among those that are sent. `run` starts it as soon as it is imported. */
  import(id: string, run: boolean): void {
    this.#transfers.import(id, run)
  }

  /** Imports it for a try: a version of its own, for oneself, and started at once. */
  async importAndRun(id: string, now: number): Promise<void> {
    if (!(await this.#changes.setDevelopmentVersion(id, now))) return
    this.setVisibility(id, 'PRIVATE')
    this.import(id, true)
  }

  pause(id: string): void {
    this.#transfers.pause(id)
  }

  resume(id: string): void {
    this.#transfers.resume(id)
  }

  /** Ends an upload; what has arrived is given up. */
  cancel(id: string): void {
    this.#transfers.cancel(id)
  }

  /** The session is over: nothing is sent any more, and what has arrived waits for the same person. */
  hold(): void {
    this.#transfers.hold()
  }

  /** The same person is here again. */
  release(): void {
    this.#transfers.release()
  }

  /** Ends everything: somebody else is here now. */
  end(): void {
    this.#transfers.end()
    this.#inspections.end()
    for (const { iconUrl } of this.#store.items) {
      if (iconUrl !== null) URL.revokeObjectURL(iconUrl)
    }
    this.#store.clear()
  }
}

const queues = new WeakMap<QueryClient, ImportQueue>()

/** This person's list; another person's, from before, is ended. */
export function importQueue(client: QueryClient, userId: string): ImportQueue {
  const known = queues.get(client)
  if (known?.userId === userId) return known
  known?.end()
  const queue = new ImportQueue(userId, client)
  queues.set(client, queue)
  endWithPerson(client, queue)
  return queue
}

/** How many bundles wait for the person who chose them to sign in again. Says nothing else about them. */
export function countWaiting(client: QueryClient): number {
  return queues.get(client)?.snapshot().items.length ?? 0
}

/**
 * Ends a list with its person, whichever page is shown: when they sign out, and when somebody else is here. A session
 * that is over by itself only holds it up, as the same person mostly comes back.
 */
function endWithPerson(client: QueryClient, queue: ImportQueue): void {
  const me = meOptions().queryKey
  const meHash = hashKey(me)
  const signOutKey = signOutOptions().mutationKey?.[0]

  const end = () => {
    unfollow.forEach((stop) => stop())
    queue.end()
    if (queues.get(client) === queue) queues.delete(client)
  }
  const unfollow = [
    client.getQueryCache().subscribe((event) => {
      // Only an answer says who it is; while it is asked for, the last one still stands there.
      if (event.type !== 'updated' || event.action.type !== 'success') return
      const now = event.query.queryHash === meHash ? client.getQueryData(me) : undefined
      if (now === undefined) return
      if (now.user === null) queue.hold()
      else if (now.user.id === queue.userId) queue.release()
      else end()
    }),
    client.getMutationCache().subscribe(({ type, mutation }) => {
      const isSignOut = mutation?.options.mutationKey?.[0] === signOutKey
      if (type === 'updated' && isSignOut && mutation.state.status === 'success') end()
    }),
  ]
}

export function useQueueState(queue: ImportQueue): QueueState {
  return useSyncExternalStore(queue.subscribe, queue.snapshot)
}
