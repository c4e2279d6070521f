import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Locks } from '../lock.ts'
import type { Runtime } from './python.ts'
import { runLogged } from './run-logged.ts'
import type { RunLog } from './run-log.ts'
import { StartFailure } from './start-failure.ts'

export type Place = {
  /** The unpacked app; wheels by path are relative to it. */
  readonly app: string
  readonly log: RunLog
  readonly environment: Readonly<Record<string, string>>
}

export type Installed = {
  /** The Python to start the app with: the platform's own where the app asks for nothing. */
  readonly python: string
  /** What was done, for people. */
  readonly note: string
}

/** Written last, so that an environment without it is half made. */
const marker = '.complete'
/** Environments that are kept although nothing runs with them, the last used first. */
const kept = 40

/**
 * Python environments by what is in them: who starts an app again, or another with the same requirements, waits for
 * no installation. They lie where they were made, because they can't be moved.
 */
export class Environments {
  readonly #folder: string
  readonly #making = new Locks()

  constructor(dataDir: string) {
    this.#folder = path.join(dataDir, 'environments')
  }

  /** @throws {StartFailure} when the environment can't be made or a requirement can't be had */
  async install(python: Runtime, place: Place, signal: AbortSignal): Promise<Installed> {
    const requirements = path.join(place.app, 'requirements.txt')
    if (!(await isThere(requirements))) return { python: python.executable, note: 'None needed' }
    const key = await keyOf(python, place.app, requirements)
    return this.#making.run(key, async () => {
      const folder = path.join(this.#folder, key)
      const inVenv = path.join(folder, 'bin', 'python')
      if (await isThere(path.join(folder, marker))) {
        const now = new Date()
        await utimes(folder, now, now)
        await place.log.append('[wavedeck] The requirements were installed before.\n')
        return { python: inVenv, note: 'They were installed before' }
      }
      await rm(folder, { recursive: true, force: true })
      await mkdir(this.#folder, { recursive: true })
      try {
        await make(python, folder, requirements, place, signal)
        await writeFile(path.join(folder, marker), '')
      } catch (error) {
        await rm(folder, { recursive: true, force: true })
        throw error
      }
      return { python: inVenv, note: 'Installed' }
    })
  }

  /** Deletes what is half made, and what was used longest ago. For the start of the platform. */
  async sweep(inUse: ReadonlySet<string>): Promise<void> {
    const found: { folder: string; usedAt: number }[] = []
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const folder = path.join(this.#folder, name)
      const isWhole = await isThere(path.join(folder, marker))
      const usedAt = isWhole ? (await stat(folder)).mtimeMs : 0
      if (!isWhole) await rm(folder, { recursive: true, force: true })
      else if (!inUse.has(folder)) found.push({ folder, usedAt })
    }
    for (const { folder } of found.toSorted((a, b) => b.usedAt - a.usedAt).slice(kept)) {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

async function make(
  python: Runtime,
  folder: string,
  requirements: string,
  place: Place,
  signal: AbortSignal,
): Promise<void> {
  if ((await runLogged(python.executable, ['-m', 'venv', folder], place, signal)) !== 0) {
    throw new StartFailure(
      'VirtualEnvironmentFailed',
      'Python could not make a virtual environment. Where the venv module is a package of its own (python3-venv), an admin has to install it.',
    )
  }
  const install = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '-r']
  const inVenv = path.join(folder, 'bin', 'python')
  if ((await runLogged(inVenv, [...install, requirements], place, signal)) !== 0) {
    throw new StartFailure(
      'RequirementsFailed',
      'The packages in requirements.txt could not be installed. The end of the log says which, and why; without network only wheels inside the bundle can be.',
    )
  }
}

/**
 * The interpreter, the requirements, and all that they may take from the bundle: the wheels, or where they name other
 * files and folders (`-r`, `-e`, `./here`) everything.
 */
async function keyOf(python: Runtime, app: string, requirements: string): Promise<string> {
  const text = await readFile(requirements, 'utf8')
  const takesMore = text
    .split('\n')
    .some((line) =>
      /^\s*(-[rce]|--requirement|--constraint|--editable|\.)|file:|[\\/]\s*$/.test(line),
    )
  const hash = createHash('sha256').update(`${python.executable}\n${python.version}\n${text}\n`)
  for (const file of await listFiles(app)) {
    if (!takesMore && !file.endsWith('.whl')) continue
    hash.update(`${file}\n`)
    for await (const chunk of createReadStream(path.join(app, file))) hash.update(chunk as Buffer)
  }
  return hash.digest('hex').slice(0, 32)
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort()
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
