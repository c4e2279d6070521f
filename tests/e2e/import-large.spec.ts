import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { App } from '../../src/api/generated/types.gen.ts'
import { writeAppFolder } from '../bench/import/app-folder.ts'
import { ZipFile } from '../bench/inspector/zip-file.ts'
import { Person } from '../durability/person.ts'
import { type PlatformProcess, startProcess } from '../durability/platform-process.ts'
import { appBundle } from '../support/bundles.ts'
import { dropFromDisk } from '../support/drop-from-disk.ts'
import type { TestPlatform } from '../support/test-platform.ts'
import { expect, test as base } from './fixtures.ts'
import {
  chooseFiles,
  importButton,
  importedHeading,
  openImport,
  slowDown,
  untilSent,
} from './import-steps.ts'

const GIB = 1024 ** 3
/** The bundle itself, what the platform keeps of it, and as much again for others. */
const neededBytes = 8 * GIB

const test = base.extend<{ folder: string }>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'wavedeck-large-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },
})

const manifest = (name: string, title: string) =>
  `[App]\nName = "${name}"\nVersion = "1.0.0"\nTitle = "${title}"\n\n[Runtime]\nModule = "server"\nAppMode = "python"\n`

async function writeLarge(file: string, bytes: number): Promise<void> {
  const zip = await ZipFile.create(file, false)
  await zip.add('app.toml', Buffer.from(manifest('large', 'Large model')))
  await zip.add('server.py', Buffer.from('print(1)\n'))
  const weights = randomBytes(64 * 1024 ** 2)
  for (let n = 0; n * weights.length < bytes; n++) {
    weights.writeUInt32LE(n)
    await zip.add(`data/weights-${n}.bin`, weights, true)
  }
  await zip.finish()
}

async function writeWide(file: string, entries: number): Promise<void> {
  const zip = await ZipFile.create(file, false)
  await zip.add('app.toml', Buffer.from(manifest('wide', 'Wide')))
  await zip.add('server.py', Buffer.from('print(1)\n'))
  for (let n = 0; n < entries - 2; n++) {
    await zip.add(`data/part-${n % 20}/row-${n}.csv`, Buffer.from(`${n}\n`), true)
  }
  await zip.finish()
}

async function apps(platform: TestPlatform): Promise<App[]> {
  const reply = await (await platform.as('author')).get('/apps?scope=mine&pageSize=100')
  return (await reply.json()).apps
}

test('a bundle over 2 GiB is dropped, inspected, sent and found in the catalog', async ({
  page,
  platform,
  folder,
}) => {
  const { bavail, bsize } = await statfs(folder)
  test.skip(bavail * bsize < neededBytes, 'The temporary folder has less than 8 GiB free')
  test.slow()
  const file = path.join(folder, 'large.wave')
  await writeLarge(file, 2.1 * GIB)
  await openImport(page, platform)
  await dropFromDisk(page, [file])
  await expect(page.getByRole('heading', { level: 2, name: 'Large model' })).toBeVisible()
  await expect(page.getByText(/^Checking every byte/)).toBeVisible()
  await importButton(page).click()
  const bar = page.getByRole('progressbar', { name: 'Uploading Large model' })
  await expect(bar).toBeVisible()
  await expect(page.getByText(/left$/)).toBeVisible()
  await expect(importedHeading(page)).toBeVisible({ timeout: 120_000 })
  const app = (await apps(platform)).find(({ name }) => name === 'large')
  expect(app?.bundle.size).toBeGreaterThan(2 * GIB)
  await page.getByRole('link', { name: 'Catalog' }).first().click()
  await page.getByRole('searchbox').fill('large model')
  await expect(page.getByRole('link', { name: 'Large model' })).toBeVisible()
})

