import type { Selectable } from 'kysely'
import type { Database, Tables } from './schema.ts'

export type UploadRow = Selectable<Tables['uploads']>

/** Oldest first; without those that have expired. */
export function listUploads(database: Database, userId: string, now: Date): Promise<UploadRow[]> {
  return database
    .selectFrom('uploads')
    .selectAll()
    .where('user_id', '=', userId)
    .where('expires_at', '>', now.toISOString())
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** @returns undefined for one that isn't there or has expired */
export function getUpload(
  database: Database,
  id: string,
  now: Date,
): Promise<UploadRow | undefined> {
  return database
    .selectFrom('uploads')
    .selectAll()
    .where('id', '=', id)
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst()
}

/** Everybody's, with those that have expired. */
export function listAllUploads(
  database: Database,
): Promise<Pick<UploadRow, 'id' | 'expires_at'>[]> {
  return database.selectFrom('uploads').select(['id', 'expires_at']).execute()
}

export async function putUpload(database: Database, row: UploadRow): Promise<void> {
  await database.insertInto('uploads').values(row).execute()
}

export async function postponeExpiry(database: Database, id: string, until: Date): Promise<void> {
  await database
    .updateTable('uploads')
    .set({ expires_at: until.toISOString() })
    .where('id', '=', id)
    .execute()
}

/** Also as part of the transaction that makes it an app. */
export async function deleteUpload(
  database: Pick<Database, 'deleteFrom'>,
  id: string,
): Promise<void> {
  await database.deleteFrom('uploads').where('id', '=', id).execute()
}
