import { Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isDiskFull } from './errors.ts'
import { nodeSqliteDialect } from './node-sqlite.ts'

let database: Kysely<{ things: { name: string } }>
beforeEach(() => {
  database = new Kysely({ dialect: nodeSqliteDialect(':memory:') })
})
afterEach(() => database.destroy())

test('a migration that ends halfway leaves nothing, so that the next start can do it again', async () => {
  const provider = {
    getMigrations: async () => ({
      first: {
        async up(db: Kysely<unknown>) {
          await db.schema.createTable('things').addColumn('name', 'text').execute()
          throw new Error('halfway')
        },
      },
    }),
  }
  const { error } = await new Migrator({ db: database, provider }).migrateToLatest()
  expect(error).toEqual(new Error('halfway'))
  const tables = await database.introspection.getTables()
  expect(tables.map(({ name }) => name)).toEqual([])
})

test('a full disk amid a transaction is told as such, and the transaction is undone', async () => {
  await database.schema.createTable('things').addColumn('name', 'text').execute()
  await sql`PRAGMA max_page_count = 1`.execute(database)
  const failure = await database
    .transaction()
    .execute(async (transaction) => {
      await transaction.insertInto('things').values({ name: 'small' }).execute()
      await transaction
        .insertInto('things')
        .values({ name: 'x'.repeat(100_000) })
        .execute()
    })
    .catch((error: unknown) => error)
  expect(isDiskFull(failure)).toBe(true)
  expect(await database.selectFrom('things').selectAll().execute()).toEqual([])
  await sql`PRAGMA max_page_count = 1000`.execute(database)
  await database.insertInto('things').values({ name: 'again' }).execute()
})
