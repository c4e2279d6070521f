import { access, readdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App, Instance, InstanceEvent } from '../../src/api/generated/types.gen.ts'
import { appBundle } from '../support/bundles.ts'
import { eventually } from '../support/eventually.ts'
import {
  type Caller,
  problemOf,
  startTestPlatform,
  type TestPlatform,
} from '../support/test-platform.ts'
import { askHost, visit } from '../support/visit.ts'

/** As the simulated app does: says what it was asked, and crashes when it is asked to. */
const server = `
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/crash":
            os._exit(7)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"path={self.path}\\n{self.headers}".encode())
    def log_message(self, *args):
        print("request", self.path, flush=True)
print("begins", flush=True)
ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
`

/** What everybody above a scheduler relies on, whichever it is: one suite for all that there are. */
describe.each(['process', 'simulated'] as const)('the %s scheduler', (kind) => {
  let platform: TestPlatform
  let author: Caller
  let user: Caller
  let app: App
  beforeAll(async () => {
    platform = await startTestPlatform({ scheduler: kind, limits: { startSeconds: 60 } })
    author = await platform.as('author')
    user = await platform.as('user')
    app = await imported({ name: 'both' })
  })
  afterAll(() => platform.end())

  async function imported(options: Parameters<typeof appBundle>[0]): Promise<App> {
    const bundle = await appBundle({ ...options, files: { 'server.py': server } })
    return (await author.import(bundle)).json()
  }

  async function run(of = app, body: object = {}): Promise<string> {
    const { id }: Instance = await (await user.post(`/apps/${of.id}/run`, body)).json()
    return id
  }

  const read = async (id: string): Promise<Instance> => (await user.get(`/instances/${id}`)).json()

  const reaches = (id: string, status: Instance['status']): Promise<Instance> =>
    eventually(
      () => read(id),
      (instance) => instance.status === status,
    )

  async function kinds(id: string): Promise<InstanceEvent['kind'][]> {
    const { events } = await (await user.get(`/instances/${id}/events`)).json()
    return events.map((event: InstanceEvent) => event.kind)
  }

  const started = ['UNPACKED', 'REQUIREMENTS_INSTALLED', 'STARTED', 'ANSWERED']

  test('starts an app step by step, until it answers', async () => {
    const id = await run()
    const { runtimeStatus, suspendAfter } = await reaches(id, 'DEPLOYED')
    expect(runtimeStatus).toMatchObject({ state: 'Running', reason: null, restartCount: 0 })
    expect(suspendAfter).not.toBeNull()
    expect(await kinds(id)).toEqual(['REQUESTED', ...started])
    const { url, cookie } = await visit(user, id)
    const { text } = await askHost(`${url}deep?x=1`, `${cookie}; own=1`)
    expect(text).toContain('path=/deep?x=1')
    expect(text).not.toContain('wavedeck_')
    await eventually(
      async () => (await user.get(`/instances/${id}/logs`)).text(),
      (log) => log.includes('request /deep?x=1'),
    )
    await user.delete(`/instances/${id}`)
  })

  test('ends it without a trace: no port, no folder, no address', async () => {
    const id = await run()
    await reaches(id, 'DEPLOYED')
    const { port } = platform.platform.scheduler.address(id) ?? { port: 0 }
    const { url, cookie } = await visit(user, id)
    expect((await user.delete(`/instances/${id}`)).status).toBe(204)
    await expect(
      new Promise((resolve, reject) => {
        connect({ host: '127.0.0.1', port }).once('connect', resolve).once('error', reject)
      }),
    ).rejects.toThrow('ECONNREFUSED')
    const folders = await readdir(path.join(platform.dataDir, 'instances')).catch(() => [])
    expect(folders).not.toContain(id)
    expect((await askHost(url, cookie)).status).toBe(404)
    expect((await kinds(id)).at(-1)).toBe('ENDED')
  })

  test('pauses and resumes, each as often as one likes, with a log for each run', async () => {
    const id = await run()
    await reaches(id, 'DEPLOYED')
    for (const _ of [1, 2]) {
      const reply = await user.post(`/instances/${id}/suspend`)
      expect(await reply.json()).toMatchObject({ status: 'SUSPENDED', suspendAfter: null })
    }
    expect(platform.platform.scheduler.address(id)).toBeUndefined()
    expect(platform.platform.scheduler.usage(id)).toBeNull()
    for (const _ of [1, 2]) expect((await user.post(`/instances/${id}/resume`)).status).toBe(200)
    await reaches(id, 'DEPLOYED')
    expect(await kinds(id)).toEqual(['REQUESTED', ...started, 'PAUSED', 'RESUMED', ...started])
    for (const which of ['?previous=true', '?run=1', '?run=2', '']) {
      expect(
        (await (await user.get(`/instances/${id}/logs${which}`)).text()).length,
      ).toBeGreaterThan(0)
    }
    expect(await problemOf(await user.get(`/instances/${id}/logs?run=3`))).toMatchObject({
      status: 404,
      code: 'log.run-not-kept',
    })
    await user.delete(`/instances/${id}`)
  })

  test('a follower of a run that is over hears its rest and its end, and nothing of the next', async () => {
    const id = await run()
    await reaches(id, 'DEPLOYED')
    const { url, cookie } = await visit(user, id)
    await askHost(`${url}one`, cookie)
    const first = await eventually(
      async () => (await user.get(`/instances/${id}/logs`)).text(),
      (log) => log.includes('request /one'),
    )
    await user.post(`/instances/${id}/suspend`)
    await user.post(`/instances/${id}/resume`)
    await reaches(id, 'DEPLOYED')
    const position = Buffer.byteLength(first) - 'request /one\n'.length
    const reply = await user.send('GET', `/instances/${id}/logs?follow=true`, {
      headers: { 'Last-Event-ID': `${position}.1` },
    })
    const text = await reply.text()
    expect(text).toContain(`id: ${Buffer.byteLength(first)}.1\n`)
    expect(text).toContain('data: "request /one\\n"\n')
    expect(text).toMatch(/event: end\n/)
    expect(text).not.toMatch(/\.2\n/)
    await user.delete(`/instances/${id}`)
  })

  test('starts a crashed app again, and counts', async () => {
    const id = await run()
    await reaches(id, 'DEPLOYED')
    const { url, cookie } = await visit(user, id)
    await askHost(`${url}crash`, cookie)
    const again = await eventually(
      () => read(id),
      ({ status, runtimeStatus }) => status === 'DEPLOYED' && runtimeStatus.restartCount === 1,
    )
    expect(again.runtimeStatus.lastFailure).not.toBeNull()
    expect((await kinds(id)).slice(-4)).toEqual(['ANSWERED', 'CRASHED', 'RESTARTED', 'ANSWERED'])
    await user.delete(`/instances/${id}`)
  })

  test('lets so many start at once, the others wait in the queue', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => run()))
    await Promise.all(ids.map((id) => reaches(id, 'DEPLOYED')))
    const queued = await Promise.all(ids.map(async (id) => (await kinds(id)).includes('QUEUED')))
    expect(queued.filter(Boolean).length).toBeGreaterThan(0)
    await Promise.all(ids.map((id) => user.delete(`/instances/${id}`)))
  })

  test('a start that is paused or ended half way stays so', async () => {
    const [paused, ended] = await Promise.all([run(), run()])
    await Promise.all([
      user.post(`/instances/${paused}/suspend`),
      user.delete(`/instances/${ended}`),
    ])
    expect((await read(paused)).status).toBe('SUSPENDED')
    expect((await user.get(`/instances/${ended}`)).status).toBe(404)
    await user.post(`/instances/${paused}/resume`)
    await reaches(paused, 'DEPLOYED')
    await user.delete(`/instances/${paused}`)
  })

  test('says why a start failed, and can start it again', async () => {
    const broken = await imported({ name: 'broken' })
    const { sha256 } = broken.bundle
    const file = path.join(platform.dataDir, 'blobs', sha256.slice(0, 2), sha256)
    await access(file)
    await rm(file)
    const id = await run(broken)
    const { runtimeStatus } = await reaches(id, 'FAILED')
    expect(runtimeStatus.reason).toBe('PlatformError')
    expect(runtimeStatus.lastFailure).not.toBeNull()
    expect((await kinds(id)).at(-1)).toBe('FAILED')
    expect((await user.post(`/instances/${id}/resume`)).status).toBe(200)
    await reaches(id, 'FAILED')
    await user.delete(`/instances/${id}`)
  })

  test('pauses by itself at the deadline', async () => {
    const idle = await imported({ name: 'idle', app: 'InstanceTimeout = "1s"' })
    const id = await run(idle)
    expect((await reaches(id, 'SUSPENDED')).runtimeStatus.reason).toBe('Idle')
    await user.delete(`/instances/${id}`)
  })

  test('takes back nothing that it doesn’t know, and sweeps what belongs to nobody', async () => {
    const id = await run()
    await reaches(id, 'DEPLOYED')
    const { scheduler } = platform.platform
    await scheduler.stop('11111111-2222-3333-4444-555555555555')
    await scheduler.remove('11111111-2222-3333-4444-555555555555')
    expect(scheduler.address('11111111-2222-3333-4444-555555555555')).toBeUndefined()
    await scheduler.log('99999999-2222-3333-4444-555555555555', 1).append('left\n')
    await scheduler.sweep(new Set([id]))
    expect(await readdir(path.join(platform.dataDir, 'instances'))).toEqual([id])
    expect((await read(id)).status).toBe('DEPLOYED')
    await user.delete(`/instances/${id}`)
  })
})
