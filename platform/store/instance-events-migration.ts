import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Of each instance, the newest this many events are kept. */
const eventsKept = 200
/** Of instances that ended, the newest this many are remembered. */
const endedKept = 1_000

/** What happened to each instance, bounded by triggers whoever writes it; it outlives the instance for a while. */
export const instanceEvents: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('instance_events')
      .addColumn('seq', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('instance_id', 'text', (c) => c.notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('run', 'integer', (c) => c.notNull())
      .addColumn('by_user', 'text')
      .addColumn('reason', 'text')
      .addColumn('message', 'text')
      .addColumn('exit_code', 'integer')
      .execute()
    await db.schema
      .createIndex('instance_events_instance')
      .on('instance_events')
      .columns(['instance_id', 'seq'])
      .execute()
    await db.schema
      .createTable('ended_instances')
      .addColumn('seq', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('id', 'text', (c) => c.notNull().unique())
      .addColumn('owner_id', 'text', (c) => c.notNull())
      .addColumn('app_owner_id', 'text', (c) => c.notNull())
      .execute()
    await sql
      .raw(
        `create trigger instance_events_trimmed after insert on instance_events begin
          delete from instance_events where instance_id = new.instance_id and seq <= (
            select seq from instance_events where instance_id = new.instance_id
            order by seq desc limit 1 offset ${eventsKept});
        end`,
      )
      .execute(db)
    await sql
      .raw(
        `create trigger ended_instances_trimmed after insert on ended_instances begin
          delete from instance_events where instance_id in (
            select id from ended_instances where seq <= new.seq - ${endedKept});
          delete from ended_instances where seq <= new.seq - ${endedKept};
        end`,
      )
      .execute(db)
  },
}
