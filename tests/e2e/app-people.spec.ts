import type { Page } from '@playwright/test'
import path from 'node:path'
import { appBundle } from '../support/bundles.ts'
import { pixel } from '../support/pictures.ts'
import { type Caller, startTestPlatform } from '../support/test-platform.ts'
import { expect, expectAccessible, signIn, test } from './fixtures.ts'

const main = (page: Page) => page.getByRole('main')
const notThere = 'This app was deleted, or isn’t visible to you'

async function idOf(caller: Caller, bundle: Uint8Array<ArrayBuffer>, visibility = 'ALL_USERS') {
  const reply = await caller.import(bundle, visibility)
  expect(reply.status).toBe(201)
  const { id }: { id: string } = await reply.json()
  return id
}

test('a link opens elsewhere, and offers nothing that only running apps have', async ({
  page,
  platform,
}) => {
  await signIn(page, platform, 'Jonas Weber')
  await main(page).getByRole('link', { name: 'Wave handbook', exact: true }).click()
  await expect(
    main(page).getByRole('link', { name: 'Open Wave handbook in a new tab' }),
  ).toHaveAttribute('href', 'https://wave.h2o.ai/')
  await expect(page.getByRole('button', { name: 'Run with …' })).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'Before you run' })).toHaveCount(0)
  const tabs = page.getByRole('navigation', { name: 'About this app' }).getByRole('link')
  await expect(tabs).toHaveText([/^Overview/, /^Versions/, /^Files/, /^Command line/])
  await expectAccessible(page)
})

test('a managed app is visited by those who see it, and says so while nobody runs it', async ({
  page,
  platform,
  browser,
}) => {
  const author = await platform.as('author')
  const id = await idOf(
    author,
    await appBundle({
      name: 'shared-desk',
      title: 'Shared desk',
      app: 'InstanceLifecycle = "MANAGED"',
    }),
  )
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/apps/${id}`)
  const visit = page.getByRole('button', { name: 'Visit Shared desk' })
  await expect(visit).toHaveAttribute('aria-disabled', 'true')
  await expect(main(page)).toContainText('it is not running now')
  await expect(main(page)).toContainText('It isn’t running now: ask Priya Nair or an admin')
  await expect(page.getByRole('heading', { name: 'Before you visit' })).toBeVisible()
  await page.getByText('Why can’t I …').click()
  await expect(page.getByText('… run it?')).toBeVisible()

  const other = await browser.newContext()
  const owner = await other.newPage()
  await signIn(owner, platform, 'Priya Nair')
  await owner.goto(`${platform.url}/apps/${id}`)
  // Run alone opens it to all users: else nobody could visit it.
  await owner.getByRole('button', { name: 'Run Shared desk' }).click()
  // Nobody reloads: the other one's button works as soon as the app answers.
  await expect(visit).toBeEnabled()
  const opened = page.waitForEvent('popup')
  await visit.click()
  await expect((await opened).getByText('path=/')).toBeVisible()
  await other.close()
})

test('anonymous people read about a public app, and sign in to do more', async ({ page }) => {
  const open = await startTestPlatform({
    publicMode: true,
    webRoot: path.resolve(import.meta.dirname, '../../dist'),
  })
  try {
    const author = await open.as('author')
    const tool = await appBundle({ name: 'open-tool', title: 'Open tool' })
    const id = await idOf(author, tool, 'PUBLIC')
    const hidden = await idOf(author, await appBundle({ name: 'hidden', title: 'Hidden' }))
    await page.goto(`${open.url}/apps/${id}`)
    await expect(page.getByRole('heading', { level: 1, name: 'Open tool' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Sign in to run Open tool' })).toBeVisible()
    await expect(page.getByText('@example.com')).toHaveCount(0)
    for (const tab of ['Files', 'Instances']) {
      await page.getByRole('link', { name: tab, exact: true }).click()
      await expect(
        main(page)
          .getByText(/^Sign in to/)
          .first(),
      ).toBeVisible()
      await expectAccessible(page)
    }
    await page.goto(`${open.url}/apps/${hidden}`)
    await expect(page.getByText(notThere)).toBeVisible()
    await main(page).getByRole('link', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: /Jonas Weber/ }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Hidden' })).toBeVisible()
  } finally {
    await open.end()
  }
})

test('a visitor sees what a tag opens to them, and what they may not is said', async ({
  page,
  platform,
}) => {
  const admin = await platform.as('admin')
  const author = await platform.as('author')
  const id = await idOf(author, await appBundle({ name: 'desk', title: 'Desk' }))
  await signIn(page, platform, 'Aiko Tanaka')
  await page.goto(`${platform.url}/apps/${id}`)
  await expect(page.getByText(notThere)).toBeVisible()

  const tag = await (
    await admin.post('/tags', {
      name: 'north',
      title: 'North',
      color: '#225577',
      description: '',
      isCategory: false,
      adminRoles: ['admin'],
      visitorRoles: ['partners-north'],
    })
  ).json()
  expect((await admin.send('PUT', `/apps/${id}/tags/${tag.id}`)).status).toBeLessThan(300)
  await page.goto(`${platform.url}/apps/${id}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Desk' })).toBeVisible()
  await expect(page.getByText('priya.nair@example.com')).toHaveCount(0)
  await page.getByRole('button', { name: 'Run Desk' }).click()
  await expect(page.getByRole('button', { name: 'Visit Desk' }).first()).toBeVisible()
  // Not even of their own instance.
  await page.getByRole('link', { name: 'Instances', exact: true }).click()
  await expect(page.getByRole('list', { name: 'Instances' })).toContainText('yours')
  await expect(main(page).getByRole('link', { name: /log/i })).toHaveCount(0)
  await expectAccessible(page)
})

