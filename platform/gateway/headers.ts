import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'

/** By their names in small letters. */
type Headers = Readonly<Record<string, string | string[] | undefined>>

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
  // Answered by our own server already.
  'expect',
])

/**
 * Who forwarded, told by others. Python's servers make the same variable of `X_Forwarded_For`, so names are compared
 * without that difference.
 */
function isAboutForwarding(name: string): boolean {
  const plain = name.replaceAll('_', '-')
  return plain.startsWith('x-forwarded-') || plain === 'forwarded' || plain === 'x-real-ip'
}

const isOurs = (cookie: string) => cookie.trimStart().toLowerCase().startsWith('wavedeck_')

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
    if (isAboutForwarding(name)) delete headers[name]
  }
  const cookies = request.headers.cookie
    ?.split(';')
    .map((pair) => pair.trim())
    .filter((pair) => !isOurs(pair))
  if (cookies !== undefined && cookies.length > 0) headers['cookie'] = cookies.join('; ')
  else delete headers['cookie']
  headers['x-forwarded-for'] = request.socket.remoteAddress ?? ''
  headers['x-forwarded-host'] = request.headers.host ?? ''
  headers['x-forwarded-proto'] = 'http'
  if (prefix !== '') headers['x-forwarded-prefix'] = prefix
  return headers
}

/** What the browser gets back: everything but what was meant for our connection, and no cookie in our name. */
export function returnedHeaders(answer: Headers): OutgoingHttpHeaders {
  const headers = endToEnd(answer)
  const cookies = answer['set-cookie']
  if (cookies !== undefined) {
    headers['set-cookie'] = [cookies].flat().filter((cookie) => !isOurs(cookie))
  }
  return headers
}

/** The same for a connection that becomes another one, as lines. What is for one connection only belongs to it. */
export function switchingHeaders({ rawHeaders }: IncomingMessage): string {
  let lines = ''
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2)
    if (name.toLowerCase() === 'set-cookie' && isOurs(value)) continue
    lines += `${name}: ${value}\r\n`
  }
  return lines
}

function endToEnd(headers: Headers): OutgoingHttpHeaders {
  const named = [headers['connection'] ?? []]
    .flat()
    .join(',')
    .toLowerCase()
    .split(/\s*,\s*/)
  // Without a prototype: a header may be called __proto__.
  const kept: OutgoingHttpHeaders = Object.create(null)
  for (const [name, value] of Object.entries(headers)) {
    if (!hopByHop.has(name) && !named.includes(name)) kept[name] = value
  }
  return kept
}
