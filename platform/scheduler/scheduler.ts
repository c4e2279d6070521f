import type { Manifest } from '../../src/bundle/manifest/manifest.ts'
import type { RunLog } from './run-log.ts'

/** Everything needed to start one instance. Sizes in bytes, times in seconds. */
export type Launch = {
  readonly instanceId: string
  /** Counts the starts of this instance, from 1; each has a log of its own. */
  readonly run: number
  readonly app: { readonly id: string; readonly name: string; readonly version: string }
  readonly manifest: Manifest
  /** The bundle on this machine. */
  readonly bundleFile: string
  /** The value of a secret's key for this instance; for its environment and files, and nowhere else. */
  readonly secretValue: (secret: string, key: string) => string | undefined
  readonly memoryLimit: number
  /** What its volume may hold; null: no limit. */
  readonly volumeLimit: number | null
  readonly startSeconds: number
  /** The path that the gateway serves it below; `/` where it has a host of its own. */
  readonly basePath: string
  /** The platform's own address, told to the app. */
  readonly environment: string
}

/** Where a start has got to; people read the message. */
export type StartPhase = 'Unpacking' | 'InstallingRequirements' | 'Starting'

/** What of a start is behind it. */
export type Step = 'UNPACKED' | 'REQUIREMENTS_INSTALLED' | 'STARTED' | 'RESTARTED'

/** What the scheduler saw. It never throws for what an app does wrong: it reports. */
export type Report =
  /** As many start at once as the machine can bear; the others wait. `isNew`: it just began to. */
  | { readonly kind: 'queued'; readonly place: number; readonly isNew: boolean }
  | {
      readonly kind: 'starting'
      readonly phase: StartPhase
      readonly message: string
      /** What came to its end as this phase began, and what there is to say of it. */
      readonly done?: Step
      readonly note?: string
    }
  | { readonly kind: 'running' }
  /** It ended by itself and is started again after `retrySeconds`. */
  | {
      readonly kind: 'crashed'
      readonly reason: string
      readonly message: string
      readonly exitCode: number | null
      readonly retrySeconds: number
    }
  /** It won't be started again. */
  | {
      readonly kind: 'failed'
      readonly reason: string
      readonly message: string
      readonly exitCode: number | null
    }

export type Observer = (instanceId: string, run: number, report: Report) => void

/** `processors`: 0.5 is half of one; null until it was looked at long enough. */
export type Usage = {
  readonly memoryBytes: number
  readonly memoryLimitBytes: number
  readonly processors: number | null
  readonly volumeBytes: number | null
}

export type Address = { readonly host: string; readonly port: number }

/** Starts, watches and stops instances. Small, so that a cluster can stand in its place. */
export interface Scheduler {
  readonly kind: 'process' | 'simulated'
  /** Begins a start and returns at once; what comes of it is reported. */
  start(launch: Launch): void
  /** Takes a process of an earlier life of the platform back into care. False: it is no longer there. */
  adopt(launch: Launch): Promise<boolean>
  /** Resolves when nothing of the instance runs any more. Its volume and log stay. */
  stop(instanceId: string): Promise<void>
  /** Deletes everything the instance left. It has to be stopped. */
  remove(instanceId: string): Promise<void>
  /** Where a running instance answers; undefined while it doesn't. */
  address(instanceId: string): Address | undefined
  /** What a running instance takes; null while nothing of it runs, or nobody has looked. */
  usage(instanceId: string): Usage | null
  /** What a run printed; it may be nothing yet. */
  log(instanceId: string, run: number): RunLog
  /** Kills and deletes what belongs to no instance of these. For the start of the platform. */
  sweep(known: ReadonlySet<string>): Promise<void>
}
