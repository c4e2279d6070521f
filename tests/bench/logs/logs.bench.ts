// A log of a million lines, followed live in a real Chromium: npm run bench:logs
import { readFile } from 'node:fs/promises'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { CDPSession, Page } from '@playwright/test'
import { buildIfStale } from '../../../scripts/build.ts'
import { eventually } from '../../support/eventually.ts'
import { startTestPlatform } from '../../support/test-platform.ts'
import { openBrowser } from '../page/bench-browser.ts'
import { traceTasks } from '../page/task-trace.ts'
import { printingApp } from './printing-app.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    /** Also writes docs/logs-figures.md. */
    write: { type: 'boolean', default: false },
  },
})
const lineCount = Number(values.lines)
const rounds = Number(values.rounds)
const held = { taskMs: 50, searchMs: 200 }

type Row = { what: string; value: string; limit: string; verdict: string }
const rows: Row[] = []
function note(what: string, value: string, limit = '', isHeld: boolean | null = null) {
  const row = { what, value, limit, verdict: isHeld === null ? '' : isHeld ? 'held' : 'over' }
  console.log(`${what.padEnd(58)}${value.padStart(12)}  ${limit.padStart(8)}  ${row.verdict}`)
  rows.push(row)
}

/** Bytes that the page and its workers hold, after what nobody needs is swept up. */
async function memory(session: CDPSession): Promise<{ page: number; worker: number }> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  const { targetInfos } = await session.send('Target.getTargets')
  let worker = 0
  for (const { type, targetId } of targetInfos) {
    if (type === 'worker') worker += await workerBytes(session, targetId)
  }
  return { page: usedSize, worker }
}

/** Asks a worker through its own session. */
async function workerBytes(session: CDPSession, targetId: string): Promise<number> {
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false })
  const ask = (id: number, method: string) =>
    new Promise<Record<string, number>>((resolve) => {
      const hear = (event: { sessionId: string; message: string }) => {
        const said: { id?: number; result?: Record<string, number> } = JSON.parse(event.message)
        if (event.sessionId !== sessionId || said.id !== id) return
        session.off('Target.receivedMessageFromTarget', hear)
        resolve(said.result ?? {})
      }
      session.on('Target.receivedMessageFromTarget', hear)
      void session.send('Target.sendMessageToTarget', {
        sessionId,
        message: JSON.stringify({ id, method }),
      })
    })
  await ask(1, 'HeapProfiler.collectGarbage')
  const { usedSize = 0, backingStorageSize = 0 } = await ask(2, 'Runtime.getHeapUsage')
  await session.send('Target.detachFromTarget', { sessionId })
  return usedSize + backingStorageSize
}

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(0)} MB`

/** From the last key to the count on the screen, in milliseconds; the pause for typing is part of it. */
async function searchTime(page: Page, words: string, isRegex: boolean): Promise<number> {
  const toggle = page.getByRole('button', { name: 'Regular expression' })
  if ((await toggle.getAttribute('aria-pressed')) !== String(isRegex)) await toggle.click()
  return page.evaluate(async (text) => {
    const input = document.querySelector<HTMLInputElement>('input[aria-label="Search the log"]')
    if (input === null) throw new Error('No field')
    const type = (value: string) => {
      // Past React, which would take it for its own.
      Reflect.set(HTMLInputElement.prototype, 'value', value, input)
      input.dispatchEvent(new Event('input', { bubbles: true }))
    }
    const said = () => document.querySelector('output[aria-label="Found"]')?.textContent ?? ''
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    type('')
    // The worker has forgotten the last search too.
    const announced = () => document.querySelector('search [role="status"]')?.textContent ?? ''
    while (said() !== '' || announced() !== '') await frame()
    const started = performance.now()
    type(text)
    while (!/^(?:[\d,]+|None)$/.test(said())) await frame()
    return performance.now() - started
  }, words)
}

function figures(version: string): string {
  return `# The log viewer in figures

Written by \`npm run bench:logs -- --write\`: the built catalog in real Chromium (${version}), a local platform with a
real process that prints ${lineCount.toLocaleString('en')} lines as fast as it can, on ${cpus().length} cores that app, platform, browser and bench share.
The lines are those of a busy service: times and levels, one in twenty JSON, one in twenty coloured, now and then a
traceback. "Task" is the longest task of the page's main thread, on the processor. Memory is what is in use after a
collection; the worker's is all of a log that is held, so it ends at a bound whatever the log's length. Search goes from
the last key to the count on the screen; 70 ms of it are the pause for typing.

| what | value | limit | |
| --- | ---: | ---: | --- |
${rows.map(({ what, value, limit, verdict }) => `| ${what} | ${value} | ${limit} | ${verdict} |`).join('\n')}
`
}

