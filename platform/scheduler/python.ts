import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A Python that apps can run with. */
export type Runtime = { readonly executable: string; readonly version: string }

const probe = 'import sys; print(sys.executable); print("%d.%d.%d" % sys.version_info[:3])'

/**
 * Asks a Python where it really is. Version managers put small scripts into the PATH that need the person's own
 * environment; apps are started without it, so they need the interpreter behind the script.
 *
 * @returns null where there is none or it doesn't answer
 */
export async function findPython(command: string): Promise<Runtime | null> {
  try {
    const { stdout } = await run(command, ['-c', probe], { timeout: 10_000 })
    const [executable, version] = stdout.trim().split('\n')
    if (!executable || !version || !version.startsWith('3.')) return null
    return { executable, version }
  } catch {
    return null
  }
}
