import { type IncomingHttpHeaders, request } from 'node:http'
import { connect, type Socket } from 'node:net'

type Reply = { status: number; headers: IncomingHttpHeaders; text: string }

type Init = { method?: string; body?: string; headers?: Record<string, string> }

/** Asks an instance's own host; Node's fetch doesn't resolve names below localhost everywhere. */
export function askHost(url: string, cookie?: string, init: Init = {}): Promise<Reply> {
  const { host, port, pathname, search } = new URL(url)
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path: `${pathname}${search}`,
        method: init.method ?? 'GET',
        agent: false,
        headers: { host, ...(cookie === undefined ? {} : { cookie }), ...init.headers },
      },
      (reply) => {
        let text = ''
        reply.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        reply.on('error', reject)
        reply.on('end', () =>
          resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(init.body)
  })
}

type Caller = { post(path: string): Promise<Response> }

type Visit = { url: string; cookie: string; ticket: string }

/** Follows a visit as a browser does: the ticket, the cookie, the page. */
export async function visit(caller: Caller, id: string): Promise<Visit> {
  const reply = await caller.post(`/instances/${id}/visit`)
  const { url: ticket }: { url: string } = await reply.json()
  const redirect = await askHost(ticket)
  const [cookie = ''] = redirect.headers['set-cookie'] ?? []
  return {
    url: new URL(redirect.headers.location ?? '', ticket).href,
    cookie: cookie.split(';')[0] ?? '',
    ticket,
  }
}

/** What one sent over a connection of one's own got back, up to where it was closed. */
export type Wire = { readonly socket: Socket; readonly text: () => string; closed: Promise<string> }

/** Sends text to the host as it is. */
export function wire(url: string, text: string): Wire {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let received = ''
  socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')))
  const closed = new Promise<string>((resolve) => socket.on('close', () => resolve(received)))
  socket.on('error', () => socket.destroy())
  socket.write(text)
  return { socket, text: () => received, closed }
}
