import { appendLog, emptyLog, type LogBuffer, unseenPart } from './log-buffer.ts'

/** `ended`: the run writes nothing more. `broken`: it can't be read, and nobody tries any more. */
export type FollowState = 'connecting' | 'following' | 'reconnecting' | 'ended' | 'broken'

export type LogSnapshot = { readonly state: FollowState; readonly log: LogBuffer }

const gatherMs = 80
const retryMs = [500, 2000, 5000]

/** A run's log as it grows. Follows while somebody listens. */
export class LogFollower {
  readonly #url: string
  readonly #retries: readonly number[]
  readonly #listeners = new Set<() => void>()
  #snapshot: LogSnapshot = { state: 'connecting', log: emptyLog }
  #source: EventSource | undefined
  #waiting = ''
  #gathering: ReturnType<typeof setTimeout> | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  #failures = 0
  /** How far the log was read, in bytes; a connection may begin before that, and what it repeats is left out. */
  #position = 0

  /** @param live whether the run may still be going on: then it is worth trying again */
  constructor(url: string, live: boolean) {
    this.#url = url
    this.#retries = live ? retryMs : []
  }

  readonly snapshot = (): LogSnapshot => this.#snapshot

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    if (this.#listeners.size === 1 && this.#snapshot.state !== 'ended') this.#open()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#close()
    }
  }

  /** After `broken`: try again. */
  readonly restart = (): void => {
    this.#failures = 0
    this.#set({ state: 'connecting' })
    this.#open()
  }

  #open(): void {
    this.#close()
    const source = new EventSource(this.#url)
    this.#source = source
    source.addEventListener('open', () => {
      this.#failures = 0
      this.#set({ state: 'following' })
    })
    source.addEventListener('log', (event: MessageEvent<unknown>) => this.#take(event))
    source.addEventListener('end', () => {
      this.#close()
      this.#set({ state: 'ended' })
    })
    source.addEventListener('error', () => {
      // After a broken connection the browser itself goes on from the last position, without repeats.
      if (source.readyState !== EventSource.CLOSED) return this.#set({ state: 'reconnecting' })
      const wait = this.#retries[this.#failures]
      this.#failures += 1
      if (wait === undefined) return this.#set({ state: 'broken' })
      this.#set({ state: 'reconnecting' })
      this.#retry = setTimeout(() => this.#open(), wait)
    })
  }

  #close(): void {
    this.#source?.close()
    clearTimeout(this.#retry)
    this.#flush()
  }

  #take({ data, lastEventId }: MessageEvent<unknown>): void {
    const sent: unknown = parse(data)
    if (typeof sent !== 'string') return
    const end = Number.parseInt(lastEventId, 10)
    const text = unseenPart(sent, end, this.#position)
    this.#position = Math.max(this.#position, end || 0)
    if (text === '') return
    this.#waiting += text
    this.#gathering ??= setTimeout(() => this.#flush(), gatherMs)
  }

  #flush(): void {
    clearTimeout(this.#gathering)
    this.#gathering = undefined
    if (this.#waiting === '') return
    const log = appendLog(this.#snapshot.log, this.#waiting)
    this.#waiting = ''
    this.#set({ log })
  }

  #set(over: Partial<LogSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...over }
    for (const listener of this.#listeners) listener()
  }
}

function parse(data: unknown): unknown {
  try {
    return JSON.parse(String(data))
  } catch {
    return undefined
  }
}
