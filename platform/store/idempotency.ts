import type { Transaction } from 'kysely'
import { Problem } from '../http/problem.ts'
import type { Database, Tables } from './schema.ts'

const keepMs = 24 * 60 * 60 * 1000

/** A client's key for one thing to create, and what it asked for with it. */
export type Intent = {
  readonly userId: string
  readonly key: string
  /** Tells a retry from another request under the same key. */
  readonly fingerprint: string
}

export function intentOf(
  userId: string,
  key: string | undefined,
  fingerprint: string,
): Intent | undefined {
  return key === undefined ? undefined : { userId, key, fingerprint }
}

/**
 * The id of what an earlier request with this key made; undefined for the first one.
 *
 * @throws {Problem} 422 where the earlier request asked for something else
 */
export async function findCreated(
  database: Database,
  intent: Intent | undefined,
): Promise<string | undefined> {
  if (intent === undefined) return undefined
  const row = await database
    .selectFrom('idempotency')
    .select(['resource_id', 'fingerprint'])
    .where('user_id', '=', intent.userId)
    .where('key', '=', intent.key)
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (row.fingerprint === intent.fingerprint) return row.resource_id
  throw new Problem(
    422,
    'idempotency.key-reused',
    'This Idempotency-Key was used for another request. Use a new one for each thing to create.',
  )
}

/** Part of the transaction that makes the thing: both are there afterwards, or neither. */
export async function putCreated(
  transaction: Transaction<Tables>,
  intent: Intent | undefined,
  resourceId: string,
  now: Date,
): Promise<void> {
  if (intent === undefined) return
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
