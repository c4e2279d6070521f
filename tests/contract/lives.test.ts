import { readFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Confinement } from '../../platform/scheduler/confinement.ts'
import { freePort, returnPort } from '../../platform/scheduler/ports.ts'
import { processesOf } from '../../platform/scheduler/process-group.ts'
import type { App, Instance, InstanceEvent } from '../../src/api/generated/types.gen.ts'
import { zInstanceEventList } from '../../src/api/generated/zod.gen.ts'
import { appBundle } from '../support/bundles.ts'
import { eventually } from '../support/eventually.ts'
import { type Caller, startTestPlatform, type TestPlatform } from '../support/test-platform.ts'
import { askHost, visit } from '../support/visit.ts'
import { wheel } from '../support/wheel.ts'

/** Whether bubblewrap is here and works; where not, apps aren't confined and nothing can be shown of it. */
const canConfine = (await Confinement.find()).kind === 'bubblewrap'

let platform: TestPlatform
let author: Caller
let user: Caller
beforeAll(async () => {
  platform = await startTestPlatform({ scheduler: 'process', limits: { startSeconds: 120 } })
  author = await platform.as('author')
  user = await platform.as('user')
})
afterAll(() => platform.end())

async function importApp(options: Parameters<typeof appBundle>[0]): Promise<App> {
  const reply = await author.import(await appBundle(options))
  if (reply.status !== 201) throw new Error(await reply.text())
  return reply.json()
}

async function run(app: App, caller = user): Promise<string> {
  const reply = await caller.post(`/apps/${app.id}/run`)
  if (reply.status !== 201) throw new Error(await reply.text())
  return (await reply.json()).id
}

const read = async (id: string): Promise<Instance> => (await user.get(`/instances/${id}`)).json()

const reaches = (id: string, status: Instance['status'], limitMs?: number): Promise<Instance> =>
  eventually(
    () => read(id),
    (instance) => instance.status === status,
    limitMs,
  )

const logOf = async (id: string, query = ''): Promise<string> =>
  (await user.get(`/instances/${id}/logs${query}`)).text()

async function eventsOf(id: string, caller = user): Promise<InstanceEvent[]> {
  return zInstanceEventList.parse(await (await caller.get(`/instances/${id}/events`)).json()).events
}

const kinds = (events: readonly InstanceEvent[]) => events.map(({ kind }) => kind)

describe('the timeline of an instance', () => {
  test('tells what happened and who did it, also after its end', async () => {
    const app = await importApp({ name: 'timeline' })
    const id = await run(app)
    await reaches(id, 'DEPLOYED')
    await user.patch(`/instances/${id}`, { visibility: 'ALL_USERS' })
    await user.post(`/instances/${id}/suspend`)
    await user.post(`/instances/${id}/resume`)
    await reaches(id, 'DEPLOYED')
    await (await platform.as('admin')).delete(`/instances/${id}`)
    const events = await eventsOf(id)
    const start = ['UNPACKED', 'REQUIREMENTS_INSTALLED', 'STARTED', 'ANSWERED']
    expect(kinds(events)).toEqual([
      'REQUESTED',
      ...start,
      'VISIBILITY_CHANGED',
      'PAUSED',
      'RESUMED',
      ...start,
      'ENDED',
    ])
    expect(events.at(0)?.by?.id).toBe('user')
    expect(events.at(1)?.by).toBeNull()
    expect(events.at(-1)?.by?.id).toBe('admin')
    expect(events.map(({ run: number }) => number)).toEqual([1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2])
    // The author of the app reads it as well; others don't.
    expect(kinds(await eventsOf(id, author))).toContain('ENDED')
    const other = await platform.as('author-2')
    expect((await other.get(`/instances/${id}/events`)).status).toBe(404)
  })

  test('has each crash with its exit code, and the restart', async () => {
    const crashing = `
import os, pathlib, threading, time
mark = pathlib.Path("been-here")
if not mark.exists():
    mark.write_text("")
    threading.Thread(target=lambda: (time.sleep(1), os._exit(7))).start()
`
    const app = await importApp({
      name: 'crashing',
      files: { 'server.py': `${crashing}\n${await serverSource()}` },
    })
    const id = await run(app)
    const events = await eventually(
      () => eventsOf(id),
      (all) => kinds(all).filter((kind) => kind === 'ANSWERED').length === 2,
    )
    expect(kinds(events).slice(-4)).toEqual(['ANSWERED', 'CRASHED', 'RESTARTED', 'ANSWERED'])
    expect(events.find(({ kind }) => kind === 'CRASHED')).toMatchObject({
      exitCode: 7,
      reason: 'Error',
    })
    expect((await read(id)).runtimeStatus.restartCount).toBe(1)
    await user.delete(`/instances/${id}`)
  })
})

