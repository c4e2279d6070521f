import type { Page } from '@playwright/test'
import { openBrowser } from '../page/bench-browser.ts'
import { interactionsOf, watchInteractions } from '../page/interaction-times.ts'
import { traceTasks } from '../page/task-trace.ts'
import { commonTag } from './seed.ts'

/** Milliseconds: `times` from each input to the next painted frame, `tasks` the longest of each round. */
export type PageRow = {
  readonly what: string
  readonly times: number[]
  readonly tasks: number[]
}

/** Inputs, given as a person gives them. */
type Step = {
  readonly what: string
  /** Where they begin. */
  readonly at: string
  readonly run: (page: Page) => Promise<void>
}

const answered = (page: Page) => page.waitForLoadState('networkidle')

async function typeAndClear(page: Page, words: string): Promise<void> {
  await page.keyboard.type(words, { delay: 120 })
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Backspace')
  await answered(page)
}

/** With what was typed, which would be found again otherwise. */
async function leaveForm(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click()
}

const steps: readonly Step[] = [
  {
    what: 'a letter typed into the search of all tags',
    at: '/tags',
    run: async (page) => {
      await page.getByRole('searchbox', { name: 'Search tags' }).click()
      await typeAndClear(page, 'tag 4')
    },
  },
  {
    what: 'a kind chosen, and all again',
    at: '/tags',
    run: async (page) => {
      const kinds = page.getByRole('group', { name: 'Kind' })
      await kinds.getByRole('button', { name: /^Categor/ }).click()
      await kinds.getByRole('button', { name: /^Categor/ }).click()
      await answered(page)
    },
  },
  {
    what: 'sorted by apps, and by title again',
    at: '/tags',
    run: async (page) => {
      const table = page.getByRole('table', { name: 'Tags' })
      await table.getByRole('button', { name: 'Apps', exact: true }).click()
      await table.getByRole('button', { name: 'Tag', exact: true }).click()
      await answered(page)
    },
  },
  {
    what: 'more tags shown',
    at: '/tags',
    run: async (page) => {
      await page.getByRole('button', { name: /^Show more of/ }).click()
      await answered(page)
    },
  },
  {
    what: 'the form of a tag opened in its row, typed into, and left',
    at: '/tags',
    run: async (page) => {
      await page
        .getByRole('button', { name: /^Edit Tag/ })
        .nth(3)
        .click()
      await page.getByLabel('Description', { exact: true }).click()
      await page.keyboard.type('Of old', { delay: 60 })
      await leaveForm(page)
    },
  },
  {
    what: 'the apps of the tag of a third of all versions searched',
    at: `/tags/${commonTag}`,
    run: async (page) => {
      await page.getByRole('searchbox', { name: 'Search the apps with this tag' }).click()
      await typeAndClear(page, 'app 1')
    },
  },
  {
    what: 'that tag assigned: the dialog opened, searched and left',
    at: `/tags/${commonTag}`,
    run: async (page) => {
      await page.getByRole('main').getByRole('button', { name: 'Assign to apps…' }).first().click()
      await page.getByRole('searchbox', { name: 'Search apps' }).click()
      await page.keyboard.type('app 2', { delay: 120 })
      await answered(page)
      await page.getByRole('dialog').getByRole('checkbox').first().click()
      await page.keyboard.press('Escape')
    },
  },
  {
    what: 'a role taken from that tag: its impact shown and left',
    at: `/tags/${commonTag}?edit=true`,
    run: async (page) => {
      await page
        .getByRole('button', { name: /^Remove partners/ })
        .first()
        .click()
      await page.getByRole('button', { name: 'Save changes' }).click()
      await page.getByRole('dialog').getByText('lost').first().waitFor()
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
      await leaveForm(page)
    },
  },
]

/** The tag pages of a running platform, as an admin uses them in a real Chromium. */
export async function measurePages(
  url: string,
  rounds: number,
): Promise<{ rows: PageRow[]; version: string }> {
  const browser = await openBrowser()
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    await context.request.post(`${url}/api/v1/session`, {
      headers: { 'X-Wavedeck-Request': '1' },
      data: { persona: 'admin' },
    })
    const rows: PageRow[] = []
    for (const step of steps) rows.push(await measure(await context.newPage(), url, step, rounds))
    return { rows, version: browser.version() }
  } finally {
    await browser.close()
  }
}

async function measure(page: Page, url: string, step: Step, rounds: number): Promise<PageRow> {
  const row: PageRow = { what: step.what, times: [], tasks: [] }
  const open = () => page.goto(`${url}${step.at}`, { waitUntil: 'networkidle' })
  for (let round = 0; round <= rounds; round += 1) {
    await open()
    await watchInteractions(page)
    await step.run(page)
    const times = await interactionsOf(page)
    // The first round is for the browser's caches.
    if (round > 0) row.times.push(...times)
  }
  for (let round = 0; round < rounds; round += 1) {
    await open()
    row.tasks.push(await traceTasks(page, () => step.run(page)))
  }
  await page.close()
  return row
}
