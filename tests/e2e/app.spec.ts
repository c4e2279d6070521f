import type { Page } from '@playwright/test'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { appBundle } from '../support/bundles.ts'
import { expect, expectAccessible, signIn, test } from './fixtures.ts'

const tab = (page: Page, name: string | RegExp) =>
  page.getByRole('navigation', { name: 'About this app' }).getByRole('link', { name })
const versions = (page: Page) => page.getByRole('table', { name: 'Versions' })

/** The page of an app, by its title in the catalog. */
async function openApp(page: Page, title: string): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: title, exact: true }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
}

test('each part of an app’s page has an address, keeps the focus, and goes back', async ({
  page,
  platform,
}) => {
  await signIn(page, platform, 'Jonas Weber')
  await openApp(page, 'Sales forecast')
  const address = page.url()
  await tab(page, /^Versions/).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${address}/versions`)
  await expect(tab(page, /^Versions/)).toBeFocused()
  await expect(versions(page).getByRole('row', { name: /1\.1\.0/ })).toContainText(
    'Newest published',
  )
  await expect(versions(page).getByRole('row')).toHaveCount(3)
  await expectAccessible(page)

  // What is different, by meaning; the address holds which two.
  await expect(page.getByText('Version 1.0.0 → 1.1.0')).toBeVisible()
  await page.getByRole('combobox', { name: 'From' }).selectOption('1.1.0')
  await expect(page.getByText('That is the same version twice')).toBeVisible()
  await page.getByRole('combobox', { name: 'to' }).selectOption('1.0.0')
  await expect(page.getByText('Version 1.1.0 → 1.0.0')).toBeVisible()
  await page.reload()
  await expect(page.getByText('Version 1.1.0 → 1.0.0')).toBeVisible()

  await tab(page, 'Files').click()
  await page.getByRole('treeitem', { name: /app\.toml/ }).click()
  await expect(page.getByText('[App]')).toBeVisible()
  await expect(page.getByText('Only its owner can download this bundle.')).toBeVisible()
  await expectAccessible(page)
  await tab(page, 'Command line').click()
  await expect(page.getByText(/^h2o app run .* -v PRIVATE$/)).toBeVisible()
  await expect(page.getByText(/h2o app delete/)).toHaveCount(0)
  await page.goBack()
  await expect(page.getByRole('treeitem', { name: /app\.toml/ })).toBeVisible()
  await tab(page, 'Overview').click()
  await page.getByText('Why can’t I …').click()
  await expect(page.getByText('… delete it?')).toBeVisible()
  await expect(page.getByText(/Only its owner or an admin can delete this app\. Ask/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Manage' })).toHaveCount(0)
})

test('publishing a version shows it to others at once, and takes the old one back', async ({
  page,
  platform,
  browser,
}) => {
  const author = await platform.as('author')
  await author.import(
    await appBundle({ name: 'desk', title: 'Desk', version: '1.0.0' }),
    'ALL_USERS',
  )
  await author.import(await appBundle({ name: 'desk', title: 'Desk', version: '2.0.0' }), 'PRIVATE')
  await signIn(page, platform, 'Priya Nair')
  const other = await browser.newContext()
  const reader = await other.newPage()
  await signIn(reader, platform, 'Jonas Weber')
  await openApp(reader, 'Desk')
  await tab(reader, 'Command line').click()

  await page.goto(`${platform.url}/my-apps`)
  await page.getByRole('searchbox', { name: 'Search your apps' }).fill('desk')
  await page.getByRole('button', { name: /^Desk/ }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Manage Desk 2.0.0' }).click()
  await page.getByRole('menuitem', { name: 'Publish this version…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('listitem')).toHaveText([
    '2.0.0 becomes visible to all users',
    '1.0.0 becomes visible only to you',
  ])
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(dialog.getByRole('heading')).toHaveText('Desk 2.0.0 is published')
  // The one who had the old version open loses it, and nobody has to reload.
  await expect(reader.getByText('This app was deleted, or isn’t visible to you')).toBeVisible()
  await reader.goto(`${platform.url}/?q=desk`)
  await expect(reader.getByRole('article').first()).toContainText('2.0.0')

  await dialog.getByRole('button', { name: 'Undo' }).click()
  await expect(dialog.getByRole('heading')).toHaveText('Everything is as it was')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByRole('button', { name: 'Manage Desk 2.0.0' })).toBeFocused()
  await expect(reader.getByRole('article').first()).toContainText('1.0.0')
  await other.close()
})

test('who publishes two versions at once leaves one of them published', async ({
  page,
  platform,
  context,
}) => {
  const author = await platform.as('author')
  for (const version of ['1.0.0', '2.0.0', '3.0.0']) {
    const bundle = await appBundle({ name: 'desk', title: 'Desk', version })
    await author.import(bundle, version === '1.0.0' ? 'ALL_USERS' : 'PRIVATE')
  }
  await signIn(page, platform, 'Priya Nair')
  const second = await context.newPage()
  const wanted: [Page, string][] = [
    [page, '2.0.0'],
    [second, '3.0.0'],
  ]
  for (const [each, version] of wanted) {
    await each.goto(`${platform.url}/my-apps`)
    await each.getByRole('button', { name: /^Desk/ }).click()
    await each.getByRole('button', { name: `Manage Desk ${version}` }).click()
    await each.getByRole('menuitem', { name: 'Publish this version…' }).click()
  }
  await Promise.all(
    wanted.map(([each]) => each.getByRole('button', { name: 'Publish', exact: true }).click()),
  )
  for (const [each] of wanted) {
    await expect(each.getByRole('dialog').getByRole('heading')).toContainText('is published')
  }
  const { apps } = await (await author.get('/apps?scope=mine&name=desk&pageSize=10')).json()
  const published = apps.filter((app: { visibility: string }) => app.visibility !== 'PRIVATE')
  expect(published.length).toBeGreaterThanOrEqual(1)
})

test('visibility says who loses sight; delete waits for instances; a download is the upload', async ({
  page,
  platform,
}) => {
  const author = await platform.as('author')
  const bundle = await appBundle({ name: 'desk', title: 'Desk', version: '1.0.0' })
  const { id } = await (await author.import(bundle, 'ALL_USERS')).json()
  const user = await platform.as('user')
  expect((await user.post(`/apps/${id}/run`, {})).status).toBe(201)
  await signIn(page, platform, 'Priya Nair')
  await page.goto(`${platform.url}/apps/${id}`)
  const manage = page.getByRole('button', { name: 'Manage' })

  await manage.click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Download the bundle' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('desk.1.0.0.wave')
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  expect(sha256(await readFile(await download.path()))).toBe(
    sha256(bundle instanceof Blob ? new Uint8Array(await bundle.arrayBuffer()) : bundle),
  )

  await manage.click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('heading')).toHaveText('Desk 1.0.0 can’t be deleted yet')
  await expect(dialog.getByRole('listitem')).toContainText('Jonas Weber')
  await page.keyboard.press('Escape')

  // As its owner she sees the instance, and may read its log but not end it.
  await tab(page, 'Instances').click()
  const row = page.getByRole('list', { name: 'Instances' }).getByRole('listitem')
  await expect(row).toContainText('Jonas Weber')
  await row.getByRole('link', { name: /log/i }).click()
  await expect(page.getByRole('dialog', { name: /log/i })).toBeVisible()
  await page.getByRole('button', { name: 'Close the log' }).click()

  await manage.click()
  await page.getByRole('menuitem', { name: 'Change who sees it…' }).click()
  await dialog.getByRole('radio', { name: 'Only me' }).check()
  await expect(dialog.getByText('Will not see it any more')).toBeVisible()
  await expect(dialog.getByText('Everybody with full access', { exact: true })).toBeVisible()
  await dialog.getByRole('button', { name: 'Change', exact: true }).click()
  await expect(page.getByText('· visible only to you')).toBeVisible()
  await expect(manage).toBeFocused()
})

test('an instance runs with a profile and open to all from the start', async ({
  page,
  platform,
}) => {
  await signIn(page, platform, 'Jonas Weber')
  await openApp(page, 'Sales forecast')
  await page.getByRole('button', { name: 'Run with …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Run Sales forecast' })
  await dialog.getByRole('combobox', { name: 'Profile' }).selectOption({ index: 1 })
  await dialog.getByRole('combobox', { name: 'Open to' }).selectOption('All users')
  await expect(dialog.getByText(/-v ALL_USERS --profile large$/)).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Run', exact: true }).click()
  await tab(page, 'Instances').click()
  const row = page.getByRole('list', { name: 'Instances' }).getByRole('listitem').first()
  await expect(row).toContainText('open to all users')
  await expect(row).toContainText('profile large')
})

test('chosen versions are made private or deleted together', async ({ page, platform }) => {
  const author = await platform.as('author')
  for (const name of ['desk-a', 'desk-b']) {
    await author.import(await appBundle({ name, title: name }), 'ALL_USERS')
  }
  await signIn(page, platform, 'Priya Nair')
  await page.goto(`${platform.url}/my-apps`)
  for (const name of ['desk-a', 'desk-b']) {
    await page.getByRole('button', { name: new RegExp(`^${name}`) }).click()
    await page.getByRole('checkbox', { name: new RegExp(`^Choose ${name}`) }).check()
  }
  await expect(page.getByText('2 versions chosen')).toBeVisible()
  await page.getByRole('button', { name: 'Make private…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Change 2' }).click()
  await expect(dialog.getByRole('heading')).toHaveText('2 versions are changed')
  await expect(page.getByText('Only you see it')).toHaveCount(2)
  await dialog.getByRole('button', { name: 'Undo' }).click()
  await expect(dialog.getByRole('heading')).toHaveText('Everything is as it was')
  await expect(page.getByText('Only you see it')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Close' }).click()

  // What was looked for is in the address, and a whole name is chosen at once.
  await page.getByRole('searchbox', { name: 'Search your apps' }).fill('desk')
  await expect(page).toHaveURL(/\?q=desk$/)
  await page.reload()
  await expect(page.getByRole('searchbox')).toHaveValue('desk')
  for (const name of ['desk-a', 'desk-b']) {
    await page.getByRole('checkbox', { name: `Choose every version of ${name}` }).check()
  }
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Delete…' }).click()
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByRole('button', { name: /^desk-/ })).toHaveCount(0)
})
