import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App, Instance } from '../../src/api/generated/types.gen.ts'
import { appBundle } from '../support/bundles.ts'
import { eventually } from '../support/eventually.ts'
import { type Caller, startTestPlatform, type TestPlatform } from '../support/test-platform.ts'
import { askHost, visit, wire } from '../support/visit.ts'

/** A server that speaks HTTP by hand, so that it can do it wrong, and shows each request as it arrived. */
const server = `
import os, socket, threading, time

def read_head(connection):
    data = b""
    while b"\\r\\n\\r\\n" not in data:
        more = connection.recv(65536)
        if not more:
            return None, b""
        data += more
    head, _, rest = data.partition(b"\\r\\n\\r\\n")
    return head, rest

def serve(connection):
    answered = 0
    while True:
        head, rest = read_head(connection)
        if head is None:
            break
        if b" /lets-go" in head and answered > 0:
            break
        answered += 1
        path = head.split(b" ")[1]
        if path.startswith(b"/odd-status"):
            connection.sendall(b"HTTP/1.1 000 Nothing\\r\\nContent-Length: 0\\r\\n\\r\\n")
        elif path.startswith(b"/switch"):
            connection.sendall(b"HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: other\\r\\nConnection: Upgrade\\r\\n\\r\\n")
        elif path.startswith(b"/garbage"):
            connection.sendall(b"\\x00\\x01 no HTTP at all\\r\\n\\r\\n")
        elif path.startswith(b"/endless-head"):
            connection.sendall(b"HTTP/1.1 200 OK\\r\\n" + b"X-Much: " + b"y" * 200_000 + b"\\r\\n\\r\\n")
        elif path.startswith(b"/short"):
            connection.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 1000\\r\\n\\r\\nonly this")
        elif path.startswith(b"/early"):
            connection.sendall(b"HTTP/1.1 413 Too large\\r\\nContent-Length: 8\\r\\nConnection: close\\r\\n\\r\\ntoo much")
            # A reset would take the answer with it.
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass
        elif path.startswith(b"/big"):
            connection.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 3000000\\r\\n\\r\\n" + b"z" * 3_000_000)
            continue
        elif path.startswith(b"/hang-up"):
            pass
        elif path.startswith(b"/close-up"):
            # Wakes who waits for the next one; closing alone does not.
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            connection.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n")
        elif path.startswith(b"/stream"):
            connection.sendall(b"HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n")
            try:
                while True:
                    connection.sendall(b"5\\r\\ntick\\n\\r\\n")
                    time.sleep(0.05)
            except OSError:
                break
        elif b"upgrade: echo" in head.lower():
            if path.startswith(b"/refuse"):
                connection.sendall(b"HTTP/1.1 403 No\\r\\nTransfer-Encoding: chunked\\r\\nSet-Cookie: wavedeck_visit=x\\r\\n\\r\\n2\\r\\nno\\r\\n0\\r\\n\\r\\n")
                break
            connection.sendall(b"HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: echo\\r\\nSet-Cookie: wavedeck_visit=x\\r\\nSet-Cookie: own=1\\r\\n\\r\\n")
            connection.sendall(head + b"\\n--\\n")
            while True:
                data = connection.recv(1024)
                if not data:
                    break
                connection.sendall(data)
        else:
            time.sleep(0.1)
            connection.setblocking(False)
            try:
                rest += connection.recv(65536)
            except OSError:
                pass
            connection.setblocking(True)
            body = head + b"\\r\\n\\r\\n" + rest
            connection.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(body) + body)
            continue
        break
    connection.close()

listener = socket.create_server(("127.0.0.1", int(os.environ["PORT"])))
while True:
    try:
        threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
    except OSError:
        time.sleep(1)
`

let platform: TestPlatform
let author: Caller
let user: Caller
let app: App
beforeAll(async () => {
  platform = await startTestPlatform({ scheduler: 'process', limits: { startSeconds: 20 } })
  author = await platform.as('author')
  user = await platform.as('user')
  const bundle = await appBundle({
    name: 'by-hand',
    title: 'By hand',
    files: { 'server.py': server },
  })
  app = await (await author.import(bundle)).json()
})
afterAll(() => platform.end())

const reaches = (id: string, status: Instance['status']): Promise<Instance> =>
  eventually(
    async (): Promise<Instance> => (await user.get(`/instances/${id}`)).json(),
    (instance) => instance.status === status,
  )

