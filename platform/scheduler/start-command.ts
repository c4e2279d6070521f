import { access, constants, mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ValueSource } from '../../src/bundle/manifest/manifest.ts'
import type { InstanceFiles } from './instance-files.ts'
import { freePort } from './ports.ts'
import { folderVariable } from './process-group.ts'
import type { Launch } from './scheduler.ts'
import { StartFailure } from './start-failure.ts'

export type StartCommand = {
  readonly program: string
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Folders it needs to read beside the app's own. */
  readonly readable: readonly string[]
}

/**
 * What an app finds in its environment: nothing of the platform's own but a PATH, then the standard variables, then
 * what its manifest sets.
 */
export function appEnvironment(
  launch: Launch,
  files: InstanceFiles,
  python: string,
): Record<string, string> {
  const id = launch.instanceId
  const environment: Record<string, string> = {
    PATH: [path.dirname(python), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
    HOME: files.home(id),
    TMPDIR: path.join(files.home(id), 'tmp'),
    LANG: 'C.UTF-8',
    PYTHONUNBUFFERED: '1',
    H2O_CLOUD_ENVIRONMENT: launch.environment,
    H2O_CLOUD_INSTANCE_ID: id,
    H2O_CLOUD_APP_ID: launch.app.id,
    H2O_CLOUD_APP_NAME: launch.app.name,
    H2O_CLOUD_APP_VERSION: launch.app.version,
  }
  if (launch.manifest.runtime?.volumeMount) environment['WAVEDECK_VOLUME'] = files.volume(id)
  return { ...environment, ...ownEnvironment(launch), [folderVariable]: files.folder(id) }
}

/** What the manifest sets. */
export function ownEnvironment(launch: Launch): Record<string, string> {
  return Object.fromEntries(
    launch.manifest.env.flatMap((entry) => {
      const value = valueOf(entry, launch)
      return value === undefined ? [] : [[entry.name, value]]
    }),
  )
}

/** Undefined for an optional secret that isn't there. */
function valueOf(source: ValueSource, launch: Launch): string | undefined {
  return 'value' in source ? source.value : launch.secretValue(source.secret, source.secretKey)
}

/** Writes the manifest's File entries below the app's folder, readable for nobody else. */
export async function writeFiles(launch: Launch, appFolder: string): Promise<void> {
  for (const entry of launch.manifest.files) {
    const value = valueOf(entry, launch)
    if (value === undefined) continue
    const target = path.join(appFolder, path.join('/', entry.path))
    await mkdir(path.dirname(target), { recursive: true })
    // Where the bundle brings a file of that name, its mode would stay.
    await rm(target, { force: true })
    await writeFile(target, value, { mode: 0o600, flag: 'wx' })
  }
}

/** @throws {StartFailure} for a mode that can't run on one machine, or a Wave server that isn't there */
export async function startCommand(
  launch: Launch,
  python: string,
  port: number,
  environment: Readonly<Record<string, string>>,
): Promise<StartCommand> {
  const { runtime } = launch.manifest
  if (runtime === null || runtime.appMode === 'container' || runtime.module === null) {
    throw new StartFailure('NotRunnable', 'This app needs a cluster; here only Python apps run.')
  }
  if (runtime.appMode === 'python') {
    return {
      program: python,
      args: ['-m', runtime.module, ...runtime.appArgs],
      environment: { ...environment, PORT: String(port) },
      readable: [],
    }
  }
  return waveCommand(launch, python, port, environment, runtime.module)
}

/** The Wave server answers browsers on the given port and talks to the app on another; both share one process group. */
async function waveCommand(
  launch: Launch,
  python: string,
  port: number,
  environment: Readonly<Record<string, string>>,
  module: string,
): Promise<StartCommand> {
  const waved = await findWaved(python)
  if (waved === null) {
    throw new StartFailure(
      'WaveServerMissing',
      'This is a Wave app (AppMode "wave"), and the Wave server waved is not on this machine. Add h2o-wave to requirements.txt, or install waved where the platform finds it in the PATH; an app that brings its own server sets AppMode = "python".',
    )
  }
  const appPort = await freePort()
  return {
    program: '/bin/sh',
    args: [
      '-c',
      '(cd "$(dirname "$1")" && exec "$1") & exec "$2" -m uvicorn --host 127.0.0.1 --port "$3" "$4:main"',
    ].concat('wave', waved, python, String(appPort), module),
    readable: [path.dirname(waved)],
    environment: {
      // Its own folder may be read-only, and is shared.
      H2O_WAVE_DATA_DIR: path.join(environment['HOME'] ?? '.', 'wave-data'),
      ...environment,
      PORT: String(port),
      H2O_WAVE_LISTEN: `127.0.0.1:${port}`,
      H2O_WAVE_ADDRESS: `http://127.0.0.1:${port}`,
      H2O_WAVE_APP_ADDRESS: `http://127.0.0.1:${appPort}`,
      ...(launch.basePath === '/' ? {} : { H2O_WAVE_BASE_URL: launch.basePath }),
    },
  }
}

async function findWaved(python: string): Promise<string | null> {
  // The wheels of h2o-wave put it at the root of the virtual environment, with its pages beside it.
  const inVenv = path.dirname(path.dirname(python))
  const folders = [inVenv, ...(process.env['PATH'] ?? '').split(':')]
  for (const folder of folders) {
    const candidate = path.join(folder, 'waved')
    const usable = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (usable) return candidate
  }
  return null
}
