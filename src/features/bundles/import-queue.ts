import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { AppVisibility, Environment } from '../../api/generated/types.gen.ts'
import {
  discardUpload,
  findEarlierUpload,
  fingerprintOf,
  forgetOldUploads,
} from '../../api/uploads.ts'
import type { Fix } from '../../bundle/fix/fix.ts'
import { type ChosenFile, identityOf, type Rejected, type SortedChoice } from './chosen.ts'
import { InspectionWorker } from './inspection-client.ts'
import type { BundleReport, ChangedBundle } from './inspection-protocol.ts'
import { isUnderWay, type QueueItem, type Transfer } from './queue-item.ts'
import { sendBundle, type Sending } from './send-bundle.ts'

export type QueueState = {
  readonly items: readonly QueueItem[]
  readonly rejected: readonly Rejected[]
}

/** Bundles that are sent at once; the others wait their turn. */
const atOnce = 2

/**
 * The bundles that somebody has chosen. They live as long as the tab and the person in it: looking at another page
 * loses nothing, and uploads go on meanwhile. Only leaving the catalog asks first, while something is on its way or
 * was changed here.
 */
export class ImportQueue {
  readonly userId: string
  readonly #client: QueryClient
  readonly #listeners = new Set<() => void>()
  readonly #sending = new Map<string, Sending>()
  readonly #checking = new Map<string, AbortController>()
  /** The file as it was chosen: its date, and how to tell it from others. */
  readonly #origins = new Map<string, { identity: string; lastModified: number }>()
  #worker: InspectionWorker | null = null
  #environment: Environment | null = null
  #state: QueueState = { items: [], rejected: [] }
  #lastId = 0

  constructor(userId: string, client: QueryClient) {
    this.userId = userId
    this.#client = client
  }

  readonly snapshot = (): QueueState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What is on the list already, for `sortChoice`. */
  identities(): Set<string> {
    return new Set([...this.#origins.values()].map(({ identity }) => identity))
  }

  /** @returns the ids of the new items */
  add(choice: SortedChoice, environment: Environment): string[] {
    this.#environment = environment
    this.#worker ??= new InspectionWorker()
    const added = [
      ...choice.bundles.map((file) => this.#addFile(file)),
      ...choice.folders.map(({ name, files }) => this.#addFolder(name, files)),
    ]
    this.#set({ items: this.#state.items, rejected: choice.rejected })
    return added
  }

  dismissRejected(): void {
    this.#set({ items: this.#state.items, rejected: [] })
  }

  get(id: string): QueueItem | undefined {
    return this.#state.items.find((item) => item.id === id)
  }

  /** Takes it off the list and forgets it; an upload that isn't imported is given up. */
  remove(id: string): void {
    const item = this.get(id)
    if (item === undefined) return
    this.#sending.get(id)?.stop()
    this.#sending.delete(id)
    this.#checking.get(id)?.abort()
    if (item.transfer.kind !== 'imported') void this.#discard(item)
    if (item.stage.kind === 'ready') item.stage.client.close()
    if (item.iconUrl !== null) URL.revokeObjectURL(item.iconUrl)
    this.#origins.delete(id)
    this.#set({ ...this.#state, items: this.#state.items.filter((each) => each.id !== id) })
    this.#startNext()
  }

  setVisibility(id: string, visibility: AppVisibility): void {
    this.#update(id, { visibility })
  }

  cancelCheck(id: string): void {
    this.#checking.get(id)?.abort()
    if (this.get(id)?.check.kind === 'waiting') this.#update(id, { check: { kind: 'cancelled' } })
  }

  restartCheck(id: string): void {
    this.#update(id, { check: { kind: 'waiting' } })
    this.#checkNext()
  }

  applyFix(id: string, fix: Fix): Promise<boolean> {
    return this.#change(id, (client) => client.applyFix(fix))
  }

  applyAllFixes(id: string): Promise<boolean> {
    return this.#change(id, (client) => client.applyAllFixes())
  }

  setVersion(id: string, version: string): Promise<boolean> {
    return this.#change(id, async (client) => {
      const fix = await client.versionFix(version)
      if (fix === null) throw new Error(`The app.toml can’t be changed to ${version} from here.`)
      return client.applyFix(fix)
    })
  }

  /** Takes the last change back. */
  async undo(id: string): Promise<void> {
    const item = this.get(id)
    const last = item?.changes.at(-1)
    if (item?.stage.kind !== 'ready' || last === undefined || item.isChanging) return
    const { client } = item.stage
    this.#update(id, { isChanging: true, changeError: null })
    await this.#discard(item)
    const report = await client.open(last.before)
    this.#update(id, { blob: last.before, changes: item.changes.slice(0, -1), isChanging: false })
    this.#setReport(id, report)
  }

  /** Puts it among those that are sent. `run` starts it as soon as it is imported. */
  import(id: string, run: boolean): void {
    const item = this.get(id)
    if (item?.stage.kind !== 'ready' || isUnderWay(item) || item.isChanging) return
    this.#update(id, { transfer: { kind: 'waiting' } })
    this.#sending.set(id, this.#prepare(id, run))
    this.#startNext()
  }

  /** Imports it for a try: a version of its own, for oneself, and started at once. */
  async importAndRun(id: string, now: number): Promise<void> {
    const isChanged = await this.#change(id, async (client) => {
      const fix = await client.developmentFix(now)
      if (fix === null)
        throw new Error('Its version can’t take the suffix of a development version.')
      return client.applyFix(fix)
    })
    if (!isChanged) return
    this.setVisibility(id, 'PRIVATE')
    this.import(id, true)
  }

