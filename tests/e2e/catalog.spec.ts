import type { Locator, Page } from '@playwright/test'
import path from 'node:path'
import { importSamples } from '../../platform/samples.ts'
import { appBundle } from '../support/bundles.ts'
import { startTestPlatform } from '../support/test-platform.ts'
import { expect, expectAccessible, signIn, test } from './fixtures.ts'

const root = path.resolve(import.meta.dirname, '../..')

const search = (page: Page) => page.getByRole('searchbox', { name: 'Search apps' })
const cards = (page: Page) => page.getByRole('main').getByRole('article')
const card = (page: Page, title: string) =>
  cards(page).filter({ has: page.getByRole('link', { name: title, exact: true }) })
const count = (page: Page) => page.getByRole('main').locator('output').first()
const filters = (page: Page) => page.getByRole('region', { name: 'Filters' })

/** Presses Tab until the focus is there, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key)
    await expect(target).toBeFocused({ timeout: 50 })
  }).toPass()
}

test('a search forgives typos, marks what it found, and leads on from nothing', async ({
  page,
  platform,
}) => {
  await signIn(page, platform, 'Jonas Weber')
  await search(page).pressSequentially('forcast')
  await expect(page).toHaveURL(/\?q=forcast$/)
  await expect(search(page)).toHaveValue('forcast')
  // Title before description: what is called so stands first.
  await expect(cards(page).first().getByRole('link').first()).toHaveText('Sales forecast')
  await expect(cards(page).first().locator('h2 mark')).toHaveText('forecast')

  await search(page).fill('priya')
  await expect(cards(page).first().locator('mark').first()).toHaveText('Priya')

  await search(page).fill('zzzzqqq')
  await expect(page.getByText('No apps match “zzzzqqq”')).toBeVisible()
  await expect(count(page)).toHaveText('0 apps found')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Clear the search', exact: true }).last().click()
  await expect(card(page, 'Sales forecast')).toBeVisible()
  await expect(page).toHaveURL(`${platform.url}/`)
})

test('filters count, follow each other, go one by one or all at once, and say what they hide', async ({
  page,
  platform,
}) => {
  await signIn(page, platform, 'Jonas Weber')
  // Empty until the first answer.
  await expect(count(page)).toHaveText(/^\d+ apps$/)
  const all = Number.parseInt(await count(page).innerText(), 10)
  await page.getByRole('button', { name: 'Filters' }).click()
  await filters(page)
    .getByRole('checkbox', { name: /^Shared instance/ })
    .check()
  await expect(page).toHaveURL(/lifecycle=MANAGED/)
  await expect(count(page)).toHaveText('2 apps found')
  // The other filters count within this one, and this one still offers its alternatives.
  const runnable = filters(page).getByRole('checkbox', { name: /^Can run now/ })
  await expect(runnable).toHaveAccessibleName(/^Can run now [0-2]$/)
  await expect(filters(page).getByRole('checkbox', { name: /^Link/ })).toBeVisible()
  await expectAccessible(page)

  await runnable.check()
  const active = page.getByRole('list', { name: 'Active filters' })
  await expect(active.getByRole('listitem')).toHaveCount(3)
  await active.getByRole('button', { name: 'Remove the filter Can run now' }).click()
  await expect(active.getByRole('listitem')).toHaveCount(1)
  await expect(page).not.toHaveURL(/runnable/)

  await search(page).fill('churn')
  await expect(page.getByText('No apps match “churn”')).toBeVisible()
  await expect(page.getByText('The filters hide 1 app.')).toBeVisible()
  await page.getByRole('button', { name: 'Without “How it runs”: 1 app' }).click()
  await expect(card(page, 'Churn explorer')).toBeVisible()
  await expect(page).toHaveURL(/\?q=churn$/)
  await search(page).fill('')
  await expect(count(page)).toHaveText(`${all} apps`)
})

test('Back brings the results and the place in them; a link shows another person the same view', async ({
  page,
  platform,
  browser,
}) => {
  await signIn(page, platform, 'Jonas Weber')
  await page.setViewportSize({ width: 900, height: 500 })
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Title')
  await expect(page).toHaveURL(/sort=title/)
  await expect(cards(page).first()).toContainText('Bed planner')
  const title = page.getByRole('link', { name: 'Warehouse report', exact: true })
  await title.scrollIntoViewIfNeeded()
  const place = await page.evaluate(() => window.scrollY)
  expect(place).toBeGreaterThan(200)
  await title.click()
  await expect(page.getByRole('heading', { level: 1, name: 'Warehouse report' })).toBeVisible()
  await page.goBack()
  await expect(title).toBeInViewport()
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(place)

  await search(page).fill('planing')
  await page.getByRole('group', { name: 'Category' }).getByRole('button', { name: /Data/ }).click()
  await expect(card(page, 'Simulation lab')).toBeVisible()
  const titles = await cards(page).getByRole('heading').allInnerTexts()
  const other = await browser.newContext()
  const second = await other.newPage()
  await signIn(second, platform, 'Aiko Tanaka')
  await second.goto(page.url())
  // A guest sees only what is opened to her, in the same view.
  await expect(search(second)).toHaveValue('planing')
  await expect(second.getByRole('combobox', { name: 'Sort by' })).toHaveValue('title')
  await expect(card(second, 'Simulation lab')).toHaveCount(0)
  await signIn(second, platform, 'Tomás Rivera')
  await second.goto(page.url())
  await expect(card(second, 'Simulation lab')).toBeVisible()
  expect(await cards(second).getByRole('heading').allInnerTexts()).toEqual(titles)
  await other.close()
})

test('every letter of quick typing arrives, and the address holds the last of it', async ({
  page,
  platform,
}) => {
  await signIn(page, platform, 'Jonas Weber')
  const words = 'forecast weekly sales per store'
  await search(page).click()
  for (const key of words) await page.keyboard.press(key === ' ' ? 'Space' : key)
  await expect(search(page)).toHaveValue(words)
  await expect(search(page)).toBeFocused()
  await expect(card(page, 'Sales forecast')).toBeVisible()
  await expect(cards(page)).toHaveCount(1)
  await expect(page).toHaveURL(/q=forecast\+weekly\+sales\+per\+store/)
  await page.keyboard.press('Escape')
  await expect(search(page)).toBeFocused()
  await expect(search(page)).toHaveValue('')
})

test('by keyboard alone: sign in, search, filter, pin, run the app and open it', async ({
  page,
  platform,
}) => {
  await page.goto(platform.url)
  await expect(page.getByRole('heading', { level: 1, name: 'Catalog' })).toBeVisible()
  await tabTo(page, page.getByRole('link', { name: 'Sign in' }).first())
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('button', { name: /Jonas Weber/ }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Catalog' })).toBeVisible()

  await page.keyboard.press('/')
  await expect(search(page)).toBeFocused()
  await page.keyboard.type('loan')
  await expect(cards(page)).toHaveCount(1)
  await tabTo(page, page.getByRole('button', { name: 'Filters' }))
  await page.keyboard.press('Enter')
  await tabTo(page, filters(page).getByRole('checkbox', { name: /^Can run now/ }))
  await page.keyboard.press('Space')
  await expect(page).toHaveURL(/runnable=true/)

  const found = card(page, 'Loan risk scorer')
  const pin = found.getByRole('button', { name: 'Pin Loan risk scorer' })
  await tabTo(page, pin)
  await page.keyboard.press('Space')
  await expect(pin).toHaveAttribute('aria-pressed', 'true')
  await tabTo(page, found.getByRole('button', { name: 'Run Loan risk scorer' }))
  await page.keyboard.press('Enter')
  const visit = found.getByRole('button', { name: 'Visit Loan risk scorer' })
  // The focus stays where it was while the button changes its word.
  await expect(visit).toBeFocused()
  const opened = page.waitForEvent('popup')
  await page.keyboard.press('Enter')
  const app = await opened
  await expect(app.getByRole('heading', { level: 1, name: 'Loan risk scorer' })).toBeVisible()
  await app.close()

  await page.goto(platform.url)
  await expect(page.getByRole('region', { name: 'Continue' })).toContainText('Loan risk scorer')
  await expect(cards(page).first()).toContainText('Loan risk scorer')
})

test('cards or table, comfortable or compact, are remembered, and an address says otherwise', async ({
  page,
  platform,
}) => {
  await signIn(page, platform, 'Jonas Weber')
  await page.getByRole('button', { name: 'Table' }).click()
  const table = page.getByRole('table', { name: 'Apps' })
  const row = table.getByRole('row', { name: /Sales forecast/ })
  await expect(row).toContainText('Priya Nair')
  await page.getByRole('button', { name: 'Compact' }).click()
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 })
    await row.scrollIntoViewIfNeeded()
    await expect(row.getByRole('button', { name: 'Run Sales forecast' })).toBeInViewport({
      ratio: 1,
    })
    await expectAccessible(page)
  }
  await page.goto(platform.url)
  await expect(table).toBeVisible()
  await expect(page.getByRole('button', { name: 'Compact' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await page.goto(`${platform.url}/?view=cards&density=comfortable`)
  await expect(card(page, 'Sales forecast')).toBeVisible()
  await page.goto(platform.url)
  await expect(table).toBeVisible()
})

test('an address that means nothing is used as far as it does, and says so', async ({
  page,
  platform,
}) => {
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(
    `${platform.url}/?sort=%00&view=hologram&lifecycle=MANAGED&lifecycle=NEVER&runnable=perhaps&page=-1`,
  )
  const notice = page.getByText(/Part of the address means nothing here and was left out/)
  await expect(notice).toContainText('the order')
  await expect(notice).toContainText('how it runs')
  await expect(count(page)).toHaveText('2 apps found')
  await page.getByRole('button', { name: 'All right' }).click()
  await expect(notice).toHaveCount(0)
  await expect(page).toHaveURL(`${platform.url}/?lifecycle=MANAGED`)

  await page.goto(`${platform.url}/?q=${'long '.repeat(100)}`)
  await expect(notice).toContainText('the search (too long)')
  await page.goto(`${platform.url}/?q=%E0%A4%A&category=${encodeURIComponent('<img src=x>')}`)
  await expect(page.getByText(/^No apps (match|with)/)).toBeVisible()
})

test('what each kind of person may do with each kind of app', async ({ page, platform }) => {
  const author = await platform.as('author')
  await author.import(
    await appBundle({
      name: 'shared-desk',
      title: 'Shared desk',
      app: 'InstanceLifecycle = "MANAGED"',
    }),
  )
  const button = (name: string) => cards(page).getByRole('button', { name, exact: true })
  await signIn(page, platform, 'Jonas Weber')
  await expect(
    cards(page).getByRole('link', { name: 'Open Wave handbook in a new tab' }),
  ).toHaveAttribute('href', 'https://wave.h2o.ai/')
  await expect(button('Run Sales forecast')).toBeEnabled()
  // Not running: its owner runs it, and the card says so.
  await expect(button('Visit Shared desk')).toHaveAttribute('aria-disabled', 'true')
  await expect(card(page, 'Shared desk')).toContainText('Its owner runs this app for everyone')
  await expect(button('Run Garden helper')).toHaveAttribute('aria-disabled', 'true')
  await expect(card(page, 'Garden helper')).toContainText(/weather/)

  await signIn(page, platform, 'Priya Nair')
  await button('Run Shared desk').click()
  await expect(button('Visit Shared desk')).toBeEnabled()

  await signIn(page, platform, 'Aiko Tanaka')
  await expect(page.getByRole('heading', { level: 1, name: 'Catalog' })).toBeVisible()
  await expect(card(page, 'Garden helper')).toHaveCount(0)
  await signIn(page, platform, 'Maren Holt')
  await expect(card(page, 'Garden helper')).toBeVisible()
})

test('anonymous people see public apps where that is allowed, and come back to them signed in', async ({
  page,
}) => {
  const open = await startTestPlatform({
    scheduler: 'process',
    publicMode: true,
    webRoot: path.join(root, 'dist'),
  })
  try {
    await importSamples(open, path.join(root, 'mocks', 'sample-apps'))
    const author = await open.as('author')
    const tool = await appBundle({ name: 'open-tool', title: 'Open tool' })
    expect((await author.import(tool, 'PUBLIC')).status).toBe(201)
    await page.goto(`${open.url}/?q=tool&view=table`)
    await expect(page.getByRole('row', { name: /Open tool/ })).toBeVisible()
    await expect(page.getByRole('row', { name: /Sales forecast/ })).toHaveCount(0)
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Sign in' }).first().click()
    await page.getByRole('button', { name: /Jonas Weber/ }).click()
    await expect(page).toHaveURL(`${open.url}/?q=tool&view=table`)
    await expect(page.getByRole('row', { name: /Open tool/ })).toBeVisible()
  } finally {
    await open.end()
  }
})

test('a list that changes under one’s eyes keeps its place and shows nothing twice', async ({
  page,
  platform,
}) => {
  const author = await platform.as('author')
  for (const n of Array.from({ length: 75 }, (_, index) => index)) {
    const name = `tool-${String(n).padStart(2, '0')}`
    const bundle = await appBundle({ name, title: `Tool ${String(n).padStart(2, '0')}` })
    expect((await author.import(bundle)).status).toBe(201)
  }
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/?sort=title&q=tool`)
  await expect(count(page)).toHaveText('75 apps found')
  const link = page.getByRole('link', { name: 'Tool 60', exact: true })
  await expect(async () => {
    await page.mouse.wheel(0, 800)
    await expect(link).toBeInViewport({ timeout: 100 })
  }).toPass()
  await link.focus()
  const before = await link.boundingBox()

  await author.import(await appBundle({ name: 'tool-aa', title: 'Tool zz' }))
  const second = await (await author.get('/apps?q=tool+59')).json()
  const gone = second.apps.find((app: { title: string }) => app.title === 'Tool 59')
  await author.patch(`/apps/${gone.id}`, { visibility: 'PRIVATE' })
  await expect(page.getByRole('link', { name: 'Tool 59', exact: true })).toHaveCount(0)
  await expect(link).toBeFocused()
  await expect(link).toBeInViewport()
  const after = await link.boundingBox()
  // One card fewer before it may move it by a row at most; the page itself stays.
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(400)
  const titles = await cards(page).getByRole('heading').allInnerTexts()
  expect(new Set(titles).size).toBe(titles.length)
})

test('a long list: the keyboard goes through every card, and Back finds the place', async ({
  page,
  platform,
}) => {
  const author = await platform.as('author')
  for (const n of Array.from({ length: 90 }, (_, index) => index)) {
    const name = `tool-${String(n).padStart(2, '0')}`
    await author.import(await appBundle({ name, title: `Tool ${String(n).padStart(2, '0')}` }))
  }
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/?sort=title&q=tool`)
  await expect(count(page)).toHaveText('90 apps found')
  // Results replace each other in one list: drawing another for each letter takes longer than a search.
  const list = page.getByRole('list', { name: 'Apps' })
  await list.evaluate((element) => element.setAttribute('data-same', ''))
  await search(page).fill('too')
  await expect(page).toHaveURL(/q=too&/)
  await expect(list).toHaveAttribute('aria-busy', 'false')
  await expect(list).toHaveAttribute('data-same')
  await page.getByRole('link', { name: 'Tool 00', exact: true }).focus()
  const seen: string[] = ['Tool 00']
  while (seen.length < 40) {
    await page.keyboard.press('Tab')
    const title = await page.evaluate(() => document.activeElement?.closest('h2')?.textContent)
    if (typeof title === 'string' && title !== '') seen.push(title)
  }
  expect(seen).toEqual(Array.from({ length: 40 }, (_, n) => `Tool ${String(n).padStart(2, '0')}`))

  const link = page.getByRole('link', { name: 'Tool 39', exact: true })
  const top = await page.evaluate(() => window.scrollY)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Tool 39' })).toBeVisible()
  await page.goBack()
  await expect(link).toBeInViewport()
  await expect
    .poll(async () => Math.abs((await page.evaluate(() => window.scrollY)) - top))
    .toBeLessThan(60)
  await expectAccessible(page)
})

test('text of other people stays text, wherever the catalog shows it', async ({
  page,
  platform,
}) => {
  const markup = '<img src=x onerror=alert(1)><script>alert(2)</script>'
  const author = await platform.as('author')
  const bundle = await appBundle({
    name: 'hostile',
    title: markup,
    app: [
      `Description = '''${markup}‮ javascript:alert(3) {{7*7}}'''`,
      `Keywords = ['''${markup}''']`,
      `Category = "Sales"`,
    ].join('\n'),
  })
  expect((await author.import(bundle)).status).toBe(201)
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await signIn(page, platform, 'Jonas Weber')
  for (const view of ['cards', 'table']) {
    await page.goto(`${platform.url}/?view=${view}&q=${encodeURIComponent('onerror')}`)
    await expect(page.getByRole('link', { name: markup })).toBeVisible()
    await expect(page.locator('main img[src="x"], main script')).toHaveCount(0)
    await expectAccessible(page)
  }
  await page.goto(`${platform.url}/?q=${encodeURIComponent(markup + 'zzz')}`)
  await expect(page.getByText(/^No apps match/)).toBeVisible()
  expect(dialogs).toEqual([])
})

test('a start whose code doesn’t arrive says so, and what to do', async ({ context, platform }) => {
  // A page of its own: the browser may complain of what is missing.
  const page = await context.newPage()
  const code = /\/assets\/start-/
  await page.route(code, (route) => route.abort())
  await page.goto(platform.url, { waitUntil: 'commit' })
  await expect(page.getByRole('alert')).toContainText('The catalog could not be loaded.')
  await page.unroute(code)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(search(page)).toBeVisible()
})
