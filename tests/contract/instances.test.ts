import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect, createServer } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App, Instance } from '../../src/api/generated/types.gen.ts'
import { zInstance, zInstanceList } from '../../src/api/generated/zod.gen.ts'
import { appBundle } from '../support/bundles.ts'
import { eventually } from '../support/eventually.ts'
import {
  type Caller,
  problemOf,
  startTestPlatform,
  type TestPlatform,
} from '../support/test-platform.ts'
import { wheel } from '../support/wheel.ts'

let platform: TestPlatform
let author: Caller
let user: Caller
beforeAll(async () => {
  platform = await startTestPlatform({ scheduler: 'process', limits: { startSeconds: 10 } })
  author = await platform.as('author')
  user = await platform.as('user')
})
afterAll(() => platform.end())

async function importApp(
  options: Parameters<typeof appBundle>[0],
  visibility?: string,
): Promise<App> {
  const reply = await author.import(await appBundle(options), visibility)
  const body = await reply.json()
  if (reply.status !== 201) throw new Error(JSON.stringify(body))
  return body
}

async function run(caller: Caller, app: App, body: object = {}): Promise<Instance> {
  const reply = await caller.post(`/apps/${app.id}/run`, body)
  expect(reply.status).toBe(201)
  return zInstance.parse(await reply.json())
}

const read = async (caller: Caller, id: string): Promise<Instance> =>
  (await caller.get(`/instances/${id}`)).json()

function reaches(caller: Caller, id: string, status: Instance['status']): Promise<Instance> {
  return eventually(
    () => read(caller, id),
    (instance) => instance.status === status,
  )
}

const logOf = async (caller: Caller, id: string, query = ''): Promise<string> =>
  (await caller.get(`/instances/${id}/logs${query}`)).text()

type Reply = { status: number; headers: Record<string, unknown>; text: string }

/** Asks an instance's own host; Node's fetch doesn't resolve names below localhost everywhere. */
function visitHost(
  url: string,
  cookie?: string,
  init: { method?: string; body?: string } = {},
): Promise<Reply> {
  const { host, pathname, search } = new URL(url)
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: new URL(platform.url).port,
        path: `${pathname}${search}`,
        method: init.method ?? 'GET',
        headers: { host, ...(cookie === undefined ? {} : { cookie }) },
      },
      (reply) => {
        let text = ''
        reply.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        reply.on('end', () =>
          resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(init.body)
  })
}

/** Follows a visit as a browser does: the ticket, the cookie, the page. */
async function open(
  caller: Caller,
  id: string,
): Promise<{ url: string; cookie: string; ticket: string }> {
  const { url: ticket }: { url: string } = await (
    await caller.post(`/instances/${id}/visit`)
  ).json()
  const redirect = await visitHost(ticket)
  expect(redirect.status).toBe(303)
  const [cookie = ''] = (redirect.headers['set-cookie'] as string[] | undefined) ?? []
  return {
    url: new URL(String(redirect.headers['location']), ticket).href,
    cookie: cookie.split(';')[0] ?? '',
    ticket,
  }
}

