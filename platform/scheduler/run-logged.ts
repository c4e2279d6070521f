import { spawn } from 'node:child_process'
import type { RunLog } from './run-log.ts'

/** A program to run to its end for an instance. */
export type Task = {
  readonly program: string
  readonly args: readonly string[]
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  readonly log: RunLog
  /** It writes its process id here before it becomes the program, so that it is found after a kill of the platform. */
  readonly pidFile: string
}

const markMs = 250

/** @returns its exit code; null where a signal ended it, ours among them */
export async function runLogged(task: Task, signal: AbortSignal): Promise<number | null> {
  const output = await task.log.openLast()
  // It writes by itself: nobody else knows when.
  const marks = setInterval(() => void task.log.mark(), markMs)
  try {
    return await new Promise<number | null>((resolve, reject) => {
      const child = spawn(
        '/bin/sh',
        ['-c', 'echo "$$ 0" > "$0" && exec "$@"', task.pidFile, task.program, ...task.args],
        {
          cwd: task.folder,
          env: { ...task.environment },
          stdio: ['ignore', output.fd, output.fd],
          detached: true,
        },
      )
      const abort = () => {
        if (child.pid === undefined) return
        try {
          process.kill(-child.pid, 'SIGKILL')
        } catch {
          // It ended meanwhile.
        }
      }
      if (signal.aborted) abort()
      signal.addEventListener('abort', abort, { once: true })
      child.once('error', reject)
      child.once('exit', (code) => {
        signal.removeEventListener('abort', abort)
        // What it left behind in its group.
        abort()
        resolve(code)
      })
    })
  } finally {
    clearInterval(marks)
    await output.close()
  }
}
