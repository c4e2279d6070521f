import { personas, roleNames } from '../../platform/auth/personas.ts'
import type { InstanceRow } from '../../platform/store/schema.ts'
import { putSecret } from '../../platform/store/secrets.ts'
import type { App, TagDetail } from '../../src/api/generated/types.gen.ts'
import { type Actor, actorOf, anonymous } from '../../src/rules/actor.ts'
import type { AppFacts } from '../../src/rules/apps.ts'
import type { InstanceFacts } from '../../src/rules/instances.ts'
import type { SecretFacts } from '../../src/rules/secrets.ts'
import type { TagFacts } from '../../src/rules/tags.ts'
import { bundleOf } from './bundles.ts'
import { pixel } from './pictures.ts'
import { type Caller, startTestPlatform, type TestPlatform } from './test-platform.ts'

const visibilities = ['PRIVATE', 'ALL_USERS', 'PUBLIC'] as const
const lifecycles = ['ON_DEMAND', 'MANAGED', 'LINK'] as const

type Person = { readonly name: string; readonly actor: Actor; readonly caller: Caller }
type Known<Facts> = { readonly name: string; readonly id: string; readonly facts: Facts }
export type KnownApp = Known<AppFacts>
export type KnownInstance = Known<InstanceFacts> & { app: KnownApp; row: InstanceRow }

/** Everybody, and every combination of what the rules look at; the facts stand beside what the platform stores. */
export type PermissionWorld = {
  readonly platform: TestPlatform
  readonly people: readonly Person[]
  readonly apps: readonly KnownApp[]
  readonly instances: readonly KnownInstance[]
  readonly tags: readonly Known<TagFacts>[]
  readonly secrets: readonly { readonly name: string; readonly facts: SecretFacts }[]
}

/** Author owns every app; another author and a visitor own the instances. */
export async function makePermissionWorld(): Promise<PermissionWorld> {
  const platform = await startTestPlatform({ publicMode: true })
  const people: Person[] = [
    { name: 'anonymous', actor: anonymous, caller: await platform.as() },
    ...(await Promise.all(
      personas.map(async ({ id, roles }) => ({
        name: id,
        actor: actorOf(id, roles, roleNames),
        caller: await platform.as(id),
      })),
    )),
  ]
  const admin = await platform.as('admin')
  const author = await platform.as('author')
  const tags = [
    await makeTag(admin, 'free', [], []),
    await makeTag(admin, 'guarded', ['tag-keepers', 'admin'], []),
  ]
  const north = await makeTag(admin, 'north', ['admin'], ['partners-north', 'elsewhere'])
  const apps: KnownApp[] = []
  for (const visibility of visibilities) {
    for (const lifecycle of lifecycles) {
      for (const isTagged of [false, true]) {
        const name = `${visibility}-${lifecycle}-${isTagged}`.toLowerCase().replaceAll('_', '-')
        const id = await importApp(author, name, visibility, lifecycle)
        if (isTagged) await admin.send('PUT', `/apps/${id}/tags/${north.id}`)
        const carried = isTagged ? [{ visitorRoles: ['partners-north', 'elsewhere'] }] : []
        const facts = { owner: { id: 'author' }, visibility, lifecycle, tags: carried }
        apps.push({ name, id, facts })
      }
    }
  }
  const instances = apps.flatMap((app) =>
    ['author-2', 'visitor'].flatMap((owner) =>
      visibilities.map((visibility) => instanceOf(app, owner, visibility)),
    ),
  )
  const { database } = platform.platform
  // Straight into the store: most of these people could not launch most of these apps.
  for (const { row } of instances) await database.insertInto('instances').values(row).execute()
  const secrets = [
    { name: 'everybody', facts: { visibility: 'ALL_USERS', ownerId: '' } },
    { name: 'own', facts: { visibility: 'PRIVATE', ownerId: 'user' } },
    { name: 'visitors-own', facts: { visibility: 'PRIVATE', ownerId: 'visitor' } },
    { name: 'apps', facts: { visibility: 'APP', ownerId: '' } },
  ] as const
  for (const { name, facts } of secrets) {
    const parent = facts.visibility === 'APP' ? 'app:some' : null
    await putSecret(database, { name, ...facts, parent, values: { key: 'value' } })
  }
  return { platform, people, apps, instances, tags, secrets }
}

async function makeTag(
  admin: Caller,
  name: string,
  adminRoles: readonly string[],
  visitorRoles: readonly string[],
): Promise<Known<TagFacts>> {
  const input = { name, title: name, color: '#123456', adminRoles, visitorRoles }
  const { id }: TagDetail = await (await admin.post('/tags', input)).json()
  return { name, id, facts: { adminRoles } }
}

async function importApp(
  author: Caller,
  name: string,
  visibility: string,
  lifecycle: string,
): Promise<string> {
  const head = `[App]\nName = "${name}"\nVersion = "1.0.0"\nInstanceLifecycle = "${lifecycle}"\n`
  const isLink = lifecycle === 'LINK'
  const rest = isLink
    ? '[Link]\nAddress = "https://example.com/"\n'
    : '[Runtime]\nModule = "server"\nAppMode = "python"\n'
  const bundle = await bundleOf({
    'app.toml': head + rest,
    'static/icon.png': pixel,
    'static/screenshot.png': pixel,
    ...(isLink ? {} : { 'server.py': '' }),
  })
  const reply = await author.import(bundle, visibility)
  const app: App = await reply.json()
  if (reply.status !== 201) throw new Error(JSON.stringify(app))
  return app.id
}

function instanceOf(
  app: KnownApp,
  owner: string,
  visibility: InstanceRow['visibility'],
): KnownInstance {
  const id = `${app.id.slice(0, 8)}-${owner}-${visibility.toLowerCase().replaceAll('_', '-')}`
  const at = '2026-01-01T00:00:00.000Z'
  const row: InstanceRow = {
    id,
    app_id: app.id,
    owner_id: owner,
    status: 'DEPLOYED',
    visibility,
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
  const { lifecycle } = app.facts
  const facts = { owner: { id: owner }, visibility, app: { ownerId: 'author', lifecycle } }
  return { name: `${owner}'s ${visibility} of ${app.name}`, id, app, row, facts }
}