  pause(id: string): void {
    this.#sending.get(id)?.pause()
  }

  resume(id: string): void {
    this.#sending.get(id)?.resume()
  }

  /** Ends an upload; what has arrived is given up. */
  cancel(id: string): void {
    const item = this.get(id)
    this.#sending.get(id)?.stop()
    this.#sending.delete(id)
    this.#update(id, { transfer: { kind: 'none' }, arrived: null })
    if (item !== undefined) void this.#discard(item)
    this.#startNext()
  }

  /** Ends everything: somebody else is here now. */
  end(): void {
    for (const sending of this.#sending.values()) sending.stop()
    for (const item of this.#state.items) {
      if (item.iconUrl !== null) URL.revokeObjectURL(item.iconUrl)
    }
    this.#sending.clear()
    this.#worker?.end()
    this.#set({ items: [], rejected: [] })
  }

  #addFile(file: File): string {
    const id = this.#newItem(file.name, false, identityOf(file), file.lastModified)
    void this.#inspect(id, file)
    return id
  }

  #addFolder(name: string, files: readonly ChosenFile[]): string {
    const id = this.#newItem(name, true, `folder/${name}/${files.length}`, 0)
    void this.#pack(id, files)
    return id
  }

  #newItem(name: string, isFolder: boolean, identity: string, lastModified: number): string {
    this.#lastId += 1
    const id = `b${this.#lastId}`
    this.#origins.set(id, { identity, lastModified })
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

  async #pack(id: string, files: readonly ChosenFile[]): Promise<void> {
    const controller = new AbortController()
    this.#checking.set(id, controller)
    try {
      const { blob, ...packed } = await this.#needWorker().pack([...files], {
        signal: controller.signal,
        onProgress: (progress) => this.#update(id, { stage: { kind: 'packing', progress } }),
      })
      this.#update(id, { packed })
      await this.#inspect(id, blob)
    } catch (error) {
      this.#giveUp(id, error)
    }
  }

  async #inspect(id: string, blob: Blob): Promise<void> {
    const client = this.#needWorker().bundle([])
    this.#update(id, { blob, stage: { kind: 'inspecting' } })
    try {
      const report = await client.open(blob)
      if (this.get(id) === undefined) return client.close()
      this.#update(id, { stage: { kind: 'ready', report, client } })
      this.#setReport(id, report)
    } catch (error) {
      this.#giveUp(id, error)
    }
  }

  #giveUp(id: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    this.#update(id, { stage: { kind: 'unreadable', reason } })
  }

  /** What follows from a look at the bundle: its icon, what can be mended, and the look at every byte. */
  #setReport(id: string, report: BundleReport): void {
    const item = this.get(id)
    if (item?.stage.kind !== 'ready') return
    const { client } = item.stage
    if (item.iconUrl !== null) URL.revokeObjectURL(item.iconUrl)
    this.#update(id, {
      stage: { kind: 'ready', report, client },
      iconUrl: report.icon === null ? null : URL.createObjectURL(report.icon),
      fixes: [],
      check: report.thorough ? { kind: 'done' } : { kind: 'waiting' },
    })
    void client.findFixes().then(
      (fixes) => this.#ifStill(id, report, () => this.#update(id, { fixes })),
      () => undefined,
    )
    if (report.thorough) return
    this.#checkNext()
    void this.#lookForEarlier(id)
  }

  #ifStill(id: string, report: BundleReport, then: () => void): void {
    const stage = this.get(id)?.stage
    if (stage?.kind === 'ready' && stage.report === report) then()
  }

  async #lookForEarlier(id: string): Promise<void> {
    const environment = this.#environment
    const uploads = environment?.uploads ?? null
    if (uploads === null) return
    forgetOldUploads(Date.now(), uploads.expiresAfterSeconds)
    const item = this.get(id)
    const fingerprint = item && (await this.#fingerprint(item))
    if (!fingerprint) return
    // Not knowing costs a surprise at most.
    const earlier = await findEarlierUpload(fingerprint).catch(() => null)
    // The report may be a thorough one by now; only other bytes make this another upload.
    if (this.get(id)?.blob === item.blob) this.#update(id, { arrived: earlier?.offset ?? null })
  }

  /** One at a time: each reads a whole bundle. */
  #checkNext(): void {
    const { items } = this.#state
    if (items.some(({ check }) => check.kind === 'running')) return
    const next = items.find(
      ({ stage, check }) => stage.kind === 'ready' && check.kind === 'waiting',
    )
    if (next?.stage.kind !== 'ready') return
    const { id, stage } = next
    const controller = new AbortController()
    this.#checking.set(id, controller)
    this.#update(id, { check: { kind: 'running', progress: null } })
    const { report: before, client } = stage
    void client
      .verify({
        signal: controller.signal,
        onProgress: (progress) =>
          this.#ifStill(id, before, () =>
            this.#update(id, { check: { kind: 'running', progress } }),
          ),
      })
      .then(
        (report) => this.#ifStill(id, before, () => this.#setReport(id, report)),
        (error: unknown) =>
          this.#ifStill(id, before, () => {
            if (isAbort(error)) this.#update(id, { check: { kind: 'cancelled' } })
            else this.#giveUp(id, error)
          }),
      )
      .finally(() => this.#checkNext())
  }

  async #change(
    id: string,
    change: (
      client: Extract<QueueItem['stage'], { kind: 'ready' }>['client'],
    ) => Promise<ChangedBundle>,
  ): Promise<boolean> {
    const item = this.get(id)
    if (item?.stage.kind !== 'ready' || item.blob === null || item.isChanging) return false
    const { client } = item.stage
    this.#update(id, { isChanging: true, changeError: null })
    this.#checking.get(id)?.abort()
    try {
      const { blob, report, titles } = await change(client)
      await this.#discard(item)
      this.#update(id, {
        blob,
        isChanging: false,
        transfer: { kind: 'none' },
        arrived: null,
        changes: [...item.changes, { titles, before: item.blob }],
      })
      this.#setReport(id, report)
      return true
    } catch (error) {
      const changeError = error instanceof Error ? error.message : String(error)
      this.#update(id, { isChanging: false, changeError })
      return false
    }
  }

  #prepare(id: string, run: boolean): Sending {
    return sendBundle({
      item: () => this.get(id),
      environment: this.#needEnvironment(),
      client: this.#client,
      run,
      fingerprint: (item) => this.#fingerprint(item),
      onTransfer: (transfer: Transfer) => {
        this.#update(id, { transfer })
        if (!isUnderWayKind(transfer)) {
          this.#sending.delete(id)
          this.#startNext()
        }
      },
    })
  }

  #startNext(): void {
    const active = [...this.#sending.values()].filter((sending) => sending.isStarted())
    const waiting = [...this.#sending.values()].filter((sending) => !sending.isStarted())
    for (const sending of waiting.slice(0, Math.max(0, atOnce - active.length))) sending.start()
  }

  async #fingerprint({ id, name, blob }: QueueItem): Promise<string> {
    const lastModified = this.#origins.get(id)?.lastModified ?? 0
    return fingerprintOf(this.userId, name, blob ?? new Blob(), lastModified)
  }

  async #discard(item: QueueItem): Promise<void> {
    if (item.blob === null || this.#environment?.uploads == null) return
    try {
      await discardUpload(await this.#fingerprint(item))
    } catch {
      // The file is gone; its upload expires by itself.
    }
  }

  #needWorker(): InspectionWorker {
    this.#worker ??= new InspectionWorker()
    return this.#worker
  }

  #needEnvironment(): Environment {
    if (this.#environment === null) throw new Error('Bundles are added with the environment')
    return this.#environment
  }

  #update(id: string, change: Partial<QueueItem>): void {
    const items = this.#state.items.map((item) => (item.id === id ? { ...item, ...change } : item))
    this.#set({ ...this.#state, items })
  }

  #set(state: QueueState): void {
    this.#state = state
    guardLeaving(this, state.items.some(isLostByLeaving))
    for (const listener of this.#listeners) listener()
  }
}

