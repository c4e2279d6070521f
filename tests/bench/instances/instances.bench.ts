// My Instances with thousands of instances and events all the time, in a real Chromium: npm run bench:instances
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Page } from '@playwright/test'
import { buildIfStale } from '../../../scripts/build.ts'
import { appBundle } from '../../support/bundles.ts'
import { type Caller, startTestPlatform, type TestPlatform } from '../../support/test-platform.ts'
import { openBrowser } from '../page/bench-browser.ts'
import { traceTasks } from '../page/task-trace.ts'
import { interactionsOf, watchInteractions } from '../page/interaction-times.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const { values } = parseArgs({
  options: {
    instances: { type: 'string', default: '2000' },
    /** Asked for a second; pausing what is paused already changes nothing, so some twenty of them do. */
    events: { type: 'string', default: '22' },
    rounds: { type: 'string', default: '8' },
    /** Also writes docs/instances-figures.md. */
    write: { type: 'boolean', default: false },
  },
})
const count = Number(values.instances)
const perSecond = Number(values.events)
const rounds = Number(values.rounds)
/** As many are really started, the newest: they are what a list shows first. */
const started = Math.min(count, 100)

/** From an input to the next painted frame, in milliseconds. */
const heldMs = 100

type Row = { what: string; quiet: number[]; busy: number[]; tasks: number[] }

/** Each is one or more inputs, given as a person gives them. */
const interactions: { what: string; run: (page: Page) => Promise<void> }[] = [
  {
    what: 'a letter typed into the search',
    run: async (page) => {
      await page.getByRole('searchbox').click()
      await page.keyboard.type('bench 7', { delay: 120 })
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.press('Backspace')
    },
  },
  {
    what: 'a filter',
    run: async (page) => {
      await page.getByRole('button', { name: /^Active/ }).click()
      await page.getByRole('button', { name: /^Paused/ }).click()
      await page.getByRole('button', { name: /^All/ }).click()
    },
  },
  {
    what: 'one chosen, then a range',
    run: async (page) => {
      const boxes = page.getByRole('checkbox', { name: /^Select Bench/ })
      await boxes.nth(0).click()
      await boxes.nth(5).click({ modifiers: ['Shift'] })
      await page.getByRole('button', { name: 'Clear', exact: true }).click()
    },
  },
  {
    what: 'all chosen, and none again',
    run: async (page) => {
      await page.getByRole('checkbox', { name: /^Select all/ }).click()
      await page.getByRole('checkbox', { name: /^Select all/ }).click()
    },
  },
  {
    what: 'what will happen to all, shown and left',
    run: async (page) => {
      await page.getByRole('checkbox', { name: /^Select all/ }).click()
      await page.getByRole('button', { name: 'Pause…' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
      await page.getByRole('button', { name: 'Clear', exact: true }).click()
    },
  },
  {
    what: 'the details of one, opened and closed',
    run: async (page) => {
      await page.getByRole('rowheader').nth(2).getByRole('link').first().click()
      await page.getByRole('list', { name: 'Timeline' }).waitFor()
      await page.keyboard.press('Escape')
    },
  },
]

async function seed(platform: TestPlatform, user: Caller): Promise<string[]> {
  const author = await platform.as('author')
  const apps: string[] = []
  for (let n = 0; n < 20; n += 1) {
    const bundle = await appBundle({ name: `bench-${n}`, title: `Bench ${n}` })
    apps.push((await (await author.import(bundle)).json()).id)
  }
  const ids = await putRows(platform, apps)
  const launch = async (worker: number) => {
    for (let n = worker; n < started; n += 4) {
      const reply = await user.post(`/apps/${apps[n % apps.length]}/run`, {})
      if (reply.status !== 201) throw new Error(await reply.text())
      ids.push((await reply.json()).id)
    }
  }
  await Promise.all(Array.from({ length: 4 }, (_, worker) => launch(worker)))
  return ids
}

/** Those that are too many to be launched one by one are written as if they had been: a fifth of them rests. */
async function putRows(platform: TestPlatform, apps: readonly string[]): Promise<string[]> {
  const began = Date.now() - 3_600_000
  const rows = Array.from({ length: count - started }, (_, n) => {
    const time = new Date(began + n * 1000).toISOString()
    const isPaused = n % 5 === 0
    return {
      id: randomUUID(),
      app_id: apps[n % apps.length] ?? '',
      owner_id: 'user',
      status: isPaused ? ('SUSPENDED' as const) : ('DEPLOYED' as const),
      visibility: 'PRIVATE' as const,
      profile: 'default',
      run: 1,
      suspend_after: isPaused ? null : new Date(Date.now() + 8 * 3_600_000).toISOString(),
      runtime_state: isPaused ? 'Terminated' : 'Running',
      runtime_reason: null,
      runtime_message: null,
      exit_code: null,
      restart_count: 0,
      last_failure: null,
      created_at: time,
      updated_at: time,
    }
  })
  await platform.platform.database.transaction().execute(async (transaction) => {
    for (let n = 0; n < rows.length; n += 500) {
      await transaction
        .insertInto('instances')
        .values(rows.slice(n, n + 500))
        .execute()
    }
  })
  return rows.map(({ id }) => id)
}

/** Changes one instance after the other until it is stopped: mostly who may open it, now and then its status. */
function keepChanging(user: Caller, ids: readonly string[]) {
  let isOver = false
  const since = performance.now()
  const work = async () => {
    for (let n = 0; !isOver; n += 1) {
      const id = ids[(n * 7) % ids.length] ?? ''
      if (n % 20 === 19) await user.post(`/instances/${id}/suspend`)
      else if (n % 20 === 9)
        await user.post(`/instances/${ids[((n + 10) * 7) % ids.length]}/resume`)
      else {
        const visibility = Math.floor(n / ids.length) % 2 === 0 ? 'ALL_USERS' : 'PRIVATE'
        await user.patch(`/instances/${id}`, { visibility })
      }
      // By the clock: what one takes is not added to the pause before the next.
      await sleep(Math.max(0, since + ((n + 1) * 1000) / perSecond - performance.now()))
    }
  }
  const done = work()
  return async () => {
    isOver = true
    await done
  }
}

async function measure(page: Page, rows: readonly Row[], kind: 'quiet' | 'busy'): Promise<void> {
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, { run }] of interactions.entries()) {
      await watchInteractions(page)
      await run(page)
      const times = await interactionsOf(page)
      // The first round is for the browser's caches.
      if (round > 0) rows[index]?.[kind].push(...times)
    }
  }
}

