import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { App, Instance } from '../../src/api/generated/types.gen.ts'
import { appBundle } from '../support/bundles.ts'
import { eventually } from '../support/eventually.ts'
import { Caller } from '../support/test-platform.ts'

const root = path.resolve(import.meta.dirname, '../..')

type Started = { child: ChildProcess; output: () => string; exit: Promise<number | null> }

let folder: string
let running: Started[]
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wavedeck-start-'))
  running = []
})
afterEach(async () => {
  for (const { child, exit } of running) {
    child.kill('SIGTERM')
    await exit
  }
  await rm(folder, { recursive: true, force: true })
})

/** The platform as an operator starts it: its own process, with flags. */
function start(args: readonly string[], env: Record<string, string> = {}): Started {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'platform/main.ts', ...args],
    { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let text = ''
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const started = { child, output: () => text, exit }
  running.push(started)
  return started
}

const ready = /Wavedeck is at (http:\/\/localhost:\d+)/

async function url({ output }: Started): Promise<string> {
  const text = await eventually(
    async () => output(),
    (seen) => ready.test(seen),
  )
  return ready.exec(text)?.[1] ?? ''
}

const empty = () => ['--port', '0', '--data-dir', path.join(folder, 'data'), '--no-samples']

async function caller(address: string): Promise<Caller> {
  const signedIn = new Caller(address)
  await signedIn.post('/session', { persona: 'author' })
  return signedIn
}

async function launch(author: Caller): Promise<Instance> {
  const app: App = await (await author.import(await appBundle())).json()
  const { id }: Instance = await (await author.post(`/apps/${app.id}/run`)).json()
  return reaches(author, id, 'DEPLOYED')
}

function reaches(author: Caller, id: string, status: Instance['status']): Promise<Instance> {
  return eventually(
    async (): Promise<Instance> => (await author.get(`/instances/${id}`)).json(),
    (instance) => instance.status === status,
  )
}

describe('a start that can’t be says what to do, and touches nothing', () => {
  test('port in use', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const started = start(['--port', String(port), '--data-dir', path.join(folder, 'data')])
    expect(await started.exit).toBe(1)
    expect(started.output()).toContain(`Port ${port} is in use`)
    expect(started.output()).toContain('--port')
    expect(started.output()).not.toContain('    at ')
    other.close()
  })

  test('a data folder that can’t be written', async () => {
    const file = path.join(folder, 'file')
    await writeFile(file, '')
    const started = start(['--port', '0', '--data-dir', path.join(file, 'data')])
    expect(await started.exit).toBe(1)
    expect(started.output()).toContain('can’t be written')
    expect(started.output()).not.toContain('    at ')
  })

  test('a data folder that another one uses', async () => {
    const first = await url(start(empty()))
    const second = start(empty())
    expect(await second.exit).toBe(1)
    expect(second.output()).toContain(first)
  })

  test('wrong flags', async () => {
    for (const args of [
      ['--prot', '1'],
      ['--port', 'x'],
      ['--scheduler', 'cron'],
    ]) {
      const started = start(args)
      expect(await started.exit).toBe(2)
      expect(started.output()).toContain('Usage: npm start')
    }
  })
})

test('without Python the catalog works and running an app says what is missing', async () => {
  const started = start(empty(), { WAVEDECK_PYTHON: 'no-such-python' })
  const author = await caller(await url(started))
  expect(started.output()).toContain('No Python 3 found')
  const app: App = await (await author.import(await appBundle())).json()
  expect(app.preconditions).toMatchObject({ runnable: false })
  const reply = await author.post(`/apps/${app.id}/run`)
  expect(reply.status).toBe(409)
  expect((await reply.json()).title).toContain('Python 3')
})

test('a killed platform finds its running apps again, with everything it had acknowledged', async () => {
  const first = start(empty())
  const { id } = await launch(await caller(await url(first)))
  first.child.kill('SIGKILL')
  await first.exit

  const author = await caller(await url(start(empty())))
  const instance = await reaches(author, id, 'DEPLOYED')
  expect(instance.runtimeStatus.restartCount).toBe(0)
  expect(await (await author.get(`/instances/${id}/logs`)).text()).toContain('listening on')
  expect((await author.delete(`/instances/${id}`)).status).toBe(204)
})

test('what died while the platform was away is said to have failed, and can be started again', async () => {
  const first = start(empty())
  const { id } = await launch(await caller(await url(first)))
  first.child.kill('SIGKILL')
  await first.exit
  const { processesOf } = await import('../../platform/scheduler/process-group.ts')
  for (const pid of processesOf(id)) process.kill(pid, 'SIGKILL')
  await eventually(
    async () => processesOf(id),
    (pids) => pids.length === 0,
  )

  const author = await caller(await url(start(empty())))
  const instance = await reaches(author, id, 'FAILED')
  expect(instance.runtimeStatus.reason).toBe('PlatformStopped')
  await author.post(`/instances/${id}/resume`)
  await reaches(author, id, 'DEPLOYED')
})

test('stopping pauses the instances, and leaves no process behind', async () => {
  const first = start(empty())
  const { id } = await launch(await caller(await url(first)))
  first.child.kill('SIGINT')
  expect(await first.exit).toBe(0)
  const { processesOf } = await import('../../platform/scheduler/process-group.ts')
  expect(processesOf(id)).toEqual([])

  const author = await caller(await url(start(empty())))
  const instance = await reaches(author, id, 'SUSPENDED')
  expect(instance.runtimeStatus.message).toContain('platform was stopped')
})

test('the sample apps are imported once, through the API', async () => {
  const args = ['--port', '0', '--data-dir', path.join(folder, 'data')]
  const first = start(args)
  const list = async (address: string) => (await (await caller(address)).get('/apps')).json()
  const { apps, totalSize } = await list(await url(first))
  expect(totalSize).toBeGreaterThanOrEqual(4)
  const lifecycles = new Set(apps.map((app: App) => app.lifecycle))
  expect(lifecycles).toEqual(new Set(['ON_DEMAND', 'MANAGED', 'LINK']))
  expect(apps.every((app: App) => app.icon !== null)).toBe(true)
  first.child.kill('SIGTERM')
  await first.exit
  const second = start(args)
  expect((await list(await url(second))).totalSize).toBe(totalSize)
  expect(second.output()).not.toContain('Imported')
})
