import { performance } from 'node:perf_hooks'
import { usesByGroup } from './process-table.ts'

const everyMs = 250
/** Over how long the use of the processor is averaged. */
const cpuOverMs = 2_000

/** `cpu` is in processors: 0.5 is half of one. Null until it was looked at long enough. */
export type Use = { readonly memory: number; readonly cpu: number | null }

type Watched = {
  readonly limit: number
  readonly over: () => void
  use: Use | null
  since: { at: number; cpuSeconds: number } | null
}

/** Looks at what the watched process groups take, and calls out when one is over its memory limit. */
export class GroupWatch {
  readonly #watched = new Map<number, Watched>()
  #timer: NodeJS.Timeout | undefined

  /**
   * @param limit resident bytes of the whole group
   * @returns how to stop looking
   */
  watch(group: number, limit: number, over: () => void): () => void {
    const watched: Watched = { limit, over, use: null, since: null }
    this.#watched.set(group, watched)
    this.#plan()
    return () => {
      if (this.#watched.get(group) === watched) this.#watched.delete(group)
    }
  }

  /** What it took when it was last looked at. */
  use(group: number): Use | null {
    return this.#watched.get(group)?.use ?? null
  }

  #plan(): void {
    if (this.#timer !== undefined || this.#watched.size === 0) return
    this.#timer = setTimeout(() => void this.#look(), everyMs).unref()
  }

  async #look(): Promise<void> {
    const uses = await usesByGroup().catch(() => new Map<number, never>())
    const at = performance.now()
    for (const [group, watched] of this.#watched) {
      const { memory, cpuSeconds } = uses.get(group) ?? { memory: 0, cpuSeconds: 0 }
      watched.since ??= { at, cpuSeconds }
      const ms = at - watched.since.at
      let cpu = watched.use?.cpu ?? null
      if (ms >= cpuOverMs) {
        // A child that ended took its count with it.
        cpu = Math.max(0, ((cpuSeconds - watched.since.cpuSeconds) * 1000) / ms)
        watched.since = { at, cpuSeconds }
      }
      watched.use = { memory, cpu }
      if (memory <= watched.limit) continue
      this.#watched.delete(group)
      watched.over()
    }
    this.#timer = undefined
    this.#plan()
  }
}