/** The longest task of the page's main thread, on the processor: whatever else the machine is busy with. */
async function measureTasks(page: Page, rows: readonly Row[]): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { run }] of interactions.entries()) {
      rows[index]?.tasks.push(await traceTasks(page, () => run(page)))
    }
  }
}

function share(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

function cells({ what, quiet, busy, tasks }: Row): string[] {
  const ms = (value: number) => `${value.toFixed(0)} ms`
  const p95 = share(busy, 0.95)
  return [
    what,
    String(busy.length),
    ms(share(quiet, 0.5)),
    ms(share(quiet, 0.95)),
    ms(share(busy, 0.5)),
    ms(p95),
    ms(Math.max(...busy)),
    ms(share(tasks, 0.5)),
    ms(Math.max(...tasks)),
    p95 > heldMs ? 'over' : 'held',
  ]
}

type Traffic = { seconds: number; changes: number; requests: number; kilobytes: number }

function figures(rows: readonly Row[], traffic: Traffic, version: string): string {
  const a = (value: number) => (value / traffic.seconds).toFixed(1)
  return `# My Instances in figures

Written by \`npm run bench:instances -- --write\`: the built catalog in real Chromium (${version}), a local platform with
${count.toLocaleString('en')} simulated instances of one person, on ${cpus().length} cores that the platform, the browser and the bench share.
"Quiet" is the page without changes, "busy" while instances change all the time: ${a(traffic.changes)} changes a second. Times go
from an input to the next painted frame, as the browser's own Event Timing counts them, in steps of 8 ms from 16 ms on;
all inputs of ${rounds} rounds after a first. 95 % of them should take at most ${heldMs} ms.
The load average of the machine was ${loadavg()
    .map((each) => each.toFixed(0))
    .join(
      ', ',
    )}. "Task" is the longest task of the page's main thread while busy, on the processor, in
rounds of their own: what other processes take from it isn't in it.

| input | inputs | quiet, median | quiet, 95 % | busy, median | busy, 95 % | busy, longest | task, median | task, longest | 100 ms |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
${rows.map((row) => `| ${cells(row).join(' | ')} |`).join('\n')}

While busy, the page asked the platform ${a(traffic.requests)} times a second and read ${a(traffic.kilobytes)} KB a second: only what changed, gathered
into rounds, never the whole list.
`
}

await buildIfStale()
const platform = await startTestPlatform({
  scheduler: 'simulated',
  webRoot: path.join(root, 'dist'),
  limits: { instancesPerUser: count + 10 },
})
const browser = await openBrowser()
try {
  const user = await platform.as('user')
  const seeding = performance.now()
  const ids = await seed(platform, user)
  console.log(`${ids.length} instances in ${((performance.now() - seeding) / 1000).toFixed(0)} s`)
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  await context.request.post(`${platform.url}/api/v1/session`, {
    headers: { 'X-Wavedeck-Request': '1' },
    data: { persona: 'user' },
  })
  const page = await context.newPage()
  await page.goto(`${platform.url}/instances`)
  await page.getByRole('button', { name: `All ${count.toLocaleString('en')}` }).waitFor()

  const rows: Row[] = interactions.map(({ what }) => ({ what, quiet: [], busy: [], tasks: [] }))
  await measure(page, rows, 'quiet')
  const traffic: Traffic = { seconds: 0, changes: 0, requests: 0, kilobytes: 0 }
  page.on('response', (response) => {
    if (!response.url().includes('/api/v1/') || response.url().endsWith('/events')) return
    traffic.requests += 1
    traffic.kilobytes += Number(response.headers()['content-length'] ?? 0) / 1000
  })
  const unfollow = platform.platform.changes.follow(() => {
    traffic.changes += 1
  })
  const stop = keepChanging(user, ids)
  const began = performance.now()
  await measure(page, rows, 'busy')
  traffic.seconds = (performance.now() - began) / 1000
  unfollow()
  page.removeAllListeners('response')
  await measureTasks(page, rows)
  await stop()
  for (const row of rows) console.log(cells(row).join('  '))
  const all: Row = {
    what: 'all of them',
    quiet: rows.flatMap(({ quiet }) => quiet),
    busy: rows.flatMap(({ busy }) => busy),
    tasks: rows.flatMap(({ tasks }) => tasks),
  }
  console.log(cells(all).join('  '))
  console.log(traffic)
  if (values.write) {
    const file = path.join(root, 'docs/instances-figures.md')
    writeFileSync(file, figures([...rows, all], traffic, browser.version()))
  }
} finally {
  await browser.close()
  await platform.end()
}
