import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, returnPort } from '../../../platform/scheduler/ports.ts'
import type { App, Instance } from '../../../src/api/generated/types.gen.ts'
import { eventually } from '../../support/eventually.ts'
import { apps } from './apps.ts'
import { BenchPlatform } from './bench-platform.ts'
import { leftBehind, processesNaming } from './left-behind.ts'

/** A start may take this long in the bench; what never listens shows whether it is kept to. */
export const startSeconds = 20
/** Once it happened, what the API says has to be right within this. */
export const rightWithinMs = 2_000

/** What came of one launch: how long the API was wrong after the fault, and everything that was not as it must be. */
export type Outcome = { readonly wrongForMs: number | null; readonly problems: string[] }

export type Scenario = {
  readonly name: string
  readonly launches: number
  run(platform: BenchPlatform, launches: number): Promise<Outcome[]>
}

type Check = (instance: Instance) => boolean

/** How long it takes until the API says what it has to. */
async function rightAfter(platform: BenchPlatform, id: string, isRight: Check): Promise<number> {
  const since = performance.now()
  await eventually(() => platform.read(id), isRight, 90_000)
  return performance.now() - since
}

/** Ends an instance for good, and looks for what is left of it. */
async function finish(
  platform: BenchPlatform,
  id: string,
  wrongForMs: number | null,
  problems: string[] = [],
): Promise<Outcome> {
  const file = path.join(platform.dataDir, 'instances', id, 'port')
  const port = Number(await readFile(file, 'utf8').catch(() => '0'))
  const reply = await platform.person.delete(`/instances/${id}`)
  if (reply.status !== 204) problems.push(`terminating answered ${reply.status}`)
  problems.push(...(await leftBehind(platform.dataDir, id, port)))
  if (wrongForMs !== null && wrongForMs > rightWithinMs) {
    problems.push(`the status was wrong for ${Math.round(wrongForMs)} ms`)
  }
  return { wrongForMs, problems }
}

/** The process that is the app, by its pid file. */
async function leaderOf(platform: BenchPlatform, id: string): Promise<number> {
  return Number.parseInt(
    await readFile(path.join(platform.dataDir, 'instances', id, 'pid'), 'utf8'),
    10,
  )
}

/** Kills the app itself: below bubblewrap that is the innermost process. */
async function killApp(platform: BenchPlatform, id: string): Promise<void> {
  const leader = await leaderOf(platform, id)
  const own = processesNaming(id).filter(({ command }) => command.includes('-m server'))
  process.kill(own.find(({ command }) => !command.includes('bwrap'))?.pid ?? leader, 'SIGKILL')
}

/** Every line that the system took from the app has to be in its log, once and in order. */
async function logProblems(platform: BenchPlatform, id: string): Promise<string[]> {
  const counted = path.join(platform.dataDir, 'volumes', id, 'printed')
  const printed = Number((await readFile(counted)).readBigInt64LE())
  const lines = await eventually(
    async () => (await platform.log(id)).split('\n').filter((line) => /^line \d{9}$/.test(line)),
    (found) => found.length >= printed,
    3_000,
  ).catch(async () =>
    (await platform.log(id)).split('\n').filter((line) => line.startsWith('line')),
  )
  if (lines.length < printed) return [`${printed - lines.length} of ${printed} lines are lost`]
  const wrong = lines.findIndex((line, n) => line !== `line ${String(n).padStart(9, '0')}`)
  return wrong === -1 ? [] : [`line ${wrong} of the log is ${lines[wrong]}`]
}

/** Launches so many of an app, a few at a time, and does the same with each. */
async function each(
  launches: number,
  platform: BenchPlatform,
  app: App,
  one: (id: string, n: number) => Promise<Outcome>,
  atOnce = 3,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  let next = 0
  const worker = async () => {
    while (next < launches) {
      const n = next
      next += 1
      const id = await platform.run(app)
      outcomes.push(
        await one(id, n).catch(async (error: unknown) => {
          const { problems } = await finish(platform, id, null)
          return { wrongForMs: null, problems: [String(error).slice(0, 400), ...problems] }
        }),
      )
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, launches) }, worker))
  return outcomes
}

