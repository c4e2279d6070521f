import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { sumByFamily } from './group-watch.ts'
import type { Family } from './process-group.ts'
import { listProcesses } from './process-table.ts'

/** What the kernel calls the addresses that take a connection to 127.0.0.1, of both families (proc_pid_net(5)). */
const loopback = new Set([
  '0100007F',
  '00000000',
  '0'.repeat(32),
  '0000000000000000FFFF00000100007F',
])
const listening = '0A'

/**
 * Whose program listens on a port of the loopback interface. Any program of this machine may bind any port, also one
 * that an app was promised, and would get that app's visitors.
 *
 * @returns `unknown` where that can't be told: elsewhere than on Linux, or of processes that may not be looked into
 */
export async function listenerOf(
  port: number,
  family: Family,
): Promise<'own' | 'foreign' | 'unknown'> {
  const sockets = [...listenersOn('tcp', port), ...listenersOn('tcp6', port)]
  if (sockets.length === 0) return 'unknown'
  const own = sumByFamily(await listProcesses(), [family]).get(family.group)?.pids ?? []
  const files = own.map(openFiles)
  const open = new Set(files.flatMap((each) => each ?? []))
  // All of them: two programs can share a port (SO_REUSEPORT).
  if (sockets.every((socket) => open.has(socket))) return 'own'
  return files.includes(null) ? 'unknown' : 'foreign'
}

function listenersOn(table: 'tcp' | 'tcp6', port: number): string[] {
  let text: string
  try {
    text = readFileSync(`/proc/net/${table}`, 'latin1')
  } catch {
    return []
  }
  const inHex = port.toString(16).toUpperCase().padStart(4, '0')
  return text.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/)
    const [address = '', localPort] = local.split(':')
    if (state !== listening || localPort !== inHex || !loopback.has(address)) return []
    return [`socket:[${inode}]`]
  })
}

/** What a process has open; nothing of one that ended, null where that may not be seen. */
function openFiles(pid: number): string[] | null {
  const folder = `/proc/${pid}/fd`
  try {
    return readdirSync(folder).map((name) => {
      try {
        return readlinkSync(`${folder}/${name}`)
      } catch {
        return ''
      }
    })
  } catch (error) {
    const mayNot = error instanceof Error && 'code' in error && error.code === 'EACCES'
    return mayNot ? null : []
  }
}
