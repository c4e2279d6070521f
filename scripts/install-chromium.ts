import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findChromium } from './chromium.ts'

/**
 * Makes sure that there is a browser to test in: one that is there, else the system's package, else Playwright's.
 *
 * @returns where it is
 * @throws when none can be had
 */
export async function installChromium(): Promise<string> {
  const there = findChromium()
  if (there !== undefined) return there
  const output: string[] = []
  const run = (program: string, ...args: readonly string[]) => {
    const { status, stdout, stderr, error } = spawnSync(program, args, {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    output.push(`$ ${program} ${args.join(' ')}\n${error?.message ?? `${stdout}${stderr}`}`)
    return status === 0
  }
  const isRoot = process.getuid?.() === 0
  if (isRoot && existsSync('/usr/bin/apt-get')) {
    run('apt-get', 'update')
    run('apt-get', 'install', '-y', '--no-install-recommends', 'chromium')
  }
  if (findChromium() === undefined) run('npx', 'playwright', 'install', 'chromium')
  const found = findChromium()
  if (found === undefined) throw new Error(`No Chromium could be installed.\n${output.join('\n')}`)
  return found
}
