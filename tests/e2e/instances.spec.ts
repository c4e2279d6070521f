import path from 'node:path'
import type { Page } from '@playwright/test'
import { appBundle } from '../support/bundles.ts'
import { cuttableWay } from '../support/cuttable.ts'
import { eventually } from '../support/eventually.ts'
import { type Caller, startTestPlatform, type TestPlatform } from '../support/test-platform.ts'
import { expect, expectAccessible, signIn, test } from './fixtures.ts'

const greedy = `
import os, threading, time
from http.server import BaseHTTPRequestHandler, HTTPServer
def eat():
    time.sleep(1)
    kept = []
    while True:
        kept.append(bytearray(4_000_000))
        time.sleep(0.02)
threading.Thread(target=eat, daemon=True).start()
HTTPServer(("127.0.0.1", int(os.environ["PORT"])), BaseHTTPRequestHandler).serve_forever()
`

async function importApp(platform: TestPlatform, options: Parameters<typeof appBundle>[0]) {
  const author = await platform.as('author')
  const reply = await author.import(await appBundle(options))
  expect(reply.status).toBe(201)
  const { id }: { id: string } = await reply.json()
  return id
}

async function launch(caller: Caller, appId: string, status = 'DEPLOYED'): Promise<string> {
  const { id } = await (await caller.post(`/apps/${appId}/run`, {})).json()
  await eventually(
    async () => (await caller.get(`/instances/${id}`)).json(),
    (instance) => instance.status === status,
    60_000,
  )
  return id
}

const openInstances = async (page: Page, platform: Pick<TestPlatform, 'url'>, query = '') => {
  await page.goto(`${platform.url}/instances${query}`)
  await expect(page.getByRole('heading', { level: 1, name: 'My instances' })).toBeVisible()
}
const row = (page: Page, name: string | RegExp) => page.getByRole('row', { name })
const select = (page: Page, name: string) =>
  page.getByRole('checkbox', { name: new RegExp(`^Select ${name}`) })
const bulkBar = (page: Page) => page.getByRole('group', { name: 'With the selected instances' })

test('a row says how an instance is; its own address tells its life', async ({
  page,
  platform,
}) => {
  const [user, admin] = [await platform.as('user'), await platform.as('admin')]
  const desk = await importApp(platform, {
    name: 'desk',
    title: 'Desk',
    app: 'InstanceTimeout = "20m"',
    runtime: 'VolumeMount = "/data"\nVolumeSize = "1Gi"',
  })
  const id = await launch(user, desk)
  await admin.post('/aliases', { name: 'front-desk', instanceId: id })
  await importApp(platform, { name: 'desk', title: 'Desk', version: '1.1.0' })
  await signIn(page, platform, 'Jonas Weber')
  await openInstances(page, platform)
  const desks = row(page, /Desk/)
  await expect(desks).toContainText('Running')
  await expect(desks).toContainText('Only me')
  await expect(desks).toContainText('front-desk')
  await expect(desks.getByRole('link', { name: '1.1.0 available' })).toBeVisible()
  await expect(desks).toContainText(/\d+ MiB of 2 GiB/)
  await expect(desks).toContainText(/in 1\d min/)

  // Near its pause, the way to put it off is beside it.
  const before: string = (await (await user.get(`/instances/${id}`)).json()).suspendAfter
  await desks.getByRole('button', { name: 'Put off the pause of Desk' }).click()
  await eventually(
    async () => (await user.get(`/instances/${id}`)).json(),
    (instance) => instance.suspendAfter > before,
  )

  await desks.getByRole('link', { name: 'Desk', exact: true }).click()
  await expect(page).toHaveURL(`${platform.url}/instances/${id}`)
  const panel = page.getByRole('dialog', { name: 'Desk, details' })
  const timeline = panel.getByRole('list', { name: 'Timeline' })
  await expect(timeline.getByRole('listitem').last()).toContainText('Started by Jonas Weber')
  await expect(timeline).toContainText('Answered: running')
  await expect(panel.getByRole('list', { name: 'The latest start' })).toContainText(/\+\d+\.\d s/)
  await expect(panel).toContainText(`h2o instance status ${id}`)
  await expect(panel).toContainText('http://front-desk.localhost')
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(`${platform.url}/instances`)
  await expect(desks.getByRole('link', { name: 'Desk', exact: true })).toBeFocused()
  await page.goBack()
  await expect(panel).toBeVisible()
  await page.reload()
  await expect(timeline).toContainText('Answered: running')
})

