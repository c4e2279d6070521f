import { execFile, execFileSync } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const onLinux = process.platform === 'linux'

/** Tells every process of an instance whose it is; set by the platform over whatever a manifest says. */
export const folderVariable = 'WAVEDECK_INSTANCE_FOLDER'

/** How long an app may take to end by itself once it is asked to, in milliseconds. */
const graceMs = 5_000

/** Whether any process of the group is still there. */
export function groupIsAlive(groupId: number): boolean {
  try {
    process.kill(-groupId, 0)
    return true
  } catch (error) {
    // EPERM: there, but not ours to signal.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function signalGroup(groupId: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-groupId, signal)
  } catch {
    // It ended meanwhile.
  }
}

/** Ends the whole group at once, without asking. */
export function killGroup(groupId: number): void {
  signalGroup(groupId, 'SIGKILL')
}

/** Asks the whole group to end, then makes it. Resolves when none of it is left but the dead. */
export async function endGroup(groupId: number): Promise<void> {
  signalGroup(groupId, 'SIGTERM')
  const deadline = Date.now() + graceMs
  while (groupIsAlive(groupId)) {
    if (Date.now() > deadline) {
      killGroup(groupId)
      // Where nobody reaps orphans (a container without an init), the killed stay as zombies for ever.
      if (!(await hasLivingMember(groupId))) return
    }
    await sleep(20)
  }
}

async function hasLivingMember(groupId: number): Promise<boolean> {
  if (!onLinux) return groupIsAlive(groupId)
  for await (const { group, state } of processes()) {
    if (group === groupId && state !== 'Z') return true
  }
  return false
}

/** Every process of this machine, from proc(5). Linux only. */
async function* processes(): AsyncGenerator<{ group: number; state: string; pages: number }> {
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const text = await readFile(`/proc/${name}/stat`, 'latin1').catch(() => '')
    // The command may hold blanks and parentheses, so count from its last `)`.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    yield { state: fields[0] ?? '', group: Number(fields[2]), pages: Number(fields[21]) }
  }
}

/**
 * Processes that carry the instance's id in their environment, also those that left the group. Linux only.
 *
 * @param folder the instance's own: a copy of the data folder, a restored backup, has the same ids and other processes
 */
export async function processesOf(instanceId: string, folder?: string): Promise<number[]> {
  if (!onLinux) return []
  const marks = [`\0H2O_CLOUD_INSTANCE_ID=${instanceId}\0`]
  if (folder !== undefined) marks.push(`\0${folderVariable}=${folder}\0`)
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const environment = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '')
    if (marks.every((mark) => `\0${environment}\0`.includes(mark))) found.push(Number(name))
  }
  return found
}

/** Kills what `endGroup` can't reach because it made a session of its own. */
export async function killStragglers(instanceId: string, folder: string): Promise<void> {
  for (const pid of await processesOf(instanceId, folder)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended meanwhile.
    }
  }
}

/**
 * The group recorded in a pid file, if its leader is still the process that wrote it; a process id alone may be
 * somebody else's by now.
 */
export async function recordedGroup(pidFile: string, instanceId: string): Promise<number | null> {
  const text = await readFile(pidFile, 'utf8').catch(() => '')
  const pid = Number(text.trim())
  if (!Number.isSafeInteger(pid) || pid <= 1) return null
  if (onLinux) {
    const known = await processesOf(instanceId, path.dirname(pidFile))
    return known.includes(pid) ? pid : null
  }
  const started = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => null)
  if (started === null) return null
  const written = (await stat(pidFile)).mtimeMs
  return Math.abs(Date.parse(started.stdout) - written) < 5_000 ? pid : null
}

/** Bytes of a memory page: 4,096 on most machines, more on some arm64 ones. */
function readPageBytes(): number {
  try {
    return Number(execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' })) || 4096
  } catch {
    return 4096
  }
}

let pageBytes: number | undefined

/** Resident memory of every process group, in bytes. */
export async function memoryByGroup(): Promise<Map<number, number>> {
  const sums = new Map<number, number>()
  const add = (group: number, bytes: number) => sums.set(group, (sums.get(group) ?? 0) + bytes)
  if (!onLinux) {
    const { stdout } = await run('ps', ['-axo', 'pgid=,rss='])
    for (const line of stdout.split('\n')) {
      const [group, kilobytes] = line.trim().split(/\s+/).map(Number)
      if (group && kilobytes) add(group, kilobytes * 1024)
    }
    return sums
  }
  pageBytes ??= readPageBytes()
  for await (const { group, pages } of processes()) {
    if (group > 0 && pages > 0) add(group, pages * pageBytes)
  }
  return sums
}

/** Ends whatever of an instance is left from an earlier life of the platform. */
export async function endLeftovers(pidFile: string, instanceId: string): Promise<void> {
  const group = await recordedGroup(pidFile, instanceId)
  if (group !== null) await endGroup(group)
  await killStragglers(instanceId, path.dirname(pidFile))
}
