import type {
  App,
  AppVersion,
  Instance,
  InstanceEvent,
  Me,
  Person,
  RuntimeStatus,
  TaggedApp,
} from '../src/api/generated/types.gen.ts'
import { type Actor, maySeeEmails } from '../src/rules/actor.ts'
import { isInCatalogOf } from '../src/rules/apps.ts'
import { mayControlInstance, mayOpenInstance, mayReadLog } from '../src/rules/instances.ts'
import { instanceLimit } from '../src/rules/limits.ts'
import { knownVisitorRoles } from '../src/rules/tags.ts'
import type { Platform } from './context.ts'
import { preconditionsOf } from './preconditions.ts'
import { aliasesOf } from './store/aliases.ts'
import { getApps, newestInCatalog, type StoredApp } from './store/apps.ts'
import type { TaggedRow } from './store/tagged-apps.ts'
import { readLaunches } from './store/launches.ts'
import { countLive, listDeployed, type StoredInstance } from './store/instances.ts'
import type { Database, InstanceEventRow } from './store/schema.ts'
import { listSecrets } from './store/secrets.ts'
import { getUsers, listPins, type User } from './store/users.ts'
import { skippedTags } from './tags/manifest-tags.ts'

/** What the store holds, as the contract says it and as far as this actor may read it. */

function personView(id: string, users: ReadonlyMap<string, User>, actor: Actor): Person {
  const user = users.get(id)
  return {
    id,
    name: user?.name ?? id,
    email: user && maySeeEmails(actor) ? user.email : null,
  }
}

function imagePath(app: StoredApp, kind: 'icon' | 'screenshot', n: number): string | null {
  const image = app.images.find((candidate) => candidate.kind === kind && candidate.n === n)
  if (image === undefined) return null
  const place = kind === 'icon' ? 'icon' : `screenshots/${n}`
  // Named by content, so that a browser may keep it for ever.
  return `/api/v1/apps/${app.id}/${place}?v=${image.sha256.slice(0, 16)}`
}

export async function appViews(
  { database, config, python, startedAt }: Platform,
  actor: Actor,
  apps: readonly StoredApp[],
  detail: 'list' | 'full',
): Promise<App[]> {
  const users = await getUsers(
    database,
    apps.map((app) => app.owner_id),
  )
  const secrets = await listSecrets(database)
  const pinned = await listPins(database, actor.userId)
  const launches = await readLaunches(
    database,
    apps.map((app) => app.name),
  )
  const managed = apps.filter((app) => app.lifecycle === 'MANAGED').map((app) => app.id)
  const deployed = await listDeployed(database, managed)
  return apps.map((app) => {
    const facts = { ownerId: app.owner_id, lifecycle: app.lifecycle }
    const inCatalog = isInCatalogOf(actor, app)
    const visit = deployed.find(
      ({ app_id, owner_id, visibility }) =>
        app_id === app.id &&
        mayOpenInstance(actor, { owner: { id: owner_id }, visibility, app: facts }, inCatalog)
          .allowed,
    )
    const { runtime } = app.manifest
    return {
      id: app.id,
      name: app.name,
      version: app.version,
      title: app.title,
      description: app.description,
      longDescription: detail === 'full' ? app.long_description : null,
      category: app.category,
      keywords: app.keywords,
      tags: app.tags.map((tag) => ({
        ...tag,
        visitorRoles: knownVisitorRoles(actor, tag.visitorRoles),
      })),
      owner: personView(app.owner_id, users, actor),
      visibility: app.visibility,
      lifecycle: app.lifecycle,
      instanceTimeout: app.instance_timeout,
      link: app.link,
      icon: imagePath(app, 'icon', 0),
      screenshots: app.images.flatMap(({ kind, n }) =>
        kind === 'screenshot' ? (imagePath(app, kind, n) ?? []) : [],
      ),
      runtime: runtime && {
        mode: runtime.appMode,
        version: runtime.runtimeVersion,
        memoryLimit: runtime.memoryLimit ?? config.limits.memoryLimit,
        memoryReservation: runtime.memoryReservation,
        volumeMount: runtime.volumeMount,
        volumeSize: runtime.volumeSize,
        routingMode: runtime.routingMode,
      },
      preconditions: preconditionsOf(app, { config, python, secrets, startedAt }, actor.userId),
      defaultProfile: app.default_profile,
      visitInstance: visit ? { id: visit.id } : null,
      pinned: pinned.has(app.name),
      launches: launches.get(app.name) ?? 0,
      createdAt: app.created_at,
      updatedAt: app.updated_at,
      bundle: { size: app.bundle_size, sha256: app.bundle_sha256, fileCount: app.file_count },
    }
  })
}

export async function appView(
  platform: Platform,
  actor: Actor,
  app: StoredApp,
): Promise<App | undefined> {
  return (await appViews(platform, actor, [app], 'full'))[0]
}

/** The answer to an import: also which of its tags it got, and which not. */
export async function importedView(
  platform: Platform,
  actor: Actor,
  app: StoredApp,
): Promise<App | undefined> {
  const view = await appView(platform, actor, app)
  return view && { ...view, skippedTags: await skippedTags(platform.database, actor, app) }
}

