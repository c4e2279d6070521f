import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { App, Instance } from '../../src/api/generated/types.gen.ts'
import { appBundle } from '../support/bundles.ts'
import { eventually } from '../support/eventually.ts'
import { Person } from './person.ts'
import { type PlatformProcess, startProcess } from './platform-process.ts'

let folder: string
let running: PlatformProcess[]
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wavedeck-lock-'))
  running = []
})
afterEach(async () => {
  for (const platform of running) await platform.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

function start(...args: string[]): PlatformProcess {
  const platform = startProcess(folder, ['--scheduler', 'simulated', ...args])
  running.push(platform)
  return platform
}

const garbage = ['', '{', 'null', '5', '[]', '{"process":"<b>","url":{}}', '\u0000\u0001\u0002']

test('the lock goes with the process that is killed, whatever the holder file says', async () => {
  for (const text of garbage.slice(0, 3)) {
    const platform = start()
    await platform.url()
    await writeFile(path.join(folder, 'holder.json'), text)
    await platform.end('SIGKILL')
  }
  expect(await start().url()).toContain('http://')
})

test('the lock holds while the process lives, whatever the holder file says', async () => {
  const holder = start()
  await holder.url()
  for (const text of garbage) {
    await writeFile(path.join(folder, 'holder.json'), text)
    const second = start()
    await expect(second.url()).rejects.toThrow('in use by another Wavedeck.')
    expect(second.output()).not.toContain('    at ')
  }
})

test('who calls while it starts waits for the start, and what they launch is not swept with the old', async () => {
  const first = start()
  const author = await Person.signIn(await first.url(), 'author')
  const app: App = await (await author.import(await appBundle())).json()
  for (let n = 0; n < 9; n += 1) await author.post(`/apps/${app.id}/run`)
  await first.end('SIGKILL')

  const port = await freePort()
  const second = start(`--port=${port}`)
  const early = await eventually(
    () => Person.signIn(`http://localhost:${port}`, 'author').catch(() => null),
    (person) => person !== null,
  )
  if (early === null) throw new Error('It never answered')
  const response = await early.post(`/apps/${app.id}/run`)
  expect(response.status).toBe(201)
  const { id }: Instance = await response.json()
  await second.url()
  const instance = await eventually(
    async (): Promise<Instance> => (await early.get(`/instances/${id}`)).json(),
    ({ status }) => status !== 'PENDING',
  )
  expect(instance.status).toBe('DEPLOYED')
})

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
