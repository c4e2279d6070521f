import { readdirSync, readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Confinement } from '../../platform/scheduler/confinement.ts'
import { processesOf, recordedGroup } from '../../platform/scheduler/process-group.ts'
import { putSecret } from '../../platform/store/secrets.ts'
import type { App, Instance } from '../../src/api/generated/types.gen.ts'
import { appBundle } from '../support/bundles.ts'
import { eventually } from '../support/eventually.ts'
import { type Caller, startTestPlatform, type TestPlatform } from '../support/test-platform.ts'

/** Whether bubblewrap is here and works. */
const canConfine = (await Confinement.find()).kind === 'bubblewrap'
const onLinux = process.platform === 'linux'

const serve = `
import http.server, os
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), http.server.SimpleHTTPRequestHandler).serve_forever()
`

let open: TestPlatform
let confined: TestPlatform
beforeAll(async () => {
  const limits = { startSeconds: 60 }
  open = await startTestPlatform({ scheduler: 'process', confine: false, limits })
  confined = await startTestPlatform({ scheduler: 'process', limits })
})
afterAll(async () => {
  await open.end()
  await confined.end()
})

async function launch(
  platform: TestPlatform,
  options: Parameters<typeof appBundle>[0],
): Promise<{ user: Caller; id: string }> {
  const user = await platform.as('author')
  const app: App = await (await user.import(await appBundle(options))).json()
  const { id }: Instance = await (await user.post(`/apps/${app.id}/run`)).json()
  return { user, id }
}

const reaches = (user: Caller, id: string, status: Instance['status']): Promise<Instance> =>
  eventually(
    async (): Promise<Instance> => (await user.get(`/instances/${id}`)).json(),
    (instance) => instance.status === status,
  )

const logOf = async (user: Caller, id: string) => (await user.get(`/instances/${id}/logs`)).text()

describe('secrets', () => {
  const value = 'hush-hush-4711'
  const options = {
    name: 'keeper',
    rest: `[[Env]]
Name = "TOKEN"
Secret = "vault"
SecretKey = "token"
[[File]]
Path = "/keeper/conf/token.txt"
Secret = "vault"
SecretKey = "token"`,
    files: {
      // A bundle that brings a file of that name, readable for everybody.
      'keeper/conf/token.txt': 'a placeholder',
      'server.py': `import os\nprint("knows it:", len(os.environ["TOKEN"]), flush=True)\n${serve}`,
    },
  }

  test('reach the app as a variable and as a file of its own, and nobody else', async () => {
    const secret = { visibility: 'PRIVATE', parent: null, values: { token: value } } as const
    await putSecret(open.platform.database, { name: 'vault', ownerId: 'author', ...secret })
    const { user, id } = await launch(open, options)
    await reaches(user, id, 'DEPLOYED')
    expect(await logOf(user, id)).toContain(`knows it: ${value.length}`)

    const app = path.join(open.dataDir, 'instances', id, 'run', 'app')
    const file = path.join(app, 'keeper', 'conf', 'token.txt')
    expect(readFileSync(file, 'utf8')).toBe(value)
    expect((await stat(file)).mode & 0o777).toBe(0o600)

    expect(await logOf(user, id)).not.toContain(value)
    for (const url of ['/secrets', `/instances/${id}`, `/instances/${id}/events`, '/environment']) {
      expect(await (await user.get(url)).text()).not.toContain(value)
    }
    await user.post(`/instances/${id}/suspend`)
    expect(readdirSync(path.join(open.dataDir, 'instances', id))).not.toContain('run')
    await user.delete(`/instances/${id}`)
  })

  test.runIf(onLinux)('stand in no process listing', async () => {
    const { user, id } = await launch(open, { ...options, version: '1.1.0' })
    await reaches(user, id, 'DEPLOYED')
    const pids = processesOf(id)
    expect(pids.length).toBeGreaterThan(0)
    for (const pid of pids) {
      expect(readFileSync(`/proc/${pid}/cmdline`, 'latin1')).not.toContain(value)
    }
    // The variables of a process are readable for its own user alone.
    expect((await stat(`/proc/${pids[0]}/environ`)).mode & 0o077).toBe(0)
    await user.delete(`/instances/${id}`)
  })
})

