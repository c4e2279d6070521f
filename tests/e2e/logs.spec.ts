import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { eventually } from '../support/eventually.ts'
import { bundleOf } from '../support/bundles.ts'
import { cuttableWay } from '../support/cuttable.ts'
import type { Caller, TestPlatform } from '../support/test-platform.ts'
import { expect, expectAccessible, signIn, test } from './fixtures.ts'

/** Prints what it is asked to over HTTP, byte by byte as it comes: the test decides what an app says. */
const server = `
import os, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

def say(data):
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()

class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        say(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer()
    def do_GET(self):
        if self.path == "/crash":
            say(b"Traceback (most recent call last):\\n  File \\"server.py\\", line 1, in serve\\nValueError: out of cheese\\n")
            os._exit(3)
        count = int(self.path.rpartition("/")[2]) if self.path.startswith("/lines/") else 0
        for n in range(count):
            say(b"numbered line %d\\n" % n)
        self.answer()
    def answer(self):
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()
    def log_message(self, *args):
        pass

say(b"listening\\n")
ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
`

// Real processes, a dozen looks at the accessibility, and a busy machine: how long it takes is no verdict.
test.describe.configure({ timeout: 300_000 })

type Told = {
  id: string
  owner: Caller
  print: (text: string | Uint8Array<ArrayBuffer>) => Promise<void>
  ask: (path: string) => Promise<void>
}

/** An instance of that app, running for Jonas Weber. */
async function speaking(platform: TestPlatform): Promise<Told> {
  const author = await platform.as('author')
  const bundle = await bundleOf({
    'app.toml':
      '[App]\nName = "speaker"\nVersion = "1.0.0"\nTitle = "Speaker"\n[Runtime]\nModule = "server"\nAppMode = "python"\n',
    'server.py': server,
  })
  const { id: appId } = await (await author.import(bundle)).json()
  const owner = await platform.as('user')
  const { id } = await (await owner.post(`/apps/${appId}/run`)).json()
  await reaches(owner, id, 'DEPLOYED')
  const ask = async (path: string, init: RequestInit = {}) => {
    const port = await readFile(`${platform.dataDir}/instances/${id}/port`, 'utf8')
    await fetch(`http://127.0.0.1:${port.trim()}${path}`, init).catch(() => {})
  }
  return {
    id,
    owner,
    ask,
    print: (text) => ask('/', { method: 'POST', body: text }),
  }
}

async function reaches(owner: Caller, id: string, status: string): Promise<void> {
  await eventually(
    async () => (await (await owner.get(`/instances/${id}`)).json()).status as string,
    (now) => now === status,
  )
}

const state = (page: Page, words: string) =>
  page.getByRole('status').getByText(words, { exact: true })

const log = (page: Page) => page.getByRole('log', { name: 'Log of Speaker' })

test('a log is followed, paused by scrolling up, searched, filtered and left as it was found', async ({
  page,
  platform,
}) => {
  const app = await speaking(platform)
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/instances?log=${app.id}`)
  await expect(state(page, 'Following')).toBeVisible()
  await expect(log(page)).toContainText('listening')
  await app.ask('/lines/2000')
  await expect(log(page)).toContainText('numbered line 1999')
  // The app names no times; the platform knows when it printed.
  await expect(log(page).locator('time').last()).toHaveText(/^\d\d:\d\d:\d\d\.\d{3}$/)

  await log(page).hover()
  await page.mouse.wheel(0, -3000)
  await expect(state(page, 'Paused')).toBeVisible()
  await app.print('printed meanwhile\nand this\n')
  await expect(page.getByRole('button', { name: '2 new lines' })).toBeVisible()
  await expect(log(page)).not.toContainText('printed meanwhile')
  await page.getByRole('button', { name: '2 new lines' }).click()
  await expect(log(page)).toContainText('printed meanwhile')
  await expect(state(page, 'Following')).toBeVisible()

  await page.keyboard.press('Control+f')
  const search = page.getByRole('textbox', { name: 'Search the log' })
  await expect(search).toBeFocused()
  await search.fill('line 77')
  // 77 and 770 to 779.
  await expect(page.getByLabel('Found')).toHaveText('11')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Found')).toHaveText(/^\d+ of 11$/)
  await page.keyboard.press('F3')
  await page.keyboard.press('Shift+F3')
  await expect(log(page).locator('mark[aria-current]')).toBeInViewport()
  await page.getByRole('button', { name: 'Only matches' }).click()
  await expect(log(page)).toContainText('numbered line 779')
  await expect(log(page)).not.toContainText('numbered line 780')
  await expect(log(page).getByRole('button')).toHaveCount(11)

  const line = log(page).getByRole('button', { name: 'Line 773' })
  await line.click()
  await page.getByRole('button', { name: 'Only matches' }).click()
  await expect(page).toHaveURL(/[?&]line=\d+/)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download' }).click()
  const file = await (await download).path()
  const text = await readFile(file, 'utf8')
  expect(text).toBe(await (await app.owner.get(`/instances/${app.id}/logs`)).text())
  expect(text).toContain('numbered line 0\n')

  // The address alone brings one back to the line.
  await page.reload()
  await expect(log(page).getByText('numbered line 771', { exact: true })).toBeInViewport()
  await expect(page.getByText('One line is marked.')).toBeVisible()
  await page.getByRole('link', { name: 'Open the log as a page' }).click()
  await expect(page).toHaveURL(new RegExp(`/instances/${app.id}/log\\?line=`))
  await expect(log(page).getByText('numbered line 771', { exact: true })).toBeInViewport()
})

test('a moment is gone to by its time, and marked lines are copied as they were printed', async ({
  page,
  platform,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const app = await speaking(platform)
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/instances/${app.id}/log`)
  const second = (n: number) => String(n % 60).padStart(2, '0')
  const lines = Array.from({ length: 600 }, (_, n) => {
    const minute = second(Math.floor(n / 60))
    return `2026-03-01 10:${minute}:${second(n)} INFO step ${n}`
  })
  await app.print(`${lines.join('\n')}\n`)
  await expect(log(page)).toContainText('step 599')
  await page.getByRole('button', { name: 'Go to time' }).click()
  await page.getByLabel('First line at or after (your time)').fill('2026-03-01T10:05:00')
  await page.getByRole('button', { name: 'Go', exact: true }).click()
  await expect(log(page).getByText('step 300')).toBeInViewport()
  await expect(state(page, 'Paused')).toBeVisible()

  // "listening" is line 1.
  await log(page).getByRole('button', { name: 'Line 302, info' }).click()
  await log(page)
    .getByRole('button', { name: 'Line 304, info' })
    .click({ modifiers: ['Shift'] })
  await page.getByRole('button', { name: 'Copy lines' }).click()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe(lines.slice(300, 303).join('\n'))
})

