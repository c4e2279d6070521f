import { request } from 'node:http'

export type RawRequest = {
  readonly method?: string
  /** As it stands in the request line: nothing is normalised or encoded. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** A request exactly as given, also to hosts and paths that `fetch` would put right. Streams are left at once. */
export function sendRaw(platformUrl: string, asked: RawRequest): Promise<Response> {
  const { port } = new URL(platformUrl)
  return new Promise((resolve, reject) => {
    const body = asked.body === undefined ? undefined : Buffer.from(asked.body)
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        method: asked.method ?? 'GET',
        path: asked.path,
        headers: {
          Host: `localhost:${port}`,
          ...(body === undefined || asked.headers?.['Transfer-Encoding'] !== undefined
            ? {}
            : { 'Content-Length': String(body.length) }),
          ...asked.headers,
        },
      },
      (reply) => {
        const headers = new Headers()
        for (const [name, value] of Object.entries(reply.headersDistinct)) {
          for (const one of value ?? []) headers.append(name, one)
        }
        const status = reply.statusCode ?? 0
        const answer = (bytes: Buffer<ArrayBuffer> | null) =>
          resolve(
            new Response(status === 204 || status === 304 ? null : bytes, { status, headers }),
          )
        if (headers.get('Content-Type')?.startsWith('text/event-stream')) {
          reply.destroy()
          return answer(null)
        }
        const parts: Buffer[] = []
        reply.on('data', (part: Buffer) => parts.push(part))
        reply.on('end', () => answer(Buffer.concat(parts)))
        reply.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
