import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, open, readdir, rm, stat, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { App, Instance } from '../../src/api/generated/types.gen.ts'
import { appBundle } from '../support/bundles.ts'
import { eventually } from '../support/eventually.ts'
import { problemOf, startTestPlatform, type TestPlatform } from '../support/test-platform.ts'
import {
  append,
  askForUpload,
  beginUpload,
  cancelUpload,
  importUpload,
  offsetOf,
} from '../support/uploads.ts'
import { checkData } from './data-checks.ts'
import { Person } from './person.ts'

/** A file system of 24 MB in memory; null where this machine or user may not mount one. */
async function mountSmall(): Promise<string | null> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wavedeck-small-'))
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder], {
      stdio: 'pipe',
    })
    return folder
  } catch {
    await rm(folder, { recursive: true })
    return null
  }
}

const small = await mountSmall()
if (small !== null) {
  execFileSync('/bin/umount', [small])
  await rm(small, { recursive: true })
}
// Never silently: full-disk-seams.test.ts covers the answers everywhere, not the file system.
const where = small === null ? 'NOT TESTED HERE, mounting needs an administrator: ' : ''

async function fill(folder: string): Promise<void> {
  const file = await open(path.join(folder, 'filler'), 'a')
  try {
    // Down to the last byte: smaller and smaller pieces.
    for (let size = 1024 ** 2; size >= 1; size = Math.floor(size / 4)) {
      try {
        for (;;) await file.write(Buffer.alloc(size))
      } catch (error) {
        expect(error).toMatchObject({ code: 'ENOSPC' })
      }
    }
  } finally {
    await file.close()
  }
}

/** Sends until it is refused, which a full disk does once what SQLite had set aside is used up. */
async function untilRefused(send: () => Promise<Response>): Promise<Response> {
  for (let tries = 0; tries < 3_000; tries += 1) {
    const response = await send()
    if (!response.ok) return response
    await response.arrayBuffer()
  }
  throw new Error('Never refused')
}

function reaches(caller: Person, id: string, status: Instance['status']): Promise<Instance> {
  return eventually(
    async (): Promise<Instance> => (await caller.get(`/instances/${id}`)).json(),
    (instance) => instance.status === status,
  )
}

/** Answers on its port and fills its volume to the last byte. */
const hog = `
import os, threading
from http.server import BaseHTTPRequestHandler, HTTPServer

def fill():
    file = open(os.path.join(os.environ["WAVEDECK_VOLUME"], "hog"), "ab", buffering=0)
    while True:
        for size in (1 << 20, 4096, 1):
            try:
                file.write(bytes(size))
                break
            except OSError:
                pass

threading.Thread(target=fill, daemon=True).start()
HTTPServer(("127.0.0.1", int(os.environ["PORT"])), BaseHTTPRequestHandler).serve_forever()
`

