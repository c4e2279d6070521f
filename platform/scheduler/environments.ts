import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Locks } from '../lock.ts'
import type { Runtime } from './python.ts'
import { runLogged, type Task } from './run-logged.ts'
import { StartFailure } from './start-failure.ts'
import { sizeOf } from './volume.ts'

/** For whom requirements are installed, and how programs are run for that. */
export type Place = Omit<Task, 'program' | 'args'> & {
  readonly instanceId: string
  /** What of the environment the app's author set: pip obeys variables as well as files. */
  readonly own: Readonly<Record<string, string>>
  /** Keeps a program to the instance's own folder and this one: packages run code of theirs when they are installed. */
  confine(program: string, args: readonly string[], folder: string): Pick<Task, 'program' | 'args'>
}

export type Installed = {
  /** The Python to start the app with: the platform's own where the app asks for nothing. */
  readonly python: string
  /** What was done, for people. */
  readonly note: string
}

/** Written last, so that an environment without it is half made; holds how many bytes it takes. */
const marker = '.complete'
/** What is kept although nothing runs with it, the last used first: environments, and bytes of them together. */
const kept = 40
const keptBytes = 10 * 1024 ** 3

/**
 * Python environments by what is in them: who starts an app again, or another with the same requirements, waits for
 * no installation. They lie where they were made, because they can't be moved.
 */
export class Environments {
  readonly #folder: string
  readonly #making = new Locks()
  /** Which instances hold which environment. */
  readonly #held = new Map<string, string>()

  constructor(dataDir: string) {
    this.#folder = path.join(dataDir, 'environments')
  }

  /** @throws {StartFailure} when the environment can't be made or a requirement can't be had */
  async install(python: Runtime, place: Place, signal: AbortSignal): Promise<Installed> {
    const requirements = path.join(place.folder, 'requirements.txt')
    if (!(await isThere(requirements))) return { python: python.executable, note: 'None needed' }
    const key = await environmentKey(python, place, requirements)
    const folder = path.join(this.#folder, key)
    this.#held.set(place.instanceId, folder)
    const isNew = await this.#making.run(key, async () => {
      if (await isThere(path.join(folder, marker))) {
        const now = new Date()
        await utimes(folder, now, now)
        await place.log.append('[wavedeck] The requirements were installed before.\n')
        return false
      }
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
      await mkdir(folder, { recursive: true })
      try {
        await make(python, folder, requirements, place, signal)
        await writeFile(path.join(folder, marker), String(await sizeOf(folder)))
      } catch (error) {
        await rm(folder, { recursive: true, force: true, maxRetries: 3 })
        throw error
      }
      return true
    })
    if (isNew) await this.#trim()
    const note = isNew ? 'Installed' : 'They were installed before'
    return { python: path.join(folder, 'bin', 'python'), note }
  }

  /** Keeps an environment for an instance that was started with it in an earlier life of the platform. */
  hold(instanceId: string, python: string): void {
    this.#held.set(instanceId, path.dirname(path.dirname(python)))
  }

  release(instanceId: string): void {
    this.#held.delete(instanceId)
  }

  /** Deletes what is half made, and what was used longest ago. For the start of the platform. */
  async sweep(): Promise<void> {
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const folder = path.join(this.#folder, name)
      if (await isThere(path.join(folder, marker))) continue
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    }
    await this.#trim()
  }

  async #trim(): Promise<void> {
    const found: { name: string; usedAt: number; bytes: number }[] = []
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const folder = path.join(this.#folder, name)
      const bytes = await readFile(path.join(folder, marker), 'utf8').catch(() => null)
      if (bytes === null || this.#isHeld(folder)) continue
      const usedAt = await stat(folder).then(({ mtimeMs }) => mtimeMs)
      found.push({ name, usedAt, bytes: Number(bytes) })
    }
    let bytes = 0
    for (const [index, one] of found.toSorted((a, b) => b.usedAt - a.usedAt).entries()) {
      bytes += one.bytes
      if (index < kept && bytes <= keptBytes) continue
      await this.#making.run(one.name, async () => {
        const folder = path.join(this.#folder, one.name)
        if (this.#isHeld(folder)) return
        // First of all the marker: a kill in the middle must not leave what looks whole.
        await rm(path.join(folder, marker), { force: true })
        await rm(folder, { recursive: true, force: true, maxRetries: 3 })
      })
    }
  }

  #isHeld(folder: string): boolean {
    return [...this.#held.values()].includes(folder)
  }
}

async function make(
  python: Runtime,
  folder: string,
  requirements: string,
  place: Place,
  signal: AbortSignal,
): Promise<void> {
  const run = (program: string, args: readonly string[]) =>
    runLogged({ ...place, ...place.confine(program, args, folder) }, signal)
  if ((await run(python.executable, ['-m', 'venv', folder])) !== 0) {
    throw new StartFailure(
      'VirtualEnvironmentFailed',
      'Python could not make a virtual environment. Where the venv module is a package of its own (python3-venv), an admin has to install it.',
    )
  }
  const install = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '-r']
  if ((await run(path.join(folder, 'bin', 'python'), [...install, requirements])) !== 0) {
    throw new StartFailure(
      'RequirementsFailed',
      'The packages in requirements.txt could not be installed. The end of the log says which, and why; without network only wheels inside the bundle can be.',
    )
  }
}

/**
 * The interpreter, the variables that the author set (`PIP_INDEX_URL` among them: nobody else may get what came from
 * there), the requirements, and all that they may take from the bundle: the wheels, or where they name other files and
 * folders (`-r`, `-e`, `./here`) everything.
 */
export async function environmentKey(
  python: Runtime,
  { folder: app, own }: Pick<Place, 'folder' | 'own'>,
  requirements: string,
): Promise<string> {
  const text = await readFile(requirements, 'utf8')
  const takesMore = text
    .split('\n')
    .some((line) =>
      /^\s*(-[rce]|--requirement|--constraint|--editable|\.)|file:|[\\/]\s*$/.test(line),
    )
  const variables = JSON.stringify(Object.entries(own).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  const hash = createHash('sha256').update(
    `${python.executable}\n${python.version}\n${variables}\n${text}\n`,
  )
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
