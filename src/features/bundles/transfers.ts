import type { QueryClient } from '@tanstack/react-query'
import { ApiError } from '../../api/errors.ts'
import type { Environment } from '../../api/generated/types.gen.ts'
import {
  discardUpload,
  findEarlierUpload,
  fingerprintOf,
  forgetOldUploads,
} from '../../api/uploads.ts'
import { isUnderWay, type QueueItem, type Transfer } from './queue-item.ts'
import type { QueueStore } from './queue-store.ts'
import { sendBundle, type Sending } from './send-bundle.ts'

/** Bundles that are sent at once; the others wait their turn. */
const atOnce = 2

type Options = {
  store: QueueStore
  userId: string
  client: QueryClient
  /** As the platform last described itself; null before the first bundle. */
  environment: () => Environment | null
}

/** The bundles' ways to the platform. */
export class Transfers {
  readonly #options: Options
  readonly #store: QueueStore
  readonly #sending = new Map<string, Sending>()

  constructor(options: Options) {
    this.#options = options
    this.#store = options.store
  }

  /** Puts it among those that are sent. `run` starts it as soon as it is imported. */
  import(id: string, run: boolean): void {
    const item = this.#store.get(id)
    if (item?.stage.kind !== 'ready' || isUnderWay(item) || item.isChanging) return
    this.#store.update(id, { transfer: { kind: 'waiting' } })
    this.#sending.set(id, this.#prepare(id, run))
    this.#startNext()
  }

  pause(id: string): void {
    this.#sending.get(id)?.pause()
  }

  resume(id: string): void {
    this.#sending.get(id)?.resume()
  }

  /** Ends an upload; what has arrived is given up. */
  cancel(id: string): void {
    const item = this.#store.get(id)
    this.stop(id)
    this.#store.update(id, { transfer: { kind: 'none' }, arrived: null })
    if (item !== undefined) void this.discard(item)
    this.#startNext()
  }

  /** Ends an upload; the platform keeps what has arrived. */
  stop(id: string): void {
    this.#sending.get(id)?.stop()
    this.#sending.delete(id)
  }

  /** Another one may have its turn. */
  goOn(): void {
    this.#startNext()
  }

  /** Nobody is signed in: what is on its way stops where it is, until the same person is back. */
  hold(): void {
    for (const [id, sending] of this.#sending) {
      sending.stop()
      this.#store.update(id, { transfer: { kind: 'refused', error: sessionEnded() } })
    }
    this.#sending.clear()
  }

  /** The same person is back: what waited for that can go on, from where it was. */
  release(): void {
    for (const { id, transfer } of this.#store.items) {
      if (transfer.kind !== 'refused' || !isSessionEnd(transfer.error)) continue
      this.#store.update(id, { transfer: { kind: 'none' } })
      void this.lookForEarlier(id)
    }
  }

  end(): void {
    for (const sending of this.#sending.values()) sending.stop()
    this.#sending.clear()
  }

  /** Finds out how much of it an earlier try has brought to the platform. */
  async lookForEarlier(id: string): Promise<void> {
    const uploads = this.#options.environment()?.uploads ?? null
    if (uploads === null) return
    forgetOldUploads(Date.now(), uploads.expiresAfterSeconds)
    const item = this.#store.get(id)
    const fingerprint = item && (await this.#fingerprint(item))
    if (!fingerprint) return
    // Not knowing costs a surprise at most.
    const earlier = await findEarlierUpload(fingerprint).catch(() => null)
    // The report may be a thorough one by now; only other bytes make this another upload.
    if (this.#store.get(id)?.blob === item.blob) {
      this.#store.update(id, { arrived: earlier?.offset ?? null })
    }
  }

  /** Gives back the room that its upload takes. */
  async discard(item: QueueItem): Promise<void> {
    if (item.blob === null || this.#options.environment()?.uploads == null) return
    try {
      await discardUpload(await this.#fingerprint(item))
    } catch {
      // The file is gone; its upload expires by itself.
    }
  }

  #prepare(id: string, run: boolean): Sending {
    const environment = this.#options.environment()
    if (environment === null) throw new Error('Bundles are added with the environment')
    return sendBundle({
      item: () => this.#store.get(id),
      environment,
      client: this.#options.client,
      run,
      fingerprint: (item) => this.#fingerprint(item),
      onTransfer: (transfer: Transfer) => {
        this.#store.update(id, { transfer })
        if (!isUnderWay({ transfer })) {
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
    const lastModified = this.#store.lastModified(id)
    return fingerprintOf(this.#options.userId, name, blob ?? new Blob(), lastModified)
  }
}

export function isSessionEnd(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401
}

function sessionEnded(): ApiError {
  return new ApiError({
    status: 401,
    code: 'auth.sign-in-needed',
    title: 'Your session has ended.',
  })
}
