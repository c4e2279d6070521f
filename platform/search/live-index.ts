import { Lock } from '../lock.ts'
import { readLaunches } from '../store/launches.ts'
import type { Database } from '../store/schema.ts'
import { changesSince, lastChange, readRecords } from './read-records.ts'
import { SearchIndex } from './search-index.ts'

/** Read and taken in at a time, so that other requests get their turn in between. */
const chunk = 400
/** More changes than this at once are read as everything is. */
const maxChanges = 2_000

/**
 * The index of what is committed. Triggers write down which apps changed, in the transaction that changes them; what
 * was written down since is read before the index is handed out. The index itself is never stored, so that no kill
 * and no backup can leave it behind the data.
 */
export class LiveIndex {
  readonly #database: Database
  readonly #lock = new Lock()
  #index: SearchIndex | undefined
  #seen = 0

  constructor(database: Database) {
    this.#database = database
  }

  /** Up to date with what was committed when this was called. */
  current(): Promise<SearchIndex> {
    return this.#lock.run(async () => {
      if (this.#index === undefined || this.#index.isWorn) return this.#read()
      const changes = await changesSince(this.#database, this.#seen, maxChanges)
      if (changes === undefined) return this.#read()
      await this.#take(this.#index, changes.appIds)
      if (changes.appNames.length > 0) {
        const launches = await readLaunches(this.#database, changes.appNames)
        for (const name of changes.appNames) {
          this.#index.launches.set(name, launches.get(name) ?? 0)
        }
      }
      this.#seen = changes.last
      return this.#index
    })
  }

  async #read(): Promise<SearchIndex> {
    // First of all: what changes while the rest is read is then read once more.
    const seen = await lastChange(this.#database)
    const index = new SearchIndex()
    const rows = await this.#database
      .selectFrom('apps')
      .select('id')
      .orderBy('created_at')
      .execute()
    for (let at = 0; at < rows.length; at += chunk) {
      await this.#take(
        index,
        rows.slice(at, at + chunk).map((row) => row.id),
      )
      await new Promise((resolve) => setImmediate(resolve))
    }
    for (const [name, count] of await readLaunches(this.#database)) index.launches.set(name, count)
    index.loaded()
    this.#index = index
    this.#seen = seen
    return index
  }

  async #take(index: SearchIndex, ids: readonly string[]): Promise<void> {
    for (let at = 0; at < ids.length; at += chunk) {
      const some = ids.slice(at, at + chunk)
      const records = new Map(
        (await readRecords(this.#database, some)).map((record) => [record.id, record]),
      )
      for (const id of some) {
        const record = records.get(id)
        if (record) index.put(record)
        else index.remove(id)
      }
    }
  }
}
