import { readdir, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { InstanceFiles } from './instance-files.ts'
import { endLeftovers } from './process-group.ts'
import { RunLog } from './run-log.ts'
import type { Address, Launch, Observer, Scheduler, StartPhase, Step, Usage } from './scheduler.ts'
import { failureOf } from './start-failure.ts'

const phases: readonly { phase: StartPhase; message: string; done?: Step }[] = [
  { phase: 'Unpacking', message: 'Unpacking the app' },
  { phase: 'InstallingRequirements', message: 'Installing requirements', done: 'UNPACKED' },
  { phase: 'Starting', message: 'Starting the app', done: 'REQUIREMENTS_INSTALLED' },
]

type Care = {
  readonly cancel: AbortController
  readonly memoryLimit: number
  server: Server | null
  ended: Promise<void>
}

/** Goes through the motions without any app: for tests and benches, where thousands of launches have to be cheap. */
export class SimulatedScheduler implements Scheduler {
  readonly kind = 'simulated'
  readonly #files: InstanceFiles
  readonly #observe: Observer
  readonly #phaseMs: number
  readonly #inCare = new Map<string, Care>()

  constructor(dataDir: string, observe: Observer, phaseMs = 20) {
    this.#files = new InstanceFiles(dataDir)
    this.#observe = observe
    this.#phaseMs = phaseMs
  }

  start(launch: Launch): void {
    const care: Care = {
      cancel: new AbortController(),
      memoryLimit: launch.memoryLimit,
      server: null,
      ended: Promise.resolve(),
    }
    this.#inCare.set(launch.instanceId, care)
    care.ended = this.#run(launch, care).catch((error: unknown) => {
      if (care.cancel.signal.aborted) return
      this.#observe(launch.instanceId, launch.run, failureOf(error))
    })
  }

  async adopt(): Promise<boolean> {
    return false
  }

  async stop(instanceId: string): Promise<void> {
    const care = this.#inCare.get(instanceId)
    care?.cancel.abort()
    await care?.ended
    care?.server?.closeAllConnections()
    care?.server?.close()
    this.#inCare.delete(instanceId)
  }

  async remove(instanceId: string): Promise<void> {
    await rm(this.#files.folder(instanceId), { recursive: true, force: true })
    await rm(this.#files.volume(instanceId), { recursive: true, force: true })
  }

  address(instanceId: string): Address | undefined {
    const address = this.#inCare.get(instanceId)?.server?.address()
    return typeof address === 'object' && address !== null
      ? { host: '127.0.0.1', port: address.port }
      : undefined
  }

  /** Made up, as everything here: each instance swings around a share of its limit that is its own. */
  usage(instanceId: string): Usage | null {
    const care = this.#inCare.get(instanceId)
    if (!care?.server) return null
    const own = Number.parseInt(instanceId.slice(0, 4), 16) / 65_536
    const swing = (Math.sin(Date.now() / 20_000 + own * 6) + 1) / 2
    return {
      memoryBytes: Math.round(care.memoryLimit * (0.1 + 0.5 * own + 0.15 * swing)),
      memoryLimitBytes: care.memoryLimit,
      processors: own * swing,
      volumeBytes: null,
    }
  }

  log(instanceId: string, run: number): RunLog {
    return new RunLog(this.#files.log(instanceId, run))
  }

  async sweep(known: ReadonlySet<string>): Promise<void> {
    for (const instanceId of await readdir(this.#files.all).catch(() => [])) {
      // The data folder may have been a process scheduler's before.
      await endLeftovers(this.#files.pid(instanceId), instanceId)
    }
    for (const folder of [this.#files.all, this.#files.allVolumes]) {
      for (const instanceId of await readdir(folder).catch(() => [])) {
        if (!known.has(instanceId)) await this.remove(instanceId)
      }
    }
  }

  async #run(launch: Launch, care: Care): Promise<void> {
    const { instanceId, run, app } = launch
    for (const { phase, message, done } of phases) {
      if (care.cancel.signal.aborted) return
      const report = { kind: 'starting', phase, message, ...(done ? { done } : {}) } as const
      this.#observe(instanceId, run, report)
      await sleep(this.#phaseMs, undefined, { signal: care.cancel.signal }).catch(() => {})
    }
    const server = createServer((request, response) => {
      response.setHeader('Content-Type', 'text/plain; charset=utf-8')
      response.end(`${app.name} ${app.version} (simulated) ${request.method} ${request.url}\n`)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    await this.log(instanceId, run).append(`${app.name} ${app.version} is simulated\n`)
    care.server = server
    if (!care.cancel.signal.aborted) this.#observe(instanceId, run, { kind: 'running' })
  }
}