describe('a launch', () => {
  test('starts a real process that answers through the gateway, and ends without a trace', async () => {
    const app = await importApp({ name: 'life' })
    const { id } = await run(user, app)
    expect((await reaches(user, id, 'DEPLOYED')).runtimeStatus.state).toBe('Running')
    const { url, cookie } = await open(user, id)
    expect((await visitHost(url, cookie)).text).toContain('path=/')
    expect(await logOf(user, id)).toContain('listening on')

    expect((await user.delete(`/instances/${id}`)).status).toBe(204)
    expect(processesWith(id)).toEqual([])
    expect(await readdir(path.join(platform.dataDir, 'instances'))).not.toContain(id)
    expect((await visitHost(url, cookie)).status).toBe(404)
    expect((await user.get(`/instances/${id}`)).status).toBe(404)
  })

  test('gives the app the standard variables and nothing of the platform’s own', async () => {
    process.env['SECRET_OF_THE_PLATFORM'] = 'hush'
    const app = await importApp({
      name: 'env',
      rest: '[[Env]]\nName = "GREETING"\nValue = "hi there"',
    })
    const { id } = await run(user, app)
    await reaches(user, id, 'DEPLOYED')
    const { url, cookie } = await open(user, id)
    const { text } = await visitHost(`${url}environment`, cookie)
    const names = text.split('\n').map((line) => line.split('=')[0])
    expect(text).toContain('GREETING=hi there')
    expect(text).toContain(`H2O_CLOUD_INSTANCE_ID=${id}`)
    expect(text).toContain('H2O_CLOUD_APP_VERSION=1.0.0')
    expect(names).not.toContain('SECRET_OF_THE_PLATFORM')
    expect(names).not.toContain('PYENV_ROOT')
    await user.delete(`/instances/${id}`)
  })

  test('that is retried with the same key starts one instance', async () => {
    const app = await importApp({ name: 'retried-run' })
    const key = { 'Idempotency-Key': 'run-1' }
    const replies = await Promise.all(
      [1, 2, 3].map(() => user.post(`/apps/${app.id}/run`, {}, key)),
    )
    const ids = await Promise.all(replies.map(async (reply) => (await reply.json()).id))
    expect(new Set(ids).size).toBe(1)
    await user.delete(`/instances/${ids[0]}`)
  })

  test('installs a wheel from the bundle without network', async () => {
    const app = await importApp({
      name: 'wheel',
      files: {
        'requirements.txt': './whl/greeter-1.0-py3-none-any.whl\n',
        'whl/greeter-1.0-py3-none-any.whl': await wheel(
          'greeter',
          '1.0',
          'print("hello from a wheel", flush=True)',
        ),
        'server.py':
          'import greeter\nimport http.server, os\nhttp.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), http.server.BaseHTTPRequestHandler).serve_forever()',
      },
    })
    // Making a virtual environment takes its time, which is not what is tested here.
    const patient = await startTestPlatform({ scheduler: 'process' })
    try {
      const owner = await patient.as('author')
      const reply = await owner.import(
        new Uint8Array(
          readFileSync(
            path.join(platform.dataDir, 'blobs', app.bundle.sha256.slice(0, 2), app.bundle.sha256),
          ),
        ),
      )
      const own: App = await reply.json()
      const { id } = await run(owner, own)
      await eventually(
        () => read(owner, id),
        ({ status }) => status === 'DEPLOYED',
        120_000,
      )
      expect(await logOf(owner, id)).toContain('hello from a wheel')
    } finally {
      await patient.end()
    }
  }, 150_000)
})

describe('a start that fails says why', () => {
  const server = { 'server.py': '' }
  test.each([
    [
      'a missing package',
      { files: { 'server.py': 'import pandas_nowhere' } },
      'ModuleNotFound',
      'pandas_nowhere',
    ],
    [
      'an error',
      { files: { 'server.py': 'raise SystemExit("no database")' } },
      'Error',
      'no database',
    ],
    ['an app that ends at once', { files: server }, 'Completed', 'ended by itself'],
    [
      'a Wave app without the Wave server',
      {
        runtime: '',
        app: '',
        files: {
          'app.toml': '[App]\nName = "wave-app"\nVersion = "1.0.0"\n[Runtime]\nModule = "server"\n',
        },
      },
      'WaveServerMissing',
      'waved',
    ],
  ])('%s', async (what, options, reason, words) => {
    const app = await importApp({ name: what.replaceAll(/\W/g, '-').toLowerCase(), ...options })
    const { id } = await run(user, app)
    const { runtimeStatus } = await reaches(user, id, 'FAILED')
    expect(runtimeStatus.reason).toBe(reason)
    expect(runtimeStatus.message).toContain(words)
    await user.delete(`/instances/${id}`)
  })

  test('using more memory than allowed', async () => {
    const eater = 'chunks = []\nwhile True:\n    chunks.append(bytearray(10_000_000))\n'
    const app = await importApp({
      name: 'eater',
      runtime: 'MemoryLimit = "100Mi"',
      files: { 'server.py': eater },
    })
    const { id } = await run(user, app)
    const { runtimeStatus } = await reaches(user, id, 'FAILED')
    expect(runtimeStatus).toMatchObject({ state: 'OOMKilled', reason: 'OOMKilled' })
    expect(runtimeStatus.message).toContain('100 MiB')
    await user.delete(`/instances/${id}`)
  })

  test('never answering', async () => {
    const sleeper =
      'import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(600)\n'
    const app = await importApp({ name: 'sleeper', files: { 'server.py': sleeper } })
    const { id } = await run(user, app)
    const { runtimeStatus } = await reaches(user, id, 'FAILED')
    expect(runtimeStatus.reason).toBe('StartLimitReached')
    await eventually(
      async () => processesWith(id),
      (found) => found.length === 0,
    )
    await user.delete(`/instances/${id}`)
  })

  test.skipIf(process.platform !== 'linux')(
    'that has its port taken by another program says so',
    async () => {
      const app = await importApp({
        name: 'robbed',
        files: { 'server.py': 'import time\ntime.sleep(600)\n' },
      })
      const { id } = await run(user, app)
      const port = await eventually(
        () =>
          readFile(path.join(platform.dataDir, 'instances', id, 'port'), 'utf8').catch(() => ''),
        (text) => text !== '',
      )
      const thief = createServer().listen(Number(port), '127.0.0.1')
      const { runtimeStatus } = await reaches(user, id, 'FAILED')
      expect(runtimeStatus.reason).toBe('PortTaken')
      expect(runtimeStatus.message).toContain(
        `Another program of this machine listens on port ${port}`,
      )
      thief.close()
      await user.delete(`/instances/${id}`)
    },
  )
})

