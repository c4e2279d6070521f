import { getInstance } from '../store/instances.ts'
import type { Database } from '../store/schema.ts'
import { pauseDeadline } from './instance-states.ts'
import type { Journal } from './journal.ts'

/** A deadline that moved less than this is written later: not every request is worth a write. */
const maxSlackMs = 30_000

/**
 * When instances were last used, which puts their automatic pause off. Kept in memory, since every request is a use,
 * and written down now and then; a kill of the platform forgets half a minute of it at most.
 */
export class Uses {
  readonly #last = new Map<string, number>()

  /** @param at milliseconds of the platform's clock */
  note(instanceId: string, at: number): void {
    this.#last.set(instanceId, at)
  }

  /** For a clock that was set anew. */
  move(ms: number): void {
    for (const [id, at] of this.#last) this.#last.set(id, at + ms)
  }

  /** Writes deadlines that moved. To be called before deadlines are looked at. */
  async write(database: Database, journal: Journal, now: number): Promise<void> {
    for (const [id, at] of this.#last) {
      const instance = await getInstance(database, id)
      const timeout = instance?.storedApp.instance_timeout ?? null
      if (instance === undefined || instance.status !== 'DEPLOYED' || timeout === null) {
        this.#last.delete(id)
        continue
      }
      const stored = instance.suspend_after === null ? 0 : Date.parse(instance.suspend_after)
      // One that was noted by the new clock already was moved with it.
      const deadline = pauseDeadline(instance, new Date(Math.min(at, now))) ?? ''
      const moved = Date.parse(deadline) - stored
      const slack = Math.min(maxSlackMs, timeout * 100)
      const isOver = now - at >= slack
      if (moved > 0 && (isOver || moved >= slack || stored <= now)) {
        await journal.update(id, { suspend_after: deadline }, null)
      }
      // Unless it was used again while that was written.
      if (isOver && this.#last.get(id) === at) this.#last.delete(id)
    }
  }
}
