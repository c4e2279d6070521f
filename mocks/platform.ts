import type {
  App,
  Change,
  Instance,
  InstanceEvent,
  InstanceStatus,
  Me,
  Person,
  RuntimeStatus,
  TagDetail,
  TagInput,
  UsageHistory,
} from '../src/api/generated/types.gen.ts'
import { actorFrom } from '../src/api/session.ts'
import type { Manifest } from '../src/bundle/manifest/manifest.ts'
import type { Actor } from '../src/rules/actor.ts'
import { isInCatalogOf, maySeeApp } from '../src/rules/apps.ts'
import { mayOpenInstance, maySeeInstance, ownsInstance } from '../src/rules/instances.ts'
import {
  appFixture,
  instanceFixture,
  meFixture,
  people,
  runtimeStatusFixture,
  stillStarting,
  tagDetailFixture,
} from './fixtures.ts'

type Step = { after: number; runtime: RuntimeStatus; status: InstanceStatus }

const installing = runtimeStatusFixture({
  state: 'ContainerCreating',
  reason: 'InstallingRequirements',
  message: 'Installing requirements',
})
const starting = runtimeStatusFixture({
  state: 'ContainerCreating',
  reason: 'Starting',
  message: 'Waiting for the app to answer',
})
const noModule = runtimeStatusFixture({
  state: 'Error',
  reason: 'ModuleNotFound',
  message: 'Python can’t find the module “pandas”. Add it to requirements.txt.',
  exitCode: 1,
})

const goodStart: Step[] = [
  { after: 1500, runtime: installing, status: 'PENDING' },
  { after: 4000, runtime: starting, status: 'PENDING' },
  { after: 1500, runtime: runtimeStatusFixture(), status: 'DEPLOYED' },
]
const badStart: Step[] = [
  { after: 1500, runtime: installing, status: 'PENDING' },
  { after: 2500, runtime: noModule, status: 'FAILED' },
]

type LogListener = (text: string, end: boolean) => void

type Options = {
  apps?: App[]
  tags?: TagDetail[]
  instances?: Instance[]
  person?: Person | null
  /** `manual`: a start goes on only when a test says so. */
  starts?: 'timed' | 'manual'
}

/** As much of a platform as the interface needs to be clicked through, in the page's own memory. */
export class MockPlatform {
  apps: App[]
  instances: Instance[]
  tags: TagDetail[]
  person: Person | null
  readonly starts: 'timed' | 'manual'
  readonly logs = new Map<string, string>()
  readonly events = new Map<string, InstanceEvent[]>()
  readonly usages = new Map<string, UsageHistory>()
  readonly #followers = new Set<(change: Change) => void>()
  readonly #readers = new Map<string, Set<LogListener>>()
  readonly #keys = new Map<string, Instance>()
  #count = 0

  constructor({
    apps = [],
    instances = [],
    tags = [],
    person = people.user,
    starts = 'manual',
  }: Options = {}) {
    this.apps = apps
    this.instances = instances
    this.tags = tags
    this.person = person
    this.starts = starts
  }

  me(): Me {
    const me = meFixture(this.person)
    const mine = this.instances.filter(({ owner }) => owner.id === this.person?.id)
    const used = mine.filter(({ status }) => status === 'PENDING' || status === 'DEPLOYED').length
    return { ...me, limits: { instances: { used, max: me.limits.instances.max } } }
  }

  actor(): Actor {
    return actorFrom(this.me())
  }

  /** Whether it may be imported has been asked. */
  importApp(manifest: Manifest): App {
    const { name, version, title, description, category, lifecycle, link } = manifest
    const owner = this.person ?? people.author
    const id = `imported-${this.apps.length + 1}`
    const visibility = 'PRIVATE'
    const said = { name, version, title, description, category, lifecycle, link }
    const app = appFixture({ ...said, id, owner, visibility, keywords: manifest.keywords })
    this.apps = [...this.apps, app]
    this.publish({ kind: 'app', id, appName: name, gone: false })
    return app
  }

  /** The tags as they are now: how many carry each follows from the apps. */
  countedTags(): TagDetail[] {
    return this.tags.map((tag) => {
      const carrying = this.visibleApps().filter((app) => app.tags.some(({ id }) => id === tag.id))
      const appCount = new Set(carrying.map(({ name }) => name)).size
      return { ...tag, appCount, versionCount: carrying.length }
    })
  }

  createTag(input: TagInput): TagDetail {
    const id = `tag-${this.tags.length + 1}-${input.name}`
    const tag = tagDetailFixture({ ...input, id, etag: '"1"' })
    this.tags = [...this.tags, tag]
    this.publish({ kind: 'tag', id, appName: '', gone: false })
    return tag
  }

  /** Changes a tag, on the apps that carry it too; its ETag counts. */
  updateTag(id: string, over: Partial<TagDetail>): TagDetail | undefined {
    const before = this.tags.find((tag) => tag.id === id)
    if (before === undefined) return undefined
    const etag = `"${Number(before.etag.slice(1, -1)) + 1}"`
    const after = { ...before, ...over, etag }
    this.tags = this.tags.map((tag) => (tag.id === id ? after : tag))
    this.apps = this.apps.map((app) => ({
      ...app,
      tags: app.tags.map((tag) => (tag.id === id ? { ...tag, ...over } : tag)),
    }))
    this.publish({ kind: 'tag', id, appName: '', gone: false })
    return after
  }

  deleteTag(id: string): void {
    this.tags = this.tags.filter((tag) => tag.id !== id)
    this.apps = this.apps.map((app) => ({
      ...app,
      tags: app.tags.filter((tag) => tag.id !== id),
    }))
    this.publish({ kind: 'tag', id, appName: '', gone: true })
  }

