import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { answers } from '../../../platform/scheduler/ports.ts'
import { eventually } from '../../support/eventually.ts'

type Process = { pid: number; isZombie: boolean; command: string }

/** Every process of the machine whose command line or environment names the text. */
export function processesNaming(text: string): Process[] {
  const listing = execFileSync('ps', ['axeww', '-o', 'pid=,stat=,command='], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 ** 2,
  })
  return listing.split('\n').flatMap((line) => {
    const [, pid, state = '', command = ''] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
    if (pid === undefined || !command.includes(text) || Number(pid) === process.pid) return []
    return [{ pid: Number(pid), isZombie: state.startsWith('Z'), command: command.slice(0, 120) }]
  })
}

/** Dead children that nobody reaped, of these parents. */
export function zombiesOf(parents: readonly number[]): number {
  const listing = execFileSync('ps', ['axo', 'ppid=,stat='], { encoding: 'utf8' })
  return listing.split('\n').filter((line) => {
    const [parent, state = ''] = line.trim().split(/\s+/)
    return state.startsWith('Z') && parents.includes(Number(parent))
  }).length
}

/** What an instance that was terminated left on the machine; empty: nothing. */
export async function leftBehind(dataDir: string, id: string, port: number): Promise<string[]> {
  const left: string[] = []
  const pids = await eventually(
    async () => processesNaming(id),
    (found) => found.length === 0,
    2_000,
  ).catch(() => processesNaming(id))
  for (const { pid, command } of pids) left.push(`process ${pid}: ${command}`)
  if (port > 0 && (await answers(port))) left.push(`port ${port} is listened on`)
  for (const folder of ['instances', 'volumes']) {
    if (existsSync(path.join(dataDir, folder, id))) left.push(`${folder}/${id} is there`)
  }
  return left
}
