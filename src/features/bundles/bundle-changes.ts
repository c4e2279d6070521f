import type { Fix } from '../../bundle/fix/fix.ts'
import type { BundleClient } from './inspection-client.ts'
import type { BundleReport, ChangedBundle } from './inspection-protocol.ts'
import type { QueueItem } from './queue-item.ts'
import type { QueueStore } from './queue-store.ts'

type Options = {
  store: QueueStore
  /** Other bytes are coming: nobody needs to read these to their end. */
  onBegin: (id: string) => void
  /** Gives up what was uploaded of the bytes that were. */
  discard: (item: QueueItem) => Promise<void>
  onReport: (id: string, report: BundleReport) => void
}

/** Mends bundles here, one change at a time, and takes changes back. The files on the disk stay as they are. */
export class BundleChanges {
  readonly #options: Options
  readonly #store: QueueStore

  constructor(options: Options) {
    this.#options = options
    this.#store = options.store
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

  /** A version of its own for a try, ending with the time. */
  setDevelopmentVersion(id: string, now: number): Promise<boolean> {
    return this.#change(id, async (client) => {
      const fix = await client.developmentFix(now)
      if (fix === null)
        throw new Error('Its version can’t take the suffix of a development version.')
      return client.applyFix(fix)
    })
  }

  /** Takes the last change back. */
  async undo(id: string): Promise<void> {
    const item = this.#store.get(id)
    const last = item?.changes.at(-1)
    if (item?.stage.kind !== 'ready' || last === undefined || item.isChanging) return
    const { client } = item.stage
    this.#store.update(id, { isChanging: true, changeError: null })
    await this.#options.discard(item)
    const report = await client.open(last.before)
    this.#store.update(id, {
      blob: last.before,
      changes: item.changes.slice(0, -1),
      isChanging: false,
    })
    this.#options.onReport(id, report)
  }

  /** @returns whether it is changed; why not is in the item's `changeError` */
  async #change(
    id: string,
    change: (client: BundleClient) => Promise<ChangedBundle>,
  ): Promise<boolean> {
    const item = this.#store.get(id)
    if (item?.stage.kind !== 'ready' || item.blob === null || item.isChanging) return false
    const { client } = item.stage
    this.#store.update(id, { isChanging: true, changeError: null })
    this.#options.onBegin(id)
    try {
      const { blob, report, titles } = await change(client)
      await this.#options.discard(item)
      this.#store.update(id, {
        blob,
        isChanging: false,
        transfer: { kind: 'none' },
        arrived: null,
        changes: [...item.changes, { titles, before: item.blob }],
      })
      this.#options.onReport(id, report)
      return true
    } catch (error) {
      const changeError = error instanceof Error ? error.message : String(error)
      this.#store.update(id, { isChanging: false, changeError })
      return false
    }
  }
}
