import type { ChosenFile } from './chosen.ts'
import { InspectionWorker } from './inspection-client.ts'
import type { BundleReport } from './inspection-protocol.ts'
import type { QueueStore } from './queue-store.ts'

type Options = {
  store: QueueStore
  /** Reserved environment names that this deployment allows. */
  allowedEnvNames: () => readonly string[]
  /** There are new bytes, with a first report. */
  onOpened: (id: string) => void
}

/** Packs what has to be packed and looks into every bundle: at its beginning at once, then at every byte. */
export class Inspections {
  readonly #options: Options
  readonly #store: QueueStore
  readonly #running = new Map<string, AbortController>()
  #worker: InspectionWorker | null = null

  constructor(options: Options) {
    this.#options = options
    this.#store = options.store
  }

  /** Somebody is about to choose bundles. */
  warmUp(): void {
    if (this.#worker === null) this.#needWorker().warmUp()
  }

  async pack(id: string, files: readonly ChosenFile[]): Promise<void> {
    const controller = new AbortController()
    this.#running.set(id, controller)
    try {
      const { blob, ...packed } = await this.#needWorker().pack([...files], {
        signal: controller.signal,
        onProgress: (progress) => this.#store.update(id, { stage: { kind: 'packing', progress } }),
      })
      this.#store.update(id, { packed })
      await this.open(id, blob)
    } catch (error) {
      this.#giveUp(id, error)
    }
  }

  async open(id: string, blob: Blob): Promise<void> {
    if (this.#store.get(id) === undefined) return
    const client = this.#needWorker().bundle(this.#options.allowedEnvNames())
    this.#store.update(id, { blob, stage: { kind: 'inspecting' } })
    try {
      const report = await client.open(blob)
      if (this.#store.get(id) === undefined) return client.close()
      this.#store.update(id, { stage: { kind: 'ready', report, client } })
      this.setReport(id, report)
    } catch (error) {
      this.#giveUp(id, error)
    }
  }

  /** What follows from a look at the bundle: its icon, what can be mended, and the look at every byte. */
  setReport(id: string, report: BundleReport): void {
    const item = this.#store.get(id)
    if (item?.stage.kind !== 'ready') return
    const { client } = item.stage
    if (item.iconUrl !== null) URL.revokeObjectURL(item.iconUrl)
    this.#store.update(id, {
      stage: { kind: 'ready', report, client },
      iconUrl: report.icon === null ? null : URL.createObjectURL(report.icon),
      fixes: [],
      check: report.thorough ? { kind: 'done' } : { kind: 'waiting' },
    })
    void client.findFixes().then(
      (fixes) => this.#ifStill(id, report, () => this.#store.update(id, { fixes })),
      () => undefined,
    )
    if (report.thorough) return
    this.#checkNext()
    this.#options.onOpened(id)
  }

  /** Ends what reads this bundle now. */
  abort(id: string): void {
    this.#running.get(id)?.abort()
  }

  cancelCheck(id: string): void {
    this.abort(id)
    if (this.#store.get(id)?.check.kind === 'waiting') {
      this.#store.update(id, { check: { kind: 'cancelled' } })
    }
  }

  restartCheck(id: string): void {
    this.#store.update(id, { check: { kind: 'waiting' } })
    this.#checkNext()
  }

  end(): void {
    this.#running.clear()
    this.#worker?.end()
    this.#worker = null
  }

  #giveUp(id: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    this.#store.update(id, { stage: { kind: 'unreadable', reason } })
  }

  #ifStill(id: string, report: BundleReport, then: () => void): void {
    const stage = this.#store.get(id)?.stage
    if (stage?.kind === 'ready' && stage.report === report) then()
  }

  /** One at a time: each reads a whole bundle. */
  #checkNext(): void {
    const { items } = this.#store
    if (items.some(({ check }) => check.kind === 'running')) return
    const next = items.find(
      ({ stage, check }) => stage.kind === 'ready' && check.kind === 'waiting',
    )
    if (next?.stage.kind !== 'ready') return
    const { id, stage } = next
    const controller = new AbortController()
    this.#running.set(id, controller)
    this.#store.update(id, { check: { kind: 'running', progress: null } })
    const { report: before, client } = stage
    void client
      .verify({
        signal: controller.signal,
        onProgress: (progress) =>
          this.#ifStill(id, before, () =>
            this.#store.update(id, { check: { kind: 'running', progress } }),
          ),
      })
      .then(
        (report) => this.#ifStill(id, before, () => this.setReport(id, report)),
        (error: unknown) =>
          this.#ifStill(id, before, () => {
            if (isAbort(error)) this.#store.update(id, { check: { kind: 'cancelled' } })
            else this.#giveUp(id, error)
          }),
      )
      .finally(() => this.#checkNext())
  }

  #needWorker(): InspectionWorker {
    this.#worker ??= new InspectionWorker()
    return this.#worker
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}
