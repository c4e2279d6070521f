import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { migrations } from './migrations.ts'
import { nodeSqliteDialect } from './node-sqlite.ts'
import type { Database, Tables } from './schema.ts'

/**
 * Opens the platform's database in the data folder and brings it up to date.
 *
 * @throws when the folder can't be written or a migration fails; nothing is half-applied then
 */
export async function openDatabase(dataDir: string): Promise<Database> {
  mkdirSync(dataDir, { recursive: true })
  const database = new Kysely<Tables>({
    dialect: nodeSqliteDialect(path.join(dataDir, 'wavedeck.sqlite')),
  })
  const { error } = await new Migrator({ db: database, provider: migrations }).migrateToLatest()
  if (error !== undefined) {
    await database.destroy()
    throw error
  }
  return database
}

export async function getSetting(database: Database, key: string): Promise<string | undefined> {
  const row = await database
    .selectFrom('settings')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirst()
  return row?.value
}

export async function putSetting(database: Database, key: string, value: string): Promise<void> {
  await database
    .insertInto('settings')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}
