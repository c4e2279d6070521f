import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { eventually } from '../support/eventually.ts'

const root = path.resolve(import.meta.dirname, '../..')
const ready = /Wavedeck is at (http:\/\/localhost:\d+)/

export type PlatformProcess = {
  readonly pid: number
  /** Everything it wrote so far. */
  output(): string
  /** Where it listens; rejects with its output when it ends before it does. */
  url(): Promise<string>
  /** Ends it with the signal and waits until it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>
}

/** The platform as an operator starts it: a process of its own, without samples, on a free port. */
export function startProcess(
  dataDir: string,
  args: readonly string[] = [],
  user: { uid?: number; gid?: number } = {},
): PlatformProcess {
  const child: ChildProcess = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      'platform/main.ts',
      '--no-samples',
      '--port=0',
      `--data-dir=${dataDir}`,
      ...args,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...user },
  )
  let text = ''
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  let over = false
  const exit = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      over = true
      resolve(code)
    })
  })
  return {
    pid: child.pid ?? 0,
    output: () => text,
    async url() {
      await eventually(
        async () => text,
        (seen) => over || ready.test(seen),
        120_000,
      )
      const url = ready.exec(text)?.[1]
      if (url === undefined) throw new Error(`The platform did not start:\n${text}`)
      return url
    },
    async end(signal) {
      child.kill(signal)
      return exit
    },
  }
}
