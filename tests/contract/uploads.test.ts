import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { type ClientRequest, request } from 'node:http'
import path from 'node:path'
import { Upload as TusUpload } from 'tus-js-client'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { App, Environment, UploadList } from '../../src/api/generated/types.gen.ts'
import { checkData } from '../durability/data-checks.ts'
import { appBundle } from '../support/bundles.ts'
import { eventually } from '../support/eventually.ts'
import {
  type Caller,
  problemOf,
  startTestPlatform,
  type TestPlatform,
} from '../support/test-platform.ts'
import {
  append,
  askForUpload,
  askOffset,
  beginUpload,
  bytesType,
  cancelUpload,
  importUpload,
  offsetOf,
  upload,
} from '../support/uploads.ts'

const hour = 60 * 60 * 1000

let now: Date
let platform: TestPlatform
let author: Caller
beforeEach(async () => {
  now = new Date('2026-03-01T12:00:00Z')
  platform = await startTestPlatform({
    limits: { bundleBytes: 400_000, uploadsPerUser: 3 },
    now: () => now,
  })
  author = await platform.as('author')
})
afterEach(() => platform.end())

/** Larger than the buffers on its way, so that it arrives in several pieces. */
const largeBundle = (name = 'large') =>
  appBundle({ name, files: { 'data.bin': new Uint8Array(randomBytes(300_000)) } })

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const fileOf = (id: string) => path.join(platform.dataDir, 'uploads', id)
const files = () => readdir(path.join(platform.dataDir, 'uploads'))
const listed = async (caller: Caller): Promise<UploadList['uploads']> =>
  (await (await caller.get('/uploads')).json()).uploads

/** A PATCH whose body is sent bit by bit, or never ends. */
function openPatch(id: string, offset: number, headers: Record<string, string>): ClientRequest {
  const sent = request(`${platform.url}/api/v1/uploads/${id}`, {
    method: 'PATCH',
    headers: {
      'X-Wavedeck-Request': '1',
      'Tus-Resumable': '1.0.0',
      'Upload-Offset': String(offset),
      'Content-Type': bytesType,
      cookie: author.cookie,
      ...headers,
    },
  })
  sent.on('error', () => {})
  return sent
}

/** Sends the first part of a PATCH of everything, and waits until that is on the disk. */
async function sendPart(id: string, bundle: Uint8Array, bytes: number): Promise<ClientRequest> {
  const sent = openPatch(id, 0, { 'Content-Length': String(bundle.length) })
  sent.write(bundle.subarray(0, bytes))
  await eventually(
    async () => (await stat(fileOf(id))).size,
    (size) => size === bytes,
  )
  return sent
}

async function expectImported(reply: Response, bundle: Uint8Array): Promise<App> {
  expect(reply.status).toBe(201)
  const app: App = await reply.json()
  expect(reply.headers.get('Location')).toBe(`/api/v1/apps/${app.id}`)
  expect(app.bundle).toMatchObject({ size: bundle.length, sha256: sha256(bundle) })
  const download = await author.get(`/apps/${app.id}/bundle`)
  expect(sha256(new Uint8Array(await download.arrayBuffer()))).toBe(sha256(bundle))
  return app
}

