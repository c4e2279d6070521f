import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Folders an app may write to, and others it may read. */
type Room = {
  readonly writable: readonly string[]
  readonly readable: readonly string[]
  /** Folders that it sees in another place as well, by that place. */
  readonly mounts?: Readonly<Record<string, string>>
}

type Program = { readonly program: string; readonly args: readonly string[] }

/** What programs need of a system; neither homes nor anything that other people keep. */
const system = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/opt',
  '/nix/store',
  '/etc/alternatives',
  '/etc/ca-certificates',
  '/etc/fonts',
  '/etc/group',
  '/etc/hosts',
  '/etc/ld.so.cache',
  '/etc/ld.so.conf',
  '/etc/ld.so.conf.d',
  '/etc/localtime',
  '/etc/mime.types',
  '/etc/nsswitch.conf',
  '/etc/passwd',
  '/etc/pki',
  '/etc/protocols',
  '/etc/resolv.conf',
  '/etc/services',
  '/etc/ssl',
]

/**
 * Keeps apps to their own folders where bubblewrap is there and works (Linux): beside those they see programs and
 * libraries, read-only, and no processes but their own. The network stays, because an app has to be reached.
 */
export class Confinement {
  readonly kind: 'bubblewrap' | 'none'

  constructor(kind: 'bubblewrap' | 'none') {
    this.kind = kind
  }

  /** Tries whether it works: many containers forbid what it needs. */
  static async find(): Promise<Confinement> {
    const probe = ['bwrap', ...roomArguments({ writable: [], readable: [] }), '/bin/sh', '-c', ':']
    const works = await run('/usr/bin/env', probe, { timeout: 10_000 }).then(
      () => true,
      () => false,
    )
    return new Confinement(works ? 'bubblewrap' : 'none')
  }

  /** @param python its folder may be anywhere, a person's home among it */
  wrap({ program, args }: Program, python: string, room: Room): Program {
    if (this.kind === 'none') return { program, args }
    const prefix = path.dirname(path.dirname(python))
    const readable = [...room.readable, ...(prefix === '/' ? [] : [prefix])]
    return {
      program: '/usr/bin/env',
      args: ['bwrap', ...roomArguments({ ...room, readable }), program, ...args],
    }
  }

  /**
   * Whether a folder can be shown to an app in this place: neither within nor around what it gets from the system, nor
   * around what it needs.
   */
  canMount(place: string, needed: readonly string[]): boolean {
    const taken = [...system, '/dev', '/proc', '/sys']
    return (
      this.kind === 'bubblewrap' &&
      path.normalize(place) === place &&
      /^\/./.test(place) &&
      !taken.some((one) => isWithin(place, one) || isWithin(one, place)) &&
      !needed.some((one) => isWithin(one, place))
    )
  }
}

function isWithin(place: string, folder: string): boolean {
  return place === folder || place.startsWith(`${folder}/`)
}

/**
 * Neither `--new-session`, which would take the app out of its process group, nor `--die-with-parent`, which would
 * leave it no time to end by itself.
 */
function roomArguments({ writable, readable, mounts = {} }: Room): string[] {
  const readOnly = (place: string) => ['--ro-bind-try', place, place]
  return [
    ...system.flatMap(readOnly),
    '--dev',
    '/dev',
    '--proc',
    '/proc',
    '--tmpfs',
    '/tmp',
    // After that: they may lie below it.
    ...readable.flatMap(readOnly),
    ...writable.flatMap((place) => ['--bind', place, place]),
    ...Object.entries(mounts).flatMap(([place, folder]) => ['--bind', folder, place]),
    '--unshare-pid',
    '--unshare-ipc',
    '--',
  ]
}
