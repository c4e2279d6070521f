import type { Locator, Page } from '@playwright/test'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { appBundle, bundleOf } from '../support/bundles.ts'
import { cuttableWay } from '../support/cuttable.ts'
import type { TestPlatform } from '../support/test-platform.ts'
import { expect, expectAccessible, signIn } from './fixtures.ts'
import {
  type Bytes,
  chooseFiles,
  importButton,
  openImport,
  patchOffsets,
  slowDown,
  test,
  untilSent,
  writeLarge,
} from './import-steps.ts'

const brokenApp = {
  'app.toml':
    '[App]\nName = "mended"\nVersion = "1.2"\nTitle = "Mended"\n\n[Runtime]\nModule = "server"\nAppMode = "python"\n',
  'server.py': 'print(1)\n',
}

function payload(name: string, buffer: Bytes | string) {
  return { name, mimeType: '', buffer: Buffer.from(buffer) }
}

/** As a drag from the desktop arrives: first over the page, then over what covers it. */
async function drop(page: Page, files: readonly { name: string; bytes: Bytes }[]): Promise<void> {
  const list = files.map(({ name, bytes }) => ({ name, bytes: [...bytes] }))
  const data = await page.evaluateHandle((dropped) => {
    const transfer = new DataTransfer()
    for (const { name, bytes } of dropped) {
      transfer.items.add(new File([new Uint8Array(bytes)], name))
    }
    return transfer
  }, list)
  await page.dispatchEvent('main', 'dragenter', { dataTransfer: data })
  const overlay = page.getByText('Drop to look inside')
  await expect(overlay).toBeVisible()
  await overlay.dispatchEvent('drop', { dataTransfer: data })
}

async function catalogTitles(platform: TestPlatform): Promise<string[]> {
  const { apps } = await (await (await platform.as('author')).get('/apps?scope=mine')).json()
  return apps.map((app: { name: string; version: string }) => `${app.name} ${app.version}`)
}

