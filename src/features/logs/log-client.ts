import type { Filter, Frame, LineRange, ToWorker, View } from './log-protocol.ts'
import type { Query } from './held/matching.ts'

/** A tab that nobody looks at gives its connection back after this: a browser keeps only six for a host. */
const hiddenGraceMs = 20_000

/** The page's side of an open log. It reads while somebody listens. */
export class LogClient {
  readonly #open: Extract<ToWorker, { type: 'open' }>
  readonly #listeners = new Set<() => void>()
  #worker: Worker | null = null
  #frame: Frame | null = null
  #sleep: ReturnType<typeof setTimeout> | undefined
  /** What a new worker has to be told again. */
  #view: View
  #query: Query | null = null
  #filter: Filter | null = null

  /** @param at a position to begin at, in bytes; null: the end of the log */
  constructor(url: string, at: number | null) {
    this.#open = { type: 'open', url: new URL(url, location.href).href, at }
    this.#view = { from: 0, count: 60, isFollowing: at === null, width: null, hidesStamps: false }
  }

  readonly frame = (): Frame | null => this.#frame

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    if (this.#worker === null) this.#start()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#stop()
    }
  }

  look(view: View): void {
    const before = this.#view
    const isSame =
      view.from === before.from &&
      view.count === before.count &&
      view.isFollowing === before.isFollowing &&
      view.width === before.width &&
      view.hidesStamps === before.hidesStamps
    this.#view = view
    if (!isSame) this.send({ type: 'view', view })
  }

  search(query: Query | null): void {
    this.#query = query
    this.send({ type: 'search', query })
  }

  filter(filter: Filter): void {
    this.#filter = filter
    this.send({ type: 'filter', filter })
  }

  send(message: ToWorker): void {
    this.#worker?.postMessage(message)
  }

  /** The text of some lines, or of all that are shown. */
  text(range: LineRange | null): Promise<string> {
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', ({ data }: MessageEvent<string>) => {
        port1.close()
        resolve(data)
      })
      port1.start()
      this.#worker?.postMessage({ type: 'text', range } satisfies ToWorker, [port2])
    })
  }

  #start(): void {
    const worker = new Worker(new URL('./stream/log-worker.ts', import.meta.url), {
      type: 'module',
    })
    this.#worker = worker
    worker.addEventListener('message', ({ data }: MessageEvent<Frame>) => {
      this.#frame = data
      for (const listener of this.#listeners) listener()
    })
    this.send({ type: 'view', view: this.#view })
    if (this.#filter !== null) this.send({ type: 'filter', filter: this.#filter })
    this.send({ type: 'search', query: this.#query })
    this.send(this.#open)
    document.addEventListener('visibilitychange', this.#visibilityChanged)
  }

  #stop(): void {
    clearTimeout(this.#sleep)
    document.removeEventListener('visibilitychange', this.#visibilityChanged)
    this.#worker?.terminate()
    this.#worker = null
  }

  readonly #visibilityChanged = (): void => {
    clearTimeout(this.#sleep)
    if (document.hidden) {
      this.#sleep = setTimeout(() => this.send({ type: 'sleep' }), hiddenGraceMs)
    } else this.send({ type: 'wake' })
  }
}
