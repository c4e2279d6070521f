import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { type AppProcess, type Exit, followApp, startApp } from './app-process.ts'
import type { Confinement } from './confinement.ts'
import { Environments } from './environments.ts'
import { describeExit, describeStop, type Stopped } from './exit.ts'
import { GroupWatch } from './group-watch.ts'
import { InstanceFiles } from './instance-files.ts'
import { listenerOf } from './listeners.ts'
import { type AppPort, answers, choosePort, returnPort } from './ports.ts'
import { prepareRun } from './prepare-run.ts'
import {
  endGroup,
  endLeftovers,
  killGroup,
  killStragglers,
  recordedGroup,
} from './process-group.ts'
import type { Runtime } from './python.ts'
import { roomOf } from './room-of.ts'
import { RunLog } from './run-log.ts'
import type { Address, Launch, Observer, Report, Scheduler, Usage } from './scheduler.ts'
import { appEnvironment, startCommand } from './start-command.ts'
import { StartQueue } from './start-queue.ts'
import { failureOf, StartFailure } from './start-failure.ts'
import { watchVolume } from './volume.ts'

/** An app that ends this often without ever having answered is not started again. */
const maxStartTries = 3
/** Having run for this long, it counts as well again. */
const wellAfterMs = 60_000
const maxRetrySeconds = 60
const pollMs = 50
/** A start that takes longer than this lets the next one begin. */
const turnMs = 20_000
/** An app that forks without end is stopped before the machine is. */
const maxProcesses = 512

/** One instance in care, from its start until it is stopped. */
type Care = {
  readonly launch: Launch
  readonly cancel: AbortController
  app: AppProcess | null
  port: number | null
  answering: boolean
  /** Why we ended the app ourselves. */
  stopped: Stopped | null
  volumeBytes: number | null
  /** By when it has to answer, by the steady clock; begins anew when one that had answered ends. */
  startBy: number
  ended: Promise<void>
}

type End = Exit & { readonly ranMs: number; readonly answered: boolean }

/** Runs each instance as processes of this machine, in a process group of its own. Linux and macOS. */
export class ProcessScheduler implements Scheduler {
  readonly kind = 'process'
  readonly #files: InstanceFiles
  readonly #python: Runtime | null
  readonly #observe: Observer
  readonly #confinement: Confinement
  readonly #inCare = new Map<string, Care>()
  readonly #groups = new GroupWatch()
  readonly #queue = new StartQueue(Math.max(2, availableParallelism()))
  readonly #environments: Environments

  constructor(
    dataDir: string,
    python: Runtime | null,
    confinement: Confinement,
    observe: Observer,
  ) {
    this.#files = new InstanceFiles(dataDir)
    this.#environments = new Environments(dataDir)
    this.#python = python
    this.#confinement = confinement
    this.#observe = observe
  }

  start(launch: Launch): void {
    const care = this.#take(launch)
    care.ended = this.#waitAndRun(care).catch((error: unknown) => this.#fail(care, error))
  }

