import { execFile, execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)
const onLinux = process.platform === 'linux'

/** What a process group takes: bytes of resident memory, seconds of processor since its processes began. */
export type GroupUse = { memory: number; cpuSeconds: number }

/** A constant of this machine: memory pages are 4,096 bytes on most, clock ticks a hundredth of a second. */
function ask(name: string, otherwise: number): number {
  try {
    return Number(execFileSync('getconf', [name], { encoding: 'utf8' })) || otherwise
  } catch {
    return otherwise
  }
}

let constants: { page: number; tick: number } | undefined

/** Every process group of this machine. */
export async function usesByGroup(): Promise<Map<number, GroupUse>> {
  return onLinux ? fromProc() : fromPs()
}

/**
 * Read synchronously: what proc(5) says is in memory, and asking a thread for each costs ten times as much. In
 * portions, so that nobody waits for all of it.
 */
async function fromProc(): Promise<Map<number, GroupUse>> {
  constants ??= { page: ask('PAGESIZE', 4096), tick: ask('CLK_TCK', 100) }
  const uses = new Map<number, GroupUse>()
  let count = 0
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    count += 1
    if (count % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
    const fields = readStat(name)
    const [state, group, pages] = [fields[0], Number(fields[2]), Number(fields[21])]
    if (state === 'Z' || !(group > 0)) continue
    const ticks = Number(fields[11]) + Number(fields[12])
    add(uses, group, pages * constants.page, ticks / constants.tick)
  }
  return uses
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

async function fromPs(): Promise<Map<number, GroupUse>> {
  const uses = new Map<number, GroupUse>()
  const { stdout } = await run('ps', ['-axo', 'pgid=,rss=,time='])
  for (const line of stdout.split('\n')) {
    const [group, kilobytes, time = ''] = line.trim().split(/\s+/)
    const seconds = time.split(/[:-]/).reduce((sum, part) => sum * 60 + Number(part), 0)
    if (Number(group) > 0) add(uses, Number(group), Number(kilobytes) * 1024, seconds)
  }
  return uses
}

function add(uses: Map<number, GroupUse>, group: number, memory: number, cpu: number): void {
  const use = uses.get(group) ?? { memory: 0, cpuSeconds: 0 }
  use.memory += memory || 0
  use.cpuSeconds += cpu || 0
  uses.set(group, use)
}