test('more starts than the machine should bear at once wait, and say their place', async () => {
  const slow = `import time\ntime.sleep(1.5)\n${await serverSource()}`
  const app = await importApp({ name: 'slow', files: { 'server.py': slow } })
  const ids = await Promise.all(Array.from({ length: 7 }, () => run(app)))
  const waiting = await eventually(
    () => Promise.all(ids.map(read)),
    (all) => all.some(({ runtimeStatus }) => runtimeStatus.reason === 'Queued'),
  )
  const words = waiting.flatMap(({ runtimeStatus }) =>
    runtimeStatus.reason === 'Queued' ? [runtimeStatus.message] : [],
  )
  expect(words).toContain('Waiting to start: number 1 in the queue')
  await Promise.all(ids.map((id) => reaches(id, 'DEPLOYED')))
  const timelines = await Promise.all(ids.map((id) => eventsOf(id)))
  expect(timelines.filter((events) => kinds(events).includes('QUEUED')).length).toBeGreaterThan(0)
  await Promise.all(ids.map((id) => user.delete(`/instances/${id}`)))
})

describe('an app that binds a port of its own', () => {
  const stubborn = (port: number) => `
import os
os.environ["PORT"] = "${port}"
`
  test('runs one instance at a time, and the second says why it can’t', async () => {
    const port = await freePort()
    returnPort(port)
    const app = await importApp({
      name: 'stubborn',
      runtime: `Port = ${port}`,
      files: { 'server.py': `${stubborn(port)}\n${await serverSource()}` },
    })
    const first = await run(app)
    await reaches(first, 'DEPLOYED')
    const second = await run(app)
    const { runtimeStatus } = await reaches(second, 'FAILED')
    expect(runtimeStatus.reason).toBe('PortTaken')
    expect(runtimeStatus.message).toContain(`port ${port}`)
    expect((await read(first)).status).toBe('DEPLOYED')
    await user.delete(`/instances/${first}`)
    await user.post(`/instances/${second}/resume`)
    await reaches(second, 'DEPLOYED')
    await user.delete(`/instances/${second}`)
  })

  test('as many as one likes where it does as it is told', async () => {
    const port = await freePort()
    returnPort(port)
    const app = await importApp({ name: 'obedient', runtime: `Port = ${port}` })
    const ids = await Promise.all([run(app), run(app), run(app)])
    await Promise.all(ids.map((id) => reaches(id, 'DEPLOYED')))
    await Promise.all(ids.map((id) => user.delete(`/instances/${id}`)))
  })
})

test('requirements are installed once for all who need the same', async () => {
  const files = {
    'requirements.txt': './whl/tiny-1.0.0-py3-none-any.whl\n',
    'whl/tiny-1.0.0-py3-none-any.whl': await wheel(
      'tiny',
      '1.0.0',
      'def answer():\n    return 42\n',
    ),
    'server.py': `import tiny\nprint("tiny says", tiny.answer())\n${await serverSource()}`,
  }
  const app = await importApp({ name: 'cached', files })
  const first = await run(app)
  // Making a virtual environment takes its time, which is not what is tested here.
  await reaches(first, 'DEPLOYED', 120_000)
  const second = await run(app)
  await reaches(second, 'DEPLOYED')
  const notes = await Promise.all(
    [first, second].map(
      async (id) =>
        (await eventsOf(id)).find(({ kind }) => kind === 'REQUIREMENTS_INSTALLED')?.message,
    ),
  )
  expect(notes).toEqual(['Installed', 'They were installed before'])
  expect(await logOf(second)).toContain('tiny says 42')
  await Promise.all([first, second].map((id) => user.delete(`/instances/${id}`)))
}, 180_000)

test('a volume over its limit stops the app, says so, and keeps the data', async () => {
  const greedy = `
import os, pathlib, threading, time
def grow():
    time.sleep(1)
    pathlib.Path(os.environ["WAVEDECK_VOLUME"], "much").write_bytes(b"x" * 30_000_000)
threading.Thread(target=grow).start()
`
  const app = await importApp({
    name: 'greedy',
    runtime: 'VolumeMount = "/data"\nVolumeSize = "10Mi"',
    files: { 'server.py': `${greedy}\n${await serverSource()}` },
  })
  const id = await run(app)
  const { runtimeStatus } = await reaches(id, 'FAILED')
  expect(runtimeStatus.reason).toBe('VolumeFull')
  expect(runtimeStatus.message).toContain('10 MiB')
  await user.delete(`/instances/${id}`)
})

