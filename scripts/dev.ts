import { spawn } from 'node:child_process'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const apiPort = process.env['WAVEDECK_PORT'] ?? '4600'

/** The platform, started again when its code changes, beside the catalog with hot reload. */
const children = [
  ['--watch', '--watch-preserve-output', 'platform/main.ts', '--port', apiPort],
  ['node_modules/vite/bin/vite.js'],
].map((args) =>
  spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, WAVEDECK_API: `http://localhost:${apiPort}` },
  }),
)

function stop(): void {
  for (const child of children) child.kill('SIGTERM')
}

process.on('SIGINT', stop)
process.on('SIGTERM', stop)
for (const child of children) child.on('exit', stop)
