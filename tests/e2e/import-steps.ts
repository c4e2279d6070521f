import type { Locator, Page } from '@playwright/test'
import { expect, signIn } from './fixtures.ts'

type Place = { readonly url: string }

export async function openImport(page: Page, platform: Place): Promise<void> {
  await signIn(page, platform, 'Priya Nair')
  await page.getByRole('link', { name: 'Import' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Import' })).toBeVisible()
}

export async function chooseFiles(page: Page, files: Parameters<Locator['setInputFiles']>[0]) {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  await (await chooser).setFiles(files)
}

export const importButton = (page: Page) =>
  page.getByRole('button', { name: 'Import', exact: true })

export const importedHeading = (page: Page) => page.getByRole('heading', { name: 'Imported' })

/** So that an upload lasts long enough to be interrupted. */
export async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 5,
    downloadThroughput: -1,
    uploadThroughput: 1_500_000,
  })
}

/** Waits until so many percent have been sent. */
export async function untilSent(page: Page, percent: number): Promise<void> {
  const bar = page.getByRole('progressbar', { name: /^Uploading/ })
  await expect
    .poll(async () => Number(await bar.getAttribute('aria-valuenow')), { intervals: [50] })
    .toBeGreaterThanOrEqual(percent)
}
