import type { QueryClient } from '@tanstack/react-query'
import { appKeys } from './apps.ts'
import type { ChangesStatus } from './changes.ts'
import './client.ts'
import { client as http } from './generated/client.gen.ts'
import { getMeQueryKey } from './generated/@tanstack/react-query.gen.ts'
import type { App, AppList, Change, InstanceList } from './generated/types.gen.ts'
import { instanceKeys } from './instance-keys.ts'
import { putIntoLists } from './instance-lists.ts'
import { readInstances } from './instances.ts'
import { tagKeys } from './tags.ts'

const hiddenGraceMs = 20_000
/** From the first change after a quiet time until it is read. */
const gatherMs = 120
/** Between two rounds of reading while changes keep coming. */
const restMs = 500
/** The platform says every 15 s that it is there. */
const silentMs = 40_000
const reconnectMs = { least: 1000, most: 30_000 }

/**
 * Listens to what changes on the platform and reads again what that touches.
 *
 * @returns how to stop
 */
export function followChanges(
  client: QueryClient,
  setStatus: (status: ChangesStatus) => void,
): () => void {
  let status: ChangesStatus = 'connecting'
  const become = (next: ChangesStatus) => {
    status = next
    setStatus(next)
  }
  let source: EventSource | undefined
  let reconnect: ReturnType<typeof setTimeout> | undefined
  let poll: ReturnType<typeof setTimeout> | undefined
  let pause: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let lastRead = Date.now()
  let stopped = false
  const changes = gather(client)

  function open() {
    clearTimeout(reconnect)
    source?.close()
    source = new EventSource(http.buildUrl({ url: '/events' }))
    source.addEventListener('open', () => {
      failures = 0
      clearTimeout(poll)
      become('live')
      // There is no history: what was read before the stream stood may be old.
      void readAgain(client)
    })
    source.addEventListener('change', (event: MessageEvent<unknown>) => {
      const change = parseChange(event.data)
      if (change !== null) changes.add(change)
    })
    source.addEventListener('alive', heard)
    source.addEventListener('error', () => {
      clearTimeout(silence)
      become('polling')
      schedulePoll()
      // The browser tries again by itself after a broken connection, but not after a refusal.
      if (source?.readyState !== EventSource.CLOSED) return
      clearTimeout(reconnect)
      const wait = Math.min(reconnectMs.least * 2 ** failures, reconnectMs.most)
      failures += 1
      reconnect = setTimeout(open, wait)
    })
  }

  /** A connection can die without a word to either side: from the first sign of life on, the next is waited for. */
  function heard() {
    clearTimeout(silence)
    silence = setTimeout(() => {
      become('polling')
      schedulePoll()
      open()
    }, silentMs)
  }

  /** Looks often, reads when it is time: what is quick or calm may change between two looks. */
  function schedulePoll() {
    clearTimeout(poll)
    poll = setTimeout(() => {
      const delay = pollDelay(pollFacts(client))
      const due = delay !== null && Date.now() - lastRead >= delay
      if (!due) return schedulePoll()
      lastRead = Date.now()
      void readAgain(client).then(() => {
        if (status === 'polling' && !stopped) schedulePoll()
      })
    }, quickMs)
  }

  function close() {
    source?.close()
    clearTimeout(reconnect)
    clearTimeout(poll)
    clearTimeout(silence)
  }

  // A browser keeps only six connections a host: tabs that nobody looks at give theirs back.
  function visibilityChanged() {
    clearTimeout(pause)
    if (document.hidden) pause = setTimeout(close, hiddenGraceMs)
    else if (source?.readyState !== EventSource.OPEN) open()
  }

  document.addEventListener('visibilitychange', visibilityChanged)
  open()
  return () => {
    document.removeEventListener('visibilitychange', visibilityChanged)
    clearTimeout(pause)
    stopped = true
    changes.stop()
    close()
  }
}

function parseChange(data: unknown): Change | null {
  try {
    const value: unknown = JSON.parse(String(data))
    return isChange(value) ? value : null
  } catch {
    return null
  }
}

function isChange(value: unknown): value is Change {
  if (typeof value !== 'object' || value === null) return false
  const kind: unknown = Reflect.get(value, 'kind')
  return (
    (kind === 'app' || kind === 'instance' || kind === 'tag') &&
    typeof Reflect.get(value, 'id') === 'string' &&
    typeof Reflect.get(value, 'appName') === 'string'
  )
}

/**
 * Changes come in bursts; each is answered with one round of reading, and the next round waits for its end: however much
 * happens, a page asks about twice a second.
 */