/** @param rows in the order to show them; what is gone meanwhile is left out */
export async function taggedAppViews(
  database: Database,
  actor: Actor,
  rows: readonly TaggedRow[],
): Promise<TaggedApp[]> {
  const apps = await getApps(
    database,
    rows.map((row) => row.id),
  )
  const users = await getUsers(
    database,
    [...apps.values()].map((app) => app.owner_id),
  )
  return rows.flatMap(({ id, assigned_at }) => {
    const app = apps.get(id)
    if (app === undefined) return []
    const { name, version, title, visibility, tags } = app
    const owner = personView(app.owner_id, users, actor)
    const icon = imagePath(app, 'icon', 0)
    return { id, name, version, title, icon, visibility, owner, tags, assignedAt: assigned_at }
  })
}

export async function versionViews(
  { database }: Platform,
  actor: Actor,
  apps: readonly StoredApp[],
): Promise<AppVersion[]> {
  const users = await getUsers(
    database,
    apps.map((app) => app.owner_id),
  )
  return apps.map((app) => ({
    id: app.id,
    version: app.version,
    visibility: app.visibility,
    lifecycle: app.lifecycle,
    defaultProfile: app.default_profile,
    owner: personView(app.owner_id, users, actor),
    createdAt: app.created_at,
  }))
}

/** Why an instance is in its state is for those who may read its log. */
export function runtimeStatusView(
  { scheduler }: Pick<Platform, 'scheduler'>,
  actor: Actor,
  instance: StoredInstance,
): RuntimeStatus {
  const mayRead = mayReadLog(actor, instance).allowed
  return {
    state: instance.runtime_state,
    reason: mayRead ? instance.runtime_reason : null,
    message: mayRead ? instance.runtime_message : null,
    exitCode: mayRead ? instance.exit_code : null,
    restartCount: instance.restart_count,
    lastFailure: instance.last_failure,
    usage: mayRead ? scheduler.usage(instance.id) : null,
  }
}

export async function eventViews(
  database: Database,
  actor: Actor,
  events: readonly InstanceEventRow[],
): Promise<InstanceEvent[]> {
  const users = await getUsers(
    database,
    events.flatMap(({ by_user }) => by_user ?? []),
  )
  return events.map((event) => ({
    id: String(event.seq),
    at: event.at,
    kind: event.kind,
    run: event.run,
    by: event.by_user === null ? null : personView(event.by_user, users, actor),
    reason: event.reason,
    message: event.message,
    exitCode: event.exit_code,
  }))
}

function lastUseOf({ suspend_after, storedApp }: StoredInstance): string | null {
  if (suspend_after === null || storedApp.instance_timeout === null) return null
  return new Date(Date.parse(suspend_after) - storedApp.instance_timeout * 1000).toISOString()
}

export async function instanceViews(
  { database, addresses, scheduler }: Platform,
  actor: Actor,
  instances: readonly StoredInstance[],
): Promise<Instance[]> {
  const users = await getUsers(
    database,
    instances.map((instance) => instance.owner_id),
  )
  const aliases = await aliasesOf(
    database,
    instances.map((instance) => instance.id),
  )
  const newest = await newestInCatalog(
    database,
    actor,
    instances.map((instance) => instance.storedApp.name),
  )
  return instances.map((instance) => {
    const app = instance.storedApp
    const newer = newest.get(app.name)
    return {
      id: instance.id,
      app: {
        id: app.id,
        name: app.name,
        version: app.version,
        title: app.title,
        icon: imagePath(app, 'icon', 0),
        lifecycle: app.lifecycle,
        ownerId: app.owner_id,
        volumeMount: app.manifest.runtime?.volumeMount ?? null,
      },
      owner: personView(instance.owner_id, users, actor),
      status: instance.status,
      visibility: instance.visibility,
      url: addresses.instance(instance.id, app.manifest.runtime?.routingMode ?? 'DOMAIN'),
      createdAt: instance.created_at,
      updatedAt: instance.updated_at,
      suspendable: true,
      suspendAfter: instance.suspend_after,
      lastUsedAt: lastUseOf(instance),
      readonly: !mayControlInstance(actor, instance).allowed,
      profile: instance.profile,
      aliases: (aliases.get(instance.id) ?? []).map(({ name, primary }) => ({
        name,
        url: addresses.alias(name),
        primary,
      })),
      newerVersion:
        newer !== undefined && newer.version_key > app.version_key
          ? { appId: newer.id, version: newer.version }
          : null,
      runtimeStatus: runtimeStatusView({ scheduler }, actor, instance),
    }
  })
}

export async function meView({ database, config }: Platform, actor: Actor): Promise<Me> {
  const users = actor.userId === null ? new Map() : await getUsers(database, [actor.userId])
  const user = actor.userId === null ? undefined : users.get(actor.userId)
  return {
    user: user ? { id: user.id, name: user.name, email: user.email } : null,
    access: actor.access,
    admin: actor.admin,
    roles: [...actor.roles],
    limits: {
      instances: {
        used: actor.userId === null ? 0 : await countLive(database, actor.userId),
        max: instanceLimit(actor, config.limits),
      },
    },
  }
}