async function running(visibility: Instance['visibility'] = 'PRIVATE'): Promise<string> {
  const { id }: Instance = await (await user.post(`/apps/${app.id}/run`, { visibility })).json()
  await reaches(id, 'DEPLOYED')
  return id
}

describe('what an app does wrong', () => {
  test('is a page that says so, and nothing to the platform', async () => {
    const id = await running()
    const { url, cookie } = await visit(user, id)
    for (const path of ['odd-status', 'switch', 'garbage', 'endless-head', 'hang-up']) {
      const { status, text } = await askHost(`${url}${path}`, cookie)
      expect(status, path).toBe(502)
      expect(text, path).toContain('The app did not answer')
    }
    await expect(askHost(`${url}short`, cookie)).rejects.toThrow()
    expect((await askHost(`${url}fine`, cookie)).status).toBe(200)
    await user.delete(`/instances/${id}`)
  })

  test('an answer before the end of the request arrives', async () => {
    const id = await running()
    const { url, cookie } = await visit(user, id)
    const reply = await askHost(`${url}early`, cookie, {
      method: 'POST',
      body: 'x'.repeat(8_000_000),
    })
    expect(reply).toMatchObject({ status: 413, text: 'too much' })
    await user.delete(`/instances/${id}`)
  })

  test('whoever sends much to an app that listens no more is told so', async () => {
    const id = await running()
    const { url, cookie } = await visit(user, id)
    expect((await askHost(`${url}close-up`, cookie)).status).toBe(200)
    const { host, port } = new URL(url)
    const headers = { host, cookie, connection: 'keep-alive' }
    const sent = request({ host: '127.0.0.1', port, method: 'POST', agent: false, headers })
    const answered = once(sent, 'response')
    // As browsers do: first all of it is sent, then the answer is read.
    sent.end('x'.repeat(8_000_000))
    await once(sent, 'finish')
    const [answer]: IncomingMessage[] = await answered
    expect(answer?.statusCode).toBe(502)
    sent.destroy()
    await user.delete(`/instances/${id}`)
  })

  test('a kept connection that it lets go of costs no answer, and nothing is done twice', async () => {
    const id = await running()
    const { url, cookie } = await visit(user, id)
    expect((await askHost(`${url}fine`, cookie)).status).toBe(200)
    const again = await askHost(`${url}lets-go`, cookie)
    expect(again).toMatchObject({ status: 200, text: expect.stringContaining('GET /lets-go') })
    // Again a connection that was used before.
    expect((await askHost(`${url}fine`, cookie)).status).toBe(200)
    const change = await askHost(`${url}lets-go`, cookie, { method: 'POST', body: 'once' })
    expect(change.status).toBe(502)
    await user.delete(`/instances/${id}`)
  })
})

test('who asks for the next before the last has arrived gets both whole', async () => {
  const id = await running()
  const { url, cookie } = await visit(user, id)
  const ask = (connection: string) =>
    `GET /big HTTP/1.1\r\nHost: ${new URL(url).host}\r\nCookie: ${cookie}\r\nConnection: ${connection}\r\n\r\n`
  const { closed } = wire(url, ask('keep-alive') + ask('keep-alive') + ask('close'))
  const text = await closed
  expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(3)
  expect(text.match(/z/g)).toHaveLength(9_000_000)
  await user.delete(`/instances/${id}`)
})

