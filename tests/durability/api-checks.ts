import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { App, Instance, TagDetail } from '../../src/api/generated/types.gen.ts'
import type { Client } from './client.ts'
import type { AppEntry, InstanceEntry, Ledger, Request, TagEntry } from './ledger.ts'

type Listed = { apps: App[]; instances: Instance[]; tags: TagDetail[] }
type Entry = AppEntry | InstanceEntry | TagEntry

async function listAll<T>(client: Client, path: string, field: string): Promise<T[]> {
  const rows: T[] = []
  for (let token = ''; ;) {
    const response = await client.get(`${path}pageSize=1000${token}`)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    const page = await response.json()
    rows.push(...page[field])
    if (!page.nextPageToken) return rows
    token = `&pageToken=${encodeURIComponent(page.nextPageToken)}`
  }
}

async function list(admin: Client): Promise<Listed> {
  return {
    apps: await listAll<App>(admin, '/apps?scope=admin&', 'apps'),
    instances: await listAll<Instance>(admin, '/instances?scope=admin&', 'instances'),
    tags: await listAll<TagDetail>(admin, '/tags?', 'tags'),
  }
}

const appEntry = (app: App): AppEntry => ({
  name: app.name,
  owner: app.owner.id,
  sha256: app.bundle.sha256,
  visibility: app.visibility,
  tags: app.tags.map(({ id }) => id).toSorted(),
})

/** Holds what the lists say against what was acknowledged and what may or may not have been done. */
class Comparison {
  readonly wrong: string[] = []
  readonly #pending: readonly Request[]

  constructor(pending: readonly Request[]) {
    this.#pending = pending
  }

  compare<E extends Entry>(
    kind: string,
    listed: ReadonlyMap<string, E>,
    acknowledged: ReadonlyMap<string, E>,
    isSame: (seen: E, entry: E) => boolean,
    isMadeBy: (seen: E, makes: NonNullable<Request['makes']>) => boolean,
  ): void {
    const makers = this.#pending.flatMap(({ makes }) => makes ?? [])
    for (const [id, seen] of listed) {
      const entry = acknowledged.get(id)
      if (entry === undefined) {
        const maker = makers.findIndex((makes) => isMadeBy(seen, makes))
        if (maker === -1) this.wrong.push(`${kind} ${id} is there without having been asked for`)
        else makers.splice(maker, 1)
        continue
      }
      const maybe = this.#changeOf(id)
      // The kind of a change is the kind of what it changes.
      const isChanged = maybe?.to && isSame(seen, maybe.to as E)
      if (isSame(seen, entry) || isChanged) continue
      this.wrong.push(`${kind} ${id} is ${JSON.stringify(seen)}, not ${JSON.stringify(entry)}`)
    }
    for (const id of acknowledged.keys()) {
      if (!listed.has(id) && this.#changeOf(id)?.to !== null) {
        this.wrong.push(`${kind} ${id} was acknowledged and is lost`)
      }
    }
  }

  #changeOf(id: string): Request['changes'] {
    return this.#pending.find(({ changes }) => changes?.id === id)?.changes
  }
}

/** What of the lists differs from the ledger, with `pending` requests done or not done. */
async function checkLists(
  admin: Client,
  ledger: Ledger,
  pending: readonly Request[],
  scheduler: 'process' | 'simulated',
): Promise<{ wrong: string[]; listed: Listed }> {
  const listed = await list(admin)
  const comparison = new Comparison(pending)
  comparison.compare<AppEntry>(
    'app',
    new Map(listed.apps.map((app) => [app.id, appEntry(app)])),
    ledger.apps,
    (seen, entry) => isDeepStrictEqual(seen, { ...entry, tags: entry.tags.toSorted() }),
    (seen, makes) => makes.kind === 'app' && makes.name === seen.name,
  )
  const states = new Map(listed.instances.map(({ id, status }) => [id, status]))
  comparison.compare<InstanceEntry & { id?: string }>(
    'instance',
    new Map(
      listed.instances.map((one) => {
        const { status, visibility } = one
        const state = status === 'SUSPENDED' || status === 'FAILED' ? status : 'live'
        return [one.id, { id: one.id, appId: one.app.id, owner: one.owner.id, visibility, state }]
      }),
    ),
    ledger.instances,
    ({ id = '', ...seen }, entry) => {
      const status = states.get(id)
      // Real processes outlive the platform; simulated ones end with it. UNKNOWN is never an answer.
      const fits =
        entry.state !== 'live'
          ? status === entry.state
          : status === 'FAILED' ||
            (scheduler === 'process' && (status === 'DEPLOYED' || status === 'PENDING'))
      return fits && isDeepStrictEqual({ ...seen, state: null }, { ...entry, state: null })
    },
    (seen, makes) => makes.kind === 'instance' && makes.appId === seen.appId,
  )
  comparison.compare<TagEntry>(
    'tag',
    new Map(
      listed.tags.map(({ id, name, title, color }) => [id, { name, title, color, etag: '' }]),
    ),
    ledger.tags,
    (seen, entry) => isDeepStrictEqual(seen, { ...entry, etag: '' }),
    (seen, makes) => makes.kind === 'tag' && makes.name === seen.name,
  )
  return { wrong: [...comparison.wrong, ...(await checkSearch(admin, listed))], listed }
}

