import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { App } from '../../src/api/generated/types.gen.ts'
import { appBundle } from '../support/bundles.ts'
import { eventually } from '../support/eventually.ts'
import {
  append,
  beginUpload,
  bytesType,
  importUpload,
  offsetOf,
  upload,
} from '../support/uploads.ts'
import { checkData } from './data-checks.ts'
import { Person } from './person.ts'
import { type PlatformProcess, startProcess } from './platform-process.ts'
import { Random } from './random.ts'

/** Another one every time, printed by what fails; WAVEDECK_SEED brings one back. */
const seed = Number(process.env['WAVEDECK_SEED'] ?? Date.now() % 1_000_000)

let dataDir: string
let platform: PlatformProcess
let author: Person
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'wavedeck-upload-'))
  await start()
})
afterEach(async () => {
  await platform.end('SIGKILL')
  await rm(dataDir, { recursive: true })
})

async function start(): Promise<void> {
  platform = startProcess(dataDir, ['--scheduler', 'simulated'])
  author = await Person.signIn(await platform.url(), 'author')
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const bundleOf = (name: string, bytes: number) =>
  appBundle({ name, files: { 'data.bin': new Uint8Array(randomBytes(bytes)) } })

test('killed amid a request, it has what it says that it has, and takes the rest', async () => {
  const bundle = await bundleOf('killed', 3_000_000)
  const id = await beginUpload(author, bundle.length)
  await append(author, id, 0, bundle.slice(0, 1_000_000))
  const sent = request(`${await platform.url()}/api/v1/uploads/${id}`, {
    method: 'PATCH',
    headers: {
      ...author.headers,
      'Tus-Resumable': '1.0.0',
      'Upload-Offset': '1000000',
      'Content-Type': bytesType,
      'Content-Length': String(bundle.length - 1_000_000),
    },
  })
  sent.on('error', () => {})
  sent.write(bundle.subarray(1_000_000, 2_000_000))
  await eventually(
    async () => (await stat(path.join(dataDir, 'uploads', id))).size,
    (size) => size > 1_000_000,
  )
  await platform.end('SIGKILL')
  await start()
  const offset = await offsetOf(author, id)
  expect(offset).toBeGreaterThan(1_000_000)
  expect(offset).toBeLessThanOrEqual(2_000_000)
  expect((await append(author, id, offset, bundle.slice(offset))).status).toBe(204)
  const app: App = await (await importUpload(author, id)).json()
  expect(app.bundle.sha256).toBe(sha256(bundle))
  expect(await checkData(dataDir)).toEqual([])
})

/** Looks without a pause: the moment after is what matters. */
async function appears(file: string, isOver: () => boolean): Promise<void> {
  while (!existsSync(file) && !isOver()) await setImmediate()
}

test(`killed at any moment of an import, a retry imports it once (seed ${seed})`, async () => {
  const random = new Random(seed)
  for (let round = 0; round < 12; round += 1) {
    const bundle = await bundleOf(`round-${round}`, 300_000)
    const id = await upload(author, bundle)
    const headers = { 'Idempotency-Key': `round-${round}` }
    let over = false
    const lost = importUpload(author, id, headers)
      .then((reply): Promise<App> => reply.json())
      .catch(() => null)
      .finally(() => (over = true))
    if (round % 3 === 0) await sleep(random.between(0, 80))
    else {
      const hash = sha256(bundle)
      await appears(path.join(dataDir, 'blobs', hash.slice(0, 2), hash), () => over)
      // The blob has its name; what is to be killed is the transaction, and what comes after it.
      if (round % 3 === 2) await sleep(random.between(0, 20))
    }
    await platform.end('SIGKILL')
    const heard = await lost
    await start()
    const app: App = await (await importUpload(author, id, headers)).json()
    if (heard !== null) expect(app.id).toBe(heard.id)
    const again: App = await (await importUpload(author, id, headers)).json()
    expect(again.id).toBe(app.id)
    expect(app.bundle.sha256).toBe(sha256(bundle))
    expect((await (await author.get('/apps?scope=mine&pageSize=100')).json()).totalSize).toBe(
      round + 1,
    )
    expect(await checkData(dataDir)).toEqual([])
  }
})