test.runIf(canConfine)(
  'a confined app has its volume and its files where its manifest says',
  async () => {
    const { user, id } = await launch(confined, {
      name: 'placed',
      runtime: 'VolumeMount = "/data/mine"\nVolumeSize = "10Mi"',
      rest: '[[File]]\nPath = "/etc/placed/config.ini"\nValue = "[here]"',
      files: {
        'server.py': `
import os, pathlib
print("config:", pathlib.Path("/etc/placed/config.ini").read_text(), flush=True)
kept = pathlib.Path("/data/mine/kept")
print("kept:", kept.exists(), flush=True)
kept.write_text("x")
${serve}`,
      },
    })
    await reaches(user, id, 'DEPLOYED')
    expect(await logOf(user, id)).toContain('config: [here]')
    expect(await logOf(user, id)).toContain('kept: False')
    await user.post(`/instances/${id}/suspend`)
    await user.post(`/instances/${id}/resume`)
    await reaches(user, id, 'DEPLOYED')
    expect(await logOf(user, id)).toContain('kept: True')
    await user.delete(`/instances/${id}`)
  },
)

test('where apps can’t be confined, the log says where its places are', async () => {
  const { user, id } = await launch(open, {
    name: 'unplaced',
    runtime: 'VolumeMount = "/data/mine"\nVolumeSize = "10Mi"',
  })
  await reaches(user, id, 'DEPLOYED')
  const volume = path.join(open.dataDir, 'volumes', id)
  expect(await logOf(user, id)).toContain(`/data/mine is at ${volume} here.`)
  await user.delete(`/instances/${id}`)
})

describe.runIf(onLinux)('an app that tries to get away', () => {
  test('is counted with what it put into sessions of their own', async () => {
    const { user, id } = await launch(open, {
      name: 'hiding',
      runtime: 'MemoryLimit = "150Mi"',
      files: {
        'server.py': `
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time; held = b'x' * 300_000_000; time.sleep(600)"], start_new_session=True)
${serve}`,
      },
    })
    const { events } = await eventually(
      async () => (await user.get(`/instances/${id}/events`)).json(),
      ({ events: all }) =>
        all.some((event: { reason: string | null }) => event.reason === 'OOMKilled'),
    )
    expect(events.length).toBeGreaterThan(0)
    await user.delete(`/instances/${id}`)
    expect(processesOf(id)).toEqual([])
  })

  test('leaves no orphan of an orphan when it ends', async () => {
    const { user, id } = await launch(open, {
      name: 'scattering',
      files: {
        'server.py': `
import os, signal, time
def scatter(depth):
    if os.fork() == 0:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.closerange(0, 20)
        if depth > 0:
            scatter(depth - 1)
        while True:
            time.sleep(1)
scatter(3)
time.sleep(1)
os._exit(5)
`,
      },
    })
    await reaches(user, id, 'FAILED')
    expect(processesOf(id)).toEqual([])
    await user.delete(`/instances/${id}`)
  })

  test('is known by its supervisor when it writes over its own name', async () => {
    const { user, id } = await launch(open, {
      name: 'masked',
      files: {
        'server.py': `
import ctypes
fields = open("/proc/self/stat").read().rsplit(")", 1)[1].split()
begin, end = int(fields[47]), int(fields[48])
import os
port = os.environ["PORT"]
ctypes.memset(begin, 0, end - begin)
os.environ["PORT"] = port
${serve}`,
      },
    })
    await reaches(user, id, 'DEPLOYED')
    const pidFile = path.join(open.dataDir, 'instances', id, 'pid')
    const [group, supervisor] = readFileSync(pidFile, 'utf8').trim().split(' ').map(Number)
    expect(processesOf(id)).not.toContain(group)
    expect(await recordedGroup(pidFile, id)).toEqual({ group, supervisor })
    await user.delete(`/instances/${id}`)
  })
})
