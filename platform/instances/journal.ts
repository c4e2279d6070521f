import { type Changes, instanceChange } from '../changes.ts'
import { type NewEvent, putEnded, putEvent } from '../store/instance-events.ts'
import { getInstance, type StoredInstance } from '../store/instances.ts'
import type { Database, InstanceRow } from '../store/schema.ts'

type Parts = {
  readonly database: Database
  readonly changes: Changes
  readonly now: () => Date
}

/** Writes down what becomes of instances: the row and its timeline in one transaction, then the news of it. */
export class Journal {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** `updated_at` tells when the status last changed, so it moves only then. */
  async update(
    instanceId: string,
    values: Partial<InstanceRow>,
    event: NewEvent | null,
  ): Promise<void> {
    const { database } = this.#parts
    const before = await getInstance(database, instanceId)
    if (before === undefined) return
    const time = this.#time()
    const moved = values.status !== undefined && values.status !== before.status
    const run = values.run ?? before.run
    await database.transaction().execute(async (transaction) => {
      await transaction
        .updateTable('instances')
        .set({ ...values, run, ...(moved ? { updated_at: time } : {}) })
        .where('id', '=', instanceId)
        .execute()
      if (event) await putEvent(transaction, { id: instanceId, run }, event, time)
    })
    await this.announce(instanceId, before)
  }

  /** Deletes the row, and keeps in mind that it was there. */
  async end(instance: StoredInstance, by: string): Promise<void> {
    const { database } = this.#parts
    await database.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('instances').where('id', '=', instance.id).execute()
      await putEnded(transaction, instance)
      await putEvent(transaction, instance, { kind: 'ENDED', by }, this.#time())
    })
  }

  /** @param before the instance as it was, where who may see it has changed */
  async announce(instanceId: string, before?: StoredInstance): Promise<StoredInstance | undefined> {
    const instance = await getInstance(this.#parts.database, instanceId)
    if (instance) this.#parts.changes.publish(instanceChange(instance, false, before))
    return instance
  }

  #time(): string {
    return this.#parts.now().toISOString()
  }
}