test('what an instance takes is known while it runs', async () => {
  const app = await importApp({ name: 'measured', runtime: 'MemoryLimit = "300Mi"' })
  const id = await run(app)
  const { runtimeStatus } = await eventually(
    () => read(id),
    (instance) => instance.runtimeStatus.usage?.processors != null,
  )
  expect(runtimeStatus.usage).toMatchObject({ memoryLimitBytes: 300 * 1024 ** 2 })
  expect(runtimeStatus.usage?.memoryBytes).toBeGreaterThan(1_000_000)
  // Not for those who may not read its log.
  const visitor = await platform.as('visitor')
  expect((await visitor.get(`/instances/${id}`)).status).toBe(404)
  await user.delete(`/instances/${id}`)
})

test('a log is whole to the kill, in parts, and a tail of it is its end', async () => {
  const lines = 700_000
  const loud = `
import os, sys
for n in range(${lines}):
    sys.stdout.write(f"line {n:07d} of a flood that goes on\\n")
sys.stdout.flush()
os.kill(os.getpid(), 9)
`
  const app = await importApp({ name: 'loud', files: { 'server.py': loud } })
  const id = await run(app)
  // It is killed at its first end already; what it printed until then has to be there.
  await eventually(
    () => eventsOf(id),
    (events) => kinds(events).some((kind) => kind === 'CRASHED' || kind === 'FAILED'),
  )
  await user.post(`/instances/${id}/suspend`)
  const text = await logOf(id)
  const first = text.split('\n').slice(0, lines)
  expect(first[0]).toBe('line 0000000 of a flood that goes on')
  expect(first.at(-1)).toBe(`line ${String(lines - 1).padStart(7, '0')} of a flood that goes on`)
  expect(first.every((line, n) => line.startsWith(`line ${String(n).padStart(7, '0')} `))).toBe(
    true,
  )
  expect(await logOf(id, '?tail=100')).toBe(text.slice(text.lastIndexOf('line ', text.length - 70)))
  await user.delete(`/instances/${id}`)
}, 60_000)

test('a follower hears when each line came, also from the middle of the log', async () => {
  const talking = `
import os, sys, time
for n in range(4):
    print("line %d at %d" % (n, time.time() * 1000), flush=True)
    time.sleep(0.3)
`
  const app = await importApp({
    name: 'talking',
    files: { 'server.py': `${talking}\n${await serverSource()}` },
  })
  const id = await run(app)
  await reaches(id, 'DEPLOYED')
  await user.post(`/instances/${id}/suspend`)
  const whole = await logOf(id)
  for (const from of [0, whole.indexOf('line 2')]) {
    const headers: Record<string, string> = from === 0 ? {} : { 'Last-Event-ID': String(from) }
    const reply = await user.send('GET', `/instances/${id}/logs?follow=true`, { headers })
    const arrivals = [...(await reply.text()).matchAll(/^event: times\ndata: (.*)$/gm)].flatMap(
      (match): [number, number][] => JSON.parse(match[1] ?? '[]'),
    )
    const positions = arrivals.map(([position]) => position)
    expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => a - b))
    const times = [...whole.matchAll(/^line \d at (\d+)$/gm)].filter(({ index }) => index >= from)
    const cameAt = (index: number) => arrivals.findLast(([position]) => position <= index)?.[1] ?? 0
    expect(cameAt(times[0]?.index ?? 0)).toBeLessThan(cameAt(times.at(-1)?.index ?? 0))
    for (const { index, 0: line, 1: printed } of whole.matchAll(/^line \d at (\d+)$/gm)) {
      if (index < from) continue
      const [, came = 0] = arrivals.findLast(([position]) => position <= index) ?? []
      // Before it was read, and at most a mark's width before it was printed.
      expect(came - Number(printed), line).toBeGreaterThan(-150)
      expect(came, line).toBeLessThan(Date.now())
    }
  }
  await user.delete(`/instances/${id}`)
})

