import { hostileMarkdown, hostileTexts } from '../support/hostile-texts.ts'
import { bundleOf } from '../support/bundles.ts'
import { pixel } from '../support/pictures.ts'
import type { Caller } from '../support/test-platform.ts'
import { expect, signIn, test } from './fixtures.ts'
import { watch } from './watch-payloads.ts'

/** As TOML says any text, but for what no text of it can hold. */
const toml = (text: string): string =>
  JSON.stringify(text).replaceAll('\u007f', '\\u007f').replaceAll('\ufeff', '\\uFEFF')

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" onload="pwned(1)"><script>pwned(1)</script></svg>`

/** Names that a zip and our inspector allow, each with as much of a payload as a name can hold. */
const hostileNames = hostileTexts
  .map((text) => text.replaceAll(/[\p{C}\u2028\u202e\u2066\\/:*?"<>|]/gu, '').trim())
  .filter((name) => name !== '' && !/[. ]$/.test(name))

/** Names that only Windows refuses: allowed with a warning, and as close to markup as a path gets. */
const markupNames = [
  '<img src=x onerror=pwned(1)>.py',
  '"onmouseover="pwned(1).txt',
  '{{pwned}}.md',
]

/** One app a payload, every text that an author writes being it. */
async function importHostile(author: Caller): Promise<string[]> {
  const ids: string[] = []
  for (const [n, text] of hostileTexts.entries()) {
    const said = toml(text)
    const bundle = await bundleOf({
      'app.toml': [
        '[App]',
        `Name = "hostile-${n}"`,
        'Version = "1.0.0"',
        `Title = ${said}`,
        `Description = ${said}`,
        `Keywords = [${said}]`,
        `Category = ${said}`,
        'LongDescription = "about.md"',
        '[Runtime]',
        'Module = "app"',
        'AppMode = "python"',
        'MemoryLimit = "64Mi"',
        `[[Env]]\nName = "TEXT"\nValue = ${said}`,
      ].join('\n'),
      'about.md': hostileMarkdown[n] ?? text,
      'app.py': `print(${JSON.stringify(text)})`,
    })
    const reply = await author.import(bundle)
    if (reply.status === 201) ids.push((await reply.json()).id)
    // A title of control characters or nothing but markup may be refused, but never half taken.
    else expect(reply.status).toBe(422)
  }
  return ids
}

test('what authors write never runs, whichever field of an app says it', async ({
  page,
  platform,
}) => {
  test.setTimeout(240_000)
  expect(hostileTexts.length).toBeGreaterThanOrEqual(60)
  const author = await platform.as('author')
  const ids = await importHostile(author)
  expect(ids.length).toBeGreaterThanOrEqual(60)
  const check = await watch(page)
  await signIn(page, platform, 'Priya Nair')
  for (const view of ['cards', 'table']) {
    await page.goto(`${platform.url}/?view=${view}&sort=newest`)
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible()
    for (const _ of Array.from({ length: 8 })) await page.mouse.wheel(0, 2_000)
    await check()
  }
  await page.goto(`${platform.url}/my-apps`)
  await expect(page.getByRole('button', { name: /pwned/ }).first()).toBeVisible()
  await check()
  // The page of each: its texts, its markdown, its tabs.
  for (const [n, id] of ids.entries()) {
    await page.goto(`${platform.url}/apps/${id}`)
    await expect(page.getByRole('heading', { name: 'What it does' })).toBeVisible()
    await check()
    if (n % 6 !== 0) continue
    for (const tab of ['versions', 'instances', 'files?file=app.toml', 'commands']) {
      await page.goto(`${platform.url}/apps/${id}/${tab}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await check()
    }
  }
})

test('markdown of every kind stays text, and loads nothing from elsewhere', async ({
  page,
  platform,
}) => {
  const author = await platform.as('author')
  const check = await watch(page)
  const bundle = await bundleOf({
    'app.toml':
      '[App]\nName = "markdown"\nVersion = "1.0.0"\nTitle = "Markdown"\nLongDescription = "about.md"\n[Runtime]\nModule = "app"\nAppMode = "python"\n',
    'about.md': `${hostileMarkdown.join('\n\n')}\n\n![the plot](static/plot.png)\n\n[a guide](https://example.com/guide)\n`,
    'static/drawing.svg': drawing,
    'static/plot.png': pixel,
    'app.py': 'print(1)',
  })
  const { id } = await (await author.import(bundle)).json()
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/apps/${id}`)
  // The one picture that is in the bundle and is one.
  const plot = page.getByRole('img', { name: 'the plot' })
  await plot.scrollIntoViewIfNeeded()
  await expect
    .poll(() => plot.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0)
  await expect(page.getByText('[Image: x]').first()).toBeVisible()
  const guide = page.getByRole('link', { name: /^a guide/ })
  await expect(guide).toHaveAttribute('rel', /noopener/)
  await expect(guide).toHaveAttribute('target', '_blank')
  await check()
})

test('the watch would see it', async ({ context, platform }) => {
  const page = await context.newPage()
  const check = await watch(page)
  await signIn(page, platform, 'Jonas Weber')
  await check()
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<img src="/pwned-probe" onerror="pwned(1)">')
  })
  await expect(check()).rejects.toThrow(/pwned-probe/)
})

test('names and contents of files never run', async ({ page, platform }) => {
  const author = await platform.as('author')
  const check = await watch(page)
  const files = Object.fromEntries(
    [...new Set(hostileNames)].map((name, n) => [`names/${n} ${name}`, hostileTexts[n] ?? '']),
  )
  const manifest =
    '[App]\nName = "files"\nVersion = "1.0.0"\nTitle = "Files"\n[Runtime]\nModule = "app"\nAppMode = "python"\n'
  const plain = {
    'app.toml': manifest,
    'app.py': 'print(1)',
    'static/drawing.svg': drawing,
    'static/page.html': `<!doctype html>${hostileTexts.join('\n')}`,
    ...files,
  }
  const reply = await author.import(await bundleOf(plain))
  expect(reply.status).toBe(201)
  const { id } = await reply.json()
  await signIn(page, platform, 'Priya Nair')
  await page.goto(`${platform.url}/apps/${id}/files`)
  await page.getByRole('treeitem', { name: /^names/ }).click()
  await expect(page.getByRole('treeitem', { name: /pwned/ }).first()).toBeVisible()
  await check()
  for (const name of ['drawing.svg', 'page.html']) {
    await page.goto(`${platform.url}/apps/${id}/files?file=static/${name}`)
    await expect(page.getByRole('main').getByText(/pwned/).first()).toBeVisible()
    await check()
  }
  // Opened by itself a file is text, and none of our pages.
  const alone = await page.request.get(`${platform.url}/api/v1/apps/${id}/files/static%2Fpage.html`)
  expect(alone.headers()).toMatchObject({
    'content-type': expect.stringContaining('text/plain'),
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining('sandbox'),
  })

  // Before an import, names are shown that a platform would refuse.
  await page.goto(`${platform.url}/import`)
  const worse = Object.fromEntries(markupNames.map((name) => [name, 'pwned(1)']))
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: '<img src=x onerror=pwned(1)>.wave',
      mimeType: 'application/zip',
      buffer: Buffer.from(await bundleOf({ ...plain, ...worse })),
    })
  await expect(
    page
      .getByRole('main')
      .getByText(/onerror/)
      .first(),
  ).toBeVisible()
  await check()
})
