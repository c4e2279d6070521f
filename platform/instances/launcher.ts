import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import type { Actor } from '../../src/rules/actor.ts'
import { mayRunApp } from '../../src/rules/apps.ts'
import type { Addresses } from '../addresses.ts'
import type { Blobs } from '../blobs/blobs.ts'
import { type Changes, instanceChange } from '../changes.ts'
import type { Config } from '../config.ts'
import { enforce, instanceNotFound, Problem } from '../http/problem.ts'
import { Lock, Locks } from '../lock.ts'
import type { Runtime } from '../scheduler/python.ts'
import type { Report, Scheduler } from '../scheduler/scheduler.ts'
import type { StoredApp } from '../store/apps.ts'
import { isDiskFull, isForeignKeyViolation, isUniqueViolation } from '../store/errors.ts'
import { findCreated, type Intent, intentOf, putCreated } from '../store/idempotency.ts'
import { putEvent } from '../store/instance-events.ts'
import { getInstance, listLiveInstances, type StoredInstance } from '../store/instances.ts'
import type { Reserve } from '../store/reserve.ts'
import type { Database, InstanceRow } from '../store/schema.ts'
import { storageProblem } from '../store/storage-problem.ts'
import { complain } from './complain.ts'
import { dueForPause, moveDeadlines } from './deadlines.ts'
import { afterReport, eventOf, failed, pauseDeadline, paused, queued } from './instance-states.ts'
import { Journal } from './journal.ts'
import { checkLimit, checkPreconditions, checkVisibility, chooseProfile } from './launch-checks.ts'
import { launchOf } from './launch-of.ts'
import { Uses } from './uses.ts'

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
/** A clock that has moved this much more or less than time went by was set anew. */
const clockJumpMs = 30_000

/**
 * The life of instances: the state machine of the domain between the store, which remembers, and the scheduler,
 * which does. The store is written first; what a crash leaves in between is put right at the next start.
 */
export class Launcher {
  readonly #parts: Parts
  readonly #journal: Journal
  /** Everything that changes one instance happens one after the other. */
  readonly #locks = new Locks()
  /** Counting a person's instances and adding one must not be interleaved with another launch. */
  readonly #launchLock = new Lock()
  /** The last report of each instance that could not be written down; tried again until it can. */
  readonly #unwritten = new Map<string, { run: number; report: Report }>()
  /** How many write into the room that was set aside. */
  #makers = 0
  readonly #uses = new Uses()
  #ticker: NodeJS.Timeout | undefined
  #lastLook: { wall: number; steady: number }