describe('an upload', () => {
  test('arrives in pieces and becomes an app', async () => {
    const { uploads }: Environment = await (await author.get('/environment')).json()
    expect(uploads).toMatchObject({ tus: '1.0.0', path: '/api/v1/uploads', perUser: 3 })
    const bundle = await largeBundle()
    const id = await beginUpload(author, bundle.length)
    for (const [from, to] of [
      [0, 100_000],
      [100_000, 200_001],
      [200_001, bundle.length],
    ] as const) {
      const reply = await append(author, id, from, bundle.slice(from, to))
      expect(reply.headers.get('Upload-Offset')).toBe(String(to))
      expect(await listed(author)).toMatchObject([{ id, size: bundle.length, offset: to }])
    }
    await expectImported(await importUpload(author, id), bundle)
    expect(await files()).toEqual([])
    expect(await listed(author)).toEqual([])
    expect(await checkData(platform.dataDir)).toEqual([])
  })

  test('may bring its first bytes along with its beginning', async () => {
    const bundle = await appBundle()
    const begun = await author.send('POST', '/uploads', {
      headers: {
        'Tus-Resumable': '1.0.0',
        'Upload-Length': String(bundle.length),
        'Content-Type': bytesType,
      },
      body: bundle.slice(0, 100),
    })
    expect(begun.headers.get('Upload-Offset')).toBe('100')
    const id = begun.headers.get('Location')?.split('/').at(-1) ?? ''
    await append(author, id, 100, bundle.slice(100))
    await expectImported(await importUpload(author, id), bundle)
  })

  test('whose connection is cut goes on where it was', async () => {
    const bundle = await largeBundle()
    const id = await beginUpload(author, bundle.length)
    const sent = await sendPart(id, bundle, 150_000)
    sent.destroy()
    expect(await offsetOf(author, id)).toBe(150_000)
    await append(author, id, 150_000, bundle.slice(150_000))
    await expectImported(await importUpload(author, id), bundle)
  })

  test('whose connection died without a word is taken over by who asks for its offset', async () => {
    const bundle = await largeBundle()
    const id = await beginUpload(author, bundle.length)
    const stalled = await sendPart(id, bundle, 150_000)
    const answered = new Promise<string | undefined>((resolve) => {
      stalled.on('response', (reply) => resolve(reply.headersDistinct['upload-offset']?.[0]))
    })
    expect(await offsetOf(author, id)).toBe(150_000)
    expect(await answered).toBe('150000')
    await append(author, id, 150_000, bundle.slice(150_000))
    await expectImported(await importUpload(author, id), bundle)
  })

  test('is added to by one request at a time, at its end', async () => {
    const bundle = await largeBundle()
    const id = await beginUpload(author, bundle.length)
    const first = await sendPart(id, bundle, 150_000)
    const second = await append(author, id, 0, bundle)
    expect(await problemOf(second)).toMatchObject({ status: 409, code: 'upload.offset-differs' })
    first.destroy()
    const ends = await Promise.all(
      [1, 2, 3].map(() => append(author, id, 150_000, bundle.slice(150_000))),
    )
    const statuses = new Set(ends.map(({ status }) => status))
    expect(statuses.difference(new Set([204, 409, 423]))).toEqual(new Set())
    // Each may have been ended by the next; what counts is that no byte is in a wrong place.
    const offset = await offsetOf(author, id)
    expect((await append(author, id, offset, bundle.slice(offset))).status).toBe(204)
    await expectImported(await importUpload(author, id), bundle)
  })

  test('never grows past its length, whatever is sent', async () => {
    const id = await beginUpload(author, 100_000)
    expect((await append(author, id, 0, new Uint8Array(100_001))).status).toBe(413)
    const chunked = openPatch(id, 0, { 'Transfer-Encoding': 'chunked' })
    const status = new Promise((resolve) => {
      chunked.on('response', (reply) => resolve(reply.statusCode))
    })
    chunked.end(new Uint8Array(300_000))
    expect(await status).toBe(413)
    expect(await offsetOf(author, id)).toBeLessThanOrEqual(100_000)
  })

  test('survives a restart of the platform', async () => {
    const bundle = await largeBundle()
    const id = await beginUpload(author, bundle.length)
    const sent = await sendPart(id, bundle, 150_000)
    const complaints = vi.spyOn(console, 'error')
    platform = await platform.restart()
    expect(complaints).not.toHaveBeenCalled()
    complaints.mockRestore()
    sent.destroy()
    author = await platform.as('author')
    expect(await offsetOf(author, id)).toBe(150_000)
    await append(author, id, 150_000, bundle.slice(150_000))
    await expectImported(await importUpload(author, id), bundle)
  })

  test('is gone with its bytes once it is cancelled', async () => {
    const id = await upload(author, await appBundle())
    expect((await cancelUpload(author, id)).status).toBe(204)
    expect(await files()).toEqual([])
    expect((await cancelUpload(author, id)).status).toBe(404)
    expect((await askOffset(author, id)).status).toBe(404)
    expect((await importUpload(author, id)).status).toBe(404)
  })

  test('expires a day after the last bytes', async () => {
    const bundle = await appBundle()
    const id = await beginUpload(author, bundle.length)
    const idle = await beginUpload(author, bundle.length)
    now = new Date(now.getTime() + 20 * hour)
    author = await platform.as('author')
    const added = await append(author, id, 0, bundle.slice(0, 100))
    expect(added.headers.get('Upload-Expires')).toBe('Tue, 03 Mar 2026 08:00:00 GMT')
    now = new Date(now.getTime() + 10 * hour)
    expect((await askOffset(author, idle)).status).toBe(404)
    expect(await listed(author)).toMatchObject([{ id, expiresAt: '2026-03-03T08:00:00.000Z' }])
    expect(await platform.platform.uploads.sweep()).toBe(1)
    expect(await files()).toEqual([id])
    now = new Date(now.getTime() + 14 * hour)
    platform = await platform.restart()
    expect(await files()).toEqual([])
    expect(await checkData(platform.dataDir)).toEqual([])
  })

  test('that lost its file, and a file that lost its upload, are swept at the start', async () => {
    await rm(fileOf(await beginUpload(author, 10)))
    await writeFile(fileOf('0123456789abcdef0123456789abcdef'), 'left by a crash')
    platform = await platform.restart()
    author = await platform.as('author')
    expect(await files()).toEqual([])
    expect(await checkData(platform.dataDir)).toEqual([])
  })
})

