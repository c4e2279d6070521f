// The app's page with many versions and many files, in a real Chromium: npm run bench:app
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { BrowserContext, Locator, Page } from '@playwright/test'
import { buildIfStale } from '../../../scripts/build.ts'
import { appBundle, bundleOf } from '../../support/bundles.ts'
import { startTestPlatform } from '../../support/test-platform.ts'
import { openBrowser } from '../page/bench-browser.ts'
import { traceTasks } from '../page/task-trace.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    versions: { type: 'string', default: '500' },
    files: { type: 'string', default: '50000' },
    /** Also writes docs/app-figures.md. */
    write: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const versionCount = Number(values.versions)
const fileCount = Number(values.files)

/** No task of the main thread may take longer, in milliseconds. */
const heldMs = 50

/** A step: what is done on a page that shows `from`, and what is there afterwards. */
type Step = { what: string; from: string; run: (page: Page) => Promise<unknown> }
type Row = { what: string; times: number[]; computing: number[] }

/** A small package in each folder, one folder with 20,000 files side by side, some large ones. */
function manyFiles(): Record<string, string> {
  const entries: [string, string][] = []
  for (let n = entries.length; n < fileCount; n += 1) {
    const folder = n < fileCount * 0.4 ? 'data/flat' : `src/part_${n % 300}/deep_${n % 7}`
    entries.push([`${folder}/file_${n}.py`, `value = ${n}\n`.repeat(1 + (n % 5))])
  }
  return Object.fromEntries(entries)
}

/** Looks at every frame; Playwright's own waiting looks ever more rarely. */
async function seen(locator: Locator): Promise<void> {
  while (!(await locator.isVisible())) {
    await locator.page().evaluate(() => new Promise(requestAnimationFrame))
  }
}