const reasonIs =
  (reason: string): Check =>
  ({ status, runtimeStatus }) =>
    status === 'FAILED' && runtimeStatus.reason === reason

/** The time between two steps of a timeline, in milliseconds. */
async function between(
  platform: BenchPlatform,
  id: string,
  from: string,
  to: string,
): Promise<number> {
  const events = await platform.events(id)
  const at = (kind: string) => Date.parse(events.findLast((one) => one.kind === kind)?.at ?? '')
  return at(to) - at(from)
}

/** From when an app said that it is over a limit until the platform knew, in milliseconds. */
async function sinceOver(platform: BenchPlatform, id: string, reason: string): Promise<number> {
  const known = (await platform.events(id)).find((event) => event.reason === reason)
  const over = /over at ([\d.]+)/.exec(await platform.log(id))?.[1]
  // It may have been ended before it could say so itself.
  return over === undefined ? 0 : Math.max(0, Date.parse(known?.at ?? '') - Number(over) * 1000)
}

const killedApps: Scenario = {
  name: 'kill -9 of the app',
  launches: 19,
  async run(platform, launches) {
    const app = await platform.import({ name: 'counting', ...apps.counting })
    return each(launches, platform, app, async (id, n) => {
      await platform.reaches(id, 'DEPLOYED')
      await sleep(50 + ((n * 37) % 400))
      await killApp(platform, id)
      const wrong = await rightAfter(
        platform,
        id,
        ({ status, runtimeStatus: { restartCount } }) =>
          status !== 'DEPLOYED' || restartCount === 1,
      )
      const again = await eventually(
        () => platform.read(id),
        ({ status, runtimeStatus }) => status === 'DEPLOYED' && runtimeStatus.restartCount === 1,
      )
      const problems = again.runtimeStatus.lastFailure === null ? ['no last failure'] : []
      await platform.person.post(`/instances/${id}/suspend`)
      return finish(platform, id, wrong, [...problems, ...(await logProblems(platform, id))])
    })
  },
}

/** Some apps live on, some die meanwhile, some were only starting. */
const killedPlatform: Scenario = {
  name: 'kill -9 of the platform',
  launches: 12,
  async run(platform, launches) {
    const app = await platform.import({ name: 'counting-on', ...apps.counting })
    const slow = await platform.import({ name: 'installing', ...apps.hanging(await blackHole()) })
    const outcomes: Outcome[] = []
    while (outcomes.length < launches) {
      const count = Math.min(4, launches - outcomes.length)
      const ids = [...Array.from({ length: count }).keys()]
      const started: string[] = []
      for (const n of ids) started.push(await platform.run(n === 3 ? slow : app))
      await Promise.all(started.slice(0, 3).map((id) => platform.reaches(id, 'DEPLOYED')))
      await sleep(500)
      await platform.end('SIGKILL')
      const [, dying] = started
      if (dying !== undefined) await killApp(platform, dying)
      await sleep(500)
      await platform.start()
      const wrong = await Promise.all(
        started.map((id, n) => {
          const isRight: Check =
            n === 1 || n === 3 ? reasonIs('PlatformStopped') : ({ status }) => status === 'DEPLOYED'
          return rightAfter(platform, id, isRight)
        }),
      )
      for (const [n, id] of started.entries()) {
        const problems: string[] = []
        if (n !== 3) {
          await platform.person.post(`/instances/${id}/suspend`)
          problems.push(...(await logProblems(platform, id)))
        }
        outcomes.push(await finish(platform, id, wrong[n] ?? null, problems))
      }
    }
    return outcomes
  },
}