describe('names and numbers', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64')

  test.each([
    ['that leads up', '../../../../etc/cron.d/evil'],
    ['from the root', '/etc/passwd'],
    ['of Windows', 'C:\\Windows\\system32'],
    ['with a zero', 'a\u0000b.wave'],
    ['with a line break', 'a\r\nX-Injected: 1'],
    ['that turns round', '\u202eevaw.exe'],
    ['with markup', '"><script>alert(1)</script>'],
    ['without end', 'ö'.repeat(1_000)],
  ])('a client’s name %s is text and nothing else', async (_, name) => {
    const metadata = `filename ${base64(name)},is_confidential`
    const begun = await askForUpload(author, 10, { 'Upload-Metadata': metadata })
    expect(begun.status).toBe(201)
    const id = begun.headers.get('Location')?.split('/').at(-1) ?? ''
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    expect(await files()).toEqual([id])
    expect(await listed(author)).toMatchObject([{ name: name.slice(0, 255) }])
    const asked = await askOffset(author, id)
    expect(asked.headers.get('Upload-Metadata')).toBe(metadata)
    expect(asked.headers.has('X-Injected')).toBe(false)
  })

  test.each([
    ['no Base64', 'filename no!'],
    ['a key twice', 'a YQ==,a YQ=='],
    ['a key of every object', '__proto__ YQ=='],
    ['too much', 'x'.repeat(5_000)],
    ['no keys', ','],
  ])('metadata with %s begins nothing', async (_, metadata) => {
    const reply = await askForUpload(author, 10, { 'Upload-Metadata': metadata })
    expect(reply.status).toBe(400)
    expect(await listed(author)).toEqual([])
  })

  test.each<Record<string, string>>([
    { 'Upload-Length': '' },
    { 'Upload-Length': '-1' },
    { 'Upload-Length': '1e3' },
    { 'Upload-Length': '0x10' },
    { 'Upload-Length': '99999999999999999999' },
    { 'Upload-Defer-Length': '1' },
    { 'Upload-Concat': 'partial' },
    { 'Upload-Concat': 'final;/api/v1/uploads/a /api/v1/uploads/b' },
  ])('%j begins nothing', async (headers) => {
    expect((await askForUpload(author, 10, headers)).status).toBe(400)
    expect(await listed(author)).toEqual([])
  })

  test.each(['%2e%2e%2fwavedeck.sqlite', '..%5cholder.json', 'x'.repeat(200)])(
    'the id %s is nobody’s',
    async (id) => {
      const before = await readdir(platform.dataDir)
      expect((await cancelUpload(author, id)).status).toBe(404)
      expect((await askOffset(author, id)).status).toBe(404)
      expect(await readdir(platform.dataDir)).toEqual(before)
    },
  )

  test('one person has so many at a time, and so many bytes in them', async () => {
    const { uploads } = platform.platform
    const begun = await Promise.allSettled(
      [1, 2, 3, 4, 5].map(() => uploads.begin('author', 1, '')),
    )
    expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    platform = await platform.restart()
    author = await platform.as('author')
    expect(await checkData(platform.dataDir)).toEqual([])
    for (const _ of [1, 2, 3]) await beginUpload(author, 10)
    const fourth = await problemOf(await askForUpload(author, 10))
    expect(fourth).toMatchObject({ status: 409, code: 'upload.too-many' })
    const other = await platform.as('author-2')
    expect(await listed(other)).toEqual([])
    expect((await askForUpload(other, 10)).status).toBe(201)
    const [first] = await listed(author)
    await cancelUpload(author, first?.id ?? '')
    expect((await askForUpload(author, 10)).status).toBe(201)
  })

  test('what the disk has no room for is refused at the beginning', async () => {
    const roomy = await startTestPlatform({ limits: { bundleBytes: Number.MAX_SAFE_INTEGER } })
    try {
      const caller = await roomy.as('author')
      const reply = await askForUpload(caller, '900000000000000')
      expect(await problemOf(reply)).toMatchObject({ status: 507, code: 'storage.full' })
      expect(await listed(caller)).toEqual([])
    } finally {
      await roomy.end()
    }
  })
})

