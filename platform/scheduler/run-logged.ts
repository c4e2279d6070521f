import { spawn } from 'node:child_process'
import type { Place } from './environments.ts'

/** Runs a program in the app's folder to its end, with its output in the instance's log. */
export async function runLogged(
  program: string,
  args: readonly string[],
  { app, log, environment }: Place,
  signal: AbortSignal,
): Promise<number | null> {
  const output = await log.openLast()
  try {
    return await new Promise<number | null>((resolve, reject) => {
      const child = spawn(program, args, {
        cwd: app,
        env: { ...environment },
        stdio: ['ignore', output.fd, output.fd],
        detached: true,
      })
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
        resolve(code)
      })
    })
  } finally {
    await output.close()
  }
}
