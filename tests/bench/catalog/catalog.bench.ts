// The catalog at four sizes, over real HTTP and in a real Chromium: npm run bench:catalog
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { defaultLimits } from '../../../platform/config.ts'
import { startPlatform } from '../../../platform/server.ts'
import { buildIfStale } from '../../../scripts/build.ts'
import { type PageTimes, timePage } from './page-times.ts'
import { kinds } from './requests.ts'
import { seeded } from './seed.ts'

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: path.join(tmpdir(), 'wavedeck-bench-catalog') },
    sizes: { type: 'string', default: '1000,10000,30000,100000' },
    rounds: { type: 'string', default: '100' },
    /** Times a page is opened and typed into. */
    pages: { type: 'string', default: '10' },
    /** Also writes docs/catalog-figures.md. */
    write: { type: 'boolean', default: false },
  },
})
const sizes = values.sizes.split(',').map(Number)
const rounds = Number(values.rounds)
const root = path.resolve(import.meta.dirname, '../../..')
/** What the catalog's page asks for. */
const pageSize = 60
const callers = ['user', 'visitor', 'admin']

type Times = { readonly p50: number; readonly p95: number }
type Measured = {
  readonly size: number
  readonly start: number
  readonly times: Map<string, Times>
  readonly page: PageTimes
}

function timesOf(all: readonly number[]): Times {
  const sorted = all.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95) }
}

/** @returns what asks as this persona, and says how long the answer took to be read */
async function signIn(url: string, persona: string) {
  const reply = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Wavedeck-Request': '1' },
    body: JSON.stringify({ persona }),
  })
  const cookie = reply.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return async (query: Record<string, string>) => {
    const since = performance.now()
    const answer = await fetch(`${url}/api/v1/apps?${new URLSearchParams(query)}`, {
      headers: { cookie },
    })
    const text = await answer.text()
    const ms = performance.now() - since
    if (!answer.ok) throw new Error(text)
    const page: { nextPageToken: string | null } = JSON.parse(text)
    return { ms, page }
  }
}

type Ask = Awaited<ReturnType<typeof signIn>>

/** The token of the last page, found as somebody finds it who pages on and on. */
async function lastPage(ask: Ask): Promise<Record<string, string>> {
  let query: Record<string, string> = {}
  for (;;) {
    const { page } = await ask({ ...query, pageSize: '1000' })
    if (page.nextPageToken === null) return query
    query = { pageToken: page.nextPageToken }
  }
}

async function measure(size: number): Promise<Measured> {
  const dataDir = await seeded(values.folder, size)
  const since = performance.now()
  const running = await startPlatform({
    port: 0,
    host: '127.0.0.1',
    dataDir,
    scheduler: 'simulated',
    samples: false,
    webRoot: path.join(root, 'dist'),
    python: 'python3',
    publicMode: true,
    confine: true,
    allowedEnvNames: [],
    limits: defaultLimits,
  })
  const start = performance.now() - since
  const times = new Map<string, Times>()
  let page: PageTimes
  try {
    for (const caller of callers) {
      const ask = await signIn(running.url, caller)
      const last = await lastPage(ask)
      const all = [...kinds, { name: 'the last page', query: () => last }]
      for (const { query } of all) await ask({ ...query(0), pageSize: String(pageSize) })
      // All kinds in turn, so that what else the machine does meets them alike.
      const taken = new Map<string, number[]>(all.map(({ name }) => [name, []]))
      for (let n = 0; n < rounds; n += 1) {
        for (const { name, query } of all) {
          const { ms } = await ask({ pageSize: String(pageSize), ...query(n) })
          taken.get(name)?.push(ms)
        }
      }
      for (const [name, ms] of taken) times.set(`${caller} · ${name}`, timesOf(ms))
      times.set(`${caller} · all`, timesOf([...taken.values()].flat()))
    }
    page = await timePage(running.url, Number(values.pages))
  } finally {
    await running.close()
  }
  return { size, start, times, page }
}

function table(measured: readonly Measured[]): string {
  const number = (value: number) => value.toFixed(1)
  const header = measured.map(({ size }) => `${size.toLocaleString('en')} p50 | p95`)
  const lines = [...(measured[0]?.times.keys() ?? [])].map((name) => {
    const cells = measured.map(({ times }) => {
      const { p50, p95 } = times.get(name) ?? timesOf([])
      return `${number(p50)} | ${number(p95)}`
    })
    return `| ${name} | ${cells.join(' | ')} |`
  })
  const starts = measured.map(({ start }) => `${number(start)} | `)
  return [
    `| requests, ms | ${header.join(' | ')} |`,
    `| --- |${measured.map(() => ' ---: | ---: |').join('')}`,
    ...lines,
    `| start of the platform | ${starts.join(' | ')} |`,
  ].join('\n')
}

function pageTable(measured: readonly Measured[]): string {
  const row = (name: string, of: (page: PageTimes) => string) =>
    `| ${name} | ${measured.map(({ page }) => of(page)).join(' | ')} |`
  const both = (all: readonly number[]) => {
    const { p50, p95 } = timesOf(all)
    return `${p50.toFixed(0)} / ${p95.toFixed(0)}`
  }
  return [
    `| the page | ${measured.map(({ size }) => size.toLocaleString('en')).join(' | ')} |`,
    `| --- |${measured.map(() => ' ---: |').join('')}`,
    row('key press → results painted, p50 / p95, ms', ({ keys }) => both(keys)),
    row('address → first card, nothing cached, p50 / p95, ms', ({ cold }) => both(cold)),
    row('address → first card, cached, p50 / p95, ms', ({ warm }) => both(warm)),
    row('cards scrolled past, a screen each frame', ({ cards }) => cards.toLocaleString('en')),
    row('longest task meanwhile, ms', ({ scrollTask }) => scrollTask.toFixed(0)),
    row('most elements meanwhile', ({ nodes }) => nodes.toLocaleString('en')),
  ].join('\n')
}

await buildIfStale()
const measured: Measured[] = []
// One size after the other: requests over HTTP first, then the page.
for (const size of sizes) {
  measured.push(await measure(size))
  console.log(`${size} versions measured`)
}
const text = `${pageTable(measured)}\n\n${table(measured)}`
console.log(text)
if (values.write) {
  const intro = `# The catalog in figures

Written by \`npm run bench:catalog -- --write\`: \`GET /apps\` with 60 apps a page over real HTTP, asked by one caller after
the other and read to the end, ${rounds} times each, all kinds in turn; milliseconds, on 2 cores that were doing other work
as well. Sizes are versions; a third as many names. The target is a p95 of 30 ms at 30,000.

The page: Chromium at 1440 × 900 on the same machine, ${values.pages} visits. Every letter of three words is pressed, one of
them misspelt and one unknown, and waits for its results; target: a p95 of 100 ms at 30,000. Tasks count what they took of
the processor; the target is 50 ms.
`
  writeFileSync('docs/catalog-figures.md', `${intro}\n${text}\n`)
}
