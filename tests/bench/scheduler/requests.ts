import { connect, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'

/** Where requests go: straight to an app, or to its host at the gateway. */
export type Way = { readonly port: number; readonly host: string; readonly cookie: string }

/** One connection that asks again and again, with as little of its own as can be: it shares the processors. */
export class Requester {
  readonly #socket: Socket
  readonly #text: string

  private constructor(socket: Socket, text: string) {
    this.#socket = socket
    this.#text = text
  }

  static async open({ port, host, cookie }: Way, path = '/'): Promise<Requester> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('error', reject)
    })
    const cookieLine = cookie === '' ? '' : `Cookie: ${cookie}\r\n`
    return new Requester(socket, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${cookieLine}\r\n`)
  }

  /** Asks once and waits for the whole answer, which has to have a length. */
  ask(): Promise<void> {
    return new Promise((resolve, reject) => {
      let head = ''
      let missing = -1
      const end = (error?: Error) => {
        this.#socket.off('data', take).off('close', broken)
        if (error) reject(error)
        else resolve()
      }
      const broken = () => end(new Error('The connection broke off'))
      const take = (chunk: Buffer) => {
        if (missing >= 0) missing -= chunk.length
        else {
          head += chunk.toString('latin1')
          const at = head.indexOf('\r\n\r\n')
          if (at === -1) return
          if (!head.startsWith('HTTP/1.1 200')) return end(new Error(head.slice(0, 200)))
          const length = Number(/content-length: (\d+)/i.exec(head)?.[1])
          missing = length - (head.length - at - 4)
        }
        if (missing <= 0) end()
      }
      this.#socket.on('data', take).on('close', broken)
      this.#socket.write(this.#text)
    })
  }

  close(): void {
    this.#socket.destroy()
  }
}

/** Milliseconds of each of so many requests, one after the other. */
export async function latencies(requester: Requester, count: number): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n < count; n += 1) {
    const since = performance.now()
    await requester.ask()
    times.push(performance.now() - since)
  }
  return times
}

/** Requests a second over all of these connections together. */
export async function throughput(requesters: readonly Requester[], ms: number): Promise<number> {
  const since = performance.now()
  let count = 0
  const work = async (requester: Requester) => {
    while (performance.now() - since < ms) {
      await requester.ask()
      count += 1
    }
  }
  await Promise.all(requesters.map(work))
  return (count * 1000) / (performance.now() - since)
}

/** The value below which so much of them lies; 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