test('a bundle is dropped on the catalog, looked at, imported and opened', async ({
  page,
  platform,
}) => {
  await signIn(page, platform, 'Priya Nair')
  await drop(page, [{ name: 'echo.wave', bytes: await appBundle() }])
  await expect(page).toHaveURL(/\/import/)
  await expect(page.getByRole('heading', { level: 2, name: 'Echo' })).toBeVisible()
  await expect(page.getByText('echo 1.0.0 is free')).toBeVisible()
  await page.getByRole('radio', { name: 'All users' }).check()
  await expect(page.getByText('h2o bundle import -v ALL_USERS')).toBeVisible()
  await importButton(page).click()
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
  await page.getByRole('link', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Echo' })).toBeVisible()
  await expect(page.getByText('· visible to all users')).toBeVisible()
})

test('a broken bundle is mended by a click, taken back, mended again and imported', async ({
  page,
  platform,
}) => {
  await openImport(page, platform)
  await chooseFiles(page, payload('mended.wave', await bundleOf(brokenApp)))
  await expect(page.getByRole('heading', { name: '1 error' })).toBeVisible()
  await expect(importButton(page)).toBeDisabled()
  await page.getByRole('button', { name: 'Change Version to "1.2.0"' }).click()
  await expect(page.getByRole('group', { name: 'Changes to app.toml' })).toContainText(
    'Version = "1.2.0"',
  )
  await page.getByRole('button', { name: 'Apply', exact: true }).click()
  await expect(page.getByText('mended 1.2.0', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Undo the last' }).click()
  await expect(page.getByRole('heading', { name: '1 error' })).toBeVisible()
  await page.getByRole('button', { name: 'Change Version to "1.2.0"' }).click()
  await page.getByRole('button', { name: 'Apply', exact: true }).click()
  await importButton(page).click()
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
  expect(await catalogTitles(platform)).toContain('mended 1.2.0')
})

test('a folder is packed, says what it leaves out, and runs at once for a try', async ({
  page,
  platform,
  folder,
}) => {
  const app = path.join(folder, 'tried')
  await mkdir(path.join(app, 'node_modules'), { recursive: true })
  await writeFile(path.join(app, '.appignore'), 'notes.txt\n')
  await writeFile(path.join(app, 'notes.txt'), 'mine')
  await writeFile(path.join(app, 'node_modules', 'x.js'), '')
  await writeFile(
    path.join(app, 'app.toml'),
    '[App]\nName = "tried"\nVersion = "0.1.0"\nTitle = "Tried"\n[Runtime]\nModule = "server"\nAppMode = "python"\n',
  )
  await writeFile(
    path.join(app, 'server.py'),
    'import http.server, os\nhttp.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), http.server.SimpleHTTPRequestHandler).serve_forever()\n',
  )
  await openImport(page, platform)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a folder' }).click()
  await (await chooser).setFiles(app)
  await page.getByText(/^Packed 3 files; 2 files left out/).click()
  const left = page.getByRole('list', { name: 'Left out' })
  await expect(left).toContainText('notes.txt as .appignore says')
  await expect(left).toContainText('node_modules/ never belongs into a bundle')
  await page.getByRole('button', { name: 'Import and run' }).click()
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Visit Tried' })).toBeVisible()
  expect(await catalogTitles(platform)).toContainEqual(
    expect.stringMatching(/^tried 0\.1\.0-\d{14}$/),
  )
})

/** Imports what is shown for a try, and follows it to its page. */
async function runAndVisit(page: Page, title: string): Promise<Page> {
  await page.getByRole('button', { name: 'Import and run' }).click()
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
  const opened = page.context().waitForEvent('page')
  await page.getByRole('button', { name: `Visit ${title}` }).click()
  return opened
}

test('a newcomer tries the sample, which runs', async ({ page, platform }) => {
  await openImport(page, platform)
  await page.getByRole('button', { name: 'Just try a sample bundle' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'My first app' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeFocused()
  await expect(page.getByRole('heading', { name: 'What a bundle looks like' })).toHaveCount(0)
  const app = await runAndVisit(page, 'My first app')
  await expect(app.getByRole('heading', { name: 'Rent estimate' })).toBeVisible()
})

test('the Python template comes back as it was downloaded, and runs', async ({
  page,
  platform,
}) => {
  await openImport(page, platform)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download Python template' }).click()
  const template = await download
  expect(template.suggestedFilename()).toBe('my-first-app.zip')
  await drop(page, [
    { name: 'my-first-app.zip', bytes: new Uint8Array(await readFile(await template.path())) },
  ])
  await expect(page.getByText('my-first-app 0.1.0 is free')).toBeVisible()
  const app = await runAndVisit(page, 'My first app')
  await expect(app.getByRole('heading', { name: 'Rent estimate' })).toBeVisible()
})

test('the Wave template comes back as it was downloaded, and is imported', async ({
  page,
  platform,
}) => {
  await openImport(page, platform)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download Wave template' }).click()
  const template = await readFile(await (await download).path())
  await chooseFiles(page, payload('my-first-wave-app.zip', template))
  await expect(page.getByText('my-first-wave-app 0.1.0 is free')).toBeVisible()
  await importButton(page).click()
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
})

test('of twenty files, the seven bad ones are named and the others imported', async ({
  page,
  platform,
}) => {
  const good = await Promise.all(
    Array.from({ length: 13 }, async (_, index) =>
      payload(`app-${index}.wave`, await appBundle({ name: `app-${index}`, app: '' })),
    ),
  )
  const bad = [
    payload('notes.txt', 'x'),
    payload('picture.png', 'x'),
    payload('empty.wave', ''),
    payload('archive.tar', 'x'),
    payload('README.md', 'x'),
    payload('no-zip.wave', 'this is no archive'),
    payload('cut.wave', (await appBundle()).slice(0, 200)),
  ]
  await openImport(page, platform)
  await chooseFiles(page, [...good, ...bad])
  const refused = page.getByRole('list', { name: 'Not taken' })
  for (const { name } of bad.slice(0, 5)) await expect(refused).toContainText(name)
  const queue = page.getByRole('navigation', { name: 'Chosen bundles' })
  await expect(queue.getByRole('button')).toHaveCount(15)
  await expect(queue.getByText('Nothing to mend')).toHaveCount(13)
  for (const name of ['no-zip.wave', 'cut.wave']) {
    await queue.getByRole('button', { name }).click()
    await expect(page.getByRole('heading', { level: 2, name })).toBeVisible()
    await expect(page.getByRole('heading', { name: /error/ })).toBeVisible()
  }
  for (let index = 0; index < 13; index++) {
    await queue.getByRole('button').nth(index).click()
    await importButton(page).click()
  }
  await expect(queue.getByText('Imported', { exact: true })).toHaveCount(13)
  expect((await catalogTitles(platform)).filter((name) => name.startsWith('app-'))).toHaveLength(13)
})

test('an upload waits for the connection and goes on where it was', async ({
  page,
  platform,
  folder,
}) => {
  const way = await cuttableWay(platform.url)
  await openImport(page, { ...platform, url: way.url })
  await chooseFiles(page, await writeLarge(folder, 'cut-off'))
  await slowDown(page)
  await importButton(page).click()
  await untilSent(page, 60)
  way.cut()
  await expect(page.getByRole('heading', { name: 'No connection' })).toBeVisible()
  const offsets = patchOffsets(page)
  way.mend()
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
  expect(offsets.at(-1)).toBeGreaterThan(0)
  expect(await catalogTitles(platform)).toContain('cut-off 1.0.0')
  await way.close()
})

test('an upload is paused and resumed, and one that is cancelled leaves nothing', async ({
  page,
  platform,
  folder,
}) => {
  await openImport(page, platform)
  await chooseFiles(page, await writeLarge(folder, 'paused'))
  await slowDown(page)
  await importButton(page).click()
  await untilSent(page, 20)
  await page.getByRole('button', { name: /^Pause/ }).click()
  await expect(page.getByRole('heading', { name: 'Upload paused' })).toBeVisible()
  await page.getByRole('button', { name: /^Resume/ }).click()
  await untilSent(page, 40)
  await page.getByRole('button', { name: /^Cancel/ }).click()
  await expect(importButton(page)).toBeVisible()
  const author = await platform.as('author')
  await expect.poll(async () => (await (await author.get('/uploads')).json()).uploads).toEqual([])
})

test('after a reload in the middle, the same file goes on from there', async ({
  page,
  platform,
  folder,
}) => {
  const file = await writeLarge(folder, 'reloaded')
  await openImport(page, platform)
  await chooseFiles(page, file)
  await slowDown(page)
  await importButton(page).click()
  await untilSent(page, 50)
  // What the browser has sent may still wait in a buffer.
  const author = await platform.as('author')
  const arrived = async () => (await (await author.get('/uploads')).json()).uploads[0]?.offset ?? 0
  await expect.poll(arrived).toBeGreaterThan(1_000_000)
  const asked = page.waitForEvent('dialog')
  const reloaded = page.reload()
  await (await asked).accept()
  await reloaded
  const offsets = patchOffsets(page)
  await chooseFiles(page, file)
  await expect(page.getByText(/% of it arrived before/)).toBeVisible()
  await page.getByRole('button', { name: 'Go on importing' }).click()
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
  expect(offsets).toHaveLength(1)
  expect(offsets[0]).toBeGreaterThan(0)
  const names = await catalogTitles(platform)
  expect(names.filter((name) => name === 'reloaded 1.0.0')).toHaveLength(1)
})

test('a session that ends during an upload loses nothing of it', async ({
  page,
  platform,
  context,
  folder,
}) => {
  await openImport(page, platform)
  await chooseFiles(page, await writeLarge(folder, 'expired'))
  await slowDown(page)
  await importButton(page).click()
  await untilSent(page, 50)
  await page.getByRole('button', { name: /^Pause/ }).click()
  await context.clearCookies()
  await page.getByRole('button', { name: /^Resume/ }).click()
  await expect(page.getByRole('heading', { name: 'Your session has ended' })).toBeVisible()
  await expect(page.getByText('The bundle that you chose waits in this tab')).toBeVisible()
  await expect(page.getByText('expired')).toHaveCount(0)
  await page.getByRole('link', { name: 'Sign in', exact: true }).last().click()
  await page.getByRole('button', { name: /Priya Nair/ }).click()
  const offsets = patchOffsets(page)
  await expect(page.getByText(/% of it arrived before/)).toBeVisible()
  await page.getByRole('button', { name: 'Go on importing' }).click()
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
  expect(offsets).toHaveLength(1)
  expect(offsets[0]).toBeGreaterThan(0)
})

test('nothing of a person’s list is left when they sign out', async ({
  page,
  platform,
  folder,
}) => {
  await openImport(page, platform)
  await chooseFiles(page, await writeLarge(folder, 'left-behind'))
  await slowDown(page)
  await importButton(page).click()
  await untilSent(page, 10)
  await page.getByRole('link', { name: 'Catalog' }).first().click()
  const ended = page.waitForEvent('requestfailed', (request) => request.method() === 'PATCH')
  await page
    .getByRole('button', { name: /Your account/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await ended
  for (const name of ['Jonas Weber', 'Priya Nair']) {
    await page.getByRole('link', { name: 'Sign in' }).first().click()
    await page.getByRole('button', { name: new RegExp(name) }).click()
    await page.getByRole('link', { name: 'Import' }).first().click()
    await expect(page.getByRole('heading', { name: 'What a bundle looks like' })).toBeVisible()
    await expect(page.getByText('left-behind')).toHaveCount(0)
    await page
      .getByRole('button', { name: /Your account/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Sign out' }).click()
  }
})

test('without resumable uploads a bundle goes in one request, with its progress', async ({
  page,
  platform,
  folder,
}) => {
  await page.route('**/api/v1/environment', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), uploads: null } })
  })
  await openImport(page, platform)
  await chooseFiles(page, await writeLarge(folder, 'whole'))
  await slowDown(page)
  await importButton(page).click()
  await untilSent(page, 30)
  await expect(page.getByText(/MB of 6\.0 MB, .*\/s, .* left/)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Pause/ })).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
  expect(await catalogTitles(platform)).toContain('whole 1.0.0')
})

test('a version that somebody else took meanwhile is refused with whose it is', async ({
  page,
  platform,
}) => {
  const bundle = await appBundle()
  // Without news the page doesn't know, as in the moment between.
  await page.route('**/api/v1/events', (route) => route.abort())
  await openImport(page, platform)
  await chooseFiles(page, payload('echo.wave', bundle))
  await expect(page.getByText('echo 1.0.0 is free')).toBeVisible()
  await (await platform.as('user')).import(bundle)
  await importButton(page).click()
  const refusal = page.getByRole('alert').filter({ hasText: 'It was not imported' })
  await expect(refusal).toContainText('Jonas Weber imported echo 1.0.0 already')
  await expect(refusal.getByRole('link', { name: 'See the one that is there' })).toBeVisible()
  await refusal.getByRole('button', { name: 'Choose another version' }).click()
  await page.getByRole('button', { name: /^Set version 1\./ }).click()
  await importButton(page).click()
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
})

test('a version that another tab imports is known before it is sent', async ({
  page,
  platform,
  context,
}) => {
  const bundle = await appBundle()
  await openImport(page, platform)
  await chooseFiles(page, payload('echo.wave', bundle))
  const second = await context.newPage()
  await second.goto(`${platform.url}/import`)
  await chooseFiles(second, payload('echo.wave', bundle))
  await importButton(second).click()
  await expect(second.getByRole('heading', { name: 'Imported' })).toBeVisible()
  await page.bringToFront()
  await expect(
    page.getByText('echo 1.0.0 is there already, imported by you.').first(),
  ).toBeVisible()
  await expect(importButton(page)).toBeDisabled()
})

test('who may not import is told why', async ({ page, platform }) => {
  await page.goto(`${platform.url}/import`)
  await expect(page.getByRole('heading', { name: 'Sign in to import apps' })).toBeVisible()
  await expectAccessible(page)
  await signIn(page, platform, 'Aiko Tanaka')
  await expect(page.getByRole('link', { name: 'Import' })).toHaveCount(0)
  await page.goto(`${platform.url}/import`)
  await expect(page.getByRole('heading', { name: 'You can’t import apps here' })).toBeVisible()
})

/** Goes on with Tab until something of this name has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab never got there')
}

test('the keyboard alone mends and imports a bundle', async ({ page, platform }) => {
  await openImport(page, platform)
  await tabTo(page, page.getByRole('button', { name: 'Choose files' }))
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.press('Enter')
  await (await chooser).setFiles(payload('mended.wave', await bundleOf(brokenApp)))
  await expect(page.getByRole('heading', { name: '1 error' })).toBeVisible()
  await tabTo(page, page.getByRole('tab', { name: /Findings/ }))
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Listing' })).toBeFocused()
  await expect(page.getByRole('tabpanel', { name: 'Listing' })).toBeVisible()
  await page.keyboard.press('Home')
  await tabTo(page, page.getByRole('button', { name: 'Change Version to "1.2.0"' }))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('button', { name: 'Apply', exact: true }))
  await page.keyboard.press('Enter')
  await expect(page.getByText('mended 1.2.0', { exact: true })).toBeVisible()
  await expect(page.getByRole('tab', { name: /Findings/ })).toBeFocused()
  await tabTo(page, importButton(page))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeFocused()
})

test('the page is accessible in all its states, in both themes and on a phone', async ({
  page,
  platform,
}) => {
  await openImport(page, platform)
  await expectAccessible(page)
  const good = await appBundle({ files: { 'requirements.txt': 'pandas==2.2.0\n' } })
  await chooseFiles(page, [
    payload('echo.wave', good),
    payload('mended.wave', await bundleOf(brokenApp)),
    payload('notes.txt', 'x'),
  ])
  const queue = page.getByRole('navigation', { name: 'Chosen bundles' })
  await expect(queue.getByText('1 error')).toBeVisible()
  for (const viewport of [
    { width: 1280, height: 900 },
    { width: 360, height: 740 },
  ]) {
    await page.setViewportSize(viewport)
    await queue.getByRole('button', { name: /Mended/ }).click()
    await page.getByRole('tab', { name: /Findings/ }).click()
    await page.getByRole('button', { name: 'Change Version to "1.2.0"' }).click()
    await expect(page.getByRole('button', { name: 'Apply', exact: true })).toBeVisible()
    await expectAccessible(page)
    await queue.getByRole('button', { name: /Echo/ }).click()
    for (const tab of ['Listing', 'Files', 'Requirements', 'Changes']) {
      await page.getByRole('tab', { name: new RegExp(tab) }).click()
      await expect(page.getByRole('tabpanel', { name: new RegExp(tab) })).toBeVisible()
      await expectAccessible(page)
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)
  }
  await importButton(page).click()
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
  await expectAccessible(page)
})