describe('what an app gets to see', () => {
  test('is who forwarded as the gateway says it, whatever was sent', async () => {
    const id = await running()
    const { url, cookie } = await visit(user, id)
    const { text } = await askHost(url, `${cookie}; own=2; wavedeck_session=secret`, {
      headers: {
        'X-Forwarded-For': '6.6.6.6',
        X_Forwarded_For: '7.7.7.7',
        'X-Forwarded-User': 'root',
        'X-Real-IP': '8.8.8.8',
        Forwarded: 'for=9.9.9.9',
      },
    })
    expect(text).not.toMatch(/6\.6\.6\.6|7\.7\.7\.7|8\.8\.8\.8|9\.9\.9\.9|root|secret|wavedeck/)
    expect(text.toLowerCase()).toContain('x-forwarded-for: 127.0.0.1')
    expect(text).toContain(`x-forwarded-host: ${new URL(url).host}`)
    expect(text).toContain('x-forwarded-proto: http')
    expect(text).toContain('cookie: own=2')
    await user.delete(`/instances/${id}`)
  })

  test('a body without a length stays a body, whatever the method', async () => {
    const id = await running()
    const { url, cookie } = await visit(user, id)
    const smuggled = 'GET /smuggled HTTP/1.1\r\n\r\n'
    const { closed } = wire(
      url,
      `DELETE /one HTTP/1.1\r\nHost: ${new URL(url).host}\r\nCookie: ${cookie}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`,
    )
    const text = await closed
    const chunked = `transfer-encoding: chunked\r\n\r\n${smuggled.length.toString(16)}\r\n${smuggled}`
    const measured = `content-length: ${smuggled.length}\r\n\r\n${smuggled}`
    expect(
      [chunked, measured].some((framed) => text.includes(framed)),
      text,
    ).toBe(true)
    await user.delete(`/instances/${id}`)
  })

  test('a WebSocket carries no cookie of the platform’s, in either direction', async () => {
    const id = await running()
    const { url, cookie } = await visit(user, id)
    const upgrade = (path: string) =>
      `GET ${path} HTTP/1.1\r\nHost: ${new URL(url).host}\r\nConnection: Upgrade\r\nUpgrade: echo\r\nCookie: ${cookie}; wavedeck_session=secret; own=2\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n`
    const open = wire(url, upgrade('/'))
    await eventually(
      async () => open.text(),
      (text) => text.includes('--\n'),
    )
    open.socket.end('the last words')
    const text = await open.closed
    expect(text).toContain('101 Switching Protocols')
    expect(text).toContain('Set-Cookie: own=1')
    expect(text).toContain('cookie: own=2')
    expect(text).toContain('the last words')
    expect(text).not.toMatch(/wavedeck_|secret|6\.6\.6\.6/)

    const refused = await wire(url, upgrade('/refuse')).closed
    expect(refused).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/)
    expect(refused).toMatch(/\r\n\r\nno$/)
    expect(refused).not.toMatch(/wavedeck_|chunked/)
    await user.delete(`/instances/${id}`)
  })
})

describe('what is open', () => {
  /** A page that streams and a WebSocket, both of somebody else's instance. */
  async function connected(caller: Caller, id: string) {
    const { url, cookie } = await visit(caller, id)
    const head = `Host: ${new URL(url).host}\r\nCookie: ${cookie}\r\n`
    const stream = wire(url, `GET /stream HTTP/1.1\r\n${head}\r\n`)
    const socket = wire(
      url,
      `GET / HTTP/1.1\r\n${head}Connection: Upgrade\r\nUpgrade: echo\r\n\r\n`,
    )
    await eventually(
      async () => [stream.text(), socket.text()],
      ([one, two]) => one?.includes('tick') === true && two?.includes('--\n') === true,
    )
    return { url, cookie, stream, socket }
  }

  test('is cut for those who may no longer see it, and for nobody else', async () => {
    const id = await running('ALL_USERS')
    const own = await connected(user, id)
    const other = await connected(author, id)
    await user.patch(`/instances/${id}`, { visibility: 'PRIVATE' })
    await Promise.all([other.stream.closed, other.socket.closed])
    expect((await askHost(other.url, other.cookie)).status).toBe(403)
    own.socket.socket.write('still here')
    await eventually(
      async () => own.socket.text(),
      (text) => text.includes('still here'),
    )
    expect(own.stream.socket.destroyed).toBe(false)
    own.stream.socket.destroy()
    own.socket.socket.destroy()
    await user.delete(`/instances/${id}`)
  })

  test('is cut with the session that it belongs to', async () => {
    const id = await running()
    const leaving = await platform.as('user')
    const { url, cookie, stream, socket } = await connected(leaving, id)
    const log = await leaving.send('GET', `/instances/${id}/logs?follow=true`)
    const events = await leaving.send('GET', '/events')
    await leaving.delete('/session')
    await Promise.all([stream.closed, socket.closed])
    expect((await askHost(url, cookie)).status).toBe(403)
    // Both streams come to an end.
    await Promise.all([log.text(), events.text()])
    await user.delete(`/instances/${id}`)
  })

  test('ends with the instance', async () => {
    const id = await running()
    const { stream, socket } = await connected(user, id)
    await user.post(`/instances/${id}/suspend`)
    await Promise.all([stream.closed, socket.closed])
    await user.delete(`/instances/${id}`)
  })
})

