// The Import page with bundles of every size, in a real Chromium: npm run bench:import
import { existsSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { BrowserContext, Page } from '@playwright/test'
import { buildIfStale } from '../../../scripts/build.ts'
import { dropFromDisk } from '../../support/drop-from-disk.ts'
import { startTestPlatform } from '../../support/test-platform.ts'
import { makeBundles } from '../inspector/bundles.ts'
import { openBrowser } from '../page/bench-browser.ts'
import { traceTasks } from '../page/task-trace.ts'
import { writeAppFolder } from './app-folder.ts'
import { type PageWatch, watchPage } from './page-watch.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: path.join(tmpdir(), 'wavedeck-bench') },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    /** Also writes docs/import-figures.md. */
    write: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)

/** No task of the main thread may take longer, in milliseconds. */
const heldMs = 50

const tabs = ['Listing', 'Files', 'Requirements', 'Changes', 'Findings'] as const

type Chosen = { name: string; path: string }
type Row = {
  what: string
  step: string
  times: number[]
  /** The longest time in which the main thread did nothing else. */
  block: number
  /** The longest task's time on the processor. */
  computing: number
}
/** Runs one step, which begins and ends with a call of the page's watch. */
type Step = (step: string, run: (isListening: boolean) => Promise<number>) => Promise<void>

const begin = (page: Page, isListening: boolean) =>
  page.evaluate((isListening) => {
    ;(globalThis as unknown as { bench: PageWatch }).bench.begin(isListening)
  }, isListening)

const until = (page: Page, name: 'untilFindings' | 'untilChecked' | 'untilTabRests') =>
  page.evaluate((name) => (globalThis as unknown as { bench: PageWatch }).bench[name](), name)

const end = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { bench: PageWatch }).bench.end())

/** All steps with one bundle, from its drop until it is removed. */
async function runSteps(page: Page, file: string, isFirst: boolean, step: Step): Promise<void> {
  await step(`dropped → findings, ${isFirst ? 'first' : 'later'}`, async (isListening) => {
    await begin(page, isListening)
    const shown = until(page, 'untilFindings')
    await dropFromDisk(page, [file])
    return shown
  })
  await step('every byte checked', async (isListening) => {
    await begin(page, isListening)
    // The clock starts here, without a drop.
    await page.evaluate(() => window.dispatchEvent(new Event('drop')))
    return until(page, 'untilChecked')
  })
  for (const name of tabs) {
    await step(`${name} opened`, async (isListening) => {
      await begin(page, isListening)
      const rests = until(page, 'untilTabRests')
      await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click()
      return rests
    })
  }
  await page.getByRole('button', { name: /^Remove/ }).click()
}

async function openPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${url}/import`)
  await page.getByRole('button', { name: 'Choose files' }).waitFor()
  return page
}

async function measure(context: BrowserContext, url: string, chosen: Chosen): Promise<Row[]> {
  const rows = new Map<string, Row>()
  const rowOf = (step: string): Row => {
    const row = rows.get(step) ?? { what: chosen.name, step, times: [], block: 0, computing: 0 }
    rows.set(step, row)
    return row
  }
  const timed = await openPage(context, url)
  for (let n = 0; n <= rounds; n++) {
    await runSteps(timed, chosen.path, n === 0, async (step, run) => {
      const row = rowOf(step)
      row.times.push(await run(true))
      const { longestBlock, longTasks } = await end(timed)
      row.block = Math.max(row.block, longestBlock, ...longTasks)
    })
  }
  await timed.close()
  const traced = await openPage(context, url)
  for (let n = 0; n <= 1; n++) {
    await runSteps(traced, chosen.path, n === 0, async (step, run) => {
      const row = rowOf(step)
      row.computing = Math.max(row.computing, await traceTasks(traced, () => run(false)))
    })
  }
  await traced.close()
  return [...rows.values()]
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

function cells({ what, step, times, block, computing }: Row): string[] {
  return [
    what.padEnd(18),
    step.padEnd(26),
    `${median(times).toFixed(0)} ms`.padStart(9),
    `${Math.max(...times).toFixed(0)} ms`.padStart(9),
    `${block.toFixed(0)} ms`.padStart(7),
    `${computing.toFixed(0)} ms`.padStart(7),
    computing > heldMs ? 'over 50 ms' : block > heldMs ? 'held but for others' : 'held',
  ]
}

function document(rows: readonly Row[], version: string): string {
  return `# The Import page in figures

Written by \`npm run bench:import -- --write\`: the built catalog in real Chromium (${version}), a local platform, files
dropped from the disk, ${rounds} rounds after the first, on ${cpus().length} cores, which the platform, the browser and the
bench share. Times go from the drop or click until the result has been painted; "first" includes fetching the page's
inspector and starting its worker. "Main thread" is the longest time in any round in which it did nothing else, and
"computing" how long the longest task was on the processor, in two more rounds: where only the first is over ${heldMs} ms,
other processes took the rest.

| bundle | step | median | longest | main thread | computing | 50 ms |
| --- | --- | ---: | ---: | ---: | ---: | --- |
${rows
  .map(
    (row) =>
      `| ${cells(row)
        .map((cell) => cell.trim())
        .join(' | ')} |`,
  )
  .join('\n')}
`
}

await buildIfStale()
const folder = path.join(values.folder, 'folder-5000')
if (!existsSync(path.join(folder, 'module_48'))) await writeAppFolder(folder, 5000)
const all: Chosen[] = [
  ...(await makeBundles(values.folder)),
  { name: '5,000-file folder', path: folder },
]
const platform = await startTestPlatform({ webRoot: path.join(root, 'dist') })
const browser = await openBrowser()
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  await context.addInitScript(watchPage)
  const page = await context.newPage()
  await page.goto(`${platform.url}/sign-in`)
  await page.getByRole('button', { name: /Priya Nair/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Catalog' }).waitFor()
  await page.close()
  const rows: Row[] = []
  for (const chosen of all) {
    if (values.only !== undefined && !chosen.name.includes(values.only)) continue
    const measured = await measure(context, platform.url, chosen)
    for (const row of measured) console.log(cells(row).join('  '))
    rows.push(...measured)
  }
  if (values.write) {
    writeFileSync(path.join(root, 'docs/import-figures.md'), document(rows, browser.version()))
  }
} finally {
  await browser.close()
  await platform.end()
}
