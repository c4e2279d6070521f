import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Confinement } from './confinement.ts'
import type { Environments } from './environments.ts'
import type { InstanceFiles } from './instance-files.ts'
import type { Runtime } from './python.ts'
import { roomOf } from './room-of.ts'
import type { RunLog } from './run-log.ts'
import type { Launch, Report } from './scheduler.ts'
import { appEnvironment, ownEnvironment, writeFiles } from './start-command.ts'
import { StartFailure } from './start-failure.ts'
import { unpackBundle } from './unpack.ts'

type Tools = {
  readonly files: InstanceFiles
  readonly python: Runtime | null
  readonly environments: Environments
  readonly confinement: Confinement
  readonly log: RunLog
}

type Start = {
  readonly launch: Launch
  /** By when the app has to answer, by the steady clock in milliseconds. */
  readonly startBy: number
  /** Somebody stopped it. */
  readonly signal: AbortSignal
  readonly report: (report: Report) => void
}

/**
 * Makes everything ready for an app to be started: its folder, its files, its volume, its packages.
 *
 * @returns the Python to start with; null: it was stopped meanwhile
 * @throws {StartFailure} without a Python, or when the packages take longer than the start may
 */
export async function prepareRun(tools: Tools, start: Start): Promise<string | null> {
  const { files, python, log, confinement, environments } = tools
  const { launch, signal, report } = start
  const id = launch.instanceId
  if (python === null) {
    throw new StartFailure('PythonMissing', 'The platform finds no Python 3 on this machine.')
  }
  await forgetOldLogs(files.logs(id), launch.run)
  await rm(files.scratch(id), { recursive: true, force: true })
  await mkdir(path.join(files.home(id), 'tmp'), { recursive: true })

  report({ kind: 'starting', phase: 'Unpacking', message: 'Sourcing the app' })
  await unpackBundle(launch.bundleFile, files.app(id))
  await writeFiles(launch, files.app(id))
  if (launch.manifest.runtime?.volumeMount) await mkdir(files.volume(id), { recursive: true })
  const { notes } = roomOf(launch, files, confinement)
  if (notes.length > 0) await log.append(notes.map((line) => `[wavedeck] ${line}\n`).join(''))
  if (signal.aborted) return null

  report({
    kind: 'starting',
    phase: 'InstallingRequirements',
    message: 'Installing requirements',
    done: 'UNPACKED',
  })
  const place = {
    instanceId: id,
    folder: files.app(id),
    pidFile: files.installPid(id),
    environment: appEnvironment(launch, files, python.executable),
    own: ownEnvironment(launch),
    log,
    confine: (program: string, args: readonly string[], folder: string) =>
      confinement.wrap({ program, args }, python.executable, {
        writable: [files.scratch(id), folder],
        readable: [],
      }),
  }
  const limit = AbortSignal.timeout(Math.max(1, Math.ceil(start.startBy - performance.now())))
  const until = AbortSignal.any([signal, limit])
  const installed = await environments.install(python, place, until).catch((error: unknown) => {
    if (!limit.aborted) throw error
    const message = `Its requirements were not installed within ${launch.startSeconds} s. The end of the log says how far it got.`
    throw new StartFailure('StartLimitReached', message)
  })
  if (signal.aborted) return null
  await writeFile(files.python(id), installed.python)
  report({
    kind: 'starting',
    phase: 'Starting',
    message: 'Starting the app',
    done: 'REQUIREMENTS_INSTALLED',
    note: installed.note,
  })
  return installed.python
}

/** The current and the previous run's logs are kept. */
async function forgetOldLogs(folder: string, run: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (Number.parseInt(name, 10) >= run - 1) continue
    await rm(path.join(folder, name), { recursive: true, force: true })
  }
}