  async adopt(launch: Launch): Promise<boolean> {
    const id = launch.instanceId
    const recorded = await recordedGroup(this.#files.pid(id), id)
    const port = Number(await readFile(this.#files.port(id), 'utf8').catch(() => ''))
    const python = await readFile(this.#files.python(id), 'utf8').catch(() => '')
    if (recorded === null || !port || python === '' || this.#python === null) return false
    // Without its supervisor nobody keeps its log any more.
    if (recorded.supervisor === 0) return false
    const care = this.#take(launch)
    this.#environments.hold(id, python)
    care.app = followApp(recorded, this.#files.exit(id), this.#isConfined)
    care.port = port
    const watched = this.#watch(care, care.app, { port, taken: null }, performance.now())
    care.ended = watched
      .then((end) => this.#keepRunning(care, python, end, () => {}))
      .catch((error: unknown) => this.#fail(care, error))
    return true
  }

  async stop(instanceId: string): Promise<void> {
    const care = this.#inCare.get(instanceId)
    if (care) {
      care.cancel.abort()
      care.answering = false
      if (care.app !== null) await endGroup(care.app.group)
      await care.ended
      this.#inCare.delete(instanceId)
      killStragglers(instanceId, this.#files.folder(instanceId))
    } else {
      await this.#endLeftovers(instanceId)
    }
    this.#environments.release(instanceId)
    await rm(this.#files.pid(instanceId), { force: true })
    await rm(this.#files.installPid(instanceId), { force: true })
    await rm(this.#files.scratch(instanceId), { recursive: true, force: true, maxRetries: 3 })
  }

  async remove(instanceId: string): Promise<void> {
    await rm(this.#files.folder(instanceId), { recursive: true, force: true, maxRetries: 3 })
    await rm(this.#files.volume(instanceId), { recursive: true, force: true, maxRetries: 3 })
  }

  address(instanceId: string): Address | undefined {
    const care = this.#inCare.get(instanceId)
    return care?.answering && care.port !== null
      ? { host: '127.0.0.1', port: care.port }
      : undefined
  }

  usage(instanceId: string): Usage | null {
    const care = this.#inCare.get(instanceId)
    const use = care?.app ? this.#groups.use(care.app.group) : null
    if (care === undefined || use === null) return null
    return {
      memoryBytes: use.memory,
      memoryLimitBytes: care.launch.memoryLimit,
      processors: use.cpu,
      volumeBytes: care.launch.manifest.runtime?.volumeMount ? care.volumeBytes : null,
    }
  }

  log(instanceId: string, run: number): RunLog {
    return new RunLog(this.#files.log(instanceId, run))
  }

  async sweep(known: ReadonlySet<string>): Promise<void> {
    for (const folder of [this.#files.all, this.#files.allVolumes]) {
      for (const instanceId of await readdir(folder).catch(() => [])) {
        if (known.has(instanceId)) {
          // Nobody waits for that any more, and it would write where the next one does.
          const installing = await recordedGroup(this.#files.installPid(instanceId), instanceId)
          if (installing !== null) await endGroup(installing.group)
          const python = await readFile(this.#files.python(instanceId), 'utf8').catch(() => '')
          if (python !== '') this.#environments.hold(instanceId, python)
          continue
        }
        await this.#endLeftovers(instanceId)
        await this.remove(instanceId)
      }
    }
    await this.#environments.sweep()
  }

  async #endLeftovers(instanceId: string): Promise<void> {
    const pidFiles = [this.#files.pid(instanceId), this.#files.installPid(instanceId)]
    await endLeftovers(pidFiles, this.#files.folder(instanceId), instanceId)
  }

  get #isConfined(): boolean {
    return this.#confinement.kind !== 'none'
  }

  #take(launch: Launch): Care {
    const care: Care = {
      launch,
      cancel: new AbortController(),
      app: null,
      port: null,
      answering: false,
      stopped: null,
      volumeBytes: null,
      startBy: startLimit(launch),
      ended: Promise.resolve(),
    }
    this.#inCare.set(launch.instanceId, care)
    return care
  }

  #report(care: Care, report: Report): void {
    // What happens after somebody asked to stop is that stop, not news.
    if (!care.cancel.signal.aborted) this.#observe(care.launch.instanceId, care.launch.run, report)
  }

  #fail(care: Care, error: unknown): void {
    this.#report(care, failureOf(error))
  }

  async #waitAndRun(care: Care): Promise<void> {
    const leave = await this.#queue.enter(care.cancel.signal, (place, isNew) =>
      this.#report(care, { kind: 'queued', place, isNew }),
    )
    if (leave === null) return
    care.startBy = startLimit(care.launch)
    const turn = setTimeout(leave, turnMs)
    try {
      const python = await prepareRun(
        {
          files: this.#files,
          python: this.#python,
          environments: this.#environments,
          confinement: this.#confinement,
          log: this.#logOf(care),
        },
        {
          launch: care.launch,
          startBy: care.startBy,
          signal: care.cancel.signal,
          report: (report) => this.#report(care, report),
        },
      )
      if (python !== null) await this.#keepRunning(care, python, null, leave)
    } finally {
      clearTimeout(turn)
      leave()
    }
  }

  /** Starts the app again and again, later each time, until it is stopped or has failed too often at starting. */
  async #keepRunning(
    care: Care,
    python: string,
    first: End | null,
    leave: () => void,
  ): Promise<void> {
    let end = first
    let failures = 0
    let everAnswered = first?.answered ?? false
    while (!care.cancel.signal.aborted) {
      if (end !== null) {
        if (end.answered && end.ranMs >= wellAfterMs) failures = 0
        if (end.answered) care.startBy = startLimit(care.launch)
        failures += 1
        const what = describeExit(
          end,
          care.stopped,
          await this.#logOf(care).lastLine(),
          care.launch.memoryLimit,
        )
        // A module that isn't there won't be there in a second either.
        const hopeless = what.reason === 'ModuleNotFound' || care.stopped?.isFinal === true
        if (hopeless || (!everAnswered && failures >= maxStartTries)) {
          const tries = hopeless
            ? ''
            : ` It was started ${failures} times and never answered on its port.`
          const message = `${what.message}${tries}`
          this.#report(care, { kind: 'failed', ...what, message, exitCode: end.exitCode })
          return
        }
        const retrySeconds = Math.min(2 ** (failures - 1), maxRetrySeconds)
        if (performance.now() + retrySeconds * 1000 > care.startBy) {
          const message = `${what.message} It was started again for ${care.launch.startSeconds} s and never answered.`
          this.#report(care, { kind: 'failed', ...what, message, exitCode: end.exitCode })
          return
        }
        this.#report(care, { kind: 'crashed', ...what, exitCode: end.exitCode, retrySeconds })
        await sleep(retrySeconds * 1000, undefined, { signal: care.cancel.signal }).catch(() => {})
        if (care.cancel.signal.aborted) return
      }
      end = await this.#runOnce(care, python, end !== null, leave)
      everAnswered ||= end.answered
    }
  }

  async #runOnce(care: Care, python: string, isAgain: boolean, leave: () => void): Promise<End> {
    const { launch } = care
    const id = launch.instanceId
    const runtime = this.#python
    if (runtime === null) throw new StartFailure('PythonMissing', 'There is no Python 3 here.')
    const port = await choosePort(launch.manifest.runtime?.port ?? null)
    try {
      const environment = appEnvironment(launch, this.#files, python)
      const command = await startCommand(launch, python, port.port, environment)
      await writeFile(this.#files.port(id), String(port.port))
      care.stopped = null
      const since = performance.now()
      const { mounts, writable } = roomOf(launch, this.#files, this.#confinement)
      const readable = [path.dirname(path.dirname(python)), ...command.readable]
      const room = { mounts, writable, readable }
      const confined = { ...command, ...this.#confinement.wrap(command, runtime.executable, room) }
      const { run, memoryLimit } = launch
      const app = await startApp(
        runtime,
        this.#files,
        { id, run, memoryLimit },
        confined,
        this.#isConfined,
      )
      care.app = app
      care.port = port.port
      if (care.cancel.signal.aborted) await endGroup(app.group)
      this.#report(care, {
        kind: 'starting',
        phase: 'Starting',
        message: 'Waiting for it to answer',
        done: isAgain ? 'RESTARTED' : 'STARTED',
      })
      return await this.#watch(care, app, port, since, leave)
    } finally {
      returnPort(port.port)
    }
  }

  /** Waits for the port to answer, then for the end; leaves nothing of the group behind. */
  async #watch(
    care: Care,
    app: AppProcess,
    { port, taken }: AppPort,
    since: number,
    leave: () => void = () => {},
  ): Promise<End> {
    const { launch } = care
    const end = (stopped: Stopped) => {
      care.stopped = stopped
      killGroup(app.group)
      // What there is to say is known; seeing all of it off may take a moment.
      if (stopped.isFinal) {
        this.#report(care, { kind: 'failed', ...describeStop(stopped), exitCode: null })
      }
    }
    const releases = [
      this.#groups.watch(app, { memory: launch.memoryLimit, processes: maxProcesses }, (bound) =>
        end(
          bound === 'memory'
            ? { kind: 'memory', limit: launch.memoryLimit, isFinal: false }
            : { kind: 'processes', limit: maxProcesses, isFinal: true },
        ),
      ),
      watchVolume(this.#files.volume(launch.instanceId), (bytes) => {
        care.volumeBytes = bytes
        const limit = launch.volumeLimit
        if (limit !== null && bytes > limit) end({ kind: 'volume', limit, isFinal: true })
      }),
    ]
    let over = false
    let answered = false
    const waiting = (async () => {
      while (!over && !care.cancel.signal.aborted) {
        const listener = (await answers(port))
          ? await listenerOf(port, app).catch(() => 'unknown' as const)
          : null
        if (listener === 'own' || listener === 'unknown') {
          if (over || care.cancel.signal.aborted) return
          answered = true
          care.answering = true
          leave()
          this.#report(care, { kind: 'running' })
          return
        }
        if (performance.now() > care.startBy) {
          if (listener === 'foreign') return end({ kind: 'foreign', port, isFinal: true })
          const seconds = launch.startSeconds
          return end({ kind: 'silence', seconds, fixedPort: taken, isFinal: true })
        }
        await sleep(pollMs)
      }
    })()
    await app.ended
    over = true
    if (care.answering) {
      care.answering = false
      const message = 'It ended. What it left running is being ended, too.'
      this.#report(care, { kind: 'starting', phase: 'Starting', message })
    }
    const exit = await app.exit
    await waiting
    for (const release of releases) release()
    await endGroup(app.group)
    care.app = null
    // One that can't have its own port ends at once, mostly.
    if (!answered && care.stopped === null && taken !== null) {
      care.stopped = { kind: 'port', fixedPort: taken, isFinal: true }
    }
    return { ...exit, ranMs: performance.now() - since, answered }
  }

  #logOf({ launch }: Care): RunLog {
    return this.log(launch.instanceId, launch.run)
  }
}

function startLimit({ startSeconds }: Launch): number {
  return performance.now() + startSeconds * 1000
}
