import { appBundle } from '../support/bundles.ts'
import { expect, expectAccessible, signIn, test } from './fixtures.ts'

test('a person signs in, finds an app, launches it, opens its page, pauses it and ends it', async ({
  page,
  platform,
}) => {
  await page.goto(platform.url)
  await page.getByRole('link', { name: 'Sign in' }).first().click()
  await page.getByRole('button', { name: /Jonas Weber/ }).click()

  await page.getByRole('searchbox').fill('sales')
  await expect(page).toHaveURL(/q=sales/)
  await expect(page.getByRole('link', { name: 'Bed planner' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Sales forecast' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sales forecast' })).toBeVisible()
  await expect(page).toHaveTitle(/Sales forecast/)

  await page.getByRole('button', { name: 'Run Sales forecast' }).click()
  const visit = page.getByRole('main').getByRole('button', { name: 'Visit Sales forecast' }).first()
  const opened = page.waitForEvent('popup')
  await visit.click()
  const app = await opened
  await expect(app.getByRole('heading', { level: 1, name: 'Sales forecast' })).toBeVisible()
  expect(new URL(app.url()).hostname).toMatch(/^[0-9a-f-]+\.localhost$/)
  expect(app.url()).not.toContain('ticket')
  expect(await app.evaluate(() => window.opener)).toBeNull()
  expect(await app.evaluate(() => document.cookie)).not.toContain('wavedeck')

  await page
    .getByRole('link', { name: /My instances/ })
    .first()
    .click()
  const row = page.getByRole('row', { name: /Sales forecast/ })
  await expect(row).toContainText('Running')
  await row.getByRole('button', { name: /^Pause/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click()
  await expect(row).toContainText('Paused')
  await app.reload()
  await expect(app.getByRole('heading', { name: 'Sales forecast is paused' })).toBeVisible()

  await row.getByRole('button', { name: /^More for/ }).click()
  await page.getByRole('menuitem', { name: /^Terminate/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('log')
  await dialog.getByRole('button', { name: /^Terminate/ }).click()
  await expect(row).toHaveCount(0)
  // The row took the focused button with it; who works by keyboard goes on from the heading.
  await expect(page.getByRole('heading', { level: 1, name: 'My instances' })).toBeFocused()
})

test('the log follows what the app prints', async ({ page, platform }) => {
  await signIn(page, platform, 'Jonas Weber')
  await page.getByRole('button', { name: 'Run Loan risk scorer' }).click()
  await expect(page.getByRole('button', { name: 'Visit Loan risk scorer' })).toBeVisible()
  await page
    .getByRole('link', { name: /My instances/ })
    .first()
    .click()
  await page.getByRole('link', { name: /^Log of Loan risk scorer/ }).click()
  const log = page.getByRole('dialog')
  await expect(log).toContainText('listening on')

  const opened = page.waitForEvent('popup')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Visit Loan risk scorer/ }).click()
  await opened
  await page.getByRole('link', { name: /^Log of Loan risk scorer/ }).click()
  await expect(log).toContainText('GET /')
})

test('a change in one browser shows in another without a reload', async ({
  page,
  platform,
  browser,
}) => {
  const owner = await platform.as('author')
  const managed = await appBundle({ name: 'shared', app: 'InstanceLifecycle = "MANAGED"' })
  const { id } = await (await owner.import(managed)).json()
  await signIn(page, platform, 'Jonas Weber')
  await expect(page.getByRole('button', { name: 'Visit Echo' })).toBeDisabled()
  await owner.post(`/apps/${id}/run`, { visibility: 'ALL_USERS' })
  await expect(page.getByRole('button', { name: 'Visit Echo' })).toBeEnabled()

  const other = await browser.newContext()
  const second = await other.newPage()
  await signIn(second, platform, 'Priya Nair')
  await owner.patch(`/apps/${id}`, { visibility: 'PRIVATE' })
  await expect(page.getByRole('link', { name: 'Echo', exact: true })).toHaveCount(0)
  await expect(second.getByRole('link', { name: 'Echo', exact: true })).toBeVisible()
  await other.close()
})

test('what fails says why, on the page where it was asked for', async ({ page, platform }) => {
  const owner = await platform.as('author')
  await owner.import(
    await appBundle({ name: 'broken', files: { 'server.py': 'import nowhere_to_be_found' } }),
  )
  await signIn(page, platform, 'Jonas Weber')
  await page.getByRole('link', { name: 'Echo', exact: true }).click()
  await page.getByRole('button', { name: 'Run Echo' }).click()
  await expect(page.getByText(/nowhere_to_be_found/).first()).toBeVisible()
})

test('every page is accessible, in both themes and on a phone', async ({ page, platform }) => {
  await page.goto(`${platform.url}/sign-in`)
  await expect(page.getByRole('button', { name: /Jonas Weber/ })).toBeVisible()
  await expectAccessible(page)
  await signIn(page, platform, 'Jonas Weber')
  await page.getByRole('button', { name: 'Run Loan risk scorer' }).click()
  await expect(page.getByRole('button', { name: 'Visit Loan risk scorer' })).toBeVisible()
  for (const viewport of [
    { width: 1280, height: 900 },
    { width: 360, height: 740 },
  ]) {
    await page.setViewportSize(viewport)
    await page.goto(platform.url)
    await expect(page.getByRole('link', { name: 'Sales forecast' })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Sales forecast' }).click()
    await expect(page.getByText('What you can do')).toBeVisible()
    await expectAccessible(page)
    await page.goto(`${platform.url}/instances`)
    await expect(page.getByRole('link', { name: 'Loan risk scorer', exact: true })).toBeVisible()
    await expectAccessible(page)
    await page
      .getByRole('link', { name: /^Log of/ })
      .first()
      .click()
    await expect(page.getByRole('dialog')).toContainText('listening on')
    await expectAccessible(page)
    await page.goto(`${platform.url}/no/such/page`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectAccessible(page)
  }
})

test('nothing scrolls sideways at 320 pixels', async ({ page, platform }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await signIn(page, platform, 'Jonas Weber')
  const { apps } = await (await (await platform.as('user')).get('/apps?q=sales')).json()
  for (const path of ['/', '/instances', `/apps/${apps[0].id}`]) {
    await page.goto(`${platform.url}${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow, path).toBeLessThanOrEqual(0)
  }
})