test('a running app that crashes is started again', async () => {
  const app = await importApp({ name: 'crasher' })
  const { id } = await run(user, app)
  await reaches(user, id, 'DEPLOYED')
  for (const pid of processesWith(id)) process.kill(pid, 'SIGKILL')
  const again = await eventually(
    () => read(user, id),
    ({ status, runtimeStatus }) => status === 'DEPLOYED' && runtimeStatus.restartCount === 1,
  )
  expect(again.runtimeStatus.lastFailure).not.toBeNull()
  await user.delete(`/instances/${id}`)
})

describe('pausing and resuming', () => {
  test('ends the process, keeps the volume and nothing else, and can be repeated', async () => {
    const app = await importApp({
      name: 'paused',
      runtime: 'VolumeMount = "/data"\nVolumeSize = "10Mi"',
      files: {
        'server.py': `
import os, http.server
volume = os.environ["WAVEDECK_VOLUME"]
print("volume:", sorted(os.listdir(volume)), "folder:", sorted(os.listdir(".")), flush=True)
open(os.path.join(volume, "kept"), "w").close()
open("lost", "w").close()
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), http.server.BaseHTTPRequestHandler).serve_forever()
`,
      },
    })
    const { id } = await run(user, app)
    await reaches(user, id, 'DEPLOYED')
    for (const _ of [1, 2]) {
      const reply = await user.post(`/instances/${id}/suspend`)
      expect(await reply.json()).toMatchObject({ status: 'SUSPENDED', suspendAfter: null })
    }
    expect(processesWith(id)).toEqual([])
    expect(await problemOf(await user.post(`/instances/${id}/visit`))).toMatchObject({
      status: 409,
    })

    for (const _ of [1, 2]) expect((await user.post(`/instances/${id}/resume`)).status).toBe(200)
    await reaches(user, id, 'DEPLOYED')
    expect(await logOf(user, id)).toMatch(/volume: \['kept'\] folder: (?!.*lost)/)
    expect(await logOf(user, id, '?previous=true')).toContain('volume: []')
    await user.delete(`/instances/${id}`)
  })

  test('happens by itself at the deadline', async () => {
    const app = await importApp({ name: 'idle', app: 'InstanceTimeout = "1s"' })
    const { id } = await run(user, app)
    await reaches(user, id, 'DEPLOYED')
    const paused = await reaches(user, id, 'SUSPENDED')
    expect(paused.runtimeStatus.reason).toBe('Idle')
    await user.delete(`/instances/${id}`)
  })
})

