import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../store/schema.ts'

/** A session ends 12 hours after signing in. */
export const sessionSeconds = 12 * 60 * 60

/** Only the hash of a token is stored, so that a copy of the database opens nothing. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

export async function createSession(
  database: Database,
  userId: string,
  now: Date,
): Promise<string> {
  const token = newToken()
  const expires = new Date(now.getTime() + sessionSeconds * 1000).toISOString()
  await database.deleteFrom('sessions').where('expires_at', '<=', now.toISOString()).execute()
  await database
    .insertInto('sessions')
    .values({ token_hash: hashToken(token), user_id: userId, expires_at: expires })
    .execute()
  return token
}

export async function findSession(
  database: Database,
  token: string,
  now: Date,
): Promise<{ userId: string; roles: string[] } | undefined> {
  const row = await database
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['users.id', 'users.roles'])
    .where('token_hash', '=', hashToken(token))
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst()
  return row && { userId: row.id, roles: JSON.parse(row.roles) }
}

export async function endSession(database: Database, token: string): Promise<void> {
  await database.deleteFrom('sessions').where('token_hash', '=', hashToken(token)).execute()
}