test('an admin sees and manages what is somebody’s own, but neither runs nor downloads it', async ({
  page,
  platform,
}) => {
  const author = await platform.as('author')
  const id = await idOf(author, await appBundle({ name: 'desk', title: 'Desk' }), 'PRIVATE')
  await signIn(page, platform, 'Maren Holt')
  await page.goto(`${platform.url}/apps/${id}`)
  await expect(main(page)).toContainText('visible only to Priya Nair')
  await expect(page.getByRole('button', { name: 'Run Desk' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
  await page.getByText('Why can’t I …').click()
  await expect(main(page)).toContainText('Only its owner can run this private app. Ask Priya Nair.')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Manage' }).click()
  await expect(page.getByRole('menuitem', { name: /^Download the bundle/ })).toContainText(
    'Only its owner can download this bundle.',
  )
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Catalog' })).toBeVisible()
  expect((await author.get(`/apps/${id}`)).status).toBe(404)
})

test('what keeps an app from running is named, with since when and who can help', async ({
  page,
  platform,
}) => {
  const author = await platform.as('author')
  const manifest = '[[Env]]\nName = "KEY"\nSecret = "weather"\nSecretKey = "token"'
  const bundle = await appBundle({ name: 'desk', title: 'Desk', rest: manifest })
  const id = await idOf(author, bundle)
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/apps/${id}`)
  const run = page.getByRole('button', { name: 'Run Desk' })
  await expect(run).toHaveAttribute('aria-disabled', 'true')
  const problems = page.getByRole('list', { name: 'What keeps it from running' })
  await expect(problems).toContainText('It needs the secret “weather”')
  await expect(problems).toContainText('Ask an admin for it.')
  await expect(problems).toContainText('First noticed')
  await page.getByText('Why can’t I …').click()
  await expect(page.getByText('… run it?')).toBeVisible()
  await expectAccessible(page)
})

test('an author hides an app, and who has it open elsewhere sees so at once', async ({
  page,
  platform,
  browser,
}) => {
  const author = await platform.as('author')
  const id = await idOf(author, await appBundle({ name: 'desk', title: 'Desk' }))
  const user = await platform.as('user')
  expect((await user.post(`/apps/${id}/run`, {})).status).toBe(201)
  const other = await browser.newContext()
  const reader = await other.newPage()
  await signIn(reader, platform, 'Jonas Weber')
  await reader.goto(`${platform.url}/apps/${id}`)
  await expect(reader.getByRole('heading', { level: 1, name: 'Desk' })).toBeVisible()

  await signIn(page, platform, 'Priya Nair')
  await page.goto(`${platform.url}/apps/${id}`)
  const change = async (to: string) => {
    await page.getByRole('button', { name: 'Manage' }).click()
    await page.getByRole('menuitem', { name: 'Change who sees it…' }).click()
    await page.getByRole('dialog').getByRole('radio', { name: to }).check()
    await page.getByRole('dialog').getByRole('button', { name: 'Change', exact: true }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await change('Only me')
  await expect(reader.getByText(notThere)).toBeVisible()
  // His own instance is his still.
  await main(reader).getByRole('link', { name: 'My instances' }).click()
  await expect(main(reader)).toContainText('Desk')
  await change('All users')
  await reader.goto(`${platform.url}/?q=desk`)
  await expect(reader.getByRole('article').first()).toContainText('Desk')
  await other.close()
})

test('deleted while it is open: the page says so, and nothing of it pretends to work', async ({
  page,
  platform,
}) => {
  const author = await platform.as('author')
  const id = await idOf(author, await appBundle({ name: 'desk', title: 'Desk' }))
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/apps/${id}/versions`)
  await expect(page.getByRole('heading', { level: 1, name: 'Desk' })).toBeVisible()
  await author.delete(`/apps/${id}`)
  await expect(page.getByText(notThere)).toBeVisible()
  await expect(page.getByRole('button', { name: /Run/ })).toHaveCount(0)
  await expectAccessible(page)
})

test('a version that only its owner sees is theirs alone, in the list of versions too', async ({
  page,
  platform,
}) => {
  const author = await platform.as('author')
  const old = await idOf(author, await appBundle({ name: 'desk', title: 'Desk', version: '1.0.0' }))
  const next = await idOf(
    author,
    await appBundle({ name: 'desk', title: 'Desk', version: '2.0.0' }),
    'PRIVATE',
  )
  const versions = page.getByRole('table', { name: 'Versions' }).getByRole('row')
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/apps/${old}/versions`)
  await expect(versions).toHaveCount(2)
  await expect(page.getByText('A newer one is there')).toHaveCount(0)
  await page.goto(`${platform.url}/apps/${next}`)
  await expect(page.getByText(notThere)).toBeVisible()

  await signIn(page, platform, 'Priya Nair')
  await page.goto(`${platform.url}/apps/${old}/versions`)
  await expect(versions).toHaveCount(3)
  await main(page).getByRole('link', { name: 'go to 2.0.0' }).click()
  await expect(main(page)).toContainText('visible only to you')
})

test('a start shows its steps, and a failure the end of what the app printed', async ({
  page,
  platform,
}) => {
  const author = await platform.as('author')
  const id = await idOf(
    author,
    await appBundle({
      name: 'broken',
      title: 'Broken',
      files: {
        'server.py':
          'import sys, time\ntime.sleep(2)\nprint("reading the model")\nsys.exit("no model in <b>data/</b>")',
      },
    }),
  )
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/apps/${id}`)
  await page.getByRole('button', { name: 'Run Broken' }).click()
  const report = page.getByRole('region', { name: /Broken/ })
  await expect(report.getByRole('heading')).toContainText('Broken is starting')
  await expect(report.getByRole('listitem')).toHaveText([
    'Sourcing the app',
    'Installing requirements',
    'Waiting for it to answer',
  ])
  await expect(report.locator('[aria-current=step]')).toHaveText('Waiting for it to answer')
  await expectAccessible(page)
  await expect(report.getByRole('heading')).toHaveText('Your instance of Broken failed', {
    timeout: 60_000,
  })
  await expect(report.getByRole('group', { name: 'The end of its log' })).toContainText(
    'no model in <b>data/</b>',
  )
  await expect(page.getByRole('button', { name: 'Try again Broken' }).first()).toBeVisible()
  await expectAccessible(page)
  await report.getByRole('link', { name: 'Read the whole log' }).click()
  await expect(page.getByRole('dialog')).toContainText('reading the model')
})

test('an author chooses the profile that Run takes', async ({ page, platform }) => {
  const author = await platform.as('author')
  const id = await idOf(author, await appBundle({ name: 'desk', title: 'Desk' }))
  await signIn(page, platform, 'Priya Nair')
  await page.goto(`${platform.url}/apps/${id}`)
  await page.getByRole('button', { name: 'Manage' }).click()
  await page.getByRole('menuitem', { name: 'Change its default profile…' }).click()
  const dialog = page.getByRole('dialog')
  await expectAccessible(page)
  await dialog.getByRole('combobox', { name: 'Launch with' }).selectOption('Large: 4 GiB of memory')
  await dialog.getByRole('button', { name: 'Change', exact: true }).click()
  await expect(main(page)).toContainText('Large: 4 GiB of memory')
  await expect(page.getByRole('button', { name: 'Manage' })).toBeFocused()
  await page.getByRole('button', { name: 'Run Desk' }).click()
  await page.getByRole('link', { name: 'Instances', exact: true }).click()
  await expect(page.getByRole('list', { name: 'Instances' })).toContainText('profile large')
})

test('screenshots are looked through by keyboard and by finger', async ({ browser, platform }) => {
  const author = await platform.as('author')
  const id = await idOf(
    author,
    await appBundle({
      name: 'desk',
      title: 'Desk',
      files: Object.fromEntries([1, 2, 3].map((n) => [`static/screenshot-${n}.png`, pixel])),
    }),
  )
  const context = await browser.newContext({
    hasTouch: true,
    viewport: { width: 390, height: 800 },
  })
  const page = await context.newPage()
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/apps/${id}`)
  const first = page.getByRole('button', { name: 'Screenshot 1 of 3, open large' })
  await first.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('button', { name: /^Screenshot 2/ })).toBeFocused()
  await page.keyboard.press('Enter')
  const status = page.getByRole('dialog').getByRole('status')
  await expect(status).toHaveText('Desk · 2 of 3')
  await page.keyboard.press('ArrowRight')
  await expect(status).toHaveText('Desk · 3 of 3')
  await page.keyboard.press('ArrowRight')
  await expect(status).toHaveText('Desk · 1 of 3')

  // A real finger, as the browser takes it: the page's own gestures come first.
  const client = await context.newCDPSession(page)
  const drag = async (fromX: number, toX: number, fromY = 400, toY = 404) => {
    await client.send('Input.synthesizeScrollGesture', {
      x: fromX,
      y: fromY,
      xDistance: toX - fromX,
      yDistance: toY - fromY,
      gestureSourceType: 'touch',
      preventFling: true,
    })
  }
  await drag(300, 80)
  await expect(status).toHaveText('Desk · 2 of 3')
  await drag(80, 300)
  await expect(status).toHaveText('Desk · 1 of 3')
  // A finger that trembles, and one that goes down the page, mean nothing.
  await drag(200, 190)
  await drag(200, 205, 300, 500)
  await expect(status).toHaveText('Desk · 1 of 3')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await context.close()
})
