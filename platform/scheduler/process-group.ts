import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { readStat } from './process-table.ts'

const run = promisify(execFile)
const onLinux = process.platform === 'linux'

/** Tells every process of an instance whose it is; set by the platform over whatever a manifest says. */
export const folderVariable = 'WAVEDECK_INSTANCE_FOLDER'

/** How long an app may take to end by itself once it is asked to, in milliseconds. */
const graceMs = 5_000

/** An app's process group, and the process that stands between it and its log; everything of the app descends from it. */
export type Family = { readonly group: number; readonly supervisor: number }

/** Whether a process, or with a negative number any of a group, is there; also one that nobody has reaped yet. */
export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: there, but not ours to signal.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Whether the process runs: not one that ended and that nobody reaps. */
export function isRunning(pid: number): boolean {
  return pid > 1 && isThere(pid) && !(onLinux && ['Z', 'X', undefined].includes(readStat(pid)[0]))
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It ended meanwhile.
  }
}

/** Ends the whole group at once, without asking. */
export function killGroup(groupId: number): void {
  signal(-groupId, 'SIGKILL')
}

/** Asks the whole group to end, then makes it. Resolves when none of it is left but the dead. */
export async function endGroup(groupId: number): Promise<void> {
  signal(-groupId, 'SIGTERM')
  const deadline = performance.now() + graceMs
  while (isThere(-groupId)) {
    if (performance.now() > deadline) {
      killGroup(groupId)
      // Where nobody reaps orphans (a container without an init), the killed stay as zombies for ever.
      if (!hasLivingMember(groupId)) return
    }
    await sleep(20)
  }
}

function hasLivingMember(groupId: number): boolean {
  if (!onLinux) return isThere(-groupId)
  return readdirSync('/proc').some((name) => {
    const fields = /^\d+$/.test(name) ? readStat(name) : []
    return Number(fields[2]) === groupId && fields[0] !== 'Z'
  })
}

/**
 * Processes that carry the instance's id in their environment, also those that left the group. Linux only.
 *
 * @param folder the instance's own: a copy of the data folder, a restored backup, has the same ids and other processes
 */
export function processesOf(instanceId: string, folder?: string): number[] {
  if (!onLinux) return []
  const marks = [`\0H2O_CLOUD_INSTANCE_ID=${instanceId}\0`]
  if (folder !== undefined) marks.push(`\0${folderVariable}=${folder}\0`)
  return readdirSync('/proc')
    .filter(
      (name) => /^\d+$/.test(name) && marks.every((mark) => environmentOf(name).includes(mark)),
    )
    .map(Number)
}

function environmentOf(pid: string): string {
  try {
    return `\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}\0`
  } catch {
    return ''
  }
}

/** Kills what `endGroup` can't reach because it made a session of its own, and what still watches over the dead. */
export function killStragglers(instanceId: string, folder: string): void {
  for (const pid of processesOf(instanceId, folder)) signal(pid, 'SIGKILL')
}

/**
 * The group recorded in a pid file, if its leader is still the process that wrote it; a process id alone may be
 * somebody else's by now. Apps can write over what the system tells of them (setproctitle does), supervisors don't: a
 * leader counts as well when it is the child of the recorded supervisor.
 */
export async function recordedGroup(pidFile: string, instanceId: string): Promise<Family | null> {
  const text = await readFile(pidFile, 'utf8').catch(() => '')
  const [group = 0, supervisor = 0] = text.trim().split(' ').map(Number)
  if (!Number.isSafeInteger(group) || group <= 1) return null
  if (onLinux) {
    const known = processesOf(instanceId, path.dirname(pidFile))
    const isChild = known.includes(supervisor) && Number(readStat(group)[1]) === supervisor
    if (!known.includes(group) && !isChild) return null
    return { group, supervisor: known.includes(supervisor) ? supervisor : 0 }
  }
  const started = await run('ps', ['-o', 'lstart=', '-p', String(group)]).catch(() => null)
  if (started === null) return null
  const written = (await stat(pidFile)).mtimeMs
  return Math.abs(Date.parse(started.stdout) - written) < 5_000 ? { group, supervisor } : null
}

/**
 * Ends whatever of an instance is left from an earlier life of the platform.
 *
 * @param pidFiles of the app, and of what was installed for it
 */
export async function endLeftovers(
  pidFiles: readonly string[],
  folder: string,
  instanceId: string,
): Promise<void> {
  for (const pidFile of pidFiles) {
    const recorded = await recordedGroup(pidFile, instanceId)
    if (recorded === null) continue
    await endGroup(recorded.group)
    const deadline = performance.now() + 3_000
    while (isRunning(recorded.supervisor) && performance.now() < deadline) await sleep(20)
  }
  killStragglers(instanceId, folder)
}