describe('the gateway', () => {
  test('lets in who holds a ticket, once, and nobody else', async () => {
    const app = await importApp({ name: 'gate' })
    const { id, url } = await run(user, app)
    await reaches(user, id, 'DEPLOYED')
    expect((await visitHost(url)).status).toBe(403)
    const session = user.cookie ?? ''
    expect((await visitHost(url, session)).status).toBe(403)

    const { cookie, ticket } = await open(user, id)
    expect((await visitHost(url, cookie)).status).toBe(200)
    const second = await visitHost(ticket)
    expect(second.headers['set-cookie']).toBeUndefined()

    const other = await run(user, app)
    await reaches(user, other.id, 'DEPLOYED')
    expect((await visitHost(other.url, cookie)).status).toBe(403)
    expect(await problemOf(await author.post(`/instances/${id}/visit`))).toMatchObject({
      status: 403,
      code: 'instance.private',
    })
    await Promise.all([id, other.id].map((one) => user.delete(`/instances/${one}`)))
  })

  test('never shows an app the platform’s cookies, nor lets it set them', async () => {
    const app = await importApp({ name: 'cookies' })
    const { id, url } = await run(user, app)
    await reaches(user, id, 'DEPLOYED')
    const { cookie } = await open(user, id)
    const { text, headers } = await visitHost(url, `${cookie}; own=2; wavedeck_session=x`)
    expect(text).toContain('cookie: own=2\n')
    expect(text).not.toContain('wavedeck_')
    expect(headers['set-cookie']).toEqual(['own=1; Path=/'])
    await user.delete(`/instances/${id}`)
  })

  test('takes a change of visibility at once', async () => {
    const app = await importApp({ name: 'shared' })
    const { id, url } = await run(user, app, { visibility: 'ALL_USERS' })
    await reaches(user, id, 'DEPLOYED')
    const { cookie } = await open(author, id)
    expect((await visitHost(url, cookie)).status).toBe(200)
    expect((await user.patch(`/instances/${id}`, { visibility: 'PRIVATE' })).status).toBe(200)
    expect((await visitHost(url, cookie)).status).toBe(403)
    await user.delete(`/instances/${id}`)
  })

  test('serves apps with a base URL below their path', async () => {
    const app = await importApp({ name: 'based', runtime: 'RoutingMode = "BASE_URL"' })
    const { id, url } = await run(user, app)
    expect(url).toBe(`http://apps.localhost:${new URL(platform.url).port}/instance/${id}/`)
    await reaches(user, id, 'DEPLOYED')
    const { cookie } = await open(user, id)
    const { text } = await visitHost(`${url}deep/page?x=1`, cookie)
    expect(text).toContain('path=/deep/page?x=1')
    expect(text).toContain(`x-forwarded-prefix: /instance/${id}`)
    await user.delete(`/instances/${id}`)
  })

  test('carries bodies and upgraded connections', async () => {
    const app = await importApp({
      name: 'sockets',
      files: {
        'server.py': `
import os, socket
listener = socket.create_server(("127.0.0.1", int(os.environ["PORT"])))
while True:
    connection, _ = listener.accept()
    head = connection.recv(65536)
    if b"upgrade: echo" in head.lower():
        connection.sendall(b"HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: echo\\r\\n\\r\\n")
        connection.sendall(b"got " + connection.recv(1024))
    connection.close()
`,
      },
    })
    const { id, url } = await run(user, app)
    await reaches(user, id, 'DEPLOYED')
    const { cookie } = await open(user, id)
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(platform.url).port), '127.0.0.1')
      let received = ''
      socket.on('data', (chunk) => {
        received += chunk.toString()
        if (received.endsWith('\r\n\r\n')) socket.write('ping')
        if (received.includes('got ')) socket.end()
      })
      socket.on('close', () => resolve(received))
      socket.on('error', reject)
      socket.write(
        `GET / HTTP/1.1\r\nHost: ${new URL(url).host}\r\nConnection: Upgrade\r\nUpgrade: echo\r\nCookie: ${cookie}\r\n\r\n`,
      )
    })
    expect(text).toContain('101 Switching Protocols')
    expect(text).toContain('got ping')
    await user.delete(`/instances/${id}`)

    const echo = await importApp({ name: 'bodies' })
    const second = await run(user, echo)
    await reaches(user, second.id, 'DEPLOYED')
    const body = 'x'.repeat(2_000_000)
    const visit = await open(user, second.id)
    const reply = await visitHost(visit.url, visit.cookie, { method: 'POST', body })
    expect(reply.text.length).toBe(body.length)
    await user.delete(`/instances/${second.id}`)
  })

  test('takes the removal of a tag at once, also from connections that stay', async () => {
    const admin = await platform.as('admin')
    const visitor = await platform.as('visitor')
    const app = await importApp({
      name: 'opened',
      app: 'InstanceLifecycle = "MANAGED"',
      files: {
        'server.py': `
import os, socket, threading
listener = socket.create_server(("127.0.0.1", int(os.environ["PORT"])))
def serve(connection):
    head = connection.recv(65536)
    if b"upgrade: echo" in head.lower():
        connection.sendall(b"HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: echo\\r\\n\\r\\n")
        while data := connection.recv(1024):
            connection.sendall(b"got " + data)
    elif b"/stream" in head:
        connection.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/plain\\r\\nConnection: close\\r\\n\\r\\nfirst")
        connection.recv(1024)
    else:
        connection.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\nok")
    connection.close()
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
`,
      },
    })
    const tag = { name: 'partners', title: 'Partners', color: '#336699' }
    const { id: tagId }: { id: string } = await (
      await admin.post('/tags', { ...tag, adminRoles: ['admin'], visitorRoles: ['partners-north'] })
    ).json()
    await admin.send('PUT', `/apps/${app.id}/tags/${tagId}`)
    const { id, url } = await run(author, app, { visibility: 'ALL_USERS' })
    await reaches(author, id, 'DEPLOYED')
    const { cookie } = await open(visitor, id)
    expect((await visitHost(url, cookie)).status).toBe(200)

    const { host } = new URL(url)
    const connected = (request: string, sign: string) => {
      const socket = connect(Number(new URL(platform.url).port), '127.0.0.1')
      const begun = new Promise<void>((resolve, reject) => {
        let received = ''
        socket.on('data', (chunk) => {
          received += chunk.toString()
          if (received.includes(sign)) resolve()
        })
        socket.on('close', () => reject(new Error(`Closed after ${received}`)))
      })
      socket.on('error', () => {})
      socket.write(request)
      return {
        begun,
        socket,
        closed: new Promise<void>((resolve) => socket.on('close', () => resolve())),
      }
    }
    const socket = connected(
      `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: echo\r\nCookie: ${cookie}\r\n\r\n`,
      '101',
    )
    await socket.begun
    const stream = connected(
      `GET /stream HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`,
      'first',
    )
    await stream.begun

    await admin.send('DELETE', `/apps/${app.id}/tags/${tagId}`)
    await Promise.all([socket.closed, stream.closed])
    expect((await visitHost(url, cookie)).status).toBe(403)
    // Whose access the tag was not, keeps it.
    const own = await open(author, id)
    expect((await visitHost(own.url, own.cookie)).status).toBe(200)
    await author.delete(`/instances/${id}`)
  })

  test('answers a name that is not its own with where it is', async () => {
    const reply = await visitHost(`http://rebound.example:${new URL(platform.url).port}/api/v1/me`)
    expect(reply.status).toBe(421)
  })
})