function isUnderWayKind({ kind }: Transfer): boolean {
  return kind === 'waiting' || kind === 'uploading' || kind === 'importing'
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

/** Files are still on the disk; what was changed here, and what is on its way, is not. */
function isLostByLeaving(item: QueueItem): boolean {
  return isUnderWay(item) || (item.changes.length > 0 && item.transfer.kind !== 'imported')
}

const guarding = new Set<ImportQueue>()

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

/** On every page, as uploads go on there. A listener that isn't needed would keep pages out of the browser's cache. */
function guardLeaving(queue: ImportQueue, needed: boolean): void {
  if (needed) guarding.add(queue)
  else guarding.delete(queue)
  if (guarding.size > 0) window.addEventListener('beforeunload', ask)
  else window.removeEventListener('beforeunload', ask)
}

const queues = new WeakMap<QueryClient, ImportQueue>()

/** This person's list; another person's, from before, is ended. */
export function importQueue(client: QueryClient, userId: string): ImportQueue {
  const known = queues.get(client)
  if (known?.userId === userId) return known
  known?.end()
  const queue = new ImportQueue(userId, client)
  queues.set(client, queue)
  return queue
}

export function useQueueState(queue: ImportQueue): QueueState {
  return useSyncExternalStore(queue.subscribe, queue.snapshot)
}
