import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Actor, actorOf, anonymous } from '../../src/rules/actor.ts'
import { isInCatalogOf } from '../../src/rules/apps.ts'
import { maySeeInstance } from '../../src/rules/instances.ts'
import { openDatabase } from './database.ts'
import { getInstance, listInstances } from './instances.ts'
import type { AppRow, Database, InstanceRow } from './schema.ts'

const names = { fullAccess: 'full-access', admin: 'admin' }
const actors: readonly Actor[] = [
  anonymous,
  actorOf('a', ['full-access'], names),
  actorOf('b', ['full-access', 'admin'], names),
  actorOf('c', ['north'], names),
  actorOf('d', ['south', 'east'], names),
  actorOf('e', [], names),
]

let folder: string
let database: Database
const appIds: string[] = []
const instanceIds: string[] = []

/** Every combination of owner, visibility, lifecycle and tags, and of instances of them. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wavedeck-store-'))
  database = await openDatabase(folder)
  const users = actors.flatMap(({ userId, roles }) =>
    userId === null
      ? []
      : { id: userId, name: userId, email: `${userId}@example.com`, roles: JSON.stringify(roles) },
  )
  await database.insertInto('users').values(users).execute()
  const tags = [
    { id: 'north', roles: ['north'] },
    { id: 'south', roles: ['south', 'west'] },
    { id: 'badge', roles: [] },
  ]
  for (const { id, roles } of tags) {
    const visitor_roles = JSON.stringify(roles)
    const common = {
      title: id,
      color: '#000000',
      description: '',
      is_category: 0,
      admin_roles: '[]',
      revision: 1,
    }
    await database
      .insertInto('tags')
      .values({ id, name: id, visitor_roles, ...common })
      .execute()
  }
  for (const owner of ['a', 'c']) {
    for (const visibility of ['PRIVATE', 'ALL_USERS', 'PUBLIC'] as const) {
      for (const lifecycle of ['ON_DEMAND', 'MANAGED'] as const) {
        for (const assigned of [[], ['north'], ['south', 'badge'], ['badge']]) {
          await addApp(owner, visibility, lifecycle, assigned)
        }
      }
    }
  }
})
afterAll(async () => {
  await database.destroy()
  await rm(folder, { recursive: true, force: true })
})

async function addApp(
  owner: string,
  visibility: AppRow['visibility'],
  lifecycle: AppRow['lifecycle'],
  tags: readonly string[],
): Promise<void> {
  const id = `app-${appIds.length}`
  appIds.push(id)
  const at = '2026-01-01T00:00:00.000Z'
  await database
    .insertInto('apps')
    .values({
      id,
      name: id,
      version: '1.0.0',
      version_key: '1',
      title: id,
      title_key: id,
      description: '',
      long_description: null,
      category: 'Other',
      keywords: '[]',
      owner_id: owner,
      visibility,
      lifecycle,
      instance_timeout: null,
      link: null,
      manifest: '{}',
      bundle_sha256: '0',
      bundle_size: 0,
      file_count: 0,
      created_at: at,
      updated_at: at,
    })
    .execute()
  for (const tag_id of tags) {
    await database.insertInto('app_tags').values({ app_id: id, tag_id, assigned_at: at }).execute()
  }
  for (const instanceOwner of ['a', 'd']) {
    for (const shared of ['PRIVATE', 'ALL_USERS', 'PUBLIC'] as const) {
      const row: InstanceRow = {
        id: `instance-${instanceIds.length}`,
        app_id: id,
        owner_id: instanceOwner,
        status: 'DEPLOYED',
        visibility: shared,
        profile: 'default',
        run: 1,
        suspend_after: null,
        runtime_state: 'Running',
        runtime_reason: null,
        runtime_message: null,
        exit_code: null,
        restart_count: 0,
        last_failure: null,
        created_at: at,
        updated_at: at,
      }
      instanceIds.push(row.id)
      await database.insertInto('instances').values(row).execute()
    }
  }
}

test.each(actors.map((actor) => [actor.userId ?? 'anonymous', actor] as const))(
  'the instances listed for %s are exactly those that the rules show',
  async (_, actor) => {
    const expected: string[] = []
    for (const id of instanceIds) {
      const instance = await getInstance(database, id)
      if (instance === undefined) throw new Error(id)
      const inCatalog = isInCatalogOf(actor, instance.storedApp)
      if (maySeeInstance(actor, instance, inCatalog).allowed) expected.push(id)
    }
    const listed = await listInstances(database, actor, { scope: 'visible' }, undefined, 1000)
    expect(listed.map((instance) => instance.id).toSorted()).toEqual(expected.toSorted())
  },
)