  constructor(parts: Parts) {
    this.#parts = parts
    this.#journal = new Journal(parts)
    this.#lastLook = { wall: parts.now().getTime(), steady: performance.now() }
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
      if (await scheduler.adopt(await launchOf(this.#parts, instance))) {
        const message = 'The platform was started again and found it running.'
        await this.#journal.update(instance.id, {}, { kind: 'FOUND', by: null, message })
        continue
      }
      await scheduler.stop(instance.id)
      const reason = 'PlatformStopped'
      const message = 'It ended while the platform was not running. Start it again.'
      const change = failed(reason, message, null, this.#parts.now())
      await this.#journal.update(instance.id, change, { kind: 'FAILED', by: null, reason, message })
    }
    const ticks = new Lock()
    this.#ticker = setInterval(() => void ticks.run(() => this.#tick()).catch(complain), tickMs)
    this.#ticker.unref()
  }

  /** Pauses everything that runs, so that no process outlives the platform unseen. */
  async close(): Promise<void> {
    clearInterval(this.#ticker)
    const live = await listLiveInstances(this.#parts.database)
    const message = 'It was paused when the platform was stopped.'
    await Promise.all(
      live.map(({ id }) =>
        this.#pause(id, null, 'PlatformStopped', message).catch(async (error: unknown) => {
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
    checkVisibility(this.#parts, visibility)
    const chosen = chooseProfile(app, profile)
    const ownerId = actor.userId ?? ''
    await checkPreconditions(this.#parts, app, ownerId)
    const intent = intentOf(ownerId, idempotencyKey, `run ${app.id} ${visibility} ${chosen.name}`)
    const now = this.#parts.now().toISOString()
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
      const instance = await this.#journal.announce(row.id)
      if (instance?.status !== 'PENDING' || instance.run !== row.run) return
      this.#parts.scheduler.start(await launchOf(this.#parts, instance))
    })
    return row.id
  }

  /** Pausing what is paused changes nothing. */
  async suspend(instanceId: string, by: string): Promise<void> {
    await this.#pause(instanceId, by, null, null)
  }

  /** Resuming what runs changes nothing; what failed is started afresh. */
  async resume(instanceId: string, by: string): Promise<void> {
    await this.#locks.run(instanceId, async () => {
      const { database, scheduler } = this.#parts
      const instance = await getInstance(database, instanceId)
      if (instance === undefined) throw instanceNotFound()
      if (instance.status !== 'SUSPENDED' && instance.status !== 'FAILED') return
      await checkPreconditions(this.#parts, instance.storedApp, instance.owner_id)
      await scheduler.stop(instanceId)
      await this.#launchLock.run(async () => {
        await checkLimit(this.#parts, instance.owner_id)
        const change = { ...queued, run: instance.run + 1 }
        await this.#journal.update(instanceId, change, { kind: 'RESUMED', by })
      })
      const resumed = await getInstance(database, instanceId)
      if (resumed) scheduler.start(await launchOf(this.#parts, resumed))
    })
  }

  /** Ends it for good. Resolves when nothing of it is left. */
  async terminate(instance: StoredInstance, by: string): Promise<void> {
    const { scheduler, changes } = this.#parts
    await this.#locks.run(instance.id, async () => {
      await this.#makingRoom(instance.id, () => this.#journal.end(instance, by), 'for good')
      this.#unwritten.delete(instance.id)
      await scheduler.stop(instance.id)
      await scheduler.remove(instance.id)
    })
    changes.publish(instanceChange(instance, true))
    // At once, not at the next look: the next app may fill the disk until then.
    this.#setRoomAside()
  }

  async setVisibility(
    { id }: StoredInstance,
    visibility: InstanceRow['visibility'],
    by: string,
  ): Promise<void> {
    checkVisibility(this.#parts, visibility)
    const event = { kind: 'VISIBILITY_CHANGED', by, message: visibility } as const
    await this.#journal.update(id, { visibility }, event)
  }

  /** Somebody uses it, so its automatic pause moves on. Cheap enough for every request. */
  used(instanceId: string): void {
    this.#uses.note(instanceId, this.#parts.now().getTime())
  }

  /** Somebody opens a running instance, or puts its pause off: that is seen at once. A full disk keeps nobody out. */
  async visited(instance: StoredInstance): Promise<void> {
    this.used(instance.id)
    const deadline = pauseDeadline(instance, this.#parts.now())
    const current = await getInstance(this.#parts.database, instance.id)
    if (deadline === null || current?.status !== 'DEPLOYED') return
    await this.#journal.update(instance.id, { suspend_after: deadline }, null).catch(complain)
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
   * Writes that an instance is no more to run. On a full disk it is stopped before that is written, and its files go if
   * it ends for good: it may be what fills the disk, and what it leaves makes room, as does the reserve.
   */
  async #makingRoom(
    instanceId: string,
    write: () => Promise<unknown>,
    until: 'resumed' | 'for good' = 'resumed',
  ): Promise<void> {
    try {
      await write()
    } catch (error) {
      if (!isDiskFull(error)) throw error
      const { database, reserve, scheduler } = this.#parts
      await scheduler.stop(instanceId)
      if (until === 'for good') await scheduler.remove(instanceId).catch(complain)
      this.#makers += 1
      reserve.release()
      try {
        await write()
      } catch (again) {
        const instance = await getInstance(database, instanceId)
        const reason = 'StorageFull'
        const message =
          until === 'for good'
            ? 'It was stopped and its data is gone, but the disk is too full to write down that it ended. Terminate it again.'
            : 'It was stopped while the disk was full. Start it again.'
        const report: Report = { kind: 'failed', reason, message, exitCode: null }
        if (instance) this.#unwritten.set(instanceId, { run: instance.run, report })
        throw again
      } finally {
        this.#makers -= 1
      }
    }
  }

  /** Unless somebody needs the room: what is to be written yet, or is being written in it. */
  #setRoomAside(): void {
    if (this.#unwritten.size === 0 && this.#makers === 0) this.#parts.reserve.fill()
  }

  async #take(instanceId: string, run: number, report: Report): Promise<void> {
    const instance = await getInstance(this.#parts.database, instanceId)
    // Late news of an earlier run, or of an instance that was paused or ended meanwhile.
    if (instance === undefined || instance.run !== run) return
    if (instance.status !== 'PENDING' && instance.status !== 'DEPLOYED') return
    const change = afterReport(instance, report, this.#parts.now())
    try {
      await this.#journal.update(instanceId, change, eventOf(report))
    } finally {
      // Also where that could not be written: half of an unpacked app would keep the disk full.
      if (report.kind === 'failed') await this.#parts.scheduler.stop(instanceId)
    }
  }

  async #pause(
    instanceId: string,
    by: string | null,
    reason: string | null,
    message: string | null,
  ): Promise<void> {
    await this.#locks.run(instanceId, async () => {
      const instance = await getInstance(this.#parts.database, instanceId)
      if (instance === undefined || instance.status === 'SUSPENDED') return
      if (instance.status === 'FAILED') {
        throw new Problem(409, 'instance.not-running', 'It failed; there is nothing to pause.')
      }
      const event = { kind: 'PAUSED', by, reason, message } as const
      await this.#makingRoom(instanceId, () =>
        this.#journal.update(instanceId, paused(reason, message), event),
      )
      await this.#parts.scheduler.stop(instanceId)
    })
  }

  async #insert(row: InstanceRow, intent: Intent | undefined): Promise<string | undefined> {
    const { database, now } = this.#parts
    const earlier = await findCreated(database, intent)
    if (earlier !== undefined) return earlier
    await checkLimit(this.#parts, row.owner_id)
    try {
      await database.transaction().execute(async (transaction) => {
        await transaction.insertInto('instances').values(row).execute()
        const event = { kind: 'REQUESTED', by: row.owner_id } as const
        await putEvent(transaction, row, event, row.created_at)
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

  async #tick(): Promise<void> {
    const { database, now } = this.#parts
    for (const [id, { run, report }] of this.#unwritten) this.observe(id, run, report)
    this.#setRoomAside()
    // One moment for all of it: a clock that is set in between is the next look's.
    const at = now()
    await this.#minusClockJumps(at)
    await this.#uses.write(database, this.#journal, at.getTime())
    for (const id of await dueForPause(database, at)) {
      const message = 'It was paused by itself because nobody had used it.'
      await this.#pause(id, null, 'Idle', message).catch(complain)
    }
  }

  /** A clock that is set anew, or a machine that slept, is nobody's idleness. */
  async #minusClockJumps(at: Date): Promise<void> {
    const look = { wall: at.getTime(), steady: performance.now() }
    const last = this.#lastLook
    this.#lastLook = look
    const jump = look.wall - last.wall - (look.steady - last.steady)
    if (Math.abs(jump) <= clockJumpMs) return
    this.#uses.move(jump)
    await moveDeadlines(this.#parts.database, jump, at)
  }
}
