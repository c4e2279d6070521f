import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import type * as FileSystem from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { App } from '../../src/api/generated/types.gen.ts'
import { appBundle } from '../support/bundles.ts'
import { problemOf, startTestPlatform, type TestPlatform } from '../support/test-platform.ts'
import {
  append,
  askForUpload,
  beginUpload,
  importUpload,
  offsetOf,
  upload,
} from '../support/uploads.ts'
import { checkData } from './data-checks.ts'
import { Person } from './person.ts'
import { startProcess } from './platform-process.ts'

/** The disk as the platform's own file writes see it; what needs no special file system or user is tested everywhere. */
const disk = vi.hoisted(() => ({ isFull: false, hasNoLinks: false }))

vi.mock('node:fs/promises', async (importOriginal) => {
  const noSpace = () =>
    Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
  const original = await importOriginal<typeof FileSystem>()
  const open: typeof original.open = async (...args) => {
    const handle = await original.open(...args)
    if (args[1] === 'r' || args[1] === undefined) return handle
    const writeFile = handle.writeFile.bind(handle)
    handle.writeFile = async (...written) => {
      if (!disk.isFull) return writeFile(...written)
      throw noSpace()
    }
    const write = handle.write.bind(handle)
    handle.write = (async (...written: Parameters<typeof write>) => {
      if (!disk.isFull) return write(...written)
      throw noSpace()
    }) as typeof write
    return handle
  }
  const link: typeof original.link = async (...args) => {
    if (!disk.hasNoLinks) return original.link(...args)
    throw Object.assign(new Error('EPERM: operation not permitted'), { code: 'EPERM' })
  }
  return { ...original, default: original, open, link }
})

let platform: TestPlatform
let author: Person
let app: App
beforeEach(async () => {
  // What the operator reads of it.
  vi.spyOn(console, 'error').mockImplementation(() => {})
  platform = await startTestPlatform()
  author = await Person.signIn(platform.url, 'author')
  app = await (await author.import(await appBundle())).json()
})
afterEach(async () => {
  disk.isFull = false
  disk.hasNoLinks = false
  vi.restoreAllMocks()
  await platform.end()
})

async function expectRefused(code: string, ...requests: Promise<Response>[]): Promise<void> {
  for (const request of requests) {
    expect(await problemOf(await request)).toMatchObject({ status: 507, code })
  }
}

async function expectReads(): Promise<void> {
  expect((await (await author.get('/apps')).json()).totalSize).toBe(1)
  const bundle = await author.get(`/apps/${app.id}/bundle`)
  expect((await bundle.arrayBuffer()).byteLength).toBe(app.bundle.size)
  expect(await checkData(platform.dataDir)).toEqual([])
}

test('no room for a bundle', async () => {
  disk.isFull = true
  await expectRefused('storage.full', author.import(await appBundle({ name: 'new' })))
  await expectReads()
  disk.isFull = false
  expect((await author.import(await appBundle({ name: 'new' }))).status).toBe(201)
})

test('no room for the rest of an upload', async () => {
  const bundle = await appBundle({ name: 'new' })
  const id = await beginUpload(author, bundle.length)
  await append(author, id, 0, bundle.slice(0, 100))
  disk.isFull = true
  const { status, code, body } = await problemOf(await append(author, id, 100, bundle.slice(100)))
  expect([status, code]).toEqual([507, 'storage.full'])
  expect(body.title).toContain('What has arrived is kept')
  expect(await offsetOf(author, id)).toBe(100)
  await expectReads()
  disk.isFull = false
  expect((await append(author, id, 100, bundle.slice(100))).status).toBe(204)
  expect((await importUpload(author, id)).status).toBe(201)
})

test('an upload on a disk where no file has two names', async () => {
  disk.hasNoLinks = true
  const bundle = await appBundle({ name: 'new' })
  const id = await upload(author, bundle)
  disk.isFull = true
  await expectRefused('storage.full', importUpload(author, id))
  disk.isFull = false
  const made: App = await (await importUpload(author, id)).json()
  const download = await author.get(`/apps/${made.id}/bundle`)
  expect(Buffer.from(await download.arrayBuffer()).equals(bundle)).toBe(true)
  expect(await checkData(platform.dataDir)).toEqual([])
})

test('no room in the database', async () => {
  const { database } = platform.platform
  await sql`PRAGMA max_page_count = 1`.execute(database)
  const large = await appBundle({ name: 'new', app: `Description = "${'long '.repeat(8_000)}"` })
  await expectRefused('storage.full', author.import(large))
  await expectReads()
  await sql`PRAGMA max_page_count = 1000000`.execute(database)
  expect((await author.import(large)).status).toBe(201)
})

test('a database that may not be written', async () => {
  const { database } = platform.platform
  await sql`PRAGMA query_only = ON`.execute(database)
  await expectRefused(
    'storage.read-only',
    author.import(await appBundle({ name: 'new' })),
    author.post(`/apps/${app.id}/run`),
    author.patch(`/apps/${app.id}`, { visibility: 'PRIVATE' }),
    author.delete(`/apps/${app.id}`),
    askForUpload(author, 10),
  )
  await expectReads()
  await sql`PRAGMA query_only = OFF`.execute(database)
  expect((await author.patch(`/apps/${app.id}`, { visibility: 'PRIVATE' })).status).toBe(200)
})

test('a folder that may not be written any more', async () => {
  // Permissions mean nothing to an administrator, so the platform runs as somebody else then.
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const folder = await mkdtemp(path.join(tmpdir(), 'wavedeck-unwritable-'))
  if (user.uid !== undefined) await chown(folder, user.uid, user.gid)
  const running = startProcess(folder, ['--scheduler', 'simulated'], user)
  try {
    const caller = await Person.signIn(await running.url(), 'author')
    const kept: App = await (await caller.import(await appBundle())).json()
    const incoming = path.join(folder, 'blobs', 'incoming')
    await chmod(incoming, 0o555)
    await expectRefused('storage.read-only', caller.import(await appBundle({ name: 'new' })))
    expect((await caller.get(`/apps/${kept.id}/bundle`)).status).toBe(200)
    expect((await caller.patch(`/apps/${kept.id}`, { visibility: 'PRIVATE' })).status).toBe(200)
    await chmod(incoming, 0o755)
    expect((await caller.import(await appBundle({ name: 'new' }))).status).toBe(201)
    expect(await checkData(folder)).toEqual([])
  } finally {
    await running.end('SIGTERM')
    await rm(folder, { recursive: true })
  }
})
