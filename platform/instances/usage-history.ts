import type { UsageHistory as History } from '../../src/api/generated/types.gen.ts'
import type { Scheduler } from '../scheduler/scheduler.ts'
import type { Database } from '../store/schema.ts'
import { complain } from './complain.ts'

/** Between two samples, in seconds. */
export const stepSeconds = 5
/** As many samples are kept of each instance: five minutes. */
const kept = 60

type Parts = {
  readonly database: Database
  readonly scheduler: Scheduler
  readonly now: () => Date
}

type Sample = { readonly memory: number; readonly processors: number | null }
type Samples = { readonly limit: number; readonly list: readonly Sample[] }

/**
 * What instances took in the last minutes, for plots. In memory alone: a plot begins anew with the platform. What one
 * instance takes is forgotten as soon as nothing of it runs.
 */
export class UsageHistory {
  readonly #parts: Parts
  #samples = new Map<string, Samples>()
  #at: Date
  #timer: NodeJS.Timeout | undefined

  constructor(parts: Parts) {
    this.#parts = parts
    this.#at = parts.now()
  }

  open(): void {
    this.#timer = setInterval(() => void this.sample().catch(complain), stepSeconds * 1000)
    this.#timer.unref()
  }

  close(): void {
    clearInterval(this.#timer)
  }

  /** When it was looked at last. */
  get at(): Date {
    return this.#at
  }

  /** Looks once at everything that runs. */
  async sample(): Promise<void> {
    const { database, scheduler, now } = this.#parts
    const rows = await database
      .selectFrom('instances')
      .select('id')
      .where('status', 'in', ['PENDING', 'DEPLOYED'])
      .execute()
    const next = new Map<string, Samples>()
    for (const { id } of rows) {
      const usage = scheduler.usage(id)
      if (usage === null) continue
      const sample = { memory: usage.memoryBytes, processors: usage.processors }
      const before = this.#samples.get(id)?.list ?? []
      next.set(id, { limit: usage.memoryLimitBytes, list: [...before.slice(1 - kept), sample] })
    }
    this.#samples = next
    this.#at = now()
  }

  /** Undefined where nothing of it runs, or nobody has looked yet. */
  of(instanceId: string): History | undefined {
    const samples = this.#samples.get(instanceId)
    if (samples === undefined) return undefined
    return {
      instanceId,
      memoryLimitBytes: samples.limit,
      memoryBytes: samples.list.map(({ memory }) => memory),
      processors: samples.list.map(({ processors }) => processors),
    }
  }
}