const fullDisk: Scenario = {
  name: 'disk full',
  launches: 8,
  async run(_platform, launches) {
    const folder = await mkdtemp(path.join(tmpdir(), 'wavedeck-full-'))
    try {
      const mount = ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', folder]
      execFileSync('/bin/mount', mount, { stdio: 'pipe' })
    } catch {
      await rm(folder, { recursive: true })
      console.log('disk full: not tried, mounting needs an administrator')
      return []
    }
    const platform = new BenchPlatform(folder, { startSeconds })
    try {
      await platform.start()
      const app = await platform.import({ name: 'filling', ...apps.filling })
      // The first fills the disk; what the others do then is refused, or said to have failed.
      return await each(
        launches,
        platform,
        app,
        async (id) => {
          await platform.reaches(id, 'DEPLOYED')
          await eventually(
            () => platform.log(id),
            (text) => text.includes('full') || text.includes('lost'),
            10_000,
          ).catch(() => {})
          const refused = await platform.person.post('/apps/none/run')
          const problems = refused.status < 500 ? [] : [`the API answered ${refused.status}`]
          const wrong = await rightAfter(platform, id, ({ status }) => status === 'DEPLOYED')
          return finish(platform, id, wrong, problems)
        },
        1,
      )
    } finally {
      await platform.end('SIGTERM')
      execFileSync('/bin/umount', [folder])
      await rm(folder, { recursive: true })
    }
  },
}

const takenPorts: Scenario = {
  name: 'port taken',
  launches: 8,
  async run(platform, launches) {
    const port = await freePort()
    returnPort(port)
    const app = await platform.import({ name: 'fixed-port', ...apps.fixedPort(port) })
    const first = await platform.run(app)
    await platform.reaches(first, 'DEPLOYED')
    const others = await each(launches - 1, platform, app, async (id) => {
      await eventually(() => platform.read(id), reasonIs('PortTaken'))
      return finish(platform, id, await between(platform, id, 'STARTED', 'FAILED'))
    })
    const { status } = await platform.read(first)
    const problems = status === 'DEPLOYED' ? [] : [`the first is ${status}`]
    return [...others, await finish(platform, first, 0, problems)]
  },
}

const deafApps: Scenario = {
  name: 'SIGTERM ignored',
  launches: 8,
  async run(platform, launches) {
    const app = await platform.import({ name: 'deaf', ...apps.deaf })
    return each(launches, platform, app, async (id) => {
      await platform.reaches(id, 'DEPLOYED')
      const pausing = platform.person.post(`/instances/${id}/suspend`)
      const wrong = await rightAfter(platform, id, ({ status }) => status === 'SUSPENDED')
      await pausing
      const pids = processesNaming(id)
      const problems = pids.length === 0 ? [] : [`${pids.length} processes after the pause`]
      return finish(platform, id, wrong, problems)
    })
  },
}

const forks: Scenario = {
  name: 'forks',
  launches: 8,
  async run(platform, launches) {
    const app = await platform.import({ name: 'forking', ...apps.forking })
    const outcomes = await each(launches - 2, platform, app, async (id) => {
      await platform.reaches(id, 'DEPLOYED')
      const before = processesNaming(id).length
      await killApp(platform, id)
      const wrong = await rightAfter(platform, id, ({ status }) => status !== 'DEPLOYED')
      await platform.person.post(`/instances/${id}/suspend`)
      const after = processesNaming(id).length
      const problems = after === 0 && before > 4 ? [] : [`${after} processes of ${before} are left`]
      return finish(platform, id, wrong, problems)
    })
    const many = await platform.import({ name: 'multiplying', ...apps.multiplying })
    const stopped = await each(2, platform, many, async (id) => {
      await eventually(() => platform.read(id), reasonIs('TooManyProcesses'), 90_000)
      return finish(platform, id, await sinceOver(platform, id, 'TooManyProcesses'))
    })
    return [...outcomes, ...stopped]
  },
}

/** 100 MB and more within seconds, then a kill; the platform's memory is looked at meanwhile. */
const floods: Scenario = {
  name: '100 MB of log, then kill -9',
  launches: 3,
  async run(platform, launches) {
    const app = await platform.import({ name: 'flooding', ...apps.flooding })
    return each(
      launches,
      platform,
      app,
      async (id) => {
        const before = (await platform.measure()).memory
        let most = before
        const events = await eventually(
          async () => {
            most = Math.max(most, (await platform.measure()).memory)
            return platform.events(id)
          },
          (all) => all.some(({ kind }) => kind === 'CRASHED' || kind === 'FAILED'),
        )
        await platform.person.post(`/instances/${id}/suspend`)
        const text = await platform.log(id)
        const lines = text.split('\n')
        const bad = lines.slice(0, 1_050_000).findIndex((line, n) => {
          return line.length !== 99 || !line.startsWith(String(n).padStart(9, '0'))
        })
        const problems = bad === -1 ? [] : [`line ${bad} of the log: ${lines[bad]?.slice(0, 40)}`]
        if (most - before > 64 * 1024 ** 2) {
          problems.push(`the platform grew by ${Math.round((most - before) / 1024 ** 2)} MB`)
        }
        if (!events.some(({ reason }) => reason === 'Killed'))
          problems.push('not said to be killed')
        return finish(platform, id, null, problems)
      },
      1,
    )
  },
}

