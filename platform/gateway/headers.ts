import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http'

const cookieName = 'wavedeck_visit'

/** RFC 9110, section 7.6.1: for one connection only, never passed on. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** For the instance's own host (and path, where hosts are shared) alone. */
export function visitCookie(token: string, path: string): string {
  return `${cookieName}=${token}; Path=${path}; HttpOnly; SameSite=Lax`
}

export function readCookie(header: string | undefined): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === cookieName) return value
  }
  return undefined
}

/** What the app gets to see: no cookie of the platform's, and who forwarded only as we say it. */
export function forwardedHeaders(request: IncomingMessage, prefix: string): OutgoingHttpHeaders {
  const headers = endToEnd(request.headers)
  for (const name of Object.keys(headers)) {
    if (name.startsWith('x-forwarded-') || name === 'forwarded') delete headers[name]
  }
  const cookies = request.headers.cookie
    ?.split(';')
    .map((pair) => pair.trim())
    .filter((pair) => !pair.startsWith('wavedeck_'))
  if (cookies !== undefined && cookies.length > 0) headers['cookie'] = cookies.join('; ')
  else delete headers['cookie']
  headers['x-forwarded-for'] = request.socket.remoteAddress ?? ''
  headers['x-forwarded-host'] = request.headers.host ?? ''
  headers['x-forwarded-proto'] = 'http'
  if (prefix !== '') headers['x-forwarded-prefix'] = prefix
  return headers
}

/** What the browser gets back: everything but what was meant for our connection, and no cookie in our name. */
export function returnedHeaders(answer: IncomingMessage): OutgoingHttpHeaders {
  const headers = endToEnd(answer.headers)
  const cookies = answer.headers['set-cookie']?.filter(
    (cookie) => !cookie.trimStart().toLowerCase().startsWith('wavedeck_'),
  )
  if (cookies !== undefined) headers['set-cookie'] = cookies
  return headers
}

function endToEnd(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = headers.connection?.toLowerCase().split(/\s*,\s*/) ?? []
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !hopByHop.has(name) && !named.includes(name)),
  )
}
