import type { Insertable } from 'kysely'
import type { StoredInstance } from './instances.ts'
import type { Database, InstanceEventRow, Tables } from './schema.ts'

/** One thing that happened to an instance; without a person, the platform did it or saw it. */
export type NewEvent = {
  readonly kind: InstanceEventRow['kind']
  readonly by: string | null
  readonly reason?: string | null
  readonly message?: string | null
  readonly exitCode?: number | null
}

/** Part of the transaction of what it tells of, so that neither is there without the other. */
export async function putEvent(
  transaction: Database,
  instance: { readonly id: string; readonly run: number },
  event: NewEvent,
  at: string,
): Promise<void> {
  const row: Insertable<Tables['instance_events']> = {
    instance_id: instance.id,
    at,
    kind: event.kind,
    run: instance.run,
    by_user: event.by,
    reason: event.reason ?? null,
    message: event.message ?? null,
    exit_code: event.exitCode ?? null,
  }
  await transaction.insertInto('instance_events').values(row).execute()
}

/** Oldest first; the store keeps the newest 200 of each instance. */
export async function listEvents(
  database: Database,
  instanceId: string,
): Promise<InstanceEventRow[]> {
  return database
    .selectFrom('instance_events')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .orderBy('seq')
    .execute()
}

/** Keeps in mind whose it was, for those who ask later what became of it. */
export async function putEnded(transaction: Database, instance: StoredInstance): Promise<void> {
  await transaction
    .insertInto('ended_instances')
    .values({ id: instance.id, owner_id: instance.owner_id, app_owner_id: instance.app.ownerId })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

export async function findEnded(
  database: Database,
  instanceId: string,
): Promise<{ ownerId: string; appOwnerId: string } | undefined> {
  return database
    .selectFrom('ended_instances')
    .select(['owner_id as ownerId', 'app_owner_id as appOwnerId'])
    .where('id', '=', instanceId)
    .executeTakeFirst()
}
