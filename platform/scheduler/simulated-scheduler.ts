import { access, readdir, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { InstanceFiles } from './instance-files.ts'
import { endLeftovers } from './process-group.ts'
import { RunLog } from './run-log.ts'
import type {
  Address,
  Launch,
  Observer,
  Report,
  Scheduler,
  StartPhase,
  Step,
  Usage,
} from './scheduler.ts'
import { failureOf } from './start-failure.ts'
import { StartQueue } from './start-queue.ts'

const phases: readonly { phase: StartPhase; message: string; done?: Step }[] = [
  { phase: 'Unpacking', message: 'Sourcing the app' },
  { phase: 'InstallingRequirements', message: 'Installing requirements', done: 'UNPACKED' },
  { phase: 'Starting', message: 'Starting the app', done: 'REQUIREMENTS_INSTALLED' },
]
/** Asked for this, a simulated app ends with exit code 7, as an app of the tests does. */
const crashPath = '/crash'

type Care = {
  readonly launch: Launch
  readonly cancel: AbortController
  server: Server | null
  ended: Promise<void>
}

/**
 * Goes through the motions without any app: for tests and benches, where thousands of launches have to be cheap. What
 * a scheduler reports and in which order, it does as the real one; tests hold both to that.
 */
export class SimulatedScheduler implements Scheduler {
  readonly kind = 'simulated'
  readonly #files: InstanceFiles
  readonly #observe: Observer
  readonly #phaseMs: number
  readonly #inCare = new Map<string, Care>()
  readonly #queue = new StartQueue(Math.max(2, availableParallelism()))

  constructor(dataDir: string, observe: Observer, phaseMs = 20) {
    this.#files = new InstanceFiles(dataDir)
    this.#observe = observe
    this.#phaseMs = phaseMs
  }

  start(launch: Launch): void {
    const cancel = new AbortController()
    const care: Care = { launch, cancel, server: null, ended: Promise.resolve() }
    this.#inCare.set(launch.instanceId, care)
    care.ended = this.#run(care).catch((error: unknown) => this.#report(care, failureOf(error)))
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
      memoryBytes: Math.round(care.launch.memoryLimit * (0.1 + 0.5 * own + 0.15 * swing)),
      memoryLimitBytes: care.launch.memoryLimit,
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
      const pidFiles = [this.#files.pid(instanceId), this.#files.installPid(instanceId)]
      await endLeftovers(pidFiles, this.#files.folder(instanceId), instanceId)
    }
    for (const folder of [this.#files.all, this.#files.allVolumes]) {
      for (const instanceId of await readdir(folder).catch(() => [])) {
        if (!known.has(instanceId)) await this.remove(instanceId)
      }
    }
  }

  #report({ launch: { instanceId, run }, cancel }: Care, report: Report): void {
    if (!cancel.signal.aborted) this.#observe(instanceId, run, report)
  }

  async #run(care: Care): Promise<void> {
    const { launch, cancel } = care
    const leave = await this.#queue.enter(cancel.signal, (place, isNew) =>
      this.#report(care, { kind: 'queued', place, isNew }),
    )
    if (leave === null) return
    try {
      for (const step of phases) {
        this.#report(care, { kind: 'starting', ...step })
        if (step.phase === 'Unpacking') await access(launch.bundleFile)
        await this.#pass(care)
        if (cancel.signal.aborted) return
      }
      await this.#serve(care, 'STARTED')
    } finally {
      leave()
    }
  }

  async #serve(care: Care, done: Step): Promise<void> {
    const { app, instanceId, run } = care.launch
    const message = 'Waiting for it to answer'
    this.#report(care, { kind: 'starting', phase: 'Starting', message, done })
    const log = this.log(instanceId, run)
    await log.append(`${app.name} ${app.version} is simulated\n`)
    const server = createServer((request, response) => {
      if (request.url === crashPath) return this.#crash(care, server)
      void log.append(`request ${request.url}\n`)
      echo(request, response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    if (care.cancel.signal.aborted) return void server.close()
    care.server = server
    this.#report(care, { kind: 'running' })
  }

  #crash(care: Care, server: Server): void {
    if (care.server !== server) return
    care.server = null
    server.closeAllConnections()
    server.close()
    const message = 'It ended with exit code 7.'
    this.#report(care, { kind: 'crashed', reason: 'Error', message, exitCode: 7, retrySeconds: 1 })
    const again = async () => {
      await this.#pass(care)
      if (!care.cancel.signal.aborted) await this.#serve(care, 'RESTARTED')
    }
    care.ended = again().catch((error: unknown) => this.#report(care, failureOf(error)))
  }

  async #pass({ cancel }: Care): Promise<void> {
    await sleep(this.#phaseMs, undefined, { signal: cancel.signal }).catch(() => {})
  }
}

/** What it was asked, as text. */
function echo(request: IncomingMessage, response: ServerResponse): void {
  const headers = Object.entries(request.headers).map(
    ([name, value]) => `${name}: ${String(value)}\n`,
  )
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.end(`path=${request.url}\n${headers.join('')}`)
}
