import { open } from 'node:fs/promises'

type Exit = { readonly exitCode: number | null; readonly signal: string | null }

/** The last line that says something, at most 200 characters; where an app died, that is mostly the reason. */
export async function lastLine(file: string): Promise<string | null> {
  const handle = await open(file, 'r').catch(() => null)
  if (handle === null) return null
  try {
    const { size } = await handle.stat()
    const length = Math.min(size, 4096)
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length)
    const lines = buffer.toString('utf8').split('\n')
    const line = lines.findLast((text) => text.trim() !== '')
    return line === undefined ? null : line.trim().slice(0, 200)
  } finally {
    await handle.close()
  }
}

/**
 * Why an app ended, as a stable word and in plain words.
 *
 * @param brokenLimit the memory limit in bytes where going over it was the reason, else null
 */
export function describeExit(
  exit: Exit,
  brokenLimit: number | null,
  line: string | null,
): { reason: string; message: string } {
  if (brokenLimit !== null) {
    const megabytes = Math.round(brokenLimit / 1024 ** 2)
    return {
      reason: 'OOMKilled',
      message: `It was stopped for using more than its ${megabytes} MiB of memory.`,
    }
  }
  const missing = line?.match(/^ModuleNotFoundError: No module named '([\w.]+)'$/)
  if (missing) {
    return {
      reason: 'ModuleNotFound',
      message: `Python finds no module “${missing[1]}”. Add its package to requirements.txt.`,
    }
  }
  const said = line === null ? '' : ` Its last words: “${line}”.`
  if (exit.signal !== null)
    return { reason: 'Killed', message: `It was ended by ${exit.signal}.${said}` }
  if (exit.exitCode === 0) {
    return { reason: 'Completed', message: `It ended by itself, without an error.${said}` }
  }
  if (exit.exitCode !== null) {
    return { reason: 'Error', message: `It ended with exit code ${exit.exitCode}.${said}` }
  }
  return { reason: 'Error', message: `It ended.${said}` }
}
