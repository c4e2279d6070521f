// 500 tags with 5,000 assignments, and ten times as many, over real HTTP and in a browser: npm run bench:tags
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { buildIfStale } from '../../../scripts/build.ts'
import { defaultLimits } from '../../../platform/config.ts'
import { startPlatform } from '../../../platform/server.ts'
import { measurePages, type PageRow } from './pages.ts'
import { appId, commonTag, seeded } from './seed.ts'

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: path.join(tmpdir(), 'wavedeck-bench-tags') },
    rounds: { type: 'string', default: '40' },
    /** Rounds in the browser. */
    pages: { type: 'string', default: '5' },
    /** Also writes docs/tags-figures.md. */
    write: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const sizes = [
  { versions: 3_000, tags: 500, assignments: 5_000 },
  { versions: 30_000, tags: 5_000, assignments: 50_000 },
] as const

type Ask = (method: string, path: string, body?: unknown) => Promise<unknown>

async function signIn(url: string, persona: string): Promise<Ask> {
  const headers = { 'Content-Type': 'application/json', 'X-Wavedeck-Request': '1' }
  const reply = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ persona }),
  })
  const cookie = reply.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return async (method, place, body) => {
    const answer = await fetch(`${url}/api/v1${place}`, {
      method,
      headers: { ...headers, cookie, 'If-Match': '*' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(text)
    return text
  }
}

const ids = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => appId((from + n) * 2))

/** What is asked, in turn; the first is the floor that the others are held against. */
const requests: readonly { name: string; ask: (admin: Ask, n: number) => Promise<unknown> }[] = [
  { name: 'one tag (the floor: a session and a row)', ask: (ask) => ask('GET', '/tags/tag-7') },
  { name: 'list of 500 tags, by name', ask: (ask) => ask('GET', '/tags?pageSize=500') },
  {
    name: 'list of 50, most used first',
    ask: (ask) => ask('GET', '/tags?orderBy=-apps&pageSize=50'),
  },
  {
    name: 'list of a search, of one kind',
    ask: (ask) => ask('GET', '/tags?q=tag+4&kind=authorization'),
  },
  { name: 'roles seen so far', ask: (ask) => ask('GET', '/roles') },
  { name: 'apps of the most used tag, 50', ask: (ask) => ask('GET', `/tags/${commonTag}/apps`) },
  {
    name: 'impact on a tag of some ten versions',
    ask: (ask, n) => ask('POST', `/tags/tag-${2 + (n % 40) * 2}/impact`, { visitorRoles: ['new'] }),
  },
  {
    name: 'impact on the tag of a third of all versions',
    ask: (ask) => ask('POST', `/tags/${commonTag}/impact`, { visitorRoles: ['new'] }),
  },
  {
    name: 'assign to one version and remove again',
    ask: async (ask, n) => {
      await ask('PUT', `/apps/${appId(n)}/tags/tag-9`)
      await ask('DELETE', `/apps/${appId(n)}/tags/tag-9`)
    },
  },
  {
    name: 'assign to 500 versions, and remove again',
    ask: async (ask) => {
      await ask('POST', '/tags/tag-9/assignments', { assign: ids(0, 500) })
      await ask('POST', '/tags/tag-9/assignments', { remove: ids(0, 500) })
    },
  },
  {
    name: 'edit the tag of a third of all versions',
    ask: (ask, n) => ask('PATCH', `/tags/${commonTag}`, { title: `Tag 0, edit ${n}` }),
  },
  {
    name: 'catalog with its facets, right after that edit',
    ask: (ask) => ask('GET', '/apps?pageSize=60'),
  },
  {
    name: 'catalog with its facets, nothing changed',
    ask: (ask) => ask('GET', '/apps?pageSize=60'),
  },
  {
    name: 'catalog with its facets, a category just assigned',
    ask: async (ask, n) => {
      await ask('PUT', `/apps/${appId(n)}/tags/tag-11`)
      await ask('GET', '/apps?pageSize=60')
      await ask('DELETE', `/apps/${appId(n)}/tags/tag-11`)
    },
  },
]

/** `processor`: the median of what both ends took of it, which other work on the machine hardly changes. */
type Times = { readonly p50: number; readonly p95: number; readonly processor: number }
type Taken = { readonly ms: number; readonly processor: number }

function timesOf(all: readonly Taken[]): Times {
  const at = (share: number, of: (one: Taken) => number) =>
    all.map(of).toSorted((a, b) => a - b)[Math.ceil(all.length * share) - 1] ?? Number.NaN
  return {
    p50: at(0.5, ({ ms }) => ms),
    p95: at(0.95, ({ ms }) => ms),
    processor: at(0.5, ({ processor }) => processor),
  }
}

/** A platform with so much in it; what is done to it is gone at its end, so that each run begins with the same. */
async function withPlatform<Result>(
  size: (typeof sizes)[number],
  run: (url: string) => Promise<Result>,
): Promise<Result> {
  const kept = await seeded(values.folder, size)
  const dataDir = `${kept}.${process.pid}`
  cpSync(kept, dataDir, { recursive: true })
  const running = await startPlatform({
    port: 0,
    host: '127.0.0.1',
    dataDir,
    scheduler: 'simulated',
    samples: false,
    webRoot: path.resolve('dist'),
    python: 'python3',
    publicMode: true,
    confine: true,
    allowedEnvNames: [],
    limits: defaultLimits,
  })
  try {
    return await run(running.url)
  } finally {
    await running.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function measure(url: string): Promise<Map<string, Times>> {
  const admin = await signIn(url, 'admin')
  for (const { ask } of requests) await ask(admin, 0)
  const taken = new Map<string, Taken[]>(requests.map(({ name }) => [name, []]))
  // All kinds in turn, so that what else the machine does meets them alike.
  for (let n = 1; n <= rounds; n += 1) {
    for (const { name, ask } of requests) {
      const since = performance.now()
      const used = process.cpuUsage()
      await ask(admin, n)
      const { user, system } = process.cpuUsage(used)
      taken.get(name)?.push({
        ms: performance.now() - since,
        processor: (user + system) / 1000,
      })
    }
  }
  return new Map([...taken].map(([name, all]) => [name, timesOf(all)]))
}

function pageCells({ what, times, tasks }: PageRow): string {
  const at = (all: readonly number[], share: number) =>
    (all.toSorted((a, b) => a - b)[Math.ceil(all.length * share) - 1] ?? Number.NaN).toFixed(0)
  return `| ${what} | ${times.length} | ${at(times, 0.5)} | ${at(times, 0.95)} | ${at(tasks, 0.5)} | ${at(tasks, 1)} |`
}

const load = loadavg()[0] ?? Number.NaN
await buildIfStale()
const measured: Map<string, Times>[] = []
for (const size of sizes) measured.push(await withPlatform(size, measure))
const floors = measured.map((times) => times.get(requests[0]?.name ?? '')?.processor ?? Number.NaN)
const number = (value: number) => value.toFixed(1)
const head = sizes
  .map(({ tags, assignments }) => {
    const [many, on] = [tags.toLocaleString('en'), assignments.toLocaleString('en')]
    return `${many} tags on ${on}, p50 | p95 | processor | × floor`
  })
  .join(' | ')
const rows = requests.map(({ name }) => {
  const cells = measured.map((times, index) => {
    const { p50, p95, processor } = times.get(name) ?? timesOf([])
    return `${number(p50)} | ${number(p95)} | ${number(processor)} | ${number(processor / (floors[index] ?? Number.NaN))}`
  })
  return `| ${name} | ${cells.join(' | ')} |`
})
const table = `| ms | ${head} |\n| --- |${sizes.map(() => ' ---: | ---: | ---: | ---: |').join('')}\n${rows.join('\n')}`
console.log(table)
const { rows: pageRows, version } = await withPlatform(sizes[0], (url) =>
  measurePages(url, Number(values.pages)),
)
const pageTable = `| ms | inputs | answered, p50 | p95 | task, median | task, longest |\n| --- | ---: | ---: | ---: | ---: | ---: |\n${pageRows.map(pageCells).join('\n')}`
console.log(pageTable)
if (values.write) {
  const intro = `# Tags in figures

Written by \`npm run bench:tags -- --write\`: an admin's requests over real HTTP, read to the end, ${rounds} of each kind, all
kinds in turn; milliseconds, on ${cpus().length} cores, load before it began ${load.toFixed(1)}. 500 tags are assigned 5,000 times among 3,000
versions; beside them ten times as much of everything. The tag of a third of all versions is on 1,000, and on 10,000. The
floor is a request that reads one row, on the same platform in the same run. How long it took depends on what else the
machine did; what both ends took of the processor hardly does, so that is what is held against the floor's. Writes
reach the disk before they are answered.
`
  const pages = `## In the browser

The tag pages with the 500 tags on 5,000, in real Chromium (${version}) on the same cores; ${values.pages} rounds after a first. From an
input to the next painted frame, as the browser's own Event Timing counts it, in steps of 8 ms from 16 ms on; "task" is
the longest task of the page's main thread, on the processor, in rounds of their own.
`
  writeFileSync('docs/tags-figures.md', `${intro}\n${table}\n\n${pages}\n${pageTable}\n`)
}
