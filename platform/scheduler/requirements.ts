import { spawn } from 'node:child_process'
import { access, open } from 'node:fs/promises'
import path from 'node:path'
import type { Runtime } from './python.ts'
import { StartFailure } from './start-failure.ts'

type Place = {
  readonly app: string
  readonly venv: string
  readonly log: string
  readonly environment: Readonly<Record<string, string>>
}

/**
 * Makes a virtual environment with the app's requirements; wheels inside the bundle need no network.
 *
 * @returns the Python to start the app with: the platform's own where the app asks for nothing
 * @throws {StartFailure} when the environment can't be made or a requirement can't be had
 */
export async function installRequirements(
  python: Runtime,
  place: Place,
  signal: AbortSignal,
): Promise<string> {
  const file = path.join(place.app, 'requirements.txt')
  const needed = await access(file).then(
    () => true,
    () => false,
  )
  if (!needed) return python.executable

  const venvCode = await runLogged(python.executable, ['-m', 'venv', place.venv], place, signal)
  if (venvCode !== 0) {
    throw new StartFailure(
      'VirtualEnvironmentFailed',
      'Python could not make a virtual environment. Where the venv module is a package of its own (python3-venv), an admin has to install it.',
    )
  }
  const inVenv = path.join(place.venv, 'bin', 'python')
  const install = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '-r', file]
  if ((await runLogged(inVenv, install, place, signal)) !== 0) {
    throw new StartFailure(
      'RequirementsFailed',
      'The packages in requirements.txt could not be installed. The end of the log says which, and why; without network only wheels inside the bundle can be.',
    )
  }
  return inVenv
}

/** Runs a program to its end with its output in the instance's log. Wheels by path are relative to the bundle's root. */
async function runLogged(
  program: string,
  args: readonly string[],
  place: Place,
  signal: AbortSignal,
): Promise<number | null> {
  const log = await open(place.log, 'a')
  try {
    return await new Promise<number | null>((resolve, reject) => {
      const child = spawn(program, args, {
        cwd: place.app,
        env: { ...place.environment },
        stdio: ['ignore', log.fd, log.fd],
        detached: true,
      })
      const abort = () => {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      }
      signal.addEventListener('abort', abort, { once: true })
      child.once('error', reject)
      child.once('exit', (code) => {
        signal.removeEventListener('abort', abort)
        resolve(code)
      })
    })
  } finally {
    await log.close()
  }
}
