import { spawn } from 'node:child_process'
import { access, readFile, rm } from 'node:fs/promises'
import { constants } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { InstanceFiles } from './instance-files.ts'
import { type Family, isRunning } from './process-group.ts'
import type { Runtime } from './python.ts'
import type { StartCommand } from './start-command.ts'

export type Exit = { readonly exitCode: number | null; readonly signal: string | null }

/** A running app. `ended`: it is gone, what it left behind may not be; `exit`: nothing of it is left. */
export type AppProcess = Family & { readonly ended: Promise<void>; readonly exit: Promise<Exit> }

const pollMs = 200
/** A file of a log, and what is kept of one, in bytes. */
const logFileBytes = 16 * 1024 ** 2
const logKeptBytes = 256 * 1024 ** 2

/**
 * Starts an app below a small supervisor that outlives the platform: it keeps the log, and knows how the app ended
 * when nobody else was there to see it.
 *
 * @param instance `memoryLimit` in bytes; the kernel's own limit is a backstop above it for what outruns our looks at it
 * @param isConfined its exit code is told by bubblewrap
 * @throws where the supervisor can't be started
 */
export async function startApp(
  python: Runtime,
  files: InstanceFiles,
  instance: { readonly id: string; readonly run: number; readonly memoryLimit: number },
  command: StartCommand,
  isConfined: boolean,
): Promise<AppProcess> {
  const { id, run, memoryLimit } = instance
  await rm(files.exit(id), { force: true })
  const child = spawn(
    python.executable,
    [
      // Neither the app's variables nor its packages change what the supervisor does.
      '-IS',
      path.join(import.meta.dirname, 'supervise.py'),
      files.pid(id),
      files.exit(id),
      files.log(id, run),
      String(logFileBytes),
      String(logKeptBytes),
      String(Math.ceil((memoryLimit * 2) / 1024) + 512 * 1024),
      command.program,
      ...command.args,
    ],
    {
      cwd: files.app(id),
      env: { ...command.environment },
      // The last is where it says the app's process id.
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      detached: true,
    },
  )
  let complaint = ''
  child.stderr?.on('data', (text: Buffer) => {
    complaint = `${complaint}${text.toString()}`.slice(-2_000)
  })
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => resolve())
  })
  const lines = linesOf(child.stdio[3])
  const group = await Promise.race([lines.next(), ended.then(() => '')])
  if (!/^\d+$/.test(group)) {
    throw new Error(`The app’s supervisor did not start. ${complaint.trim()}`)
  }
  return {
    group: Number(group),
    supervisor: child.pid ?? 0,
    ended: Promise.race([lines.next().then(() => {}), ended]),
    exit: ended.then(() => readExit(files.exit(id), isConfined)),
  }
}

/** The same for an app that was started in an earlier life of the platform. */
export function followApp(
  { group, supervisor }: Family,
  exitFile: string,
  isConfined: boolean,
): AppProcess {
  const end = async () => {
    while (isRunning(supervisor)) await sleep(pollMs)
    return readExit(exitFile, isConfined)
  }
  const leave = async () => {
    while (isRunning(supervisor) && !(await isWritten(exitFile))) await sleep(pollMs)
  }
  return { group, supervisor, ended: leave(), exit: end() }
}

function isWritten(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}

/** Line by line what comes; empty at the end, or where the other side broke off. */
function linesOf(stream: unknown): { next(): Promise<string> } {
  if (!(stream instanceof Readable)) throw new Error('The supervisor has no way to speak.')
  const lines = createInterface({ input: stream })[Symbol.asyncIterator]()
  return {
    async next() {
      const { value, done } = await lines.next().catch(() => ({ value: '', done: true }))
      return done === true ? '' : value.trim()
    },
  }
}

/** Unknown where the supervisor itself was killed. */
async function readExit(file: string, isConfined: boolean): Promise<Exit> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const [kind, number] = text.trim().split(' ')
  const code = Number(number)
  if (kind === 'signal') return { exitCode: null, signal: signalName(code) }
  if (kind !== 'code') return { exitCode: null, signal: null }
  // Bubblewrap tells of a signal as shells do.
  if (isConfined && code > 128) return { exitCode: null, signal: signalName(code - 128) }
  return { exitCode: code, signal: null }
}

function signalName(number: number): string {
  const entry = Object.entries(constants.signals).find(([, value]) => value === number)
  return entry?.[0] ?? `signal ${number}`
}
