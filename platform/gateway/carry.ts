import {
  type IncomingMessage,
  request as httpRequest,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http'
import { type Duplex, PassThrough, type Readable } from 'node:stream'
import { Agent, type Dispatcher, errors } from 'undici'
import type { Address } from '../scheduler/scheduler.ts'
import { forwardedHeaders, returnedHeaders, switchingHeaders } from './headers.ts'

/** Where a request goes on to; `prefix` is what of its path the app doesn't see. */
export type Target = { readonly address: Address; readonly path: string; readonly prefix: string }

/** An app may think, stream, and keep others waiting for a connection for as long as it likes. */
const agent = new Agent({ connectTimeout: 0, headersTimeout: 0, bodyTimeout: 0, allowH2: false })

/** May be asked a second time without doing anything twice. */
const repeatable = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Made once: every answer ends with it, and making one costs as much as all its headers. */
const hasLeft = new Error('Whoever asked has left.')

/**
 * Carries a request to an app and its answer back, neither of them ever whole in memory.
 *
 * @param noAnswer says so in the app's place, while nothing was said yet
 */
export function carryRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { address, path, prefix }: Target,
  noAnswer: () => void,
): void {
  const method = request.method ?? 'GET'
  const body = bodyOf(request)
  const headers = forwardedHeaders(request, prefix)
  const origin = `http://${address.host}:${address.port}`
  const ask = (isRepeat: boolean) => {
    const onLost = (error: Error, hasBegun: boolean) => {
      const mayRepeat = !isRepeat && !hasBegun && body === null && repeatable.has(method)
      // The client lets go only of what it has begun to send.
      body?.destroy()
      if (response.headersSent) response.destroy()
      else if (mayRepeat && wasKept(error)) ask(true)
      else noAnswer()
    }
    agent.dispatch({ origin, path, method, headers, body }, new Answer(response, onLost))
  }
  ask(false)
}

/** An app's answer, handed on as it comes and no faster than it is taken. */
class Answer implements Dispatcher.DispatchHandler {
  readonly #response: ServerResponse
  readonly #onLost: (error: Error, hasBegun: boolean) => void
  #hasBegun = false

  /** @param onLost there is none, or it broke off; `hasBegun`: the app had said something already */
  constructor(response: ServerResponse, onLost: (error: Error, hasBegun: boolean) => void) {
    this.#response = response
    this.#onLost = onLost
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const response = this.#response
    const leave = () => controller.abort(hasLeft)
    if (response.destroyed) return leave()
    response.on('close', leave)
    response.on('drain', () => controller.resume())
  }

  onResponseStarted(): void {
    this.#hasBegun = true
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    // Interim answers are for our connection. What throws is a status or header that no browser may get to see.
    if (status >= 200) this.#response.writeHead(status, returnedHeaders(headers))
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#response.write(chunk)) controller.pause()
  }

  onResponseEnd(): void {
    this.#response.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (!this.#response.destroyed) this.#onLost(error, this.#hasBegun)
  }
}

/** Null where there is none, whatever the method. */
function bodyOf(request: IncomingMessage): Readable | null {
  const { headers } = request
  const length = headers['content-length'] ?? '0'
  if (headers['transfer-encoding'] === undefined && length === '0') return null
  // An app may answer before it has read everything. The client lets go of the body then, but what is still being
  // sent has to be taken, or the answer would never be read.
  const body = new PassThrough()
  body.on('close', () => {
    request.unpipe(body)
    request.resume()
  })
  return request.pipe(body)
}

/**
 * Whether the app closed a connection that was kept just as we went to use it again. A reset of a new one looks the
 * same, and asking again what is safe to ask does no harm then (RFC 9110, section 9.2.2).
 */
function wasKept(error: Error): boolean {
  if (error instanceof errors.SocketError) return (error.socket?.bytesRead ?? 0) > 0
  return 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
}

/** WebSockets, and whatever else a connection is turned into. */
export function carryUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  target: Target,
): void {
  const upstream = httpRequest({
    ...target.address,
    agent: false,
    method: request.method,
    path: target.path,
    headers: {
      ...forwardedHeaders(request, target.prefix),
      connection: 'Upgrade',
      upgrade: request.headers.upgrade ?? 'websocket',
    },
  })
  upstream.on('upgrade', (answer, app, appHead) => {
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${switchingHeaders(answer)}\r\n`)
    socket.write(appHead)
    app.write(head)
    app.pipe(socket)
    socket.pipe(app)
    app.on('error', () => socket.destroy())
    app.on('close', () => socket.destroy())
    socket.on('close', () => app.destroy())
  })
  upstream.on('response', (answer) => {
    const status = answer.statusCode ?? 502
    socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\n`)
    for (const [name, value] of Object.entries(returnedHeaders(answer.headers))) {
      for (const each of [value].flat()) socket.write(`${name}: ${each}\r\n`)
    }
    socket.write('connection: close\r\n\r\n')
    answer.on('error', () => socket.destroy())
    answer.pipe(socket)
  })
  upstream.on('error', () => {
    const refusal = `HTTP/1.1 502 ${STATUS_CODES[502]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`
    if (!socket.destroyed) socket.end(refusal)
  })
  socket.on('close', () => upstream.destroy())
  upstream.end()
}