async function timed(context: BrowserContext, step: Step): Promise<Row> {
  const row: Row = { what: step.what, times: [], computing: [] }
  for (let n = 0; n <= rounds; n += 1) {
    const page = await context.newPage()
    await page.goto(step.from, { waitUntil: 'networkidle' })
    const started = performance.now()
    await step.run(page)
    // The first is for the browser's caches.
    if (n > 0) row.times.push(performance.now() - started)
    await page.close()
  }
  for (let n = 0; n < rounds; n += 1) {
    const page = await context.newPage()
    await page.goto(step.from, { waitUntil: 'networkidle' })
    row.computing.push(await traceTasks(page, () => step.run(page)))
    await page.close()
  }
  return row
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

function cells({ what, times, computing }: Row): string[] {
  const worst = Math.max(...computing)
  return [
    what.padEnd(52),
    `${median(times).toFixed(0)} ms`.padStart(8),
    `${Math.max(...times).toFixed(0)} ms`.padStart(8),
    `${median(computing).toFixed(0)} ms`.padStart(7),
    `${worst.toFixed(0)} ms`.padStart(7),
    worst > heldMs ? 'over' : 'held',
  ]
}

function figures(rows: readonly Row[], version: string): string {
  return `# The app's page in figures

Written by \`npm run bench:app -- --write\`: the built catalog in real Chromium (${version}), a local platform, on
${cpus().length} cores that the platform, the browser and the bench share. One app has ${versionCount.toLocaleString('en')} versions, another ${fileCount.toLocaleString('en')} files in
its bundle, 40 % of them in one folder. Times go from the click or address until the result is there, ${rounds} rounds after a
first; "task" is the longest task of the page's main thread, on the processor, in ${rounds} rounds of their own: none should
take over ${heldMs} ms. By its address, a page also starts the catalog: its code is read in several tasks, its theme made and
the first view drawn in tasks of their own.

| step | median | longest | task, median | task, longest | 50 ms |
| --- | ---: | ---: | ---: | ---: | --- |
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

const settled = (page: Page) =>
  page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))),
  )

await buildIfStale()
const platform = await startTestPlatform({
  webRoot: path.join(root, 'dist'),
  limits: { versionsPerName: versionCount + 1 },
})
const browser = await openBrowser()
try {
  const author = await platform.as('author')
  let versioned = ''
  for (let n = 0; n < versionCount; n += 1) {
    const version = `${Math.floor(n / 50)}.${Math.floor(n / 5) % 10}.${n % 5}`
    const bundle = await appBundle({ name: 'many-versions', title: 'Many versions', version })
    const app = await (await author.import(bundle, n % 9 === 0 ? 'PRIVATE' : 'ALL_USERS')).json()
    versioned = `${platform.url}/apps/${app.id}`
  }
  const large = await bundleOf({
    'app.toml':
      '[App]\nName = "many-files"\nVersion = "1.0.0"\nTitle = "Many files"\n[Runtime]\nModule = "server"\nAppMode = "python"\n',
    'server.py': 'print(1)',
    ...manyFiles(),
  })
  const reply = await author.import(large)
  if (reply.status !== 201) throw new Error(await reply.text())
  const filed = `${platform.url}/apps/${(await reply.json()).id}`

  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  await context.request.post(`${platform.url}/api/v1/session`, {
    headers: { 'X-Wavedeck-Request': '1' },
    data: { persona: 'author' },
  })
  const tab = (page: Page, name: RegExp) =>
    page.getByRole('navigation', { name: 'About this app' }).getByRole('link', { name })
  const tree = (page: Page, name: RegExp) => page.getByRole('treeitem', { name }).first()
  const openFolder = async (page: Page) => {
    await tree(page, /^data/).click()
    await tree(page, /^flat/).click()
    await seen(tree(page, /^file_1/))
  }
  const fromAddress = (what: string, address: string): Step => ({
    what,
    from: 'about:blank',
    run: async (page) => {
      await page.goto(address, { waitUntil: 'commit' })
      await seen(tab(page, /^Versions\s*\d/))
      await settled(page)
    },
  })
  const steps: Step[] = [
    fromAddress('the page of an app with one version, by its address', filed),
    fromAddress('the page with all versions, by its address', versioned),
    {
      what: 'the page with all versions, from the catalog',
      from: platform.url,
      run: async (page) => {
        await page.getByRole('main').getByRole('link', { name: 'Many versions' }).click()
        await seen(tab(page, /^Versions\s*\d/))
        await settled(page)
      },
    },
    {
      what: 'Versions opened',
      from: versioned,
      run: async (page) => {
        await tab(page, /^Versions/).click()
        await seen(page.getByRole('table', { name: 'Versions' }))
        await seen(page.getByRole('heading', { name: 'Compare two versions' }))
        await settled(page)
      },
    },
    {
      what: 'more versions shown',
      from: `${versioned}/versions`,
      run: async (page) => {
        await page.getByRole('button', { name: /^Show \d+ more/ }).click()
        await settled(page)
      },
    },
    {
      what: 'the menu of versions',
      from: versioned,
      run: async (page) => {
        await page.getByRole('button', { name: /choose another/ }).click()
        await seen(page.getByRole('menuitem', { name: /^All \d+ versions/ }))
        await settled(page)
      },
    },
    {
      what: 'Files opened',
      from: filed,
      run: async (page) => {
        await tab(page, /^Files/).click()
        await seen(tree(page, /^src/))
        await settled(page)
      },
    },
    {
      what: 'a folder with 40 % of the files opened',
      from: `${filed}/files`,
      run: async (page) => {
        await openFolder(page)
        await settled(page)
      },
    },
    {
      what: 'its rows scrolled through, a screen a frame',
      from: `${filed}/files?file=data/flat/file_1.py`,
      run: (page) =>
        page.getByRole('tree').evaluate(
          (element) =>
            new Promise<void>((resolve) => {
              let scroller: Element | null = element
              while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1) {
                scroller = scroller.parentElement
              }
              const target = scroller ?? element
              let frames = 0
              const step = () => {
                frames += 1
                target.scrollBy(0, target.clientHeight)
                if (frames > 200) resolve()
                else requestAnimationFrame(step)
              }
              step()
            }),
        ),
    },
    {
      what: 'that folder opened, and one of its files read',
      from: `${filed}/files`,
      run: async (page) => {
        await openFolder(page)
        await tree(page, /^file_1\d*\.py/).click()
        await page
          .getByText(/^value = /)
          .first()
          .waitFor()
        await settled(page)
      },
    },
  ]
  const rows: Row[] = []
  for (const step of steps) {
    const row = await timed(context, step)
    console.log(cells(row).join('  '))
    rows.push(row)
  }
  if (values.write) {
    writeFileSync(path.join(root, 'docs/app-figures.md'), figures(rows, browser.version()))
  }
} finally {
  await browser.close()
  await platform.end()
}
