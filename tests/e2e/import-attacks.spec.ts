import { appendFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { appBundle } from '../support/bundles.ts'
import { expect } from './fixtures.ts'
import {
  chooseFiles,
  importButton,
  importedHeading,
  openImport,
  patchOffsets,
  slowDown,
  test,
  untilSent,
  writeLarge,
} from './import-steps.ts'

const lost = 'it was changed, moved or deleted on your disk since you chose it'

test('a file that changed since it was chosen is named as such, in the tabs and at the import', async ({
  page,
  platform,
  folder,
}) => {
  const file = await writeLarge(folder, 'changed')
  await openImport(page, platform)
  await chooseFiles(page, file)
  await page.getByRole('tab', { name: /Findings/ }).click()
  await expect(page.getByRole('tabpanel')).toContainText('pieces of advice')
  await expect(page.getByText(/every byte/i)).toHaveCount(0)
  await appendFile(file, 'more')
  await page.getByRole('tab', { name: /Files/ }).click()
  // What the inspector has not read yet: no copy of it can stand in.
  await page.getByRole('treeitem', { name: /^data/ }).click()
  await page.getByRole('treeitem', { name: /model\.bin/ }).click()
  await expect(page.getByRole('tabpanel')).toContainText(lost)
  await importButton(page).click()
  await expect(page.getByRole('alert').filter({ hasText: 'not imported' })).toContainText(lost)
})

test('a file deleted amid its upload is not waited for', async ({ page, platform, folder }) => {
  const file = await writeLarge(folder, 'deleted')
  await openImport(page, platform)
  await chooseFiles(page, file)
  await slowDown(page)
  await importButton(page).click()
  await untilSent(page, 5)
  await page.getByRole('button', { name: /^Pause/ }).click()
  await expect(page.getByRole('heading', { name: 'Upload paused' })).toBeVisible()
  await rm(file)
  await page.getByRole('button', { name: /^Resume/ }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'not imported' })).toContainText(lost)
})

test('where the platform’s disk is full, what has arrived is gone on with later', async ({
  page,
  platform,
  folder,
}) => {
  await openImport(page, platform)
  await chooseFiles(page, await writeLarge(folder, 'no-room'))
  await slowDown(page)
  await importButton(page).click()
  await untilSent(page, 30)
  await page.getByRole('button', { name: /^Pause/ }).click()
  // As the platform says it; that it does is tested with a full disk.
  const full = {
    type: 'about:blank',
    title:
      'The platform’s disk is full. What has arrived is kept; go on once an admin has freed some space.',
    status: 507,
    code: 'storage.full',
    requestId: 'a-request',
  }
  const parts = '**/api/v1/uploads/*'
  await page.route(parts, (route) =>
    route.request().method() === 'PATCH'
      ? route.fulfill({ status: 507, json: full, contentType: 'application/problem+json' })
      : route.fallback(),
  )
  await page.getByRole('button', { name: /^Resume/ }).click()
  const refusal = page.getByRole('alert').filter({ hasText: 'not imported' })
  await expect(refusal).toContainText('The platform’s disk is full')
  await page.unroute(parts)
  const offsets = patchOffsets(page)
  await importButton(page).click()
  await expect(importedHeading(page)).toBeVisible()
  expect(offsets[0]).toBeGreaterThan(0)
})

test('names full of markup and turned letters are only text', async ({
  page,
  platform,
  folder,
}) => {
  const name = '<img src=x onerror=alert(1)>\u202egpj.wave'
  const title = '<script>alert(1)</script><svg onload=alert(1)>'
  const file = path.join(folder, name)
  await writeFile(
    file,
    await appBundle({
      name: 'hostile',
      title,
      app: `Description = '<iframe src=javascript:alert(1)>'\nKeywords = ['<b>bold</b>']`,
      files: { '<img src=x onerror=alert(2)>.txt': 'x', [`${'long/'.repeat(40)}deep.txt`]: 'x' },
    }),
  )
  page.on('dialog', () => {
    throw new Error('Something ran')
  })
  await openImport(page, platform)
  await chooseFiles(page, file)
  await expect(page.getByRole('heading', { level: 2, name: title })).toBeVisible()
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click()
    await expect(page.getByRole('tabpanel')).toBeVisible()
    expect(await page.locator('main :is(script, iframe, svg[onload], img[onerror])').count()).toBe(
      0,
    )
  }
})

test('two hundred bundles at once are all looked at', async ({ page, platform }) => {
  const bytes = Buffer.from(await appBundle())
  const files = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => ({
      name: `app-${index}.wave`,
      mimeType: '',
      buffer: index === 199 ? bytes : Buffer.from(await appBundle({ name: `app-${index}` })),
    })),
  )
  await openImport(page, platform)
  await chooseFiles(page, files)
  const queue = page.getByRole('navigation', { name: 'Chosen bundles' })
  await expect(queue.getByRole('button')).toHaveCount(200)
  await expect(queue.getByText('Looking inside')).toHaveCount(0, { timeout: 60_000 })
  await queue.getByRole('button').nth(150).click()
  await expect(importButton(page)).toBeEnabled()
})