test('an instance that takes too much memory says so, with what to do', async ({
  page,
  platform,
}) => {
  const user = await platform.as('user')
  const app = await importApp(platform, {
    name: 'greedy',
    title: 'Greedy',
    runtime: 'MemoryLimit = "80Mi"',
    files: { 'server.py': greedy },
  })
  await user.post(`/apps/${app}/run`, {})
  await signIn(page, platform, 'Jonas Weber')
  await openInstances(page, platform)
  const greedyRow = row(page, /Greedy/)
  await expect(greedyRow).toContainText(/restart/, { timeout: 40_000 })
  await expect(greedyRow).toContainText('last failure')
  await greedyRow.getByRole('link', { name: 'Greedy', exact: true }).click()
  const timeline = page.getByRole('list', { name: 'Timeline' })
  await expect(timeline).toContainText('Stopped: it used more than its 80 MiB of memory.')
})

test('several are chosen by range, paused, and resumed again by Undo', async ({
  page,
  platform,
}) => {
  test.slow()
  const user = await platform.as('user')
  const app = await importApp(platform, { name: 'desk', title: 'Desk' })
  const ids = [await launch(user, app), await launch(user, app), await launch(user, app)]
  await user.post(`/instances/${ids[0]}/suspend`)
  await signIn(page, platform, 'Jonas Weber')
  await openInstances(page, platform)
  const boxes = page.getByRole('checkbox', { name: /^Select Desk/ })
  await boxes.first().click()
  await boxes.last().click({ modifiers: ['Shift'] })
  await expect(bulkBar(page)).toContainText('3 selected')
  await bulkBar(page).getByRole('button', { name: 'Pause…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(
    dialog.getByRole('list', { name: 'What will happen' }).getByRole('listitem'),
  ).toHaveCount(2)
  await expect(dialog.getByRole('list', { name: 'Left as they are' })).toContainText(
    'It is paused already.',
  )
  await expect(dialog).toContainText('h2o instance suspend')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Pause 2' }).click()
  await expect(dialog.getByRole('heading')).toHaveText('2 paused')
  await expect(row(page, /Desk.*Paused/)).toHaveCount(3)
  await dialog.getByRole('button', { name: 'Undo: resume' }).click()
  await expect(dialog.getByRole('heading')).toHaveText('2 resumed')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(bulkBar(page)).toHaveCount(0)
  await expect(row(page, /Desk.*Running/)).toHaveCount(2)

  // A visibility is put back as it was, each to its own.
  await user.patch(`/instances/${ids[1]}`, { visibility: 'ALL_USERS' })
  await page.getByRole('checkbox', { name: /^Select all/ }).check()
  await bulkBar(page).getByRole('button', { name: 'Open to…' }).click()
  await dialog.getByRole('radio', { name: 'All users' }).check()
  await expect(dialog.getByRole('list', { name: 'Left as they are' })).toContainText(
    'It is so already.',
  )
  await dialog.getByRole('button', { name: 'Change 2' }).click()
  await expect(dialog.getByRole('heading')).toHaveText('2 changed')
  await dialog.getByRole('button', { name: 'Undo' }).click()
  await expect(dialog.getByRole('heading')).toHaveText('2 changed')
  await eventually(
    async () => (await (await user.get('/instances')).json()).instances,
    (all: { visibility: string }[]) =>
      all.filter(({ visibility }) => visibility === 'PRIVATE').length === 2,
  )
})

test('terminating several names what is lost, volumes and aliases', async ({ page, platform }) => {
  const [user, admin] = [await platform.as('user'), await platform.as('admin')]
  const app = await importApp(platform, {
    name: 'desk',
    title: 'Desk',
    runtime: 'VolumeMount = "/data"\nVolumeSize = "1Gi"',
  })
  const id = await launch(user, app)
  await admin.post('/aliases', { name: 'front-desk', instanceId: id })
  await signIn(page, platform, 'Jonas Weber')
  await openInstances(page, platform)
  await select(page, 'Desk').check()
  await bulkBar(page).getByRole('button', { name: 'Terminate…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('its volume with everything under /data')
  await expect(dialog).toContainText('“front-desk” will answer 404')
  await dialog.getByRole('button', { name: 'Terminate 1' }).click()
  await expect(dialog.getByRole('heading')).toHaveText('1 terminated')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByText('You have started nothing yet')).toBeVisible()
  expect((await user.get(`/instances/${id}`)).status).toBe(404)
})

test('what fails says why, and is tried again', async ({ page, platform }) => {
  const user = await platform.as('user')
  const app = await importApp(platform, { name: 'desk', title: 'Desk' })
  await launch(user, app)
  await launch(user, app)
  await signIn(page, platform, 'Jonas Weber')
  await openInstances(page, platform)
  await page.getByRole('checkbox', { name: /^Select all/ }).check()
  let refused = false
  await page.route('**/suspend', (route) => {
    if (refused) return route.continue()
    refused = true
    return route.fulfill({
      status: 507,
      contentType: 'application/problem+json',
      json: {
        type: 'about:blank',
        title: 'The disk is full.',
        status: 507,
        code: 'storage.full',
        requestId: 'r',
      },
    })
  })
  await bulkBar(page).getByRole('button', { name: 'Pause…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Pause 2' }).click()
  await expect(dialog.getByRole('heading')).toHaveText('1 paused, 1 failed')
  await expect(dialog.getByRole('list')).toContainText('The disk is full.')
  await dialog.getByRole('button', { name: 'Try it again' }).click()
  await expect(dialog.getByRole('heading')).toHaveText('2 paused')
})

test('a session that ends in the middle keeps what is done and what is left', async ({
  page,
  platform,
  context,
}) => {
  test.slow()
  const user = await platform.as('user')
  const app = await importApp(platform, { name: 'desk', title: 'Desk' })
  for (let n = 0; n < 5; n += 1) await launch(user, app)
  await signIn(page, platform, 'Jonas Weber')
  await openInstances(page, platform)
  await page.getByRole('checkbox', { name: /^Select all/ }).check()
  let asked = 0
  await page.route('**/suspend', async (route) => {
    asked += 1
    if (asked === 4) {
      await context.request.delete(`${platform.url}/api/v1/session`, {
        headers: { 'X-Wavedeck-Request': '1' },
      })
    }
    await route.continue()
  })
  await bulkBar(page).getByRole('button', { name: 'Pause…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Pause 5' }).click()
  await expect(page.getByText('Your session has ended')).toBeVisible()
  await expect(page.getByText(/^\d of 5 paused, \d left\./)).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: /Jonas Weber/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Your session ended in the middle')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: /^Go on with \d/ }).click()
  await expect(dialog.getByRole('heading')).toHaveText('5 paused')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(row(page, /Desk.*Paused/)).toHaveCount(5)
})

test('a lost connection says so, and the list is true again when it is back', async ({
  page,
  platform,
}) => {
  const user = await platform.as('user')
  const app = await importApp(platform, { name: 'desk', title: 'Desk' })
  const id = await launch(user, app)
  const way = await cuttableWay(platform.url)
  await signIn(page, way, 'Jonas Weber')
  await openInstances(page, way)
  await expect(row(page, /Desk/)).toContainText('Running')
  way.cut()
  await expect(page.getByText(/Not live: read \d+ s ago/)).toBeVisible()
  await page.getByRole('button', { name: 'Read again' }).click()
  await expect(page.getByText('The platform can’t be reached.').first()).toBeVisible()
  await user.post(`/instances/${id}/suspend`)
  await expect(row(page, /Desk/)).toContainText('Running')
  way.mend()
  await expect(row(page, /Desk/)).toContainText('Paused', { timeout: 40_000 })
  await expect(page.getByText(/Not live/)).toHaveCount(0, { timeout: 40_000 })
  await way.close()
})

test('an instance that somebody else ends while one looks at it says who did', async ({
  page,
  platform,
}) => {
  const [user, admin] = [await platform.as('user'), await platform.as('admin')]
  const app = await importApp(platform, { name: 'desk', title: 'Desk' })
  const id = await launch(user, app)
  await signIn(page, platform, 'Jonas Weber')
  await openInstances(page, platform)
  await row(page, /Desk/).getByRole('link', { name: 'Desk', exact: true }).click()
  const panel = page.getByRole('dialog')
  await expect(panel).toContainText('Answered: running')
  await admin.delete(`/instances/${id}`)
  await expect(panel).toContainText('Maren Holt terminated this instance')
  await expect(panel.getByRole('list', { name: 'Timeline' })).toContainText(
    'Terminated by Maren Holt',
  )
  await page.keyboard.press('Escape')
  await expect(page.getByText('You have started nothing yet')).toBeVisible()
})

test('at the limit, an idle instance makes room for another', async ({ page }) => {
  const platform = await startTestPlatform({
    scheduler: 'process',
    webRoot: path.resolve(import.meta.dirname, '../../dist'),
    limits: { instancesPerUser: 1 },
  })
  try {
    const user = await platform.as('user')
    const desk = await importApp(platform, { name: 'desk', title: 'Desk' })
    await importApp(platform, { name: 'chart', title: 'Chart' })
    await launch(user, desk)
    await signIn(page, platform, 'Jonas Weber')
    await openInstances(page, platform)
    await expect(page.getByText('1 of 1 running; pause one to start another')).toBeVisible()
    await page.goto(platform.url)
    await page.getByRole('button', { name: 'Run Chart' }).click()
    const dialog = page.getByRole('dialog', { name: 'No slot is left to run Chart' })
    await expect(dialog.getByRole('radio')).toBeChecked()
    await expect(dialog).toContainText('Desk')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Pause it and run' }).click()
    await expect(page.getByRole('button', { name: 'Visit Chart' })).toBeVisible()
    await openInstances(page, platform)
    await expect(row(page, /Desk/)).toContainText('Paused')
    await expect(row(page, /Chart/)).toContainText('Running')
  } finally {
    await platform.end()
  }
})

test('search and filters are in the address, and what is chosen outlasts them', async ({
  page,
  platform,
}) => {
  const user = await platform.as('user')
  const [desk, chart] = [
    await importApp(platform, { name: 'desk', title: 'Desk' }),
    await importApp(platform, { name: 'chart', title: 'Chart' }),
  ]
  const paused = await launch(user, desk)
  await launch(user, chart)
  await user.post(`/instances/${paused}/suspend`)
  await signIn(page, platform, 'Jonas Weber')
  await openInstances(page, platform)
  await expect(page.getByRole('rowheader')).toHaveText([/Chart/, /Desk/])
  await select(page, 'Chart').check()
  await page.getByRole('button', { name: 'Paused 1' }).click()
  await expect(page).toHaveURL(/\?status=paused$/)
  await expect(bulkBar(page)).toContainText('1 of them hidden by the filters')
  await page.keyboard.press('/')
  await page.keyboard.type('nowhere')
  await expect(page.getByText('None of your instances matches “nowhere”')).toBeVisible()
  await expect(page).toHaveURL(/\?q=nowhere&status=paused$/)
  await page.getByRole('button', { name: 'Show all 2' }).click()
  await expect(page).toHaveURL(`${platform.url}/instances`)
  await expect(select(page, 'Chart')).toBeChecked()
  await page.getByRole('combobox', { name: 'App' }).selectOption('desk')
  await page.reload()
  await expect(page.getByRole('rowheader')).toHaveText([/Desk/])
})

test('everything works with the keyboard alone', async ({ page, platform }) => {
  const user = await platform.as('user')
  const app = await importApp(platform, { name: 'desk', title: 'Desk' })
  await launch(user, app)
  await launch(user, app)
  await signIn(page, platform, 'Jonas Weber')
  await openInstances(page, platform)
  const boxes = page.getByRole('checkbox', { name: /^Select Desk/ })
  await boxes.first().focus()
  await page.keyboard.press('Space')
  await boxes.last().focus()
  await page.keyboard.press('Shift+Space')
  await expect(bulkBar(page)).toContainText('2 selected')
  await bulkBar(page).getByRole('button', { name: 'Pause…' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('heading')).toHaveText('2 paused')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await row(page, /Desk/).first().getByRole('link', { name: 'Desk', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Desk, details' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('list, panel and bulk are accessible in both themes, at 1280 and 360 pixels', async ({
  page,
  platform,
}) => {
  const user = await platform.as('user')
  const app = await importApp(platform, { name: 'desk', title: 'Desk' })
  const broken = await importApp(platform, {
    name: 'broken',
    title: 'Broken',
    files: { 'server.py': 'import nowhere_to_be_found' },
  })
  const id = await launch(user, app)
  await launch(user, broken, 'FAILED')
  await signIn(page, platform, 'Jonas Weber')
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 })
    await openInstances(page, platform)
    await select(page, 'Desk').check()
    await expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width,
    )
    await page.goto(`${platform.url}/instances/${id}`)
    await expect(page.getByRole('list', { name: 'Timeline' })).toContainText('Answered')
    await expectAccessible(page)
  }
})