await buildIfStale()
const platform = await startTestPlatform({
  scheduler: 'process',
  webRoot: path.join(root, 'dist'),
})
const browser = await openBrowser()
try {
  const author = await platform.as('author')
  const app = await (await author.import(await printingApp())).json()
  const { id } = await (await author.post(`/apps/${app.id}/run`)).json()
  await eventually(
    async () => (await (await author.get(`/instances/${id}`)).json()).status as string,
    (status) => status === 'DEPLOYED',
  )
  const port = (await readFile(`${platform.dataDir}/instances/${id}/port`, 'utf8')).trim()
  const print = (first: number, count: number) =>
    fetch(`http://127.0.0.1:${port}/print/${first}/${count}`)

  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  await context.request.post(`${platform.url}/api/v1/session`, {
    headers: { 'X-Wavedeck-Request': '1' },
    data: { persona: 'author' },
  })
  const page = await context.newPage()
  await page.goto(`${platform.url}/instances/${id}/log`)
  const log = page.getByRole('log')
  const says = (words: string) => log.getByText(words).waitFor({ timeout: 600_000 })
  await says('listening')
  const session = await context.newCDPSession(page)
  const empty = await memory(session)
  const tenth = lineCount / 10
  await print(0, tenth)
  await says(`said ${tenth} lines`)
  const early = await memory(session)
  let seconds = 0
  const following = await traceTasks(page, async () => {
    const started = performance.now()
    await print(tenth, lineCount - tenth)
    await says(`said ${lineCount} lines`)
    seconds = (performance.now() - started) / 1000
  })
  const late = await memory(session)
  const rate = Math.round((lineCount - tenth) / seconds)
  note('lines a second, from print to screen', rate.toLocaleString('en'))
  note(
    'longest task while following',
    `${following.toFixed(0)} ms`,
    `${held.taskMs} ms`,
    following <= held.taskMs,
  )
  note('memory of the page with an empty log', megabytes(empty.page))
  note('memory of the page after all lines', megabytes(late.page))
  note('memory of the worker with an empty log', megabytes(empty.worker))
  note(`memory of the worker after ${tenth.toLocaleString('en')} lines`, megabytes(early.worker))
  note(`memory of the worker after ${lineCount.toLocaleString('en')} lines`, megabytes(late.worker))

  for (const [what, words, isRegex] of [
    ['search for a rare word', 'needle', false],
    ['search for a frequent word', 'batch', false],
    ['search for what isn’t there', 'zzzz', false],
    ['search for a pattern', String.raw`store \d+ in 3\d\d ms`, true],
  ] as const) {
    const times: number[] = []
    for (let n = 0; n < rounds; n += 1) times.push(await searchTime(page, words, isRegex))
    note(
      what,
      `${median(times).toFixed(0)} ms`,
      `${held.searchMs} ms`,
      median(times) <= held.searchMs,
    )
  }

  const field = page.getByRole('textbox', { name: 'Search the log' })
  await page.getByRole('button', { name: 'Regular expression' }).click()
  const task = async (what: string, run: () => Promise<unknown>) => {
    const ms = await traceTasks(page, run)
    note(`longest task: ${what}`, `${ms.toFixed(0)} ms`, `${held.taskMs} ms`, ms <= held.taskMs)
  }
  await task('a search, and ten steps through it', async () => {
    await field.fill('needle')
    await page.getByLabel('Found').filter({ hasText: /\d/ }).waitFor()
    for (let n = 0; n < 10; n += 1) await page.keyboard.press('Enter')
    await log.locator('mark[aria-current]').waitFor()
  })
  await task('only matches, and all again', async () => {
    const only = page.getByRole('button', { name: 'Only matches' })
    await only.click()
    await log
      .getByText(/needle/)
      .first()
      .waitFor()
    await only.click()
  })
  await task('scrolled through, a screen a frame, 300 frames', () =>
    log.evaluate(
      (element) =>
        new Promise<void>((resolve) => {
          let frames = 0
          const step = () => {
            frames += 1
            element.scrollBy(
              0,
              frames % 2 === 0 ? -element.clientHeight : -3 * element.clientHeight,
            )
            if (frames > 300) resolve()
            else requestAnimationFrame(step)
          }
          step()
        }),
    ),
  )
  const earlier = page.getByRole('button', { name: 'Load earlier lines' })
  // Of a short log everything is held.
  if (await earlier.isHidden()) throw new Error('Print more lines than are held: 300,000 or more.')
  await task('earlier lines loaded', async () => {
    await earlier.click()
    await page.getByText('What comes later is not read').waitFor()
  })
  await task('back to the newest', async () => {
    await page.getByRole('button', { name: /Jump to newest|new line/ }).click()
    await says(`said ${lineCount} lines`)
  })
  const whole = await (await author.get(`/instances/${id}/logs`)).text()
  const count = whole.split('\n').length - 1
  note('lines in the download', count.toLocaleString('en'))
  if (values.write) {
    writeFileSync(path.join(root, 'docs/logs-figures.md'), figures(browser.version()))
  }
} finally {
  await browser.close()
  await platform.end()
}
