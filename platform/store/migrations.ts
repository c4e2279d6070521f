import type { Kysely } from 'kysely'
import type { Migration, MigrationProvider } from 'kysely/migration'
import { instanceEvents } from './instance-events-migration.ts'
import { search } from './search-migration.ts'

const first: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('settings')
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('value', 'text', (c) => c.notNull())
      .execute()
    await db.schema
      .createTable('users')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('email', 'text', (c) => c.notNull())
      .addColumn('roles', 'text', (c) => c.notNull())
      .execute()
    await db.schema
      .createTable('sessions')
      .addColumn('token_hash', 'text', (c) => c.primaryKey())
      .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
      .addColumn('expires_at', 'text', (c) => c.notNull())
      .execute()
    await db.schema
      .createTable('apps')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('version', 'text', (c) => c.notNull())
      .addColumn('version_key', 'text', (c) => c.notNull())
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('title_key', 'text', (c) => c.notNull())
      .addColumn('description', 'text', (c) => c.notNull())
      .addColumn('long_description', 'text')
      .addColumn('category', 'text', (c) => c.notNull())
      .addColumn('keywords', 'text', (c) => c.notNull())
      .addColumn('owner_id', 'text', (c) => c.notNull().references('users.id'))
      .addColumn('visibility', 'text', (c) => c.notNull())
      .addColumn('lifecycle', 'text', (c) => c.notNull())
      .addColumn('instance_timeout', 'integer')
      .addColumn('link', 'text')
      .addColumn('manifest', 'text', (c) => c.notNull())
      .addColumn('bundle_sha256', 'text', (c) => c.notNull())
      .addColumn('bundle_size', 'bigint', (c) => c.notNull())
      .addColumn('file_count', 'integer', (c) => c.notNull())
      .addColumn('search_text', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('updated_at', 'text', (c) => c.notNull())
      .execute()
    // Also what makes two imports of one version at the same moment impossible.
    await db.schema
      .createIndex('apps_name_version')
      .on('apps')
      .columns(['name', 'version'])
      .unique()
      .execute()
    await db.schema.createIndex('apps_owner').on('apps').column('owner_id').execute()
    await db.schema
      .createTable('app_images')
      .addColumn('app_id', 'text', (c) => c.notNull().references('apps.id').onDelete('cascade'))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('n', 'integer', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('type', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('app_images_key', ['app_id', 'kind', 'n'])
      .execute()
    await db.schema
      .createTable('tags')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull().unique())
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('color', 'text', (c) => c.notNull())
      .addColumn('description', 'text', (c) => c.notNull())
      .addColumn('is_category', 'integer', (c) => c.notNull())
      .addColumn('admin_roles', 'text', (c) => c.notNull())
      .addColumn('visitor_roles', 'text', (c) => c.notNull())
      .addColumn('revision', 'integer', (c) => c.notNull())
      .execute()
    await db.schema
      .createTable('app_tags')
      .addColumn('app_id', 'text', (c) => c.notNull().references('apps.id').onDelete('cascade'))
      .addColumn('tag_id', 'text', (c) => c.notNull().references('tags.id').onDelete('cascade'))
      .addColumn('assigned_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('app_tags_key', ['app_id', 'tag_id'])
      .execute()
    await db.schema
      .createTable('pins')
      .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
      .addColumn('app_name', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('pins_key', ['user_id', 'app_name'])
      .execute()
    await db.schema
      .createTable('secrets')
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('owner_id', 'text', (c) => c.notNull())
      .addColumn('visibility', 'text', (c) => c.notNull())
      .addColumn('parent', 'text')
      .addColumn('data', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('secrets_key', ['name', 'owner_id'])
      .execute()
    await db.schema
      .createTable('instances')
      .addColumn('id', 'text', (c) => c.primaryKey())
      // No cascade: an app with instances can't be deleted.
      .addColumn('app_id', 'text', (c) => c.notNull().references('apps.id'))
      .addColumn('owner_id', 'text', (c) => c.notNull().references('users.id'))
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('visibility', 'text', (c) => c.notNull())
      .addColumn('profile', 'text', (c) => c.notNull())
      .addColumn('run', 'integer', (c) => c.notNull())
      .addColumn('suspend_after', 'text')
      .addColumn('runtime_state', 'text', (c) => c.notNull())
      .addColumn('runtime_reason', 'text')
      .addColumn('runtime_message', 'text')
      .addColumn('exit_code', 'integer')
      .addColumn('restart_count', 'integer', (c) => c.notNull())
      .addColumn('last_failure', 'text')
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('updated_at', 'text', (c) => c.notNull())
      .execute()
    await db.schema.createIndex('instances_owner').on('instances').column('owner_id').execute()
    await db.schema.createIndex('instances_app').on('instances').column('app_id').execute()
    await db.schema
      .createTable('visits')
      .addColumn('token_hash', 'text', (c) => c.primaryKey())
      .addColumn('instance_id', 'text', (c) =>
        c.notNull().references('instances.id').onDelete('cascade'),
      )
      .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
      .addColumn('expires_at', 'text', (c) => c.notNull())
      .execute()
    await db.schema
      .createTable('idempotency')
      .addColumn('user_id', 'text', (c) => c.notNull())
      .addColumn('key', 'text', (c) => c.notNull())
      .addColumn('fingerprint', 'text', (c) => c.notNull())
      .addColumn('resource_id', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('idempotency_key', ['user_id', 'key'])
      .execute()
  },
}

const uploads: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('uploads')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
      .addColumn('size', 'bigint', (c) => c.notNull())
      .addColumn('metadata', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'text', (c) => c.notNull())
      .execute()
    await db.schema.createIndex('uploads_user').on('uploads').column('user_id').execute()
  },
}

const profile: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('apps').addColumn('default_profile', 'text').execute()
  },
}

const aliases: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('aliases')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull().unique())
      // The name stays when its instance is gone.
      .addColumn('instance_id', 'text', (c) => c.references('instances.id').onDelete('set null'))
      .addColumn('is_primary', 'integer', (c) => c.notNull())
      .execute()
    await db.schema.createIndex('aliases_instance').on('aliases').column('instance_id').execute()
  },
}

const tagIndex: Migration = {
  async up(db: Kysely<unknown>) {
    // The primary key begins with the app; what carries a tag is asked as often.
    await db.schema
      .createIndex('app_tags_tag')
      .on('app_tags')
      .columns(['tag_id', 'app_id'])
      .execute()
  },
}

/** In order of their names; one that has been released is never changed, only followed by another. */
export const migrations: MigrationProvider = {
  getMigrations: async () => ({
    '0001_first': first,
    '0002_uploads': uploads,
    '0003_search': search,
    '0004_default_profile': profile,
    '0005_instance_events': instanceEvents,
    '0006_aliases': aliases,
    '0008_tag_index': tagIndex,
  }),
}
