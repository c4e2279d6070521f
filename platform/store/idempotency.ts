import type { Transaction } from 'kysely'
import type { Database, Tables } from './schema.ts'

const keepMs = 24 * 60 * 60 * 1000

/** A client's key for one thing to create, and what it asked for with it. */
export type Intent = {
  readonly userId: string
  readonly key: string
  /** Tells a retry from another request under the same key. */
  readonly fingerprint: string
}

/** The id of what an earlier request with this key made, and what that request asked for. */
export async function findCreated(
  database: Database,
  intent: Pick<Intent, 'userId' | 'key'>,
): Promise<{ resourceId: string; fingerprint: string } | undefined> {
  const row = await database
    .selectFrom('idempotency')
    .select(['resource_id', 'fingerprint'])
    .where('user_id', '=', intent.userId)
    .where('key', '=', intent.key)
    .executeTakeFirst()
  return row && { resourceId: row.resource_id, fingerprint: row.fingerprint }
}

/** Part of the transaction that makes the thing: both are there afterwards, or neither. */
export async function putCreated(
  transaction: Transaction<Tables>,
  intent: Intent,
  resourceId: string,
  now: Date,
): Promise<void> {
  const oldest = new Date(now.getTime() - keepMs).toISOString()
  await transaction.deleteFrom('idempotency').where('created_at', '<', oldest).execute()
  await transaction
    .insertInto('idempotency')
    .values({
      user_id: intent.userId,
      key: intent.key,
      fingerprint: intent.fingerprint,
      resource_id: resourceId,
      created_at: now.toISOString(),
    })
    .execute()
}