describe('importing an upload', () => {
  test('is refused before everything has arrived', async () => {
    const id = await beginUpload(author, 10)
    expect(await problemOf(await importUpload(author, id))).toMatchObject({
      status: 409,
      code: 'upload.incomplete',
    })
    const empty = await beginUpload(author, 0)
    expect(await problemOf(await importUpload(author, empty))).toMatchObject({
      status: 400,
      code: 'upload.empty',
    })
  })

  test.each([
    ['with a key', { 'Idempotency-Key': 'once' }],
    ['without one', {}],
  ])('again, after a lost answer, %s gives the same app', async (_, headers) => {
    const bundle = await largeBundle()
    const id = await upload(author, bundle)
    const replies = await Promise.all([1, 2, 3].map(() => importUpload(author, id, headers)))
    replies.push(await importUpload(author, id, headers))
    const made = await Promise.all(replies.map((reply) => expectImported(reply, bundle)))
    expect(new Set(made.map((app) => app.id)).size).toBe(1)
    const { totalSize } = await (await author.get('/apps?scope=mine')).json()
    expect(totalSize).toBe(1)
    expect((await importUpload(author, id, { 'Idempotency-Key': 'other' })).status).toBe(404)
    expect(await files()).toEqual([])
  })

  test('a version that is taken keeps the upload, until there is room for it', async () => {
    const bundle = await largeBundle()
    const [first, second] = [await upload(author, bundle), await upload(author, bundle)]
    const app = await expectImported(await importUpload(author, first), bundle)
    expect(await problemOf(await importUpload(author, second))).toMatchObject({
      status: 409,
      code: 'app.version-exists',
      body: { appId: app.id },
    })
    const taken = await importUpload(author, second, {}, 'PUBLIC')
    expect(await problemOf(taken)).toMatchObject({ code: 'app.public-mode-off' })
    await author.delete(`/apps/${app.id}`)
    await expectImported(await importUpload(author, second), bundle)
    expect(await checkData(platform.dataDir)).toEqual([])
  })

  test('a bad bundle says why, and is there to be cancelled', async () => {
    const id = await upload(author, new TextEncoder().encode('no bundle at all'))
    const refused = await problemOf(await importUpload(author, id))
    expect(refused).toMatchObject({ status: 422, code: 'bundle.invalid' })
    expect(refused.body.findings?.length).toBeGreaterThan(0)
    expect(await offsetOf(author, id)).toBe(16)
    await cancelUpload(author, id)
    expect(await checkData(platform.dataDir)).toEqual([])
  })

  test('under way is finished before the platform stops', async () => {
    const id = await beginUpload(author, 10)
    const { uploads } = platform.platform
    const isDown = () =>
      fetch(platform.url).then(
        () => false,
        () => true,
      )
    const working = uploads.locks.run(id, async () => {
      await eventually(isDown, (down) => down)
      return uploads.list('author')
    })
    platform = await platform.restart()
    expect(await working).toMatchObject([{ id }])
  })

  test('takes no bytes any more while it goes on, and what it stored is the blob', async () => {
    const bundle = await largeBundle()
    const id = await upload(author, bundle)
    const { locks } = platform.platform.uploads
    await locks.run(id, async () => {
      expect(await problemOf(await append(author, id, bundle.length, bundle))).toMatchObject({
        status: 423,
        code: 'upload.busy',
      })
    })
    await expectImported(await importUpload(author, id), bundle)
    const blob = platform.platform.blobs.path(sha256(bundle))
    expect((await stat(blob)).nlink).toBe(1)
    expect(sha256(await readFile(blob))).toBe(sha256(bundle))
  })
})