describe('following', () => {
  test('the log arrives as it is written, and a reconnect goes on where it stopped', async () => {
    const app = await importApp({ name: 'followed' })
    const { id } = await run(user, app)
    await reaches(user, id, 'DEPLOYED')
    const first = await firstEvent(user, `/instances/${id}/logs?follow=true`, 'log')
    expect(JSON.parse(first.data)).toContain('listening on')

    const { url, cookie } = await open(user, id)
    await visitHost(`${url}marked`, cookie)
    const next = await firstEvent(user, `/instances/${id}/logs?follow=true`, 'log', first.id)
    expect(JSON.parse(next.data)).toBe('request /marked\n')
    await user.delete(`/instances/${id}`)
  })

  test('a run’s log is asked for by its number, for as long as it is kept', async () => {
    const app = await importApp({ name: 'numbered' })
    const { id } = await run(user, app)
    await reaches(user, id, 'DEPLOYED')
    const first = await user.get(`/instances/${id}/logs`)
    expect(first.headers.get('Wavedeck-Run')).toBe('1')
    const text = await first.text()
    for (const next of [2, 3]) {
      await user.post(`/instances/${id}/suspend`)
      await user.post(`/instances/${id}/resume`)
      await reaches(user, id, 'DEPLOYED')
      const previous = await user.get(`/instances/${id}/logs?run=${next - 1}`)
      expect(previous.headers.get('Wavedeck-Run')).toBe(String(next - 1))
      if (next === 2) expect(await previous.text()).toBe(text)
    }
    const gone = await problemOf(await user.get(`/instances/${id}/logs?run=1`))
    expect(gone).toMatchObject({ status: 404, code: 'log.run-not-kept' })
    expect((await user.get(`/instances/${id}/logs?run=4`)).status).toBe(404)
    await user.delete(`/instances/${id}`)
  })

  test('a log that is being followed ends with the session', async () => {
    const app = await importApp({ name: 'watched' })
    const { id } = await run(user, app)
    await reaches(user, id, 'DEPLOYED')
    const reader = await platform.as('user')
    const path = `/api/v1/instances/${id}/logs?follow=true`
    const { body } = await fetch(`${platform.url}${path}`, {
      headers: { cookie: reader.cookie ?? '' },
    })
    const pieces = body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await pieces?.read())?.value).toContain('listening on')
    await reader.delete('/session')
    // It is over, and without the event that would say that the run is.
    for (let piece = await pieces?.read(); piece?.done === false; piece = await pieces?.read()) {
      expect(piece.value).not.toContain('event: end')
    }
    await user.delete(`/instances/${id}`)
  })

  test('changes reach who may see them and nobody else', async () => {
    const app = await importApp({ name: 'events' })
    const visitor = await platform.as('visitor')
    const heard: string[] = []
    const listening = firstEvent(visitor, '/events', 'change').then(({ data }) => heard.push(data))
    const news = firstEvent(user, '/events', 'change')
    const { id } = await run(user, app)
    expect(JSON.parse((await news).data)).toEqual({
      kind: 'instance',
      id,
      appName: 'events',
      gone: false,
    })
    await reaches(user, id, 'DEPLOYED')
    await user.delete(`/instances/${id}`)
    expect(heard).toEqual([])
    void listening.catch(() => {})
  })
})

