// A platform as a process of its own, as an operator's is, but with limits and a clock that a benchmark sets.
import { type Config, defaultLimits } from '../../../platform/config.ts'
import { startPlatform } from '../../../platform/server.ts'

export type Order =
  | { readonly kind: 'start'; readonly dataDir: string; readonly limits: Partial<Config['limits']> }
  /** Sets the clock forward, or back, by milliseconds. */
  | { readonly kind: 'jump'; readonly ms: number }
  | { readonly kind: 'measure' }

export type Answer =
  | { readonly kind: 'started'; readonly url: string; readonly confinement: string }
  /** Bytes of resident memory, and microseconds of the processor. */
  | { readonly kind: 'measured'; readonly memory: number; readonly cpu: number }

let offset = 0
const answer = (message: Answer) => process.send?.(message)

process.on('message', (order: Order) => void obey(order))

async function obey(order: Order): Promise<void> {
  if (order.kind === 'jump') offset += order.ms
  if (order.kind === 'measure') {
    const { user, system } = process.cpuUsage()
    answer({ kind: 'measured', memory: process.memoryUsage.rss(), cpu: user + system })
  }
  if (order.kind !== 'start') return
  const config: Config = {
    port: 0,
    host: '127.0.0.1',
    dataDir: order.dataDir,
    scheduler: 'process',
    samples: false,
    webRoot: null,
    python: process.env['WAVEDECK_PYTHON'] ?? 'python3',
    publicMode: false,
    confine: true,
    allowedEnvNames: [],
    limits: { ...defaultLimits, instancesPerUser: 1_000, versionsPerName: 1_000, ...order.limits },
  }
  const running = await startPlatform(config, () => new Date(Date.now() + offset))
  const { confinement } = running.platform
  const close = () => void running.close().then(() => process.exit(0))
  process.on('SIGTERM', close)
  // Whoever measures has gone: nothing may be left running.
  process.on('disconnect', close)
  answer({ kind: 'started', url: running.url, confinement })
}
