/** Lets one piece of work in at a time, in the order of asking. */
export class Lock {
  #last: Promise<unknown> = Promise.resolve()

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work)
    this.#last = result.catch(() => {})
    return result
  }
}

/** One lock a key, kept for as long as somebody holds or awaits it. */
export class Locks {
  readonly #locks = new Map<string, { lock: Lock; users: number }>()

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const entry = this.#locks.get(key) ?? { lock: new Lock(), users: 0 }
    entry.users += 1
    this.#locks.set(key, entry)
    try {
      return await entry.lock.run(work)
    } finally {
      entry.users -= 1
      if (entry.users === 0) this.#locks.delete(key)
    }
  }
}
