import { randomUUID } from 'node:crypto'
import { type Actor, actorOf } from '../src/rules/actor.ts'
import { mayRunApp, usualProfile } from '../src/rules/apps.ts'
import { instanceLimit } from '../src/rules/limits.ts'
import { parseQuantity, quantityToBytes } from '../src/rules/quantity.ts'
import { type Addresses, basePath } from './addresses.ts'
import { roleNames } from './auth/personas.ts'
import type { Blobs } from './blobs/blobs.ts'
import { type Changes, instanceChange } from './changes.ts'
import type { Config } from './config.ts'
import { enforce, instanceNotFound, Problem, unknownProfile } from './http/problem.ts'
import { afterReport, failed, pauseDeadline, paused, queued } from './instance-states.ts'
import { Lock, Locks } from './lock.ts'
import { needsOf, whatIsMissing } from './preconditions.ts'
import { findProfile, profiles } from './profiles.ts'
import type { Runtime } from './scheduler/python.ts'
import type { Launch, Report, Scheduler } from './scheduler/scheduler.ts'
import type { StoredApp } from './store/apps.ts'
import { isDiskFull, isForeignKeyViolation, isUniqueViolation } from './store/errors.ts'
import { findCreated, type Intent, intentOf, putCreated } from './store/idempotency.ts'
import {
  countLive,
  getInstance,
  listLiveInstances,
  type StoredInstance,
} from './store/instances.ts'
import type { Reserve } from './store/reserve.ts'
import type { Database, InstanceRow } from './store/schema.ts'
import { findSecret, listSecrets } from './store/secrets.ts'
import { storageProblem } from './store/storage-problem.ts'
import { getUsers } from './store/users.ts'

type Parts = {
  readonly database: Database
  readonly blobs: Blobs
  readonly changes: Changes
  readonly config: Config
  readonly addresses: Addresses
  readonly python: Runtime | null
  readonly scheduler: Scheduler
  readonly reserve: Reserve
  readonly now: () => Date
}

type Run = {
  readonly actor: Actor
  readonly app: StoredApp
  readonly visibility: InstanceRow['visibility']
  readonly profile: string | undefined
  readonly idempotencyKey: string | undefined
}

const tickMs = 1_000

/**
 * The life of instances: the state machine of the domain between the store, which remembers, and the scheduler,
 * which does. The store is written first; what a crash leaves in between is put right at the next start.
 */
