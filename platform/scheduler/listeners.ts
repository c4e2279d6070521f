import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { sumByFamily } from './group-watch.ts'
import type { Family } from './process-group.ts'
import { listProcesses } from './process-table.ts'

const mapped = '0000000000000000FFFF0000'
/**
 * What the kernel calls the addresses that take a connection to 127.0.0.1 (proc_pid_net(5)), as it prefers them: the
 * address itself, any of IPv4, any at all. The last doesn't say whether it takes IPv4.
 */
const takers = [
  new Set(['0100007F', `${mapped}0100007F`]),
  new Set(['00000000', `${mapped}00000000`]),
  new Set(['0'.repeat(32)]),
]
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
  const listeners = [...listenersOn('tcp', port), ...listenersOn('tcp6', port)]
  const sockets = takers
    .map((addresses) => listeners.filter(({ address }) => addresses.has(address)))
    .find((found) => found.length > 0)
  if (sockets === undefined) return 'unknown'
  const own = sumByFamily(await listProcesses(), [family]).get(family.group)?.pids ?? []
  const files = own.map(openFiles)
  const open = new Set(files.flatMap((each) => each ?? []))
  // All of them: two programs can share a port (SO_REUSEPORT).
  if (sockets.every(({ socket }) => open.has(socket))) return 'own'
  return files.includes(null) ? 'unknown' : 'foreign'
}

type Listener = { readonly address: string; readonly socket: string }

function listenersOn(table: 'tcp' | 'tcp6', port: number): Listener[] {
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
    if (state !== listening || localPort !== inHex) return []
    return [{ address, socket: `socket:[${inode}]` }]
  })
}

/** What a process has open; nothing of one that ended, null where that may not be seen. */
function openFiles(pid: number): string[] | null {
  const folder = `/proc/${pid}/fd`
  const read = <Value>(look: () => Value): Value | [] | null => {
    try {
      return look()
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      return code === 'ENOENT' || code === 'ESRCH' ? [] : null
    }
  }
  const files = read(() => readdirSync(folder))?.map((name) =>
    read(() => [readlinkSync(`${folder}/${name}`)]),
  )
  if (files === undefined || files.includes(null)) return null
  return files.flatMap((file) => file ?? [])
}
