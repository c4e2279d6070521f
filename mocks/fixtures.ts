import type {
  App,
  AppRuntime,
  Environment,
  Instance,
  InstanceEvent,
  Me,
  Person,
  Problem,
  RuntimeStatus,
  Tag,
  TagDetail,
} from '../src/api/generated/types.gen.ts'

/** Everything here is made up; each builder gives a whole, valid answer and takes what a test is about. */

export const people = {
  admin: { id: 'admin', name: 'Maren Holt', email: 'maren.holt@example.com' },
  author: { id: 'author', name: 'Priya Nair', email: 'priya.nair@example.com' },
  user: { id: 'user', name: 'Jonas Weber', email: 'jonas.weber@example.com' },
  visitor: { id: 'visitor', name: 'Aiko Tanaka', email: 'aiko.tanaka@example.com' },
} satisfies Record<string, Person>

const rolesOf: Record<string, string[]> = {
  admin: ['full-access', 'admin'],
  author: ['full-access'],
  user: ['full-access'],
  visitor: ['partners-north'],
}

export function meFixture(person: Person | null = people.user, over: Partial<Me> = {}): Me {
  const roles = person === null ? [] : (rolesOf[person.id] ?? ['full-access'])
  const full = roles.includes('full-access')
  return {
    user: person,
    access: person === null ? 'anonymous' : full ? 'fullAccess' : 'visitor',
    admin: roles.includes('admin'),
    roles,
    limits: { instances: { used: 0, max: person === null ? 0 : full ? 10 : 5 } },
    ...over,
  }
}

export function environmentFixture(over: Partial<Environment> = {}): Environment {
  return {
    name: 'Wavedeck with made-up data',
    version: '0.0.0',
    signIn: {
      kind: 'personas',
      personas: [
        { ...persona(people.admin, 'Manages the platform'), admin: true },
        persona(people.author, 'Publishes apps'),
        persona(people.user, 'Browses and launches'),
        { ...persona(people.visitor, 'A guest from the north'), access: 'visitor' },
      ],
    },
    publicMode: false,
    allowedEnvNames: [],
    scheduler: 'simulated',
    confinement: 'none',
    notices: [],
    limits: {
      instancesPerUser: 10,
      instancesPerVisitor: 5,
      versionsPerName: 10,
      bundleBytes: 1_073_741_824,
      startSeconds: 300,
    },
    runtimes: [{ name: 'python3.11', title: 'Python 3.11', default: true, deprecated: false }],
    profiles: [{ name: 'default', title: 'As the app asks', memory: null, default: true }],
    cli: { endpointUrl: 'http://localhost:4600', oidcUrl: null, clientId: null },
    uploads: null,
    ...over,
  }
}

function persona({ id, name }: Person, summary: string) {
  return { id, name, summary, access: 'fullAccess' as const, admin: false }
}

export function tagFixture(over: Partial<Tag> = {}): Tag {
  return {
    id: 'tag-1',
    name: 'forecasting',
    title: 'Forecasting',
    color: '#1f9d61',
    description: '',
    isCategory: false,
    visitorRoles: [],
    ...over,
  }
}

export function tagDetailFixture(over: Partial<TagDetail> = {}): TagDetail {
  return {
    ...tagFixture(),
    etag: '"1"',
    adminRoles: [],
    appCount: 0,
    versionCount: 0,
    ...over,
  }
}

export function runtimeFixture(over: Partial<AppRuntime> = {}): AppRuntime {
  return {
    mode: 'python',
    version: 'python3.11',
    memoryLimit: '512Mi',
    memoryReservation: '128Mi',
    volumeMount: null,
    volumeSize: null,
    routingMode: 'DOMAIN',
    ...over,
  }
}

/** Preconditions of an app that needs a secret which isn’t there. */
export const secretMissing = (message: string): App['preconditions'] => ({
  runnable: false,
  problems: [{ code: 'secret.missing', message, since: '2026-11-12T09:30:00Z' }],
  secrets: { needed: 1, present: 0 },
})