describe('tus-js-client', () => {
  const options = (bundle: Uint8Array) => ({
    endpoint: `${platform.url}/api/v1/uploads`,
    headers: { cookie: author.cookie ?? '', 'X-Wavedeck-Request': '1' },
    metadata: { filename: 'großer Bundle.wave', filetype: 'application/zip' },
    uploadSize: bundle.length,
    chunkSize: 70_000,
    retryDelays: [0, 10, 20],
  })

  test('uploads, pauses, goes on with a new client, and cancels', async () => {
    const bundle = await largeBundle()
    let url: string | null = null
    await new Promise<void>((resolve, reject) => {
      const first = new TusUpload(Buffer.from(bundle), {
        ...options(bundle),
        onError: reject,
        onChunkComplete: (_, accepted) => {
          if (accepted < 140_000) return
          url = first.url
          first.abort().then(resolve, reject)
        },
      })
      first.start()
    })
    expect(await listed(author)).toMatchObject([{ name: 'großer Bundle.wave' }])
    const progress: number[] = []
    const second = await new Promise<TusUpload>((resolve, reject) => {
      const again = new TusUpload(Buffer.from(bundle), {
        ...options(bundle),
        uploadUrl: url,
        onError: reject,
        onChunkComplete: (_, accepted) => progress.push(accepted),
        onSuccess: () => resolve(again),
      })
      again.start()
    })
    expect(progress[0]).toBeGreaterThan(140_000)
    expect(second.url).toBe(url)
    const id = second.url?.split('/').at(-1) ?? ''
    await expectImported(await importUpload(author, id), bundle)

    const third = await new Promise<TusUpload>((resolve, reject) => {
      const one = new TusUpload(Buffer.from(bundle), {
        ...options(bundle),
        onError: reject,
        onSuccess: () => resolve(one),
      })
      one.start()
    })
    await third.abort(true)
    expect(await files()).toEqual([])
  })

  test('begins anew where the platform has forgotten the upload', async () => {
    const bundle = await largeBundle()
    const lost = await beginUpload(author, bundle.length)
    await cancelUpload(author, lost)
    const url = await new Promise<string | null>((resolve, reject) => {
      const one = new TusUpload(Buffer.from(bundle), {
        ...options(bundle),
        uploadUrl: `${platform.url}/api/v1/uploads/${lost}`,
        onError: reject,
        onSuccess: () => resolve(one.url),
      })
      one.start()
    })
    const id = url?.split('/').at(-1) ?? ''
    expect(id).not.toBe(lost)
    await expectImported(await importUpload(author, id), bundle)
  })
})
