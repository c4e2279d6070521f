import path from 'node:path'
import { parseArgs } from 'node:util'

export type SchedulerKind = 'process' | 'simulated'

/** Everything that may differ between two deployments. Durations in seconds, sizes in bytes. */
export type Config = {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly scheduler: SchedulerKind
  /** Import the sample bundles when the data folder is new. */
  readonly samples: boolean
  /** The built catalog; null serves the API alone. */
  readonly webRoot: string | null
  readonly python: string
  readonly publicMode: boolean
  /** Keep apps to their own folders where the machine can. */
  readonly confine: boolean
  /** Reserved names that apps may set here; a `*` at the end stands for anything. */
  readonly allowedEnvNames: readonly string[]
  readonly limits: Limits
}

export type Limits = {
  readonly instancesPerUser: number
  readonly instancesPerVisitor: number
  readonly versionsPerName: number
  readonly bundleBytes: number
  /** Uploads that are not imported yet. */
  readonly uploadsPerUser: number
  /** Until an upload expires that nothing is added to. */
  readonly uploadSeconds: number
  readonly startSeconds: number
  /** For apps that set no InstanceTimeout. */
  readonly instanceTimeoutSeconds: number
  readonly memoryLimit: string
}

/** The defaults are DOMAIN's where it names them. */
export const defaultLimits: Limits = {
  instancesPerUser: 10,
  instancesPerVisitor: 5,
  versionsPerName: 10,
  bundleBytes: 8 * 1024 ** 3,
  uploadsPerUser: 20,
  uploadSeconds: 24 * 60 * 60,
  startSeconds: 300,
  instanceTimeoutSeconds: 8 * 60 * 60,
  memoryLimit: '2Gi',
}

/** Wrong usage: the message is for the person at the terminal. */
export class UsageError extends Error {}

export const usage = `Usage: npm start -- [options]

  --port NUMBER        where to listen (WAVEDECK_PORT, default 4600; 0 picks a free one)
  --data-dir FOLDER    where everything is kept (WAVEDECK_DATA_DIR, default .wavedeck)
  --scheduler KIND     process or simulated (WAVEDECK_SCHEDULER, default process)
  --no-samples         don't import the sample apps into a new data folder (WAVEDECK_SAMPLES=0)
  --help               this text

Further settings: WAVEDECK_PYTHON (default python3), WAVEDECK_PUBLIC_MODE=1,
WAVEDECK_CONFINE=0 (run apps without bubblewrap where it is there),
WAVEDECK_MAX_BUNDLE_BYTES, WAVEDECK_START_SECONDS, WAVEDECK_ALLOWED_ENV_NAMES (reserved
names that apps may set, such as H2O_CLOUD_REGION,H2O_WAVE_LOG_*).`

const options = {
  port: { type: 'string' },
  'data-dir': { type: 'string' },
  scheduler: { type: 'string' },
  samples: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

/**
 * Reads flags, then `WAVEDECK_*` variables, then defaults.
 *
 * @returns `help` when that is all that was asked for
 * @throws {UsageError} for an unknown flag or a value that makes no sense
 */
export function readConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  root: string,
): Config | 'help' {
  const flags = parseFlags(args)
  if (flags.help) return 'help'
  const scheduler = flags.scheduler ?? env['WAVEDECK_SCHEDULER'] ?? 'process'
  if (scheduler !== 'process' && scheduler !== 'simulated') {
    throw new UsageError(`--scheduler is process or simulated, not “${scheduler}”.`)
  }
  return {
    port: wholeNumber(flags.port ?? env['WAVEDECK_PORT'] ?? '4600', '--port', 65_535),
    host: '127.0.0.1',
    dataDir: path.resolve(
      flags['data-dir'] ?? env['WAVEDECK_DATA_DIR'] ?? path.join(root, '.wavedeck'),
    ),
    scheduler,
    samples: flags.samples ?? env['WAVEDECK_SAMPLES'] !== '0',
    webRoot: path.join(root, 'dist'),
    python: env['WAVEDECK_PYTHON'] ?? 'python3',
    publicMode: env['WAVEDECK_PUBLIC_MODE'] === '1',
    confine: env['WAVEDECK_CONFINE'] !== '0',
    allowedEnvNames: envNames(env['WAVEDECK_ALLOWED_ENV_NAMES'] ?? ''),
    limits: {
      ...defaultLimits,
      bundleBytes: wholeNumber(
        env['WAVEDECK_MAX_BUNDLE_BYTES'] ?? String(defaultLimits.bundleBytes),
        'WAVEDECK_MAX_BUNDLE_BYTES',
      ),
      startSeconds: wholeNumber(
        env['WAVEDECK_START_SECONDS'] ?? String(defaultLimits.startSeconds),
        'WAVEDECK_START_SECONDS',
      ),
    },
  }
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowNegative: true }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function envNames(text: string): string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  for (const name of names) {
    if (/^[A-Za-z_][A-Za-z0-9_]*\*?$/.test(name)) continue
    throw new UsageError(
      `WAVEDECK_ALLOWED_ENV_NAMES holds environment names with commas between them; “${name}” is none.`,
    )
  }
  return names
}

function wholeNumber(text: string, name: string, max = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > max) {
    throw new UsageError(`${name} is a whole number up to ${max}, not “${text}”.`)
  }
  return value
}
