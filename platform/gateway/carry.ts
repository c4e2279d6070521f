import {
  Agent,
  type ClientRequest,
  type IncomingMessage,
  request as httpRequest,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http'
import type { Duplex } from 'node:stream'
import type { Address } from '../scheduler/scheduler.ts'
import { forwardedHeaders, returnedHeaders, switchingHeaders } from './headers.ts'

/** Where a request goes on to; `prefix` is what of its path the app doesn't see. */
export type Target = { readonly address: Address; readonly path: string; readonly prefix: string }

const agent = new Agent({
  keepAlive: true,
  maxFreeSockets: 32,
  scheduling: 'lifo',
})

/** May be asked a second time without doing anything twice. */
const repeatable = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Carries a request to an app and its answer back, neither of them ever whole in memory.
 *
 * @param noAnswer says so in the app's place, while nothing was said yet
 */
export function carryRequest(
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
  noAnswer: () => void,
): void {
  const { headers } = request
  const hasBody =
    headers['transfer-encoding'] !== undefined ||
    (headers['content-length'] !== undefined && headers['content-length'] !== '0')
  let upstream: ClientRequest
  let answered = false
  const giveUp = () => {
    if (response.headersSent) response.destroy()
    else noAnswer()
  }
  const ask = (isRepeat: boolean) => {
    upstream = httpRequest({
      ...target.address,
      agent,
      method: request.method ?? 'GET',
      path: target.path,
      headers: forwardedHeaders(request, target.prefix),
    })
    upstream.on('response', (answer) => {
      answered = true
      try {
        response.writeHead(answer.statusCode ?? 502, returnedHeaders(answer))
      } catch {
        // A status or a header that no browser may get to see.
        answer.destroy()
        return giveUp()
      }
      answer.on('error', () => response.destroy())
      answer.pipe(response)
    })
    // It was not asked to.
    upstream.on('upgrade', (_answer, socket) => {
      socket.destroy()
      giveUp()
    })
    upstream.on('error', () => {
      // An answer before the end of the request is one all the same; if it breaks off, it says so itself.
      if (answered || response.destroyed) {
        request.unpipe()
        request.resume()
        return
      }
      // The app closed a connection that was kept just as we went to use it again.
      const mayRepeat = !isRepeat && !hasBody && repeatable.has(request.method ?? '')
      if (upstream.reusedSocket && mayRepeat) return ask(true)
      giveUp()
    })
    if (hasBody) request.pipe(upstream)
    else upstream.end()
  }
  response.on('close', () => upstream.destroy())
  ask(false)
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
    for (const [name, value] of Object.entries(returnedHeaders(answer))) {
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
