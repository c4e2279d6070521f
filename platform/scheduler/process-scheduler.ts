import { spawn } from 'node:child_process'
import { access, appendFile, mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describeExit, lastLine } from './exit.ts'
import { InstanceFiles } from './instance-files.ts'
import { MemoryGuard } from './memory-guard.ts'
import { answers, freePort, returnPort } from './ports.ts'
import {
  endGroup,
  endLeftovers,
  groupIsAlive,
  killGroup,
  killStragglers,
  recordedGroup,
} from './process-group.ts'
import type { Runtime } from './python.ts'
import { installRequirements } from './requirements.ts'
import type { Address, Launch, Observer, Report, Scheduler } from './scheduler.ts'
import { appEnvironment, startCommand, writeFiles } from './start-command.ts'
import { failureOf, StartFailure } from './start-failure.ts'
import { unpackBundle } from './unpack.ts'

/** An app that ends this often without ever having answered is not started again. */
const maxStartTries = 3
/** Having run for this long, it counts as well again. */
const wellAfterMs = 60_000
const maxRetrySeconds = 60
const pollMs = 100

/** One instance in care, from its start until it is stopped. */
type Care = {
  readonly launch: Launch
  readonly cancel: AbortController
  group: number | null
  port: number | null
  answering: boolean
  outOfMemory: boolean
  ended: Promise<void>
}

type End = {
  readonly exitCode: number | null
  readonly signal: string | null
  readonly ranMs: number
  readonly answered: boolean
}

/** The pid is written by the process itself before it becomes the app: there is no moment at which nobody knows it. */
const shell =
  'echo $$ > "$1" || exit 73; ulimit -c 0; ulimit -d "$2" 2>/dev/null; shift 2; exec "$@"'

/** Runs each instance as processes of this machine, in a process group of its own. Linux and macOS. */
export class ProcessScheduler implements Scheduler {
  readonly kind = 'process'
  readonly #files: InstanceFiles
  readonly #python: Runtime | null
  readonly #observe: Observer
  readonly #inCare = new Map<string, Care>()
  readonly #memory: MemoryGuard

  constructor(dataDir: string, python: Runtime | null, observe: Observer) {
    this.#files = new InstanceFiles(dataDir)
    this.#python = python
    this.#observe = observe
    this.#memory = new MemoryGuard()
  }

  start(launch: Launch): void {
    const care = this.#take(launch)
    care.ended = this.#prepareAndRun(care).catch((error: unknown) => this.#fail(care, error))
  }

