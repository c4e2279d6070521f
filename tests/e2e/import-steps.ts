import type { Locator, Page } from '@playwright/test'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { appBundle } from '../support/bundles.ts'
import { expect, signIn, test as base } from './fixtures.ts'

export type Bytes = Uint8Array<ArrayBuffer>

/** A folder of real files: what a browser says of them stays the same when they are chosen again. */
export const test = base.extend<{ folder: string }>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'wavedeck-import-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },
})

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

function random(length: number): Bytes {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += 65_536) {
    crypto.getRandomValues(bytes.subarray(at, at + 65_536))
  }
  return bytes
}

/** Large enough that its upload, made slow, can be interrupted. */
export async function writeLarge(folder: string, name: string): Promise<string> {
  const file = path.join(folder, `${name}.wave`)
  await writeFile(file, await appBundle({ name, files: { 'data/model.bin': random(6_000_000) } }))
  return file
}

/** Where each part that is sent from now on begins. */
export function patchOffsets(page: Page): number[] {
  const offsets: number[] = []
  page.on('request', (request) => {
    if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']))
  })
  return offsets
}
