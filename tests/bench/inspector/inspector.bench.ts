// The inspector beside a floor, jszip and zip.js in a real Chromium: npm run bench:inspector
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from '@playwright/test'
import { build, preview } from 'vite'
import { openBrowser } from '../page/bench-browser.ts'
import { makeBomb, makeBundles, type BenchFile } from './bundles.ts'
import type { Round } from './page/main.ts'
import type { Reader } from './page/worker.ts'

const here = import.meta.dirname
const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: path.join(tmpdir(), 'wavedeck-bench') },
    rounds: { type: 'string', default: '7' },
    only: { type: 'string' },
    /** Also writes docs/inspector-figures.md. */
    write: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)

/** Readers that take longer get one round. */
const SLOW_MS = 2000

/** The process that runs the page: what its peak memory is read from. Linux only. */
async function rendererOf(browser: Browser): Promise<number | null> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const pids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
  const alive = pids.filter((pid) => readdirSync('/proc').includes(String(pid)))
  return alive.toSorted((a, b) => memoryOf(b, 'VmRSS') - memoryOf(a, 'VmRSS'))[0] ?? null
}

/** Bytes of a line of /proc/PID/status. */
function memoryOf(pid: number, line: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`${line}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024
}

/** Rounds of all readers in turn, so that what else the machine does meets them alike. */
async function measureTimes(
  browser: Browser,
  url: string,
  file: BenchFile,
  readers: readonly Reader[],
): Promise<Map<Reader, Round[]>> {
  const page = await browser.newPage()
  const times = new Map<Reader, Round[]>(readers.map((reader) => [reader, []]))
  try {
    await page.goto(url)
    await page.setInputFiles('input', file.path)
    for (let n = 0; n <= rounds; n++) {
      for (const [reader, done] of times) {
        if ((done[0]?.roundTrip ?? 0) < SLOW_MS) done.push(await runIn(page, reader))
      }
    }
  } finally {
    await page.close()
  }
  return times
}

/** The first look in a new page each time, its worker made ready before: the median. */
async function measureReady(browser: Browser, url: string, file: BenchFile): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < rounds; n++) {
    const page = await browser.newPage()
    await page.goto(url)
    await page.setInputFiles('input', file.path)
    times.push((await runIn(page, 'manifest', 'runReady')).roundTrip)
    await page.close()
  }
  return median(times)
}

/** Peak memory of one more round in a page of its own, above what the page had before. Linux only. */
async function measureMemory(
  browser: Browser,
  url: string,
  file: BenchFile,
  reader: Reader,
): Promise<number | null> {
  const page = await browser.newPage()
  try {
    await page.goto(url)
    await page.setInputFiles('input', file.path)
    await runIn(page, reader)
    const pid = await rendererOf(browser)
    if (pid === null) return null
    const session = await page.context().newCDPSession(page)
    await session.send('HeapProfiler.collectGarbage')
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
    const before = memoryOf(pid, 'VmRSS')
    await runIn(page, reader)
    return memoryOf(pid, 'VmHWM') - before
  } catch {
    return null
  } finally {
    await page.close()
  }
}

type Row = {
  file: BenchFile
  reader: Reader
  cold: number
  /** The first of a worker that was made ready before; of our own reader only. */
  ready: number | null
  warm: number
  ratio: number
  memory: number | null
  block: number
  outcome: string
}

/** The first reader is the one the others are divided by. */
async function compare(
  browser: Browser,
  url: string,
  file: BenchFile,
  readers: readonly Reader[],
): Promise<Row[]> {
  const times = await measureTimes(browser, url, file, readers)
  const rows: Row[] = []
  for (const [reader, all] of times) {
    const [first, ...others] = all
    const warm = median((others.length > 0 ? others : all).map(({ roundTrip }) => roundTrip))
    const row: Row = {
      file,
      reader,
      cold: first?.roundTrip ?? Number.NaN,
      ready: reader === 'manifest' ? await measureReady(browser, url, file) : null,
      warm,
      ratio: warm / (rows[0]?.warm ?? warm),
      memory: await measureMemory(browser, url, file, reader),
      block: Math.max(...all.map(({ longestBlock }) => longestBlock)),
      outcome: first?.outcome ?? '',
    }
    rows.push(row)
    console.log(cells(row).join('  '))
  }
  return rows
}

function cells({ file, reader, cold, ready, warm, ratio, memory, block, outcome }: Row): string[] {
  return [
    file.name.padEnd(22),
    reader.padEnd(10),
    `${cold.toFixed(0)} ms`.padStart(8),
    (ready === null ? '–' : `${ready.toFixed(1)} ms`).padStart(9),
    `${warm.toFixed(1)} ms`.padStart(10),
    `${ratio.toFixed(2)}×`.padStart(8),
    (memory === null ? '–' : `${(memory / 2 ** 20).toFixed(1)} MB`).padStart(9),
    `${block.toFixed(0)} ms`.padStart(6),
    outcome,
  ]
}

const HEADINGS =
  '| bundle | reader | first | first, ready | median | ratio | peak memory | main thread | outcome |'

function page(table: readonly Row[], passes: readonly Row[], packing: readonly Row[]): string {
  const rows = (all: readonly Row[]) =>
    [
      HEADINGS,
      '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |',
      ...all.map(
        (row) =>
          `| ${cells(row)
            .map((cell) => cell.trim())
            .join(' | ')} |`,
      ),
    ].join('\n')
  return `# The inspector in figures

Written by \`npm run bench:inspector -- --write\`: real Chromium (${browser.version()}), files on disk, all readers in
turn in one run, ${rounds} rounds each after the first, on ${cpus().length} cores. Times go from handing the
file to a worker until its answer is back on the page; "first" includes starting the worker and loading its code;
"first, ready" is the first file of a worker that was made ready before, as the Import page and the first file dragged
over any page do it (the median of as many new pages). The floor only slices end record and directory and inflates \`app.toml\`; "manifest" checks the whole directory and the
manifest; "wavedeck" is the whole first look, with requirements, pictures and all that the page shows. Ratios are
medians divided by the floor's. Peak
memory is the growth of the page's process over one more round; "main thread" is the longest time in which it did
nothing else, in any round.

## A dropped file, until its manifest is checked

${rows(table)}

## Verifying every header and checksum, the second pass

${rows(passes)}

## Packing 2,000 files of 65 MB

${rows(packing)}
`
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

function runIn(page: Page, reader: Reader, how: 'run' | 'runReady' = 'run'): Promise<Round> {
  return page.evaluate(
    ({ reader, how }) => {
      const { bench } = globalThis as unknown as {
        bench: Record<string, (reader: string) => Promise<Round>>
      }
      const run = bench[how]
      if (run === undefined) throw new Error(`The page has no ${how}`)
      return run(reader)
    },
    { reader, how },
  )
}

const outDir = path.join(values.folder, 'page')
await build({
  root: path.join(here, 'page'),
  base: './',
  logLevel: 'warn',
  build: { outDir, emptyOutDir: true, target: 'es2023' },
  worker: { format: 'es' },
})
const server = await preview({
  root: path.join(here, 'page'),
  logLevel: 'warn',
  build: { outDir },
  preview: { port: 0, host: '127.0.0.1' },
})
const url = server.resolvedUrls?.local[0] ?? ''
const files = [
  ...(await makeBundles(values.folder)),
  await makeBomb(values.folder, false),
  await makeBomb(values.folder, true),
]
const browser = await openBrowser()
try {
  const table: Row[] = []
  for (const file of files) {
    if (values.only !== undefined && !file.name.includes(values.only)) continue
    table.push(
      ...(await compare(browser, url, file, ['floor', 'manifest', 'wavedeck', 'jszip', 'zip.js'])),
    )
  }
  const [, , large] = files
  const passes = large === undefined ? [] : await compare(browser, url, large, ['floor', 'verify'])
  const packing =
    large === undefined ? [] : await compare(browser, url, large, ['pack-jszip', 'pack'])
  if (values.write)
    writeFileSync(
      path.join(here, '../../../docs/inspector-figures.md'),
      page(table, passes, packing),
    )
} finally {
  await browser.close()
  await server.close()
}
