import type { SecretFacts } from '../../src/rules/secrets.ts'
import type { Database } from './schema.ts'

export type StoredSecret = SecretFacts & {
  readonly name: string
  readonly parent: string | null
  /** Never part of an answer, a log or a message. */
  readonly values: Readonly<Record<string, string>>
}

export async function listSecrets(database: Database): Promise<StoredSecret[]> {
  const rows = await database.selectFrom('secrets').selectAll().orderBy('name').execute()
  return rows.map((row) => ({
    name: row.name,
    ownerId: row.owner_id,
    visibility: row.visibility,
    parent: row.parent,
    values: JSON.parse(row.data),
  }))
}

export async function putSecret(database: Database, secret: StoredSecret): Promise<void> {
  const { name, ownerId, visibility, parent, values } = secret
  const row = { visibility, parent, data: JSON.stringify(values) }
  await database
    .insertInto('secrets')
    .values({ name, owner_id: ownerId, ...row })
    .onConflict((conflict) => conflict.columns(['name', 'owner_id']).doUpdateSet(row))
    .execute()
}

/**
 * The secret that an app means by a name: its own, then the launching person's private one, then everybody's.
 *
 * @param userId who launches; null: nobody in particular
 */
export function findSecret(
  secrets: readonly StoredSecret[],
  name: string,
  appName: string,
  userId: string | null,
): StoredSecret | undefined {
  const named = secrets.filter((secret) => secret.name === name)
  return (
    named.find(({ visibility, parent }) => visibility === 'APP' && parent === `app:${appName}`) ??
    named.find(({ visibility, ownerId }) => visibility === 'PRIVATE' && ownerId === userId) ??
    named.find(({ visibility }) => visibility === 'ALL_USERS')
  )
}
