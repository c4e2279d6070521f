import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { eventually } from '../../support/eventually.ts'
import { apps } from './apps.ts'
import { BenchPlatform } from './bench-platform.ts'
import {
  startSeconds,
  type Outcome,
  type Scenario,
  type Check,
  rightAfter,
  finish,
  killApp,
  logProblems,
  each,
  reasonIs,
  blackHole,
} from './fault-checks.ts'

/** Some apps live on, some die meanwhile, some were only starting. */
export const killedPlatform: Scenario = {
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

/** 100 MB and more within seconds, then a kill; the platform's memory is looked at meanwhile. */
export const floods: Scenario = {
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

export const clockJumps: Scenario = {
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

export const fullDisk: Scenario = {
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
        507,
      )
    } finally {
      await platform.end('SIGTERM')
      execFileSync('/bin/umount', [folder])
      await rm(folder, { recursive: true })
    }
  },
}
