import { execFile, execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)
const onLinux = process.platform === 'linux'

/** Bytes of resident memory, seconds of processor since it began. */
export type Process = {
  readonly pid: number
  readonly parent: number
  readonly group: number
  readonly memory: number
  readonly cpuSeconds: number
}

/** A constant of this machine: memory pages are 4,096 bytes on most, clock ticks a hundredth of a second. */
function ask(name: string, otherwise: number): number {
  try {
    return Number(execFileSync('getconf', [name], { encoding: 'utf8' })) || otherwise
  } catch {
    return otherwise
  }
}

let constants: { page: number; tick: number } | undefined

/** Every process of this machine but the dead. */
export async function listProcesses(): Promise<Process[]> {
  return onLinux ? fromProc() : fromPs()
}

/**
 * Read synchronously: what proc(5) says is in memory, and asking a thread for each costs ten times as much. In
 * portions, so that nobody waits for all of it.
 */
async function fromProc(): Promise<Process[]> {
  constants ??= { page: ask('PAGESIZE', 4096), tick: ask('CLK_TCK', 100) }
  const { page, tick } = constants
  const found: Process[] = []
  let count = 0
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    count += 1
    if (count % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
    const [state, parent, group, ...fields] = readStat(name)
    if (state === undefined || state === 'Z') continue
    found.push({
      pid: Number(name),
      parent: Number(parent),
      group: Number(group),
      memory: Number(fields[18]) * page,
      cpuSeconds: (Number(fields[8]) + Number(fields[9])) / tick,
    })
  }
  return found
}

/** The fields of /proc/<pid>/stat from the state on; empty where it is gone. */
export function readStat(pid: string | number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The command may hold blanks and parentheses, so count from its last `)`.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

/**
 * Bytes of these processes together, with what they share counted once (PSS of proc(5)); null where that can't be
 * told. Costs the kernel a walk through every page, so it is only for those that count.
 */
export async function sharedMemory(pids: readonly number[]): Promise<number | null> {
  if (!onLinux) return null
  let bytes = 0
  for (const [index, pid] of pids.entries()) {
    if (index % 10 === 9) await new Promise((resolve) => setImmediate(resolve))
    try {
      const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1')
      bytes += Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1024
    } catch (error) {
      // One that ended meanwhile takes nothing any more.
      if (error instanceof Error && 'code' in error && error.code === 'EACCES') return null
    }
  }
  return bytes
}

async function fromPs(): Promise<Process[]> {
  const { stdout } = await run('ps', ['-axo', 'pid=,ppid=,pgid=,rss=,time='])
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent, group, kilobytes, time = ''] = line.trim().split(/\s+/)
    if (!pid) return []
    const cpuSeconds = time.split(/[:-]/).reduce((sum, part) => sum * 60 + Number(part), 0)
    const memory = Number(kilobytes) * 1024
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), memory, cpuSeconds }]
  })
}