test('a connection that is lost comes back without gaps or repeats', async ({ page, platform }) => {
  const app = await speaking(platform)
  const way = await cuttableWay(platform.url)
  await signIn(page, way, 'Jonas Weber')
  await page.goto(`${way.url}/instances/${app.id}/log`)
  await expect(state(page, 'Following')).toBeVisible()
  await app.ask('/lines/300')
  await expect(log(page)).toContainText('numbered line 299')
  for (let round = 0; round < 3; round += 1) {
    way.cut()
    await expect(state(page, 'Reconnecting')).toBeVisible()
    await app.print(`printed while it was cut, ${round}\n`.repeat(50))
    way.mend()
    await expect(state(page, 'Following')).toBeVisible()
    await app.print(`printed afterwards, ${round}\n`)
    await expect(log(page)).toContainText(`printed afterwards, ${round}`)
  }
  const search = page.getByRole('textbox', { name: 'Search the log' })
  for (const [words, count] of [
    ['numbered line', '300'],
    ['while it was cut', '150'],
    ['afterwards', '3'],
  ] as const) {
    await search.fill(words)
    await expect(page.getByLabel('Found')).toHaveText(count)
  }
  await way.close()
})

test('after a crash the log goes on; after a pause the previous run can be read', async ({
  page,
  platform,
}) => {
  const app = await speaking(platform)
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/instances?log=${app.id}`)
  await expect(log(page)).toContainText('listening')
  await app.ask('/crash')
  await expect(log(page)).toContainText('ValueError: out of cheese')
  // It is started again within its run: one log, and both starts in it.
  await page.getByRole('textbox', { name: 'Search the log' }).fill('listening')
  await expect(page.getByLabel('Found')).toHaveText('2')
  await reaches(app.owner, app.id, 'DEPLOYED')

  await app.owner.post(`/instances/${app.id}/suspend`)
  await expect(state(page, 'Ended')).toBeVisible()
  await app.owner.post(`/instances/${app.id}/resume`)
  // Who follows goes on with the new run.
  await expect(state(page, 'Following')).toBeVisible()
  await expect(log(page)).toContainText('listening')
  await expect(log(page)).not.toContainText('out of cheese')
  await page.getByRole('button', { name: 'Previous run' }).click()
  await expect(log(page)).toContainText('ValueError: out of cheese')
  await expect(page).toHaveURL(/run=previous/)
  await page.getByRole('combobox', { name: 'Level' }).selectOption('errors')
  await expect(log(page)).toContainText('File "server.py", line 1')
  await expect(log(page)).not.toContainText('listening')
  await page.getByRole('button', { name: 'This run' }).click()
  await expect(log(page)).toContainText('listening')
})

test('hostile output is text, stays bounded, and stops nothing', async ({ page, platform }) => {
  const app = await speaking(platform)
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/instances/${app.id}/log`)
  await expect(state(page, 'Following')).toBeVisible()
  const escape = '\u001b'
  await app.print(
    `${escape}]0;owned\u0007${escape}]52;c;b3duZWQ=\u0007${escape}[2J${escape}[31mred${escape}[0m\n`,
  )
  await app.print(`${escape}]8;;javascript:alert(1)${escape}\\a link${escape}]8;;${escape}\\\n`)
  await app.print('<img src=x onerror="document.title=1"><script>document.title=1</script>\n')
  await app.print(Uint8Array.of(0x61, 0xff, 0xfe, 0x00, 0xe2, 0x82, 0x62, 0x0a))
  // A character in two pieces.
  await app.print(Uint8Array.of(0xe2, 0x82))
  await app.print(Uint8Array.of(0xac, 0x20, 0x65, 0x75, 0x72, 0x6f, 0x0a))
  await app.print('user\u202etxt.exe\n')
  await app.print('downloading   1%\rdownloading  50%\rdownloading 100%\n')
  await expect(log(page)).toContainText('downloading 100%')
  await expect(log(page)).not.toContainText('50%')
  await expect(log(page).getByText('red', { exact: true })).toBeVisible()
  await expect(log(page).getByText('a link', { exact: true })).toBeVisible()
  await expect(log(page)).toContainText('<script>document.title=1</script>')
  await expect(log(page)).toContainText('a\u{fffd}\u{fffd}␀\u{fffd}b')
  await expect(log(page)).toContainText('€ euro')
  await expect(log(page)).toContainText(String.raw`user\u202etxt.exe`)
  await expect(log(page).locator('a, img, script')).toHaveCount(0)
  await expect(page).toHaveTitle(/Speaker · log/)

  await app.print(`${'x'.repeat(10_000_000)}\nafter the long line\n`)
  await expect(log(page)).toContainText('after the long line')
  await app.print(`${'\n'.repeat(1_000_000)}after a million empty lines\n`)
  await expect(log(page)).toContainText('after a million empty lines')
  expect(await page.locator('[data-row]').count()).toBeLessThan(400)
  await expect(page.getByText(/before this are not held here/)).toBeVisible()
  await page.getByRole('button', { name: 'Load earlier lines' }).click()
  await expect(page.getByText('What comes later is not read')).toBeVisible()
  await page.getByRole('button', { name: /Jump to newest|new line/ }).click()
  await expect(log(page)).toContainText('after a million empty lines')
})

