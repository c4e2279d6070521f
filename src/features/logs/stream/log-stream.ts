import type { Arrival } from '../text/line-assembler.ts'
import { EventParser } from './event-parser.ts'
import { unseenText } from './unseen-text.ts'

export type Refusal = { readonly status: number; readonly code: string; readonly title: string }

export type StreamListener = {
  /** Text from byte `start` to `end`, never twice. `start` is later than the last `end` where something is gone. */
  text: (text: string, start: number, end: number) => Promise<void>
  /** When the text came that follows. */
  arrived: (arrivals: readonly Arrival[]) => void
  opened: () => void
  /** The connection broke; it is tried again. */
  broken: () => void
  /** The run writes nothing more. */
  ended: () => void
  refused: (refusal: Refusal) => void
}

const retryMs = [300, 1000, 2000, 5000, 10_000]
/** The platform says something at least every 15 s; so long without a word is a dead connection. */
const silenceMs = 45_000

/** Reads one run of a log as it grows, over as many connections as it takes. */
export class LogStream {
  readonly #url: string
  readonly #listener: StreamListener
  #abort = new AbortController()
  /** How far it was read, in bytes; null: nothing yet. */
  #position: number | null
  /** Which run it is; an instance that is started again writes another, whose positions begin anew. */
  #run: string | null = null
  #failures = 0
  #wake: (() => void) | undefined

  /**
   * @param url of the stream, with how it begins
   * @param position goes on from there instead, in bytes
   */
  constructor(url: string, position: number | null, listener: StreamListener) {
    this.#url = url
    this.#position = position
    this.#listener = listener
  }

  get position(): number | null {
    return this.#position
  }

  /** Where the rest of the same run is read, once it is connected: an instance may be started again meanwhile. */
  get address(): string {
    if (this.#run === null) return this.#url
    const [path = '', query] = this.#url.split('?')
    const params = new URLSearchParams(query)
    params.delete('previous')
    params.set('run', this.#run)
    return `${path}?${params}`
  }

  /** Known once it is connected. */
  get run(): number | null {
    return this.#run === null ? null : Number(this.#run)
  }

  start(): void {
    this.#abort.abort()
    this.#abort = new AbortController()
    void this.#keepReading(this.#abort.signal)
  }

  stop(): void {
    this.#abort.abort()
  }

  /** Doesn't wait any longer before it tries again. */
  hurry(): void {
    this.#wake?.()
  }

  async #keepReading(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const outcome = await this.#read(signal).catch(() => 'broken' as const)
      if (signal.aborted || outcome === 'over') return
      this.#listener.broken()
      const wait = retryMs[Math.min(this.#failures, retryMs.length - 1)] ?? 0
      this.#failures += 1
      await this.#pause(wait, signal)
    }
  }

  #pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        this.#wake = undefined
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal.addEventListener('abort', done)
      this.#wake = done
    })
  }

  async #read(signal: AbortSignal): Promise<'over' | 'broken'> {
    const connection = new AbortController()
    const end = () => connection.abort()
    signal.addEventListener('abort', end)
    let silence = setTimeout(end, silenceMs)
    try {
      const response = await fetch(this.address, {
        headers: {
          Accept: 'text/event-stream',
          ...(this.#position === null ? {} : { 'Last-Event-ID': String(this.#position) }),
        },
        credentials: 'same-origin',
        cache: 'no-store',
        signal: connection.signal,
      })
      // A gateway's own trouble, or the platform's, passes.
      if (response.status >= 500 || response.status === 429) return 'broken'
      if (!response.ok) {
        this.#listener.refused(await refusalIn(response))
        return 'over'
      }
      if (response.body === null) return 'broken'
      this.#run ??= response.headers.get('Wavedeck-Run')
      this.#listener.opened()
      const parser = new EventParser()
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      for (;;) {
        const { done, value } = await reader.read()
        if (done || signal.aborted) return 'broken'
        clearTimeout(silence)
        silence = setTimeout(end, silenceMs)
        this.#failures = 0
        for (const { event, id, data } of parser.push(value)) {
          if (event === 'times') this.#listener.arrived(arrivalsIn(data))
          if (event === 'log') await this.#take(data, id)
          // Stopped while it was taken in.
          if (signal.aborted) return 'over'
          if (event === 'end') {
            this.#listener.ended()
            return 'over'
          }
        }
      }
    } finally {
      clearTimeout(silence)
      signal.removeEventListener('abort', end)
      connection.abort()
    }
  }

  async #take(data: string, id: string): Promise<void> {
    const sent: unknown = JSON.parse(data)
    const end = Number.parseInt(id, 10)
    if (typeof sent !== 'string' || Number.isNaN(end)) return
    const unseen = unseenText(sent, end, this.#position)
    if (unseen === null) return
    this.#position = end
    await this.#listener.text(unseen.text, unseen.start, end)
  }
}

function arrivalsIn(data: string): Arrival[] {
  const sent: unknown = JSON.parse(data)
  if (!Array.isArray(sent)) return []
  return sent.flatMap((pair: unknown): Arrival[] => {
    const [position, at]: unknown[] = Array.isArray(pair) ? pair : []
    return typeof position === 'number' && typeof at === 'number' ? [{ position, at }] : []
  })
}

async function refusalIn(response: Response): Promise<Refusal> {
  const said: unknown = await response.json().catch(() => null)
  const field = (name: string) => {
    const value: unknown = typeof said === 'object' && said !== null ? Reflect.get(said, name) : ''
    return typeof value === 'string' ? value : ''
  }
  const title = field('title') || `The platform answered ${response.status}.`
  return { status: response.status, code: field('code'), title }
}