export function appFixture(over: Partial<App> = {}): App {
  const id = over.id ?? 'app-1'
  return {
    id,
    name: 'sales-forecast',
    version: '1.1.0',
    title: 'Sales forecast',
    description: 'Forecast weekly sales per store with intervals you can read.',
    longDescription: null,
    category: 'Sales',
    keywords: ['forecast', 'retail'],
    tags: [],
    owner: people.author,
    visibility: 'ALL_USERS',
    lifecycle: 'ON_DEMAND',
    instanceTimeout: 28_800,
    link: null,
    icon: null,
    screenshots: [],
    runtime: over.lifecycle === 'LINK' ? null : runtimeFixture(),
    preconditions: { runnable: true, problems: [], secrets: { needed: 0, present: 0 } },
    defaultProfile: null,
    visitInstance: null,
    pinned: false,
    launches: 0,
    createdAt: '2026-11-12T09:30:00Z',
    updatedAt: '2026-11-12T09:30:00Z',
    bundle: {
      size: 43_210,
      sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
      fileCount: 9,
    },
    ...over,
  }
}

export function runtimeStatusFixture(over: Partial<RuntimeStatus> = {}): RuntimeStatus {
  return {
    state: 'Running',
    reason: null,
    message: null,
    exitCode: null,
    restartCount: 0,
    lastFailure: null,
    usage: null,
    ...over,
  }
}

export const stillStarting = runtimeStatusFixture({
  state: 'ContainerCreating',
  reason: 'Unpacking',
  message: 'Sourcing the app',
})

export const outOfMemory = runtimeStatusFixture({
  state: 'OOMKilled',
  reason: 'OOMKilled',
  message: 'Stopped: it used more than its 512 MB of memory.',
  exitCode: 137,
  lastFailure: '2026-11-12T09:31:02Z',
})

export function instanceFixture(over: Partial<Instance> = {}, app: App = appFixture()): Instance {
  const id = over.id ?? 'instance-1'
  const status = over.status ?? 'DEPLOYED'
  return {
    id,
    app: {
      id: app.id,
      name: app.name,
      version: app.version,
      title: app.title,
      icon: app.icon,
      lifecycle: app.lifecycle,
      ownerId: app.owner.id,
      volumeMount: app.runtime?.volumeMount ?? null,
    },
    owner: people.user,
    status,
    visibility: 'PRIVATE',
    url: `http://${id}.localhost:4600/`,
    createdAt: '2026-11-12T09:31:00Z',
    updatedAt: '2026-11-12T09:31:02Z',
    suspendable: app.instanceTimeout !== null,
    suspendAfter: status === 'DEPLOYED' ? '2026-11-12T17:31:02Z' : null,
    lastUsedAt: status === 'DEPLOYED' ? '2026-11-12T09:31:02Z' : null,
    readonly: false,
    profile: 'default',
    aliases: [],
    newerVersion: null,
    runtimeStatus:
      status === 'PENDING'
        ? stillStarting
        : status === 'FAILED'
          ? outOfMemory
          : runtimeStatusFixture({ state: status === 'SUSPENDED' ? 'Stopped' : 'Running' }),
    ...over,
  }
}

export function instanceEventFixture(over: Partial<InstanceEvent> = {}): InstanceEvent {
  return {
    id: '1',
    at: '2026-11-12T09:31:00Z',
    kind: 'REQUESTED',
    run: 1,
    by: people.user,
    reason: null,
    message: null,
    exitCode: null,
    ...over,
  }
}

export function problemFixture(over: Partial<Problem> = {}): Problem {
  return {
    type: 'about:blank',
    title: 'Something unforeseen happened.',
    status: 500,
    code: 'internal',
    requestId: 'req-1',
    ...over,
  }
}