const memory: Scenario = {
  name: 'memory eaten',
  launches: 8,
  async run(platform, launches) {
    const app = await platform.import({ name: 'hungry', ...apps.hungry })
    return each(launches, platform, app, async (id) => {
      await eventually(
        () => platform.events(id),
        (all) => all.some(({ reason }) => reason === 'OOMKilled'),
      )
      return finish(platform, id, await sinceOver(platform, id, 'OOMKilled'))
    })
  },
}

const silence: Scenario = {
  name: 'never listens',
  launches: 6,
  async run(platform, launches) {
    const app = await platform.import({ name: 'silent', ...apps.silent })
    return each(
      launches,
      platform,
      app,
      async (id) => {
        await eventually(() => platform.read(id), reasonIs('StartLimitReached'), 120_000)
        const took = await between(platform, id, 'UNPACKED', 'FAILED')
        return finish(platform, id, Math.max(0, took - startSeconds * 1000))
      },
      6,
    )
  },
}

const hangingInstalls: Scenario = {
  name: 'install hangs',
  launches: 6,
  async run(platform, launches) {
    const app = await platform.import({ name: 'hanging', ...apps.hanging(await blackHole()) })
    return each(
      launches,
      platform,
      app,
      async (id) => {
        // All of them wait for the first to install; each has its own limit.
        await eventually(() => platform.read(id), reasonIs('StartLimitReached'), 90_000)
        const took = await between(platform, id, 'UNPACKED', 'FAILED')
        return finish(platform, id, Math.max(0, took - startSeconds * 1000))
      },
      2,
    )
  },
}

const clockJumps: Scenario = {
  name: 'clock jumps by 5 hours',
  launches: 8,
  async run(platform, launches) {
    const options = { app: 'InstanceTimeout = "1h"', ...apps.serving }
    const app = await platform.import({ name: 'timed', ...options })
    // Past its deadline, and within the session of who asks.
    const far = 5 * 60 * 60 * 1000
    return each(
      launches,
      platform,
      app,
      async (id, n) => {
        // Every other one is still starting when it happens.
        if (n % 2 === 0) await platform.reaches(id, 'DEPLOYED')
        platform.jump(n % 4 < 2 ? far : -far)
        await platform.reaches(id, 'DEPLOYED')
        await sleep(2_500)
        const { status, suspendAfter } = await platform.read(id)
        const problems = status === 'DEPLOYED' ? [] : [`it is ${status} after the jump`]
        if (suspendAfter === null) problems.push('it has no deadline any more')
        return finish(platform, id, 0, problems)
      },
      1,
    )
  },
}

const failingStarts: Scenario = {
  name: 'ends at every start',
  launches: 6,
  async run(platform, launches) {
    const app = await platform.import({ name: 'failing', ...apps.failing })
    return each(launches, platform, app, async (id) => {
      const { runtimeStatus } = await platform.reaches(id, 'FAILED')
      const { reason, restartCount, exitCode } = runtimeStatus
      const isRight = reason === 'Error' && restartCount === 2 && exitCode === 1
      const wrong = await between(platform, id, 'RESTARTED', 'FAILED')
      return finish(platform, id, wrong, isRight ? [] : [`it is said: ${reason} ${restartCount}`])
    })
  },
}

/** A port that takes connections and never says a word. */
async function blackHole(): Promise<number> {
  const server = createServer(() => {})
  server.unref()
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

export const scenarios: readonly Scenario[] = [
  killedApps,
  takenPorts,
  deafApps,
  forks,
  memory,
  silence,
  hangingInstalls,
  failingStarts,
  killedPlatform,
  floods,
  clockJumps,
  fullDisk,
]
