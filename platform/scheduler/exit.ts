type Exit = { readonly exitCode: number | null; readonly signal: string | null }

/** Why the platform itself ended an app. Limits are bytes. `isFinal`: starting it again would end the same way. */
export type Stopped = { readonly isFinal: boolean } & (
  | { readonly kind: 'memory'; readonly limit: number }
  | { readonly kind: 'processes'; readonly limit: number }
  | { readonly kind: 'volume'; readonly limit: number }
  | { readonly kind: 'silence'; readonly seconds: number; readonly fixedPort: number | null }
  | { readonly kind: 'port'; readonly fixedPort: number }
  | { readonly kind: 'foreign'; readonly port: number }
)

const mebibytes = (bytes: number) => `${Math.round(bytes / 1024 ** 2)} MiB`

function fixedPortWords(port: number): string {
  return `Its manifest names port ${port}, which another program listens on, most likely another instance of it: one runs at a time. Pause the other one, or have the app listen on the port in the variable PORT.`
}

/** The reason as a stable word and in plain words. */
export function describeStop(stopped: Stopped): { reason: string; message: string } {
  switch (stopped.kind) {
    case 'memory':
      return {
        reason: 'OOMKilled',
        message: `Stopped: it used more than its ${mebibytes(stopped.limit)} of memory.`,
      }
    case 'processes':
      return {
        reason: 'TooManyProcesses',
        message: `It was stopped for running more than ${stopped.limit} processes at once.`,
      }
    case 'volume':
      return {
        reason: 'VolumeFull',
        message: `It was stopped for keeping more than ${mebibytes(stopped.limit)} in its volume. Ask its author for a larger VolumeSize; its data stays until it is terminated.`,
      }
    case 'port':
      return { reason: 'PortTaken', message: fixedPortWords(stopped.fixedPort) }
    case 'foreign':
      return {
        reason: 'PortTaken',
        message: `Another program of this machine listens on port ${stopped.port}, which this app was given. Start it again: it gets another port then.`,
      }
    case 'silence':
      return stopped.fixedPort === null
        ? {
            reason: 'StartLimitReached',
            message: `It did not answer on its port within ${stopped.seconds} s. An app has to listen on the port in the variable PORT.`,
          }
        : { reason: 'PortTaken', message: fixedPortWords(stopped.fixedPort) }
  }
}

/**
 * Why an app ended, as a stable word and in plain words.
 *
 * @param stopped null where it ended by itself
 * @param line the last that it printed
 * @param memoryLimit in bytes
 */
export function describeExit(
  exit: Exit,
  stopped: Stopped | null,
  line: string | null,
  memoryLimit: number,
): { reason: string; message: string } {
  if (stopped !== null) return describeStop(stopped)
  const missing = line?.match(/^ModuleNotFoundError: No module named '([\w.]+)'$/)
  if (missing) {
    return {
      reason: 'ModuleNotFound',
      message: `Python finds no module “${missing[1]}”. Add its package to requirements.txt.`,
    }
  }
  // The kernel's limit stands above ours, for what asks for everything at once.
  if (line !== null && /^(numpy\..*)?_?(Array)?MemoryError\b/.test(line)) {
    return {
      reason: 'OOMKilled',
      message: `It asked for more than its ${mebibytes(memoryLimit)} of memory, and ended. Its last words: “${line}”.`,
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
