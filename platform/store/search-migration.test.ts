import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { migrations } from './migrations.ts'
import { nodeSqliteDialect } from './node-sqlite.ts'

type Earlier = {
  users: { id: string; name: string; email: string; roles: string }
  apps: Record<string, string | number | null>
  instances: Record<string, string | number | null>
}

const at = '2026-01-01T00:00:00.000Z'

test('a data folder from before keeps its apps, and its instances count as launches', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'wavedeck-migration-'))
  try {
    const before = new Kysely<Earlier>({
      dialect: nodeSqliteDialect(path.join(folder, 'wavedeck.sqlite')),
    })
    await new Migrator({ db: before, provider: migrations }).migrateTo('0002_uploads')
    await before
      .insertInto('users')
      .values({ id: 'a', name: 'A', email: '', roles: '[]' })
      .execute()
    for (const version of ['1.0.0', '2.0.0']) {
      const texts = { title: 'One', title_key: 'one', description: '', category: 'Sales' }
      const kinds = { visibility: 'PRIVATE', lifecycle: 'ON_DEMAND', owner_id: 'a' }
      const bundle = { bundle_sha256: '0', bundle_size: 0, file_count: 0, manifest: '{}' }
      const versions = { id: `one ${version}`, name: 'one', version, version_key: version }
      const rest = { keywords: '[]', search_text: 'one', created_at: at, updated_at: at }
      await before
        .insertInto('apps')
        .values({ ...versions, ...texts, ...kinds, ...bundle, ...rest })
        .execute()
      await before
        .insertInto('instances')
        .values({
          id: `instance of ${version}`,
          app_id: `one ${version}`,
          owner_id: 'a',
          status: 'SUSPENDED',
          visibility: 'PRIVATE',
          profile: 'default',
          run: 3,
          runtime_state: 'Paused',
          restart_count: 0,
          created_at: at,
          updated_at: at,
        })
        .execute()
    }
    await before.destroy()

    const database = await openDatabase(folder)
    const apps = await database.selectFrom('apps').select('id').orderBy('id').execute()
    expect(apps).toEqual([{ id: 'one 1.0.0' }, { id: 'one 2.0.0' }])
    const launches = await database.selectFrom('launches').selectAll().execute()
    expect(launches).toEqual([{ app_name: 'one', count: 2 }])
    await database.destroy()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
