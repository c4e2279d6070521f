import { memoryByGroup } from './process-group.ts'

const everyMs = 250

/** Looks at the memory of the guarded process groups and calls out when one is over its limit. */
export class MemoryGuard {
  readonly #guarded = new Map<number, { limit: number; over: () => void }>()
  #timer: NodeJS.Timeout | undefined

  /**
   * @param limit resident bytes of the whole group
   * @returns how to stop looking
   */
  guard(group: number, limit: number, over: () => void): () => void {
    this.#guarded.set(group, { limit, over })
    this.#plan()
    return () => this.#guarded.delete(group)
  }

  #plan(): void {
    if (this.#timer !== undefined || this.#guarded.size === 0) return
    this.#timer = setTimeout(() => void this.#look(), everyMs).unref()
  }

  async #look(): Promise<void> {
    const memory = await memoryByGroup().catch(() => new Map<number, number>())
    for (const [group, { limit, over }] of this.#guarded) {
      if ((memory.get(group) ?? 0) <= limit) continue
      this.#guarded.delete(group)
      over()
    }
    this.#timer = undefined
    this.#plan()
  }
}
