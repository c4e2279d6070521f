import type { LineBlock } from '../held/line-block.ts'
import type { Hits, Query } from '../held/matching.ts'
import type { PatternAnswer, PatternRequest } from './pattern-worker.ts'

/** What there has to be of a worker; so that tests need none. */
export type PatternWorker = {
  postMessage: (request: PatternRequest, options: { transfer: never[] }) => void
  addEventListener: (
    type: 'message',
    listener: (event: MessageEvent<PatternAnswer>) => void,
  ) => void
  terminate: () => void
}

/** So long one block of about a thousand lines may take. Sensible patterns take a few milliseconds. */
const limitMs = 1000

/** Looks for a pattern in blocks, one after the other, and ends what takes too long. */
export class PatternSearch {
  readonly #makeWorker: () => PatternWorker
  #worker: PatternWorker | null = null
  #id = 0
  #settle: ((hits: Hits | null) => void) | null = null

  constructor(makeWorker: () => PatternWorker) {
    this.#makeWorker = makeWorker
  }

  /** @returns null: it took too long, or another search began */
  find(query: Query, { text, starts, count }: LineBlock): Promise<Hits | null> {
    const worker = (this.#worker ??= this.#start())
    this.#id += 1
    const id = this.#id
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.stop(), limitMs)
      this.#settle = (hits) => {
        clearTimeout(timer)
        this.#settle = null
        resolve(hits)
      }
      worker.postMessage({ id, query, block: { text, starts, count } }, { transfer: [] })
    })
  }

  stop(): void {
    this.#worker?.terminate()
    this.#worker = null
    this.#settle?.(null)
  }

  #start(): PatternWorker {
    const worker = this.#makeWorker()
    worker.addEventListener('message', ({ data }) => {
      if (data.id === this.#id) this.#settle?.(data.hits)
    })
    return worker
  }
}