test('an instance that somebody else ends leaves its log on the screen', async ({
  page,
  platform,
}) => {
  const app = await speaking(platform)
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/instances?log=${app.id}`)
  await app.print('last words\n')
  await expect(log(page)).toContainText('last words')
  await (await platform.as('admin')).delete(`/instances/${app.id}`)
  await expect(page.getByText(/This instance was terminated/)).toBeVisible()
  await expect(log(page)).toContainText('last words')
  await expect(state(page, 'Ended')).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save what is here' }).click()
  expect(await readFile(await (await download).path(), 'utf8')).toContain('last words')
})

test('a session that ends says so, and signing in leads back', async ({ page, platform }) => {
  const app = await speaking(platform)
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/instances/${app.id}/log`)
  await expect(log(page)).toContainText('listening')
  // As if it had expired: another window's cookie is the same one.
  await page.context().request.delete(`${platform.url}/api/v1/session`, {
    headers: { 'X-Wavedeck-Request': '1' },
  })
  await expect(
    page.getByText('Your session has ended').or(page.getByText('Sign in to read this log')),
  ).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: /Jonas Weber/ }).click()
  await expect(page).toHaveURL(`${platform.url}/instances/${app.id}/log`)
  await expect(log(page)).toContainText('listening')
})

test('a log is accessible in both themes, whole by keyboard, and fits 320 pixels', async ({
  page,
  platform,
}) => {
  const app = await speaking(platform)
  await app.print(
    'INFO: fine\nWARNING: hot\nERROR: bad\n\u001b[32mgreen\u001b[0m \u001b[44mon blue\u001b[0m\n',
  )
  await app.print('{"level":"error","msg":"order refused","order":{"id":4711}}\n')
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/instances/${app.id}/log`)
  await expect(log(page)).toContainText('order refused')
  await log(page).focus()
  await page.keyboard.press('Home')
  await expect(state(page, 'Paused')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(log(page).getByRole('button', { name: 'Line 1' })).toBeFocused()
  for (let n = 0; n < 5; n += 1) await page.keyboard.press('ArrowDown')
  await expect(log(page).getByRole('button', { name: 'Line 6, error' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(log(page)).toContainText('"id": 4711')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('group', { name: 'Marked lines' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Search the log' }).fill('order')
  await expect(log(page).locator('mark').first()).toBeVisible()
  await expectAccessible(page)
  await page.goto(`${platform.url}/instances?log=${app.id}`)
  await expect(log(page)).toContainText('order refused')
  await expectAccessible(page)

  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto(`${platform.url}/instances/${app.id}/log`)
  await expect(log(page)).toContainText('order refused')
  await page.getByRole('button', { name: 'Options' }).click()
  await expect(page.getByRole('button', { name: 'Previous run' })).toBeVisible()
  await expectAccessible(page)
  const overflow = await page.evaluate(() => {
    const scroller = document.querySelector('[role=log]')
    return [
      document.documentElement.scrollWidth - document.documentElement.clientWidth,
      (scroller?.scrollWidth ?? 0) - (scroller?.clientWidth ?? 0),
    ]
  })
  expect(Math.max(...overflow)).toBeLessThanOrEqual(0)
})
