import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** A visit belongs to the session that asked for it, and is over with it. Those of before begin anew. */
export const visitSessions: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('visits').addColumn('session_hash', 'text').execute()
  },
}