describe('who may do what with an instance', () => {
  test('others neither see, read nor end a private one; an admin may end it but not open it', async () => {
    const app = await importApp({ name: 'private-one' })
    const { id } = await run(user, app)
    await reaches(user, id, 'DEPLOYED')
    const other = await platform.as('author-2')
    const admin = await platform.as('admin')
    for (const reply of [
      await other.get(`/instances/${id}`),
      await other.get(`/instances/${id}/logs`),
      await other.post(`/instances/${id}/suspend`),
      await other.delete(`/instances/${id}`),
    ]) {
      expect(reply.status).toBe(404)
    }
    // The app's owner watches over it, read-only.
    expect(await read(author, id)).toMatchObject({ readonly: true })
    expect((await author.get(`/instances/${id}/logs`)).status).toBe(200)
    expect((await author.post(`/instances/${id}/suspend`)).status).toBe(403)
    expect((await admin.post(`/instances/${id}/visit`)).status).toBe(403)
    expect((await admin.delete(`/instances/${id}`)).status).toBe(204)
  })

  test('a managed app is run by its owner and visited by everybody', async () => {
    const app = await importApp({ name: 'managed', app: 'InstanceLifecycle = "managed"' })
    expect((await user.post(`/apps/${app.id}/run`)).status).toBe(403)
    const { id } = await run(author, app, { visibility: 'ALL_USERS' })
    await reaches(author, id, 'DEPLOYED')
    const seen: App = await (await user.get(`/apps/${app.id}`)).json()
    expect(seen.visitInstance).toEqual({ id })
    expect((await user.post(`/instances/${id}/visit`)).status).toBe(200)
    await author.delete(`/instances/${id}`)
  })

  test('running instances are limited, and the limit is told beforehand', async () => {
    const limited = await startTestPlatform({ limits: { instancesPerUser: 2 } })
    try {
      const caller = await limited.as('author')
      const app: App = await (await caller.import(await appBundle())).json()
      const both = await Promise.all([run(caller, app), run(caller, app)])
      const third = await problemOf(await caller.post(`/apps/${app.id}/run`))
      expect(third).toMatchObject({ status: 409, code: 'instance.limit-reached' })
      const me = await (await caller.get('/me')).json()
      expect(me.limits.instances).toEqual({ used: 2, max: 2 })
      await caller.post(`/instances/${both[0].id}/suspend`)
      await run(caller, app)
      const page = await (await caller.get('/instances?pageSize=2')).json()
      expect(zInstanceList.parse(page).totalSize).toBe(3)
    } finally {
      await limited.end()
    }
  })
})

type ServerEvent = { event: string; id: string; data: string }

/** The first event of a kind on a stream, which is then left. */
async function firstEvent(
  caller: Caller,
  url: string,
  kind: string,
  lastId?: string,
): Promise<ServerEvent> {
  const headers: Record<string, string> = lastId === undefined ? {} : { 'Last-Event-ID': lastId }
  const reply = await caller.send('GET', url, { headers })
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of reply.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    for (const block of text.split('\n\n').slice(0, -1)) {
      const field = (name: string) => block.match(new RegExp(`^${name}: ?(.*)$`, 'm'))?.[1] ?? ''
      if (field('event') === kind) return { event: kind, id: field('id'), data: field('data') }
    }
  }
  throw new Error(`The stream ended without ${kind}: ${text}`)
}

/** Processes of this machine that carry the instance's id. */
function processesWith(instanceId: string): number[] {
  const { stdout } = spawnSync('ps', ['axeww', '-o', 'pid=,stat=,command='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
  })
  return stdout
    .split('\n')
    .filter(
      (line) => line.includes(`H2O_CLOUD_INSTANCE_ID=${instanceId}`) && !/^\s*\d+ Z/.test(line),
    )
    .map((line) => Number.parseInt(line, 10))
}
