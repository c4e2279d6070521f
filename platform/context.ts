import type { Actor } from '../src/rules/actor.ts'
import type { Addresses } from './addresses.ts'
import type { SessionEndings } from './auth/session-endings.ts'
import type { Blobs } from './blobs/blobs.ts'
import type { Changes } from './changes.ts'
import type { Config } from './config.ts'
import type { Tickets } from './gateway/tickets.ts'
import type { Importer } from './importer.ts'
import type { Launcher } from './instances/launcher.ts'
import type { UsageHistory } from './instances/usage-history.ts'
import type { Runtime } from './scheduler/python.ts'
import type { AppSearch } from './search/app-search.ts'
import type { Scheduler } from './scheduler/scheduler.ts'
import type { Database } from './store/schema.ts'
import type { Uploads } from './uploads/uploads.ts'

/** What every route works with. */
export type Platform = {
  readonly config: Config
  readonly addresses: Addresses
  readonly database: Database
  readonly blobs: Blobs
  readonly changes: Changes
  readonly uploads: Uploads
  readonly importer: Importer
  readonly launcher: Launcher
  readonly scheduler: Scheduler
  readonly usage: UsageHistory
  readonly search: AppSearch
  readonly tickets: Tickets
  readonly sessionEndings: SessionEndings
  /** The Python that apps run with; null where the machine has none. */
  readonly python: Runtime | null
  readonly now: () => Date
  readonly startedAt: Date
  /** What keeps apps to their own folders. */
  readonly confinement: 'bubblewrap' | 'none'
}

export type Variables = { requestId: string; actor: Actor; sessionToken: string | null }
export type AppEnv = { Variables: Variables }
