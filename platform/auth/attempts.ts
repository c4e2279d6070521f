const windowMs = 60_000

/** Counts per address within a minute; all of them begin anew with the next, so that memory stays bounded. */
export class Attempts {
  readonly #max: number
  readonly #now: () => Date
  readonly #counts = new Map<string, number>()
  #ends = 0

  constructor(max: number, now: () => Date) {
    this.#max = max
    this.#now = now
  }

  count(address: string): void {
    this.#roll()
    this.#counts.set(address, (this.#counts.get(address) ?? 0) + 1)
  }

  /** Seconds until the address may try again; 0: at once. */
  wait(address: string): number {
    const left = this.#roll()
    return (this.#counts.get(address) ?? 0) < this.#max ? 0 : Math.ceil(left / 1000)
  }

  #roll(): number {
    const now = this.#now().getTime()
    if (now >= this.#ends) {
      this.#counts.clear()
      this.#ends = now + windowMs
    }
    return this.#ends - now
  }
}
