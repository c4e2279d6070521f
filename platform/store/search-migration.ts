import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** So many changes stay written down; a reader that has fallen further behind reads everything again. */
const changesKept = 20_000

const changed = (selectIds: string) => `insert into search_changes (app_id) ${selectIds};`

/** What each table's changes mean for search. Cascades run triggers, too. */
const triggers: Record<string, string> = {
  app_added: `after insert on apps begin ${changed('values (new.id)')} end`,
  app_changed: `after update on apps begin ${changed('values (new.id)')} end`,
  app_deleted: `after delete on apps begin
    ${changed('values (old.id)')}
    delete from launches where app_name = old.name
      and not exists (select 1 from apps where name = old.name);
  end`,
  tag_assigned: `after insert on app_tags begin ${changed('values (new.app_id)')} end`,
  tag_removed: `after delete on app_tags begin ${changed('values (old.app_id)')} end`,
  tag_edited: `after update on tags begin
    ${changed('select app_id from app_tags where tag_id = new.id')}
  end`,
  // A sign-in writes the same name again, which is no change.
  person_renamed: `after update of name on users when old.name is not new.name begin
    ${changed('select id from apps where owner_id = new.id')}
  end`,
  // In the transaction of the launch, whoever writes it; what ends the instance changes nothing.
  app_launched: `after insert on instances begin
    insert into launches (app_name, count) select name, 1 from apps where id = new.app_id
      on conflict (app_name) do update set count = count + 1;
    insert into search_changes (app_name) select name from apps where id = new.app_id;
  end`,
  changes_trimmed: `after insert on search_changes begin
    delete from search_changes where seq <= new.seq - ${changesKept};
  end`,
}

/** Launches counted for good, and a list of what search has to read again, kept by triggers with the data itself. */
export const search: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('apps').dropColumn('search_text').execute()
    await db.schema
      .createTable('launches')
      .addColumn('app_name', 'text', (c) => c.primaryKey())
      .addColumn('count', 'integer', (c) => c.notNull())
      .execute()
    // Those that are gone were not counted; the ones that are there are known.
    await sql`insert into launches (app_name, count)
      select apps.name, count(*) from instances join apps on apps.id = instances.app_id
      group by apps.name`.execute(db)
    await db.schema
      .createTable('search_changes')
      // Without gaps and never used again, so that a reader knows what it has missed.
      .addColumn('seq', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('app_id', 'text')
      .addColumn('app_name', 'text')
      .execute()
    for (const [name, body] of Object.entries(triggers)) {
      await sql.raw(`create trigger search_${name} ${body}`).execute(db)
    }
  },
}
