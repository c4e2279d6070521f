import type { QueryClient } from '@tanstack/react-query'
import { ApiError, isUnreachable } from '../../api/errors.ts'
import type { Instance } from '../../api/generated/types.gen.ts'
import {
  resumeInstanceOptions,
  suspendInstanceOptions,
  terminateInstanceOptions,
  updateInstanceOptions,
} from '../../api/instances.ts'
import { meOptions } from '../../api/session.ts'
import type { BulkAction } from '../../rules/bulk-instances.ts'
import { describeError } from '../../ui/describe-error.ts'

export type BulkItem = {
  readonly id: string
  readonly title: string
  readonly version: string
  /** As it was; what an undo goes back to. */
  readonly visibility: Instance['visibility']
  /** Whom it is opened to; null where that isn’t what is done. */
  readonly to: Instance['visibility'] | null
  readonly state: 'left' | 'doing' | 'done' | 'failed'
  /** Why it failed; or what there is to say of a thing done. */
  readonly words: string | null
}

export type BulkRun = {
  readonly userId: string
  readonly action: BulkAction
  /** Takes back what was done before. */
  readonly isUndo: boolean
  readonly items: readonly BulkItem[]
  /** `stopped`: by the person, or because nothing answers. `signedOut`: the session ended in the middle. */
  readonly phase: 'going' | 'stopped' | 'signedOut' | 'over'
}

const storageKey = 'wavedeck-bulk'
/** As many are asked for at the same time. */
const atOnce = 3

/**
 * What is being done to several instances. It is kept beside the page, and in this tab's storage: signing in again is
 * another page, and afterwards one has to see what was done and what is left.
 */
export class BulkRuns {
  #run: BulkRun | null
  readonly #listeners = new Set<() => void>()

  constructor() {
    this.#run = stored()
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  readonly current = () => this.#run

  /** Does it, a few at a time; how it goes is in `current`. */
  async start(client: QueryClient, run: Omit<BulkRun, 'phase'>): Promise<void> {
    this.#set({ ...run, phase: 'going' })
    await Promise.all(Array.from({ length: atOnce }, () => this.#work(client)))
    const now = this.#run
    if (now?.phase === 'going') this.#set({ ...now, phase: 'over' })
    if (now?.phase === 'signedOut')
      await client.invalidateQueries({ queryKey: meOptions().queryKey })
  }

  /** Goes on with what is left; `failed` ones are tried again only where that is asked for. */
  goOn(client: QueryClient, withFailed: boolean): void {
    const run = this.#run
    if (run === null || run.phase === 'going') return
    const items = run.items.map((item) =>
      withFailed && item.state === 'failed'
        ? { ...item, state: 'left' as const, words: null }
        : item,
    )
    void this.start(client, { ...run, items })
  }

  /** What is under way is finished; what is left stays. */
  stop(): void {
    if (this.#run?.phase === 'going') this.#set({ ...this.#run, phase: 'stopped' })
  }

  /** Shows a run that was begun elsewhere. */
  put(run: BulkRun): void {
    this.#set(run)
  }

  dismiss(): void {
    this.#set(null)
  }

  async #work(client: QueryClient): Promise<void> {
    for (;;) {
      const run = this.#run
      const item = run?.items.find(({ state }) => state === 'left')
      if (run?.phase !== 'going' || item === undefined) return
      this.#mark(item.id, 'doing', null)
      // One worker does one thing after the other.
      // oxlint-disable-next-line no-await-in-loop
      await this.#do(client, run.action, item)
    }
  }

  async #do(client: QueryClient, action: BulkAction, { id, to }: BulkItem): Promise<void> {
    try {
      await perform(client, action, id, to)
      this.#mark(id, 'done', null)
    } catch (error) {
      const status = error instanceof ApiError ? error.status : null
      if (await this.#isSignedOut(client, status)) this.#leave(id, 'signedOut', null)
      else if (isUnreachable(error)) this.#leave(id, 'stopped', describeError(error).message)
      else if (status === 404 && action.kind === 'terminate') {
        this.#mark(id, 'done', 'It was gone already.')
      } else this.#mark(id, 'failed', describeError(error).message)
    }
  }

  /** To somebody without a session, what is private isn't there: a refusal may be about the session alone. */
  async #isSignedOut(client: QueryClient, status: number | null): Promise<boolean> {
    if (status === 401) return true
    if (status !== 403 && status !== 404) return false
    const me = await client.fetchQuery({ ...meOptions(), staleTime: 0 }).catch(() => null)
    return me !== null && me.user?.id !== this.#run?.userId
  }

  #leave(id: string, phase: 'stopped' | 'signedOut', words: string | null): void {
    this.#mark(id, 'left', words)
    if (this.#run !== null) this.#set({ ...this.#run, phase })
  }

  #mark(id: string, state: BulkItem['state'], words: string | null): void {
    if (this.#run === null) return
    const items = this.#run.items.map((item) => (item.id === id ? { ...item, state, words } : item))
    this.#set({ ...this.#run, items })
  }

  #set(run: BulkRun | null): void {
    this.#run = run
    try {
      if (run === null) sessionStorage.removeItem(storageKey)
      else sessionStorage.setItem(storageKey, JSON.stringify(run))
    } catch {
      // Storage is closed to us: it is kept for as long as this page.
    }
    for (const listener of this.#listeners) listener()
  }
}

export const bulkRuns = new BulkRuns()

async function perform(
  client: QueryClient,
  action: BulkAction,
  id: string,
  to: BulkItem['to'],
): Promise<unknown> {
  const cache = client.getMutationCache()
  switch (action.kind) {
    case 'pause':
      return cache.build(client, suspendInstanceOptions()).execute(id)
    case 'resume':
      return cache.build(client, resumeInstanceOptions()).execute(id)
    case 'terminate':
      return cache.build(client, terminateInstanceOptions()).execute(id)
    case 'share':
      return cache
        .build(client, updateInstanceOptions())
        .execute({ instanceId: id, visibility: to ?? action.to })
  }
}

/** What an earlier page of this tab left unfinished. All of these actions may be asked for twice. */
function stored(): BulkRun | null {
  try {
    const run = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as BulkRun | null
    if (run === null || !Array.isArray(run.items)) return null
    const items = run.items.map((item) =>
      item.state === 'doing' ? { ...item, state: 'left' as const } : item,
    )
    return { ...run, items, phase: run.phase === 'going' ? 'stopped' : run.phase }
  } catch {
    return null
  }
}