function gather(client: QueryClient) {
  let waiting: Change[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false
  async function round() {
    const burst = waiting
    waiting = []
    await invalidateFor(client, burst).catch(() => undefined)
    timer = undefined
    if (waiting.length > 0) plan(restMs)
  }
  function plan(ms: number) {
    if (!isStopped) timer ??= setTimeout(() => void round(), ms)
  }
  return {
    add(change: Change) {
      waiting.push(change)
      plan(gatherMs)
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

/** Reads again just what these changes touch. */
async function invalidateFor(client: QueryClient, changes: readonly Change[]): Promise<void> {
  const instances = changes.filter((change) => change.kind === 'instance')
  const apps = changes.filter((change) => change.kind === 'app')
  const work: Promise<void>[] = []
  if (instances.length > 0) {
    const names = new Set(instances.map((change) => change.appName))
    // One more or less, not just another state: whose apps those are, and how often they were launched, is new.
    const known = knownInstances(client)
    if (instances.some(({ id, gone }) => gone || !known.has(id))) {
      work.push(client.invalidateQueries({ queryKey: appKeys.lists() }))
    }
    work.push(
      readChanged(client, instances),
      client.invalidateQueries({ queryKey: getMeQueryKey() }),
      // A managed app carries the instance to visit.
      client.invalidateQueries({
        queryKey: appKeys.all,
        predicate: (query) => appsIn(query.state.data).some((app) => isManagedOf(app, names)),
      }),
    )
  }
  if (apps.length > 0) {
    const ids = new Set(apps.map((change) => change.id))
    const names = new Set(apps.map((change) => change.appName))
    work.push(
      client.invalidateQueries({ queryKey: appKeys.lists() }),
      client.invalidateQueries({
        queryKey: appKeys.all,
        predicate: ({ queryKey, state }) =>
          ids.has(String(queryKey[2])) ||
          (queryKey[1] === 'versions' && names.has(nameOf(client, String(queryKey[2])))) ||
          (queryKey[1] === 'detail' && appsIn(state.data).some((app) => names.has(app.name))),
      }),
    )
  }
  // How many apps a tag is on is part of it.
  if (apps.length > 0 || changes.some((change) => change.kind === 'tag')) {
    work.push(client.invalidateQueries({ queryKey: tagKeys.all }))
  }
  await Promise.all(work)
}

/** Reads the instances that changed, in one request, where there is a list of any. */
async function readChanged(client: QueryClient, changes: readonly Change[]): Promise<void> {
  const ids = new Set(changes.map(({ id }) => id))
  const gone = new Set(changes.flatMap((change) => (change.gone ? [change.id] : [])))
  const details = client.invalidateQueries({
    queryKey: instanceKeys.all,
    predicate: ({ queryKey }) => queryKey[1] === 'detail' && ids.has(String(queryKey[2])),
  })
  const hasLists = client.getQueryCache().findAll({ queryKey: instanceKeys.lists() }).length > 0
  const there = [...ids].filter((id) => !gone.has(id))
  try {
    const read = hasLists && there.length > 0 ? await readInstances(there) : []
    const seen = new Set(read.map(({ id }) => id))
    const out = hasLists ? [...ids].filter((id) => !seen.has(id)) : []
    await putIntoLists(client, read, new Set(out))
  } catch {
    await client.invalidateQueries({ queryKey: instanceKeys.lists() })
  }
  await details
}

function knownInstances(client: QueryClient): Set<string> {
  const lists = client.getQueriesData<InstanceList>({ queryKey: instanceKeys.lists() })
  return new Set(lists.flatMap(([, list]) => list?.instances.map(({ id }) => id) ?? []))
}

function nameOf(client: QueryClient, appId: string): string {
  return client.getQueryData<App>(appKeys.detail(appId))?.name ?? ''
}

function isManagedOf(app: App, names: ReadonlySet<string>): boolean {
  return app.lifecycle === 'MANAGED' && names.has(app.name)
}

/** The apps in a cached answer, whichever of the app queries it belongs to. */
function appsIn(data: unknown): readonly App[] {
  if (typeof data !== 'object' || data === null) return []
  if ('pages' in data) return (data as { pages: AppList[] }).pages.flatMap((page) => page.apps)
  return 'lifecycle' in data ? [data as App] : []
}

async function readAgain(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: appKeys.all }),
    client.invalidateQueries({ queryKey: instanceKeys.all }),
    client.invalidateQueries({ queryKey: tagKeys.all }),
    client.invalidateQueries({ queryKey: getMeQueryKey() }),
  ])
}

export type PollFacts = { hidden: boolean; failing: boolean; starting: boolean }

const quickMs = 2000
const calmMs = 30_000

/** Milliseconds until pages are read again without a stream; null: not now. */
export function pollDelay({ hidden, failing, starting }: PollFacts): number | null {
  if (hidden || failing) return null
  return starting ? quickMs : calmMs
}

function pollFacts(client: QueryClient): PollFacts {
  const active = client.getQueryCache().findAll({ type: 'active' })
  const lists = client.getQueriesData<InstanceList>({ queryKey: instanceKeys.lists() })
  return {
    hidden: document.hidden,
    failing: active.some((query) => query.state.status === 'error'),
    starting: lists.some(([, list]) =>
      list?.instances.some((instance) => instance.status === 'PENDING'),
    ),
  }
}