test('a folder of 5,000 files is dropped, packed with progress and imported', async ({
  page,
  platform,
  folder,
}) => {
  const app = path.join(folder, 'many')
  await writeAppFolder(app, 5000)
  await openImport(page, platform)
  // Waited for from before the drop: a quick machine shows it for a moment.
  const progress = page.getByText(/^Packed [\d,]+ of 4,900 files/).waitFor()
  await dropFromDisk(page, [app])
  await progress
  await expect(page.getByRole('heading', { level: 2, name: 'Many files' })).toBeVisible()
  const note = page.getByText('Packed 4,900 files; 100 files left out')
  await note.click()
  await expect(page.getByRole('list', { name: 'Left out' })).toContainText('scratch/')
  await importButton(page).click()
  await expect(importedHeading(page)).toBeVisible()
  const found = (await apps(platform)).find(({ name }) => name === 'folder')
  expect(found?.bundle.fileCount).toBe(4900)
})

test('a bundle of 100,000 files is inspected, and its files are opened and found by typing', async ({
  page,
  platform,
  folder,
}) => {
  const file = path.join(folder, 'wide.wave')
  await writeWide(file, 100_000)
  await openImport(page, platform)
  await chooseFiles(page, file)
  await expect(page.getByText(/100,000 files/)).toBeVisible()
  await page.getByRole('tab', { name: 'Files' }).click()
  const tree = page.getByRole('tree', { name: 'Files in the bundle' })
  const row = (name: string | RegExp) => tree.getByRole('treeitem', { name })
  await expect(row(/^app\.toml/)).toBeVisible()
  await tree.focus()
  await page.keyboard.type('data')
  await page.keyboard.press('ArrowRight')
  await expect(row(/^part-7/)).toBeVisible()
  await page.keyboard.type('part-7')
  await page.keyboard.press('ArrowRight')
  await expect(row(/^row-10007\.csv/)).toBeVisible()
  // Far below what is shown.
  await page.keyboard.type('row-99987.csv')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'row-99987.csv' })).toBeVisible()
  await expect(page.getByText('99987', { exact: true })).toBeVisible()
})

test.describe('where the platform is killed', () => {
  let dataDir: string
  let running: PlatformProcess

  async function start(port = 0): Promise<string> {
    running = startProcess(dataDir, ['--scheduler', 'simulated', `--port=${port}`])
    return running.url()
  }
  async function killAndRestart(url: string): Promise<void> {
    await running.end('SIGKILL')
    await start(Number(new URL(url).port))
  }
  async function mine(url: string): Promise<string[]> {
    const author = await Person.signIn(url, 'author')
    const { apps } = await (await author.get('/apps?scope=mine')).json()
    return apps.map((app: App) => `${app.name} ${app.version}`)
  }

  test.beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'wavedeck-killed-'))
  })
  test.afterEach(async () => {
    await running.end('SIGKILL')
    await rm(dataDir, { recursive: true, force: true })
  })

  const bundle = async (name: string, folder: string) => {
    const file = path.join(folder, `${name}.wave`)
    const files = { 'data/model.bin': new Uint8Array(randomBytes(6_000_000)) }
    await writeFile(file, await appBundle({ name, files }))
    return file
  }

  test('amid an upload and started again, the upload goes on and imports once', async ({
    page,
    folder,
  }) => {
    const url = await start()
    await openImport(page, { url })
    await chooseFiles(page, await bundle('killed', folder))
    await slowDown(page)
    await importButton(page).click()
    await untilSent(page, 50)
    await running.end('SIGKILL')
    await expect(page.getByRole('heading', { name: 'No connection' })).toBeVisible()
    const offsets: number[] = []
    page.on('request', (request) => {
      if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']))
    })
    await start(Number(new URL(url).port))
    await expect(importedHeading(page)).toBeVisible()
    expect(offsets.at(-1)).toBeGreaterThan(0)
    expect(await mine(url)).toEqual(['killed 1.0.0'])
  })

  test('after the import and before its answer, the retry finds the app that is there', async ({
    page,
    folder,
  }) => {
    const url = await start()
    await openImport(page, { url })
    await chooseFiles(page, await bundle('unheard', folder))
    let asked = 0
    await page.route('**/api/v1/uploads/*/import?*', async (route) => {
      asked += 1
      if (asked > 1) return route.continue()
      await route.fetch()
      await killAndRestart(url)
      return route.abort('connectionreset')
    })
    await importButton(page).click()
    await expect(importedHeading(page)).toBeVisible()
    expect(asked).toBe(2)
    expect(await mine(url)).toEqual(['unheard 1.0.0'])
  })
})