  async adopt(launch: Launch): Promise<boolean> {
    const id = launch.instanceId
    const group = await recordedGroup(this.#files.pid(id), id)
    const port = Number(await readFile(this.#files.port(id), 'utf8').catch(() => ''))
    if (group === null || !port || this.#python === null) return false
    const care = this.#take(launch)
    care.group = group
    care.port = port
    const since = Date.now()
    const watched = this.#watch(care, this.#groupEnd(group), since)
    care.ended = watched
      .then(async (end) => this.#keepRunning(care, await this.#pythonOf(id), end))
      .catch((error: unknown) => this.#fail(care, error))
    return true
  }

  async stop(instanceId: string): Promise<void> {
    const care = this.#inCare.get(instanceId)
    if (care) {
      care.cancel.abort()
      care.answering = false
      if (care.group !== null) await endGroup(care.group)
      await care.ended
      this.#inCare.delete(instanceId)
      await killStragglers(instanceId, this.#files.folder(instanceId))
    } else {
      await endLeftovers(this.#files.pid(instanceId), instanceId)
    }
    await rm(this.#files.pid(instanceId), { force: true })
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

  logFile(instanceId: string, run: number): string {
    return this.#files.log(instanceId, run)
  }

  async sweep(known: ReadonlySet<string>): Promise<void> {
    for (const folder of [this.#files.all, this.#files.allVolumes]) {
      for (const instanceId of await readdir(folder).catch(() => [])) {
        if (known.has(instanceId)) continue
        await endLeftovers(this.#files.pid(instanceId), instanceId)
        await this.remove(instanceId)
      }
    }
  }

  #take(launch: Launch): Care {
    const care: Care = {
      launch,
      cancel: new AbortController(),
      group: null,
      port: null,
      answering: false,
      outOfMemory: false,
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

  async #prepareAndRun(care: Care): Promise<void> {
    const { launch } = care
    const id = launch.instanceId
    if (this.#python === null) {
      throw new StartFailure('PythonMissing', 'The platform finds no Python 3 on this machine.')
    }
    await mkdir(path.dirname(this.#files.log(id, launch.run)), { recursive: true })
    await this.#forgetOldLogs(id, launch.run)
    await rm(this.#files.scratch(id), { recursive: true, force: true })
    await mkdir(path.join(this.#files.home(id), 'tmp'), { recursive: true })

    this.#report(care, { kind: 'starting', phase: 'Unpacking', message: 'Unpacking the app' })
    await unpackBundle(launch.bundleFile, this.#files.app(id))
    await this.#note(care, await writeFiles(launch, this.#files.app(id)))
    if (launch.manifest.runtime?.volumeMount) {
      const volume = this.#files.volume(id)
      await mkdir(volume, { recursive: true })
      await this.#note(care, [
        `The volume ${launch.manifest.runtime.volumeMount} is at ${volume} here (WAVEDECK_VOLUME).`,
      ])
    }
    if (care.cancel.signal.aborted) return

    this.#report(care, {
      kind: 'starting',
      phase: 'InstallingRequirements',
      message: 'Installing requirements',
      done: 'UNPACKED',
    })
    const place = {
      app: this.#files.app(id),
      venv: this.#files.venv(id),
      log: this.#files.log(id, launch.run),
      environment: appEnvironment(launch, this.#files, this.#python.executable),
    }
    const python = await installRequirements(this.#python, place, care.cancel.signal)
    if (!care.cancel.signal.aborted) await this.#keepRunning(care, python, null)
  }

  /** Starts the app again and again, later each time, until it is stopped or has failed too often at starting. */
  async #keepRunning(care: Care, python: string, first: End | null): Promise<void> {
    let end = first
    let failures = 0
    let everAnswered = first?.answered ?? false
    while (!care.cancel.signal.aborted) {
      if (end !== null) {
        if (end.answered && end.ranMs >= wellAfterMs) failures = 0
        failures += 1
        const line = await lastLine(this.#files.log(care.launch.instanceId, care.launch.run))
        const what = describeExit(end, care.outOfMemory ? care.launch.memoryLimit : null, line)
        // A module that isn't there won't be there in a second either.
        const hopeless = what.reason === 'ModuleNotFound'
        if (!everAnswered && (hopeless || failures >= maxStartTries)) {
          const tries = hopeless
            ? ''
            : ` It was started ${failures} times and never answered on its port.`
          const message = `${what.message}${tries}`
          this.#report(care, { kind: 'failed', ...what, message, exitCode: end.exitCode })
          return
        }
        const retrySeconds = Math.min(2 ** (failures - 1), maxRetrySeconds)
        this.#report(care, { kind: 'crashed', ...what, exitCode: end.exitCode, retrySeconds })
        await sleep(retrySeconds * 1000, undefined, { signal: care.cancel.signal }).catch(() => {})
        if (care.cancel.signal.aborted) return
      }
      end = await this.#runOnce(care, python)
      everAnswered ||= end.answered
    }
  }

  async #runOnce(care: Care, python: string): Promise<End> {
    const { launch } = care
    const id = launch.instanceId
    this.#report(care, { kind: 'starting', phase: 'Starting', message: 'Starting the app' })
    const port = await freePort()
    const environment = appEnvironment(launch, this.#files, python)
    const command = await startCommand(launch, python, port, environment)
    await writeFile(this.#files.port(id), String(port))
    const log = await open(this.#files.log(id, launch.run), 'a')
    const since = Date.now()
    care.outOfMemory = false
    // The kernel's own limit is a backstop above MemoryLimit for what outruns the guard between two looks.
    const backstopKilobytes = Math.ceil((launch.memoryLimit * 2) / 1024) + 512 * 1024
    try {
      const child = spawn(
        '/bin/sh',
        [
          '-c',
          shell,
          'wavedeck',
          this.#files.pid(id),
          String(backstopKilobytes),
          command.program,
          ...command.args,
        ],
        {
          cwd: this.#files.app(id),
          env: { ...command.environment },
          stdio: ['ignore', log.fd, log.fd],
          detached: true,
        },
      )
      const exit = new Promise<{ exitCode: number | null; signal: string | null }>(
        (resolve, reject) => {
          child.once('error', reject)
          child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }))
        },
      )
      care.group = child.pid ?? null
      care.port = port
      if (care.cancel.signal.aborted && care.group !== null) await endGroup(care.group)
      return await this.#watch(care, exit, since)
    } finally {
      returnPort(port)
      await log.close()
    }
  }

  /** Waits for the port to answer, then for the end; leaves nothing of the group behind. */
  async #watch(
    care: Care,
    exit: Promise<{ exitCode: number | null; signal: string | null }>,
    since: number,
  ): Promise<End> {
    const group = care.group
    const release =
      group === null
        ? () => {}
        : this.#memory.guard(group, care.launch.memoryLimit, () => {
            care.outOfMemory = true
            killGroup(group)
          })
    let over = false
    let answered = false
    const waiting = (async () => {
      while (!over && !care.cancel.signal.aborted && care.port !== null) {
        if (await answers(care.port)) {
          if (over || care.cancel.signal.aborted) return
          answered = true
          care.answering = true
          this.#report(care, { kind: 'running' })
          return
        }
        await sleep(pollMs)
      }
    })()
    const end = await exit
    over = true
    care.answering = false
    await waiting
    release()
    if (group !== null) await endGroup(group)
    care.group = null
    return { ...end, ranMs: Date.now() - since, answered }
  }

  /** For a process that is not our child there is no exit code, only its absence. */
  async #groupEnd(group: number): Promise<{ exitCode: null; signal: null }> {
    while (groupIsAlive(group)) await sleep(pollMs * 5)
    return { exitCode: null, signal: null }
  }

  async #pythonOf(instanceId: string): Promise<string> {
    const inVenv = path.join(this.#files.venv(instanceId), 'bin', 'python')
    const made = await access(inVenv).then(
      () => true,
      () => false,
    )
    return made ? inVenv : (this.#python?.executable ?? 'python3')
  }

  async #note(care: Care, lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return
    const text = lines.map((line) => `[wavedeck] ${line}\n`).join('')
    await appendFile(this.#files.log(care.launch.instanceId, care.launch.run), text)
  }

  /** The current and the previous run's logs are kept. */
  async #forgetOldLogs(instanceId: string, run: number): Promise<void> {
    const folder = path.dirname(this.#files.log(instanceId, run))
    for (const name of await readdir(folder)) {
      if (Number.parseInt(name, 10) < run - 1) await rm(path.join(folder, name), { force: true })
    }
  }
}