export class Launcher {
  readonly #parts: Parts
  /** Everything that changes one instance happens one after the other. */
  readonly #locks = new Locks()
  /** Counting a person's instances and adding one must not be interleaved with another launch. */
  readonly #launchLock = new Lock()
  /** The last report of each instance that could not be written down; tried again until it can. */
  readonly #unwritten = new Map<string, { run: number; report: Report }>()
  #ticker: NodeJS.Timeout | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Puts the store and what really runs together again, then begins watching deadlines. */
  async open(): Promise<void> {
    const { database, scheduler } = this.#parts
    const rows = await database.selectFrom('instances').select(['id', 'status']).execute()
    await scheduler.sweep(new Set(rows.map((row) => row.id)))
    for (const { id, status } of rows) {
      if (status === 'SUSPENDED' || status === 'FAILED') await scheduler.stop(id)
    }
    for (const instance of await listLiveInstances(database)) {
      if (await scheduler.adopt(await this.#launchOf(instance))) continue
      await scheduler.stop(instance.id)
      const message = 'It ended while the platform was not running. Start it again.'
      const change = failed('PlatformStopped', message, null, this.#parts.now())
      await this.#update(instance.id, change)
    }
    this.#ticker = setInterval(() => void this.#tick().catch(complain), tickMs)
    this.#ticker.unref()
  }

  /** Pauses everything that runs, so that no process outlives the platform unseen. */
  async close(): Promise<void> {
    clearInterval(this.#ticker)
    const live = await listLiveInstances(this.#parts.database)
    const message = 'It was paused when the platform was stopped.'
    await Promise.all(
      live.map(({ id }) =>
        this.#pause(id, 'PlatformStopped', message).catch(async (error: unknown) => {
          // Whether it can be written down or not, no process may outlive the platform unseen.
          complain(error)
          await this.#parts.scheduler.stop(id)
        }),
      ),
    )
  }

  /** @returns the id of the instance; of the earlier one for a retry with the same key */
  async run({ actor, app, visibility, profile, idempotencyKey }: Run): Promise<string> {
    enforce(mayRunApp(actor, app))
    this.#checkVisibility(visibility)
    const chosen =
      profile === undefined
        ? usualProfile({ defaultProfile: app.default_profile }, profiles)
        : findProfile(profile)
    if (chosen === undefined) throw unknownProfile('profile')
    const ownerId = actor.userId ?? ''
    await this.#checkPreconditions(app, ownerId)
    const intent = intentOf(ownerId, idempotencyKey, `run ${app.id} ${visibility} ${chosen.name}`)
    const now = this.#time()
    const row: InstanceRow = {
      ...queued,
      id: randomUUID(),
      app_id: app.id,
      owner_id: ownerId,
      visibility,
      profile: chosen.name,
      run: 1,
      suspend_after: null,
      last_failure: null,
      created_at: now,
      updated_at: now,
    }
    const earlier = await this.#launchLock.run(() => this.#insert(row, intent))
    if (earlier !== undefined) return earlier
    await this.#locks.run(row.id, async () => {
      // Somebody who lists instances may have ended it already.
      const instance = await this.#announce(row.id)
      if (instance?.status !== 'PENDING' || instance.run !== row.run) return
      this.#parts.scheduler.start(await this.#launchOf(instance))
    })
    return row.id
  }

  /** Pausing what is paused changes nothing. */
  async suspend(instanceId: string): Promise<void> {
    await this.#pause(instanceId, null, null)
  }

  /** Resuming what runs changes nothing; what failed is started afresh. */
  async resume(instanceId: string): Promise<void> {
    await this.#locks.run(instanceId, async () => {
      const { database, scheduler } = this.#parts
      const instance = await getInstance(database, instanceId)
      if (instance === undefined) throw instanceNotFound()
      if (instance.status !== 'SUSPENDED' && instance.status !== 'FAILED') return
      await this.#checkPreconditions(instance.storedApp, instance.owner_id)
      await scheduler.stop(instanceId)
      await this.#launchLock.run(async () => {
        await this.#checkLimit(instance.owner_id)
        await this.#update(instanceId, { ...queued, run: instance.run + 1 })
      })
      const resumed = await getInstance(database, instanceId)
      if (resumed) scheduler.start(await this.#launchOf(resumed))
    })
  }

  /** Ends it for good. Resolves when nothing of it is left. */
  async terminate(instance: StoredInstance): Promise<void> {
    const { database, scheduler, changes } = this.#parts
    await this.#locks.run(instance.id, async () => {
      await this.#makingRoom(instance.id, () =>
        database.deleteFrom('instances').where('id', '=', instance.id).execute(),
      )
      this.#unwritten.delete(instance.id)
      await scheduler.stop(instance.id)
      await scheduler.remove(instance.id)
    })
    changes.publish(instanceChange(instance, true))
  }

  async setVisibility(
    instance: StoredInstance,
    visibility: InstanceRow['visibility'],
  ): Promise<void> {
    this.#checkVisibility(visibility)
    await this.#parts.database
      .updateTable('instances')
      .set({ visibility })
      .where('id', '=', instance.id)
      .execute()
    await this.#announce(instance.id, instance)
  }

  /** Somebody uses it: the automatic pause moves on. */
  async touch(instance: StoredInstance): Promise<void> {
    await this.#parts.database
      .updateTable('instances')
      .set({ suspend_after: pauseDeadline(instance, this.#parts.now()) })
      .where('id', '=', instance.id)
      .where('status', '=', 'DEPLOYED')
      .execute()
  }

  /** What the scheduler saw, taken in the order it happened. */
  observe(instanceId: string, run: number, report: Report): void {
    const task = async () => {
      try {
        await this.#take(instanceId, run, report)
        this.#unwritten.delete(instanceId)
      } catch (error) {
        // The last one says where it has got to; without it a running app would count as starting for ever.
        if (storageProblem(error)) this.#unwritten.set(instanceId, { run, report })
        throw error
      }
    }
    void this.#locks.run(instanceId, task).catch(complain)
  }

  /**
   * Writes that an instance is no more to run. On a full disk it is stopped before that is written: it may be what
   * fills the disk, and what it leaves makes room, as does the reserve.
   */
  async #makingRoom(instanceId: string, write: () => Promise<unknown>): Promise<void> {
    try {
      await write()
    } catch (error) {
      if (!isDiskFull(error)) throw error
      const { database, reserve, scheduler } = this.#parts
      await scheduler.stop(instanceId)
      reserve.release()
      try {
        await write()
      } catch (again) {
        const instance = await getInstance(database, instanceId)
        const reason = 'StorageFull'
        const message = 'It was stopped while the disk was full. Start it again.'
        const report: Report = { kind: 'failed', reason, message, exitCode: null }
        if (instance) this.#unwritten.set(instanceId, { run: instance.run, report })
        throw again
      }
    }
  }

  async #take(instanceId: string, run: number, report: Report): Promise<void> {
    const instance = await getInstance(this.#parts.database, instanceId)
    // Late news of an earlier run, or of an instance that was paused or ended meanwhile.
    if (instance === undefined || instance.run !== run) return
    if (instance.status !== 'PENDING' && instance.status !== 'DEPLOYED') return
    if (report.kind === 'failed') {
      return this.#fail(instanceId, report.reason, report.message, report.exitCode)
    }
    await this.#update(instanceId, afterReport(instance, report, this.#parts.now()))
  }

  async #fail(
    instanceId: string,
    reason: string,
    message: string,
    exitCode: number | null,
  ): Promise<void> {
    try {
      await this.#update(instanceId, failed(reason, message, exitCode, this.#parts.now()))
    } finally {
      // Also where that could not be written: half of an unpacked app would keep the disk full.
      await this.#parts.scheduler.stop(instanceId)
    }
  }

  async #pause(instanceId: string, reason: string | null, message: string | null): Promise<void> {
    await this.#locks.run(instanceId, async () => {
      const instance = await getInstance(this.#parts.database, instanceId)
      if (instance === undefined || instance.status === 'SUSPENDED') return
      if (instance.status === 'FAILED') {
        throw new Problem(409, 'instance.not-running', 'It failed; there is nothing to pause.')
      }
      await this.#makingRoom(instanceId, () => this.#update(instanceId, paused(reason, message)))
      await this.#parts.scheduler.stop(instanceId)
    })
  }

  async #insert(row: InstanceRow, intent: Intent | undefined): Promise<string | undefined> {
    const { database, now } = this.#parts
    const earlier = await findCreated(database, intent)
    if (earlier !== undefined) return earlier
    await this.#checkLimit(row.owner_id)
    try {
      await database.transaction().execute(async (transaction) => {
        await transaction.insertInto('instances').values(row).execute()
        await putCreated(transaction, intent, row.id, now())
      })
    } catch (error) {
      // The same request a moment ago, with the same key.
      const made = isUniqueViolation(error) ? await findCreated(database, intent) : undefined
      if (made !== undefined) return made
      if (isForeignKeyViolation(error)) {
        throw new Problem(404, 'app.not-found', 'This app was deleted a moment ago.')
      }
      throw error
    }
    return undefined
  }

  async #checkPreconditions(app: StoredApp, ownerId: string): Promise<void> {
    const secrets = await listSecrets(this.#parts.database)
    const means = { ...this.#parts, secrets }
    const [problem] = whatIsMissing(needsOf(app.manifest), app.name, means, ownerId).problems
    if (problem) throw new Problem(409, 'app.not-runnable', problem.message)
  }

  async #checkLimit(ownerId: string): Promise<void> {
    const { database, config } = this.#parts
    const owner = (await getUsers(database, [ownerId])).get(ownerId)
    const max = instanceLimit(actorOf(ownerId, owner?.roles ?? [], roleNames), config.limits)
    const used = await countLive(database, ownerId)
    if (used < max) return
    throw new Problem(
      409,
      'instance.limit-reached',
      `${used} of ${max} instances are running already. Pause or terminate one first.`,
    )
  }

  #checkVisibility(visibility: InstanceRow['visibility']): void {
    if (visibility !== 'PUBLIC' || this.#parts.config.publicMode) return
    throw new Problem(
      422,
      'instance.public-mode-off',
      'This deployment has no public instances. Choose PRIVATE or ALL_USERS.',
    )
  }

  async #tick(): Promise<void> {
    const { database, now, config, reserve } = this.#parts
    for (const [id, { run, report }] of this.#unwritten) this.observe(id, run, report)
    if (this.#unwritten.size === 0) reserve.fill()
    const due = await database
      .selectFrom('instances')
      .select('id')
      .where('status', '=', 'DEPLOYED')
      .where('suspend_after', '<=', now().toISOString())
      .execute()
    for (const { id } of due) {
      const message = 'It was paused by itself because nobody had used it.'
      await this.#pause(id, 'Idle', message).catch(complain)
    }
    const { startSeconds } = config.limits
    const latest = new Date(now().getTime() - startSeconds * 1000).toISOString()
    const late = await database
      .selectFrom('instances')
      .select('id')
      .where('status', '=', 'PENDING')
      .where('updated_at', '<=', latest)
      .execute()
    for (const { id } of late) {
      await this.#locks.run(id, async () => {
        const instance = await getInstance(database, id)
        if (instance?.status !== 'PENDING' || instance.updated_at > latest) return
        // It may be running, with no room to say so.
        if (this.#unwritten.has(id)) return
        const message = `It did not answer on its port within ${startSeconds} s. An app has to listen on the port in the variable PORT.`
        await this.#fail(id, 'StartLimitReached', message, null)
      })
    }
  }

  /** `updated_at` tells when the status last changed, so it moves only then. */
  async #update(instanceId: string, values: Partial<InstanceRow>): Promise<void> {
    const { database } = this.#parts
    const before = await getInstance(database, instanceId)
    if (before === undefined) return
    const moved = values.status !== undefined && values.status !== before.status
    await database
      .updateTable('instances')
      .set({ ...values, ...(moved ? { updated_at: this.#time() } : {}) })
      .where('id', '=', instanceId)
      .execute()
    await this.#announce(instanceId)
  }

  async #announce(
    instanceId: string,
    before?: StoredInstance,
  ): Promise<StoredInstance | undefined> {
    const instance = await getInstance(this.#parts.database, instanceId)
    if (instance) this.#parts.changes.publish(instanceChange(instance, false, before))
    return instance
  }

  async #launchOf(instance: StoredInstance): Promise<Launch> {
    const { blobs, config, addresses, database } = this.#parts
    const { storedApp } = instance
    const secrets = await listSecrets(database)
    const profile = findProfile(instance.profile)
    const asked = profile?.memory ?? storedApp.manifest.runtime?.memoryLimit ?? null
    const limit = parseQuantity(asked ?? config.limits.memoryLimit)
    return {
      instanceId: instance.id,
      run: instance.run,
      app: { id: storedApp.id, name: storedApp.name, version: storedApp.version },
      manifest: storedApp.manifest,
      bundleFile: blobs.path(storedApp.bundle_sha256),
      memoryLimit: limit === null ? 2 * 1024 ** 3 : quantityToBytes(limit),
      startSeconds: config.limits.startSeconds,
      secretValue: (name, key) =>
        findSecret(secrets, name, storedApp.name, instance.owner_id)?.values[key],
      basePath: basePath(instance.id, storedApp.manifest.runtime?.routingMode ?? 'DOMAIN'),
      environment: addresses.catalog,
    }
  }

  #time(): string {
    return this.#parts.now().toISOString()
  }
}

let silentUntil = 0

/** For work that nobody waits for: the platform goes on, and its operator reads of it. */
function complain(error: unknown): void {
  if (storageProblem(error) === undefined || !(error instanceof Error)) {
    console.error('wavedeck:', error)
    return
  }
  // Tried again every second; once a minute is enough to read of it.
  if (Date.now() < silentUntil) return
  silentUntil = Date.now() + 60_000
  console.error(`wavedeck: the data folder can’t be written: ${error.message}`)
}
