import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, returnPort } from '../../../platform/scheduler/ports.ts'
import { eventually } from '../../support/eventually.ts'
import { apps } from './apps.ts'
import { processesNaming } from './left-behind.ts'
import {
  startSeconds,
  type Scenario,
  rightAfter,
  finish,
  killApp,
  logProblems,
  each,
  reasonIs,
  between,
  sinceOver,
  blackHole,
} from './fault-checks.ts'

export const killedApps: Scenario = {
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

export const takenPorts: Scenario = {
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

export const deafApps: Scenario = {
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

export const forks: Scenario = {
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

export const memory: Scenario = {
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

export const silence: Scenario = {
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

export const hangingInstalls: Scenario = {
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

export const failingStarts: Scenario = {
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