  /** @returns whether anything changed */
  setTag(appId: string, tagId: string, carries: boolean): boolean {
    const app = this.apps.find(({ id }) => id === appId)
    const tag = this.tags.find(({ id }) => id === tagId)
    if (app === undefined || tag === undefined) return false
    if (app.tags.some(({ id }) => id === tagId) === carries) return false
    const others = app.tags.filter(({ id }) => id !== tagId)
    this.updateApp(appId, { tags: carries ? [...others, tag] : others })
    return true
  }

  visibleApps(): App[] {
    return this.apps
      .filter((app) => maySeeApp(this.actor(), app).allowed)
      .map((app) => this.#seen(app))
  }

  #seen(app: App): App {
    const shared = this.instances.find(
      (instance) =>
        instance.app.id === app.id &&
        instance.status === 'DEPLOYED' &&
        mayOpenInstance(this.actor(), instance, true).allowed,
    )
    const managed = app.lifecycle === 'MANAGED' && shared !== undefined
    return managed ? { ...app, visitInstance: { id: shared.id } } : app
  }

  visibleInstances(): Instance[] {
    const actor = this.actor()
    return this.instances.filter((instance) => {
      const app = this.apps.find(({ id }) => id === instance.app.id)
      const inCatalog = app !== undefined && isInCatalogOf(actor, app)
      return maySeeInstance(actor, instance, inCatalog).allowed
    })
  }

  ownInstances(): Instance[] {
    return this.instances.filter((instance) => ownsInstance(this.actor(), instance))
  }

  run(app: App, key: string | null): Instance {
    const known = key === null ? undefined : this.#keys.get(key)
    if (known !== undefined) return known
    this.#count += 1
    const now = new Date().toISOString()
    const instance = instanceFixture(
      {
        id: `0192a1f1-0c7e-7000-8000-${String(this.#count).padStart(12, '0')}`,
        status: 'PENDING',
        owner: this.person ?? people.user,
        createdAt: now,
        updatedAt: now,
      },
      app,
    )
    if (key !== null) this.#keys.set(key, instance)
    this.instances = [instance, ...this.instances]
    this.#begin(instance)
    return instance
  }

  suspend(id: string): Instance | undefined {
    return this.update(id, {
      status: 'SUSPENDED',
      suspendAfter: null,
      runtimeStatus: runtimeStatusFixture({ state: 'Stopped' }),
    })
  }

  resume(id: string): Instance | undefined {
    const instance = this.update(id, { status: 'PENDING', runtimeStatus: stillStarting })
    if (instance !== undefined) this.#begin(instance)
    return instance
  }

  terminate(id: string): void {
    const gone = this.instances.find((instance) => instance.id === id)
    this.instances = this.instances.filter((instance) => instance.id !== id)
    if (gone !== undefined) this.#tell(gone, true)
  }

  /** Changes an instance and tells everybody who follows. */
  update(id: string, over: Partial<Instance>): Instance | undefined {
    const before = this.instances.find((instance) => instance.id === id)
    if (before === undefined) return undefined
    const changed = over.status !== undefined && over.status !== before.status
    const after = {
      ...before,
      ...over,
      ...(changed ? { updatedAt: new Date().toISOString() } : {}),
    }
    this.instances = this.instances.map((instance) => (instance.id === id ? after : instance))
    this.#tell(after, false)
    return after
  }

  updateApp(id: string, over: Partial<App>): App | undefined {
    this.apps = this.apps.map((app) => (app.id === id ? { ...app, ...over } : app))
    const app = this.apps.find((each) => each.id === id)
    if (app !== undefined) this.publish({ kind: 'app', id, appName: app.name, gone: false })
    return app
  }

  deleteApp(id: string): void {
    const app = this.apps.find((each) => each.id === id)
    this.apps = this.apps.filter((each) => each.id !== id)
    if (app !== undefined) this.publish({ kind: 'app', id, appName: app.name, gone: true })
  }

  write(instanceId: string, text: string, end = false): void {
    this.logs.set(instanceId, (this.logs.get(instanceId) ?? '') + text)
    for (const reader of this.#readers.get(instanceId) ?? []) reader(text, end)
  }

  readLog(instanceId: string, listener: LogListener): () => void {
    const readers = this.#readers.get(instanceId) ?? new Set()
    this.#readers.set(instanceId, readers.add(listener))
    return () => readers.delete(listener)
  }

  follow(listener: (change: Change) => void): () => void {
    this.#followers.add(listener)
    return () => this.#followers.delete(listener)
  }

  publish(change: Change): void {
    for (const follower of this.#followers) follower(change)
  }

  #tell({ id, app }: Instance, gone: boolean): void {
    this.publish({ kind: 'instance', id, appName: app.name, gone })
  }

  #begin(instance: Instance): void {
    this.#tell(instance, false)
    if (this.starts === 'timed') {
      const steps = instance.app.name === 'data-profiler' ? badStart : goodStart
      void this.#play(instance.id, steps, instance.app.volumeMount)
    }
  }

  async #play(id: string, steps: readonly Step[], volume: string | null): Promise<void> {
    this.write(id, `unpacking the bundle\nvolume: ${volume ?? 'none'}\n`)
    for (const { after, runtime, status } of steps) {
      await new Promise((resolve) => setTimeout(resolve, after))
      const still = this.instances.find((instance) => instance.id === id)
      if (still?.status !== 'PENDING') return
      const deadline = new Date(Date.now() + 28_800_000).toISOString()
      this.update(id, {
        runtimeStatus: runtime,
        status,
        suspendAfter: status === 'DEPLOYED' && still.suspendable ? deadline : null,
      })
      this.write(id, `${runtime.message ?? 'listening on 127.0.0.1:41233'}\n`, status === 'FAILED')
    }
  }
}
