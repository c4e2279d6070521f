import { ERRORS, type Lock, type Locker, type RequestRelease } from '@tus/server'

/** How long a request that was asked to make way may take for it. */
const waitMs = 10_000

type Holder = {
  /** Asks a request to end with what it has; undefined for work that can't be ended half-way. */
  readonly requestRelease: RequestRelease | undefined
  readonly released: Promise<void>
}

/**
 * One request at an upload at a time. A newer one ends an older: what is still open when its client comes back is a
 * connection that died. An import makes nobody way; who comes meanwhile is told so at once.
 */
export class UploadLocks implements Locker {
  readonly #holders = new Map<string, Holder>()

  newLock(id: string): Lock {
    let release: (() => void) | undefined
    return {
      lock: async (_signal, requestRelease) => {
        await this.#makeWay(id)
        release = this.#take(id, requestRelease)
      },
      unlock: async () => release?.(),
    }
  }

  /** Waits for whatever is going on, an import too, then keeps everybody off until `work` is done. */
  async run<T>(id: string, work: () => Promise<T>): Promise<T> {
    for (let holder = this.#holders.get(id); holder; holder = this.#holders.get(id)) {
      await holder.requestRelease?.()
      await holder.released
    }
    const release = this.#take(id)
    try {
      return await work()
    } finally {
      release()
    }
  }

  isHeld(id: string): boolean {
    return this.#holders.has(id)
  }

  /** Resolves once nobody is at any upload. */
  async idle(): Promise<void> {
    while (this.#holders.size > 0) {
      await Promise.all([...this.#holders.values()].map(({ released }) => released))
    }
  }

  async #makeWay(id: string): Promise<void> {
    const overdue = AbortSignal.timeout(waitMs)
    const late = new Promise<void>((resolve) => {
      overdue.addEventListener('abort', () => resolve(), { once: true })
    })
    for (let holder = this.#holders.get(id); holder; holder = this.#holders.get(id)) {
      if (holder.requestRelease === undefined || overdue.aborted) throw ERRORS.ERR_LOCK_TIMEOUT
      await holder.requestRelease()
      await Promise.race([holder.released, late])
    }
  }

  /** Only where nothing was awaited since the upload was seen to be free. */
  #take(id: string, requestRelease?: RequestRelease): () => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#holders.set(id, { requestRelease, released: promise })
    return () => {
      this.#holders.delete(id)
      resolve()
    }
  }
}
