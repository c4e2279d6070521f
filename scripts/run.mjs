// Runs one of the project's TypeScript files from a fresh clone: installs what is missing, then hands over to the
// Node that the project pins. This file itself has to work on whatever Node the machine has, from 18 on.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const stamp = path.join(root, 'node_modules', '.wavedeck-install')
const pinnedNode = path.join(root, 'node_modules', '.bin', 'node')

const lock = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .digest('hex')

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.log('Installing packages …')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  // Engine warnings are about the machine's Node, which runs nothing but this file.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync(npm, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) {
    console.error(
      '\nThe packages could not be installed. Check the network and the disk, and try again.\n',
    )
    process.exit(1)
  }
  writeFileSync(stamp, lock)
}

const ownMajor = Number(process.versions.node.split('.')[0])
const node = existsSync(pinnedNode) ? pinnedNode : ownMajor >= 24 ? process.execPath : null
if (node === null) {
  console.error(
    `\nThere is no packaged Node 24 for ${process.platform} ${process.arch}, and this is Node ${process.versions.node}.` +
      '\nInstall Node 24 or newer and try again.\n',
  )
  process.exit(1)
}

const [file, ...args] = process.argv.slice(2)
const child = spawn(
  node,
  ['--disable-warning=ExperimentalWarning', path.join(root, file), ...args],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${path.dirname(pinnedNode)}${path.delimiter}${process.env.PATH}`,
    },
  },
)
// The child decides how to stop; this process only outlives it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1))