describe.skipIf(small === null)(`${where}on a full disk`, () => {
  let folder: string
  let dataDir: string
  let platform: TestPlatform
  beforeEach(async () => {
    // What the operator reads of it.
    vi.spyOn(console, 'error').mockImplementation(() => {})
    folder = (await mountSmall()) ?? ''
    dataDir = path.join(folder, 'data')
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    await platform.close()
    execFileSync('/bin/umount', [folder])
    await rm(folder, { recursive: true })
  })

  test('changes are refused in plain words, reads go on, and room alone mends it', async () => {
    platform = await startTestPlatform({ dataDir })
    const author = await Person.signIn(platform.url, 'author')
    const admin = await Person.signIn(platform.url, 'admin')
    const kept: App = await (await author.import(await appBundle({ name: 'kept' }))).json()
    const idle: App = await (await author.import(await appBundle({ name: 'idle' }))).json()
    const launched: Instance = await (await author.post(`/apps/${kept.id}/run`)).json()
    await reaches(author, launched.id, 'DEPLOYED')
    await fill(folder)

    // Larger than what goes on its way before anybody answers.
    const files = { 'filler.bin': randomBytes(8 * 1024 ** 2) }
    const refused = await author.import(await appBundle({ name: 'new', files }))
    expect(await problemOf(refused)).toMatchObject({ status: 507, code: 'storage.full' })
    let n = 0
    const tag = () => admin.post('/tags', { name: `t-${(n += 1)}`, title: 'T', color: '#101010' })
    expect(await problemOf(await untilRefused(tag))).toMatchObject({ code: 'storage.full' })
    const launch = await author.post(`/apps/${kept.id}/run`)
    expect(await problemOf(launch)).toMatchObject({ status: 507, code: 'storage.full' })
    const change = await author.patch(`/apps/${kept.id}`, { visibility: 'PRIVATE' })
    expect(await problemOf(change)).toMatchObject({ status: 507, code: 'storage.full' })

    expect((await (await author.get('/apps')).json()).totalSize).toBe(2)
    expect((await (await author.get(`/apps/${kept.id}`)).json()).visibility).toBe('ALL_USERS')
    const bundle = await author.get(`/apps/${kept.id}/bundle`)
    expect((await bundle.arrayBuffer()).byteLength).toBe(kept.bundle.size)
    expect(await checkData(dataDir)).toEqual([])

    // What makes room is possible all the same.
    expect((await author.delete(`/instances/${launched.id}`)).status).toBe(204)
    expect((await author.delete(`/apps/${idle.id}`)).status).toBe(204)

    await rm(path.join(folder, 'filler'))
    expect((await author.import(await appBundle({ name: 'new' }))).status).toBe(201)
    const again: Instance = await (await author.post(`/apps/${kept.id}/run`)).json()
    await reaches(author, again.id, 'DEPLOYED')
    expect((await tag()).status).toBe(201)
    expect(await checkData(dataDir)).toEqual([])
  })

  test('an upload stops where the disk ends, can be cancelled, and goes on once there is room', async () => {
    platform = await startTestPlatform({ dataDir })
    const author = await Person.signIn(platform.url, 'author')
    const files = { 'filler.bin': new Uint8Array(randomBytes(3 * 1024 ** 2)) }
    const bundle = await appBundle({ files })
    const [id, other] = [
      await beginUpload(author, bundle.length),
      await beginUpload(author, bundle.length),
    ]
    await fill(folder)
    expect(await problemOf(await askForUpload(author, bundle.length))).toMatchObject({
      status: 507,
      code: 'storage.full',
    })
    expect((await append(author, other, 0, bundle.slice(0, 100))).status).toBe(507)
    const stopped = await append(author, id, 0, bundle)
    expect(await problemOf(stopped)).toMatchObject({ status: 507, code: 'storage.full' })
    expect((await cancelUpload(author, other)).status).toBe(204)
    expect((await (await author.get('/apps')).json()).totalSize).toBe(0)

    await rm(path.join(folder, 'filler'))
    const offset = await offsetOf(author, id)
    expect((await append(author, id, offset, bundle.slice(offset))).status).toBe(204)
    const app: App = await (await importUpload(author, id)).json()
    expect(app.bundle.size).toBe(bundle.length)
    expect(await checkData(dataDir)).toEqual([])
  })

  test('what came of a start while the disk was full is written down once there is room', async () => {
    platform = await startTestPlatform({ dataDir })
    const author = await Person.signIn(platform.url, 'author')
    const app: App = await (await author.import(await appBundle())).json()
    const reported = vi.spyOn(platform.platform.launcher, 'observe')
    // Leaves room for the row and none for what is reported of it.
    await fill(folder)
    let id: string | undefined
    for (let freed = 0; id === undefined && freed < 200; freed += 1) {
      const file = await open(path.join(folder, 'filler'), 'r+')
      await file.truncate(Math.max(0, (await file.stat()).size - 4_096))
      await file.close()
      const response = await author.post(`/apps/${app.id}/run`)
      const body = await response.json()
      if (response.status === 201) id = body.id
      else expect(body.code).toBe('storage.full')
    }
    await fill(folder)
    await eventually(
      async () => reported.mock.calls.map(([, , { kind }]) => kind),
      (kinds) => kinds.includes('failed') || kinds.includes('running'),
    )
    expect((await (await author.get(`/instances/${id}`)).json()).status).toBe('PENDING')
    await rm(path.join(folder, 'filler'))
    // Its log could not be written, and it says so.
    const instance = await reaches(author, id ?? '', 'FAILED')
    expect(instance.runtimeStatus.reason).toBe('StorageFull')
  })

  test('an app that fills the disk doesn’t take the platform down, and can be ended', async () => {
    platform = await startTestPlatform({ dataDir, scheduler: 'process' })
    const author = await Person.signIn(platform.url, 'author')
    const bundle = await appBundle({
      name: 'hog',
      runtime: 'VolumeMount = "/data"\nVolumeSize = "1Gi"',
      files: { 'server.py': hog },
    })
    const app: App = await (await author.import(bundle)).json()
    const { id }: Instance = await (await author.post(`/apps/${app.id}/run`)).json()
    await eventually(
      async () => (await author.import(await appBundle({ name: 'other' }))).status,
      (status) => status === 507,
    )
    expect((await author.get('/apps')).status).toBe(200)
    // Nor is what was set aside left for it.
    const reserve = path.join(dataDir, 'reserve')
    await eventually(
      async () => {
        await rm(reserve, { force: true })
        return statfs(folder)
      },
      ({ bavail }) => bavail === 0 && !existsSync(reserve),
    )
    expect((await author.delete(`/instances/${id}`)).status).toBe(204)
    expect((await stat(reserve)).size).toBeGreaterThan(1_000_000)
    expect(await readdir(path.join(dataDir, 'instances'))).toEqual([])
    expect((await author.import(await appBundle({ name: 'another' }))).status).toBe(201)
    expect(await checkData(dataDir)).toEqual([])
  })
})
