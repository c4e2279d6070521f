type Waiting = {
  readonly begin: () => void
  readonly tell: (place: number, isNew: boolean) => void
}

/** Lets so many starts go on at once. The others wait in the order they came, and hear of their place. */
export class StartQueue {
  readonly #atOnce: number
  readonly #waiting: Waiting[] = []
  #going = 0

  constructor(atOnce: number) {
    this.#atOnce = atOnce
  }

  /**
   * Resolves when it is one's turn, with how to give it back; null: the signal came first.
   *
   * @param tell how many starts have to come to an end before, from 1; called again when that changes
   */
  async enter(
    signal: AbortSignal,
    tell: (place: number, isNew: boolean) => void,
  ): Promise<(() => void) | null> {
    if (this.#going >= this.#atOnce) {
      await new Promise<void>((resolve) => {
        const waiting: Waiting = { begin: resolve, tell }
        this.#waiting.push(waiting)
        tell(this.#waiting.length, true)
        const leave = () => {
          const at = this.#waiting.indexOf(waiting)
          if (at === -1) return
          this.#waiting.splice(at, 1)
          this.#tellFrom(at)
          resolve()
        }
        signal.addEventListener('abort', leave, { once: true })
      })
    }
    if (signal.aborted) {
      // It may have become its turn in the same moment.
      this.#next()
      return null
    }
    this.#going += 1
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      this.#going -= 1
      this.#next()
    }
  }

  #next(): void {
    if (this.#going >= this.#atOnce) return
    this.#waiting.shift()?.begin()
    this.#tellFrom(0)
  }

  #tellFrom(first: number): void {
    for (let at = first; at < this.#waiting.length; at += 1) this.#waiting[at]?.tell(at + 1, false)
  }
}