/** What is found and counted, held against the apps themselves. */
async function checkSearch(admin: Client, { apps, instances, tags }: Listed): Promise<string[]> {
  const wrong: string[] = []
  for (const { id, name } of tags) {
    const query = `/apps?scope=admin&tag=${encodeURIComponent(name)}&`
    const found = (await listAll<App>(admin, query, 'apps')).map((app) => app.id)
    const due = apps.filter((app) => app.tags.some((tag) => tag.id === id)).map((app) => app.id)
    if (!isDeepStrictEqual(new Set(found), new Set(due))) {
      wrong.push(`tag ${name} finds ${found.join()}, not ${due.join()}`)
    }
  }
  for (const { name, launches } of apps) {
    const there = instances.filter(({ app }) => app.name === name).length
    if (launches < there) wrong.push(`${name} has ${there} instances of ${launches} launches`)
  }
  return wrong
}

/** Whether every listed app is whole: its bundle has its hash, its icon comes. */
export async function checkApps(
  apps: readonly App[],
  clients: ReadonlyMap<string, Client>,
): Promise<string[]> {
  const wrong: string[] = []
  for (const { id, owner, bundle } of apps) {
    const client = clients.get(owner.id)
    if (client === undefined) throw new Error(`Nobody is ${owner.id}`)
    const reply = await client.get(`/apps/${id}/bundle`)
    const bytes = new Uint8Array(await reply.arrayBuffer())
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    if (!reply.ok || sha256 !== bundle.sha256) wrong.push(`bundle of ${id}: ${reply.status}`)
    const icon = await client.get(`/apps/${id}/icon`)
    const size = (await icon.arrayBuffer()).byteLength
    if (!icon.ok || size !== 2_008) wrong.push(`icon of ${id}: ${icon.status}, ${size} bytes`)
  }
  return wrong
}

export type Verdict = {
  readonly wrong: readonly string[]
  /** Requests without an answer that had been done all the same. */
  readonly doneUnheard: number
}

/** Compares what a restarted platform answers with what was acknowledged before the kill. */
export async function checkAnswers(
  clients: readonly Client[],
  ledger: Ledger,
  scheduler: 'process' | 'simulated',
): Promise<Verdict> {
  const byPersona = new Map(clients.map((client) => [client.persona, client]))
  const admin = byPersona.get('admin')
  if (admin === undefined) throw new Error('One of the clients has to be the admin')
  const wrong: string[] = []
  for (const client of clients) {
    const me = await (await client.get('/me')).json()
    if (me.user?.id !== client.persona) wrong.push(`the session of ${client.persona} is lost`)
  }
  const pending = clients.flatMap((client) => client.pending ?? [])
  const before = await checkLists(admin, ledger, pending, scheduler)
  wrong.push(...before.wrong, ...(await checkApps(before.listed.apps, byPersona)))
  const doneUnheard =
    Math.max(0, before.listed.apps.length - ledger.apps.size) +
    Math.max(0, before.listed.instances.length - ledger.instances.size)

  for (const { id, status } of before.listed.instances) {
    const entry = ledger.instances.get(id)
    if (entry?.state === 'live' && status === 'FAILED') {
      ledger.instances.set(id, { ...entry, state: 'FAILED' })
    }
  }
  for (const client of clients) await client.retry()
  const after = await checkLists(admin, ledger, [], 'process')
  wrong.push(...after.wrong.map((text) => `after asking again, ${text}`))
  return { wrong, doneUnheard }
}
