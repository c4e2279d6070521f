import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { StartCommand } from './start-command.ts'

const run = promisify(execFile)

type Room = { readonly writable: readonly string[]; readonly readable: readonly string[] }

/**
 * Keeps apps to their own folders where bubblewrap is there and works (Linux): they see the system read-only, nothing
 * of the platform's data but what is theirs, and no processes but their own.
 */
export class Confinement {
  readonly #bubblewrap: string | null
  readonly #dataDir: string

  private constructor(bubblewrap: string | null, dataDir: string) {
    this.#bubblewrap = bubblewrap
    this.#dataDir = dataDir
  }

  /** Tries whether it works: many containers forbid what it needs. */
  static async find(dataDir: string): Promise<Confinement> {
    const works = await run('bwrap', [...base(dataDir), '--', '/bin/sh', '-c', 'exit 0'], {
      timeout: 10_000,
    }).then(
      () => true,
      () => false,
    )
    return new Confinement(works ? 'bwrap' : null, dataDir)
  }

  /** For tests and machines that shall have none. */
  static none(): Confinement {
    return new Confinement(null, '')
  }

  get kind(): 'bubblewrap' | 'none' {
    return this.#bubblewrap === null ? 'none' : 'bubblewrap'
  }

  wrap(command: StartCommand, { writable, readable }: Room): StartCommand {
    if (this.#bubblewrap === null) return command
    return {
      ...command,
      program: '/usr/bin/env',
      args: [
        this.#bubblewrap,
        ...base(this.#dataDir),
        ...readable.flatMap((folder) => ['--ro-bind-try', folder, folder]),
        ...writable.flatMap((folder) => ['--bind', folder, folder]),
        '--',
        command.program,
        ...command.args,
      ],
    }
  }
}

/** The network stays: an app has to be reached. `--new-session` is left out, which would take it out of its group. */
function base(dataDir: string): string[] {
  return [
    '--ro-bind',
    '/',
    '/',
    '--dev',
    '/dev',
    '--proc',
    '/proc',
    '--tmpfs',
    '/tmp',
    '--tmpfs',
    dataDir,
    '--unshare-pid',
    '--unshare-ipc',
    '--die-with-parent',
  ]
}