test('what an app puts into a session of its own is ended with it', async () => {
  const app = await importApp({
    name: 'leaver',
    files: {
      'server.py': `import subprocess\nsubprocess.Popen(["sleep", "600"], start_new_session=True)\n${await serverSource()}`,
    },
  })
  const id = await run(app)
  await reaches(id, 'DEPLOYED')
  const pids = processesOf(id)
  expect(pids.length).toBeGreaterThan(1)
  await user.delete(`/instances/${id}`)
  expect(processesOf(id)).toEqual([])
})

test.runIf(canConfine)('a confined app sees its own folders and nobody else’s', async () => {
  expect((await (await user.get('/environment')).json()).confinement).toBe('bubblewrap')
  const nosy = `
import os, pathlib
def look(what, where):
    try:
        print(what, sorted(os.listdir(where))[:5])
    except OSError as error:
        print(what, type(error).__name__)
def put(what, where):
    try:
        pathlib.Path(where).write_text("x")
        print(what, "written")
    except OSError as error:
        print(what, type(error).__name__)
look("home of others:", os.environ["DATA_DIR"])
look("platform's source:", os.environ["SOURCE"])
put("usr:", "/usr/nosy")
put("own:", "own-file")
put("volume:", os.environ["WAVEDECK_VOLUME"] + "/kept")
print("processes:", sum(name.isdigit() for name in os.listdir("/proc")) < 10)
`
  const app = await importApp({
    name: 'nosy',
    runtime: 'VolumeMount = "/data"\nVolumeSize = "10Mi"',
    rest: `[[Env]]\nName = "DATA_DIR"\nValue = "${platform.dataDir}/blobs"\n[[Env]]\nName = "SOURCE"\nValue = "${process.cwd()}/platform"`,
    files: { 'server.py': `${nosy}\n${await serverSource()}` },
  })
  const id = await run(app)
  await reaches(id, 'DEPLOYED')
  const log = await logOf(id)
  for (const line of [
    'home of others: FileNotFoundError',
    "platform's source: FileNotFoundError",
    'usr: OSError',
    'own: written',
    'volume: written',
    'processes: True',
  ]) {
    expect(log).toContain(line)
  }
  await user.delete(`/instances/${id}`)
})

test('a port that was given back is listened on by nobody', async () => {
  const app = await importApp({ name: 'gone' })
  const id = await run(app)
  await reaches(id, 'DEPLOYED')
  const { port } = platform.platform.scheduler.address(id) ?? { port: 0 }
  await user.delete(`/instances/${id}`)
  await expect(
    new Promise((resolve, reject) => {
      connect({ host: '127.0.0.1', port }).once('connect', resolve).once('error', reject)
    }),
  ).rejects.toThrow('ECONNREFUSED')
})

const patient = `
import os, socket, time

def is_taken():
    try:
        socket.create_connection(("127.0.0.1", int(os.environ["PORT"]))).close()
        return True
    except OSError:
        return False

while not is_taken():
    time.sleep(0.02)
print("somebody else answers there", flush=True)
while is_taken():
    time.sleep(0.1)
`

test.skipIf(process.platform !== 'linux')(
  'another program on its port isn’t taken for the app, and gets none of its visitors',
  async () => {
    const app = await importApp({
      name: 'patient',
      files: { 'server.py': `${patient}\n${await serverSource()}` },
    })
    const id = await run(app)
    const port = Number(
      await eventually(
        () =>
          readFile(path.join(platform.dataDir, 'instances', id, 'port'), 'utf8').catch(() => ''),
        (text) => text !== '',
      ),
    )
    let asked = 0
    const thief = createServer(() => {
      asked += 1
    })
    await new Promise<void>((resolve) => thief.listen(port, '127.0.0.1', resolve))
    await eventually(
      () => logOf(id),
      (log) => log.includes('somebody else answers there'),
    )
    const before = asked
    await eventually(
      async () => asked,
      (now) => now > before + 20,
    )
    expect((await read(id)).status).toBe('PENDING')
    expect(platform.platform.scheduler.address(id)).toBeUndefined()
    thief.close()
    await reaches(id, 'DEPLOYED')
    const { url, cookie } = await visit(user, id)
    expect((await askHost(url, cookie)).status).toBe(200)
    await user.delete(`/instances/${id}`)
  },
)

/** The server that `appBundle` packs, to put something before it. */
async function serverSource(): Promise<string> {
  const { openArchive } = await import('../../src/bundle/zip/open-archive.ts')
  const { archive } = await openArchive(new Blob([await appBundle()]))
  const entry = archive?.get('server.py')
  if (!archive || !entry) throw new Error('The bundle has no server.py')
  return new TextDecoder().decode(await archive.read(entry, 100_000))
}