describe('the page of a paused instance', () => {
  /** What a browser sends when a person clicks on the button. */
  const click = (url: string) => ({
    Origin: new URL(url).origin,
    'Sec-Fetch-Site': 'same-origin',
    'Sec-Fetch-Mode': 'navigate',
    'Sec-Fetch-User': '?1',
  })

  test('resumes it for those who may, and turns into the app', async () => {
    const id = await running()
    const { url, cookie } = await visit(user, id)
    await user.post(`/instances/${id}/suspend`)
    const paused = await askHost(url, cookie)
    expect(paused.status).toBe(503)
    expect(paused.text).toContain('By hand is paused')
    const action = /<form method="post" action="([^"]+)"><button>Resume</.exec(paused.text)?.[1]
    const button = new URL(action ?? '', url).href

    // A script of the app's, which lives on the same origin, is not a person who clicks.
    const script = { ...click(url), 'Sec-Fetch-Mode': 'cors' }
    await askHost(button, cookie, { method: 'POST', headers: script })
    await askHost(button, cookie, { headers: click(url) })
    expect((await reaches(id, 'SUSPENDED')).status).toBe('SUSPENDED')

    const reply = await askHost(button, cookie, { method: 'POST', headers: click(url) })
    expect(reply).toMatchObject({ status: 303, headers: { location: '/' } })
    const page = await eventually(
      () => askHost(url, cookie),
      ({ status }) => status === 200,
    )
    expect(page.text).toContain('GET / HTTP/1.1')
    await user.delete(`/instances/${id}`)
  })

  test('offers others nothing that they may not do, and says when it can’t be', async () => {
    const id = await running('ALL_USERS')
    const mine = await visit(user, id)
    const other = await visit(author, id)
    await user.post(`/instances/${id}/suspend`)
    const page = await askHost(other.url, other.cookie)
    expect(page.text).toContain('Its owner or an admin can resume it')
    expect(page.text).not.toContain('<form')
    const button = `${other.url}.wavedeck/resume`
    await askHost(button, other.cookie, { method: 'POST', headers: click(other.url) })
    expect((await reaches(id, 'SUSPENDED')).status).toBe('SUSPENDED')
    expect((await askHost(mine.url, mine.cookie)).text).toContain('<form')
    await user.delete(`/instances/${id}`)
  })
})

describe('idleness', () => {
  test('a visit puts the pause off, and that is seen at once', async () => {
    const bundle = await appBundle({
      name: 'put-off',
      app: 'InstanceTimeout = "1h"',
      files: { 'server.py': server },
    })
    const app: App = await (await author.import(bundle)).json()
    const { id }: Instance = await (await user.post(`/apps/${app.id}/run`)).json()
    const before = await reaches(id, 'DEPLOYED')
    expect((await user.post(`/instances/${id}/visit`)).status).toBe(200)
    const after: Instance = await (await user.get(`/instances/${id}`)).json()
    expect(Date.parse(after.suspendAfter ?? '')).toBeGreaterThan(
      Date.parse(before.suspendAfter ?? ''),
    )
    await user.delete(`/instances/${id}`)
  })

  test('is told by what goes through the gateway', async () => {
    const bundle = await appBundle({
      name: 'short-lived',
      app: 'InstanceTimeout = "3s"',
      files: { 'server.py': server },
    })
    const short: App = await (await author.import(bundle)).json()
    const { id }: Instance = await (await user.post(`/apps/${short.id}/run`)).json()
    const first = await reaches(id, 'DEPLOYED')
    const { url, cookie } = await visit(user, id)
    // Asked for again and again, it lives on past its first deadline.
    const later = await eventually(
      async (): Promise<Instance> => {
        await askHost(url, cookie)
        return (await user.get(`/instances/${id}`)).json()
      },
      ({ status, suspendAfter }) =>
        status !== 'DEPLOYED' ||
        Date.parse(suspendAfter ?? '') > Date.parse(first.suspendAfter ?? '') + 4_000,
    )
    expect(later.status).toBe('DEPLOYED')
    expect((await reaches(id, 'SUSPENDED')).runtimeStatus.reason).toBe('Idle')
    await user.delete(`/instances/${id}`)
  })
})
