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
  // Over a hundred pages, on a machine that may be busy with others.
  test.setTimeout(600_000)
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

test('tags never run, where they are shown, filtered by and typed', async ({ page, platform }) => {
  test.setTimeout(240_000)
  const admin = await platform.as('admin')
  const check = await watch(page)
  const bundle = await bundleOf({
    'app.toml':
      '[App]\nName = "tagged"\nVersion = "1.0.0"\nTitle = "Tagged"\n[Runtime]\nModule = "app"\nAppMode = "python"\n',
    'app.py': 'print(1)',
  })
  const { id } = await (await admin.import(bundle)).json()
  let taken = 0
  for (const [n, text] of hostileTexts.entries()) {
    const reply = await admin.post('/tags', {
      name: `tag-${n}`,
      title: text.slice(0, 60),
      color: '#225577',
      description: text,
      isCategory: n % 5 === 0,
      adminRoles: [],
      visitorRoles: [],
    })
    // Control characters may be refused, but never half taken.
    if (reply.status !== 201) {
      expect(reply.status).toBeLessThan(500)
      continue
    }
    taken += 1
    const tag = await reply.json()
    expect((await admin.send('PUT', `/apps/${id}/tags/${tag.id}`)).status).toBeLessThan(300)
  }
  expect(taken).toBeGreaterThanOrEqual(60)
  await signIn(page, platform, 'Maren Holt')
  for (const path of [
    '/?q=tagged',
    '/?q=tagged&view=table',
    `/apps/${id}`,
    `/apps/${id}/commands`,
  ]) {
    await page.goto(`${platform.url}${path}`)
    await expect(page.getByRole('main').getByText(/pwned/).first()).toBeVisible()
    await check()
  }
  await page.goto(platform.url)
  await page.getByRole('button', { name: /^Filter/ }).click()
  await check()
})

test('what an app prints, how it fails and what is different never runs', async ({
  page,
  platform,
}) => {
  const author = await platform.as('author')
  const check = await watch(page)
  const version = (number: string, texts: readonly string[]) =>
    bundleOf({
      'app.toml': [
        '[App]\nName = "printing"',
        `Version = "${number}"`,
        `Title = ${toml(texts[0] ?? '')}`,
        'LongDescription = "about.md"',
        '[Runtime]\nModule = "app"\nAppMode = "python"',
        ...texts.map((text, n) => `[[Env]]\nName = "TEXT_${n}"\nValue = ${toml(text)}`),
      ].join('\n'),
      'about.md': texts.join('\n\n'),
      'packages.txt': 'curl\n',
      'printed.txt': hostileTexts.join('\n'),
      // The last that it says is why it failed.
      'app.py':
        'import sys\nprint(open("printed.txt", encoding="utf-8").read())\nsys.exit("<img src=x onerror=pwned(1)>")',
    })
  const half = Math.ceil(hostileTexts.length / 2)
  const first = await author.import(await version('1.0.0', hostileTexts.slice(0, half)))
  const second = await author.import(await version('1.1.0', hostileTexts.slice(half)))
  expect([first.status, second.status]).toEqual([201, 201])
  const [old, next] = [await first.json(), await second.json()]
  await signIn(page, platform, 'Priya Nair')
  await page.goto(`${platform.url}/apps/${next.id}/versions?before=${old.id}&after=${next.id}`)
  await expect(page.getByText('Version 1.0.0 → 1.1.0')).toBeVisible()
  await expect(page.getByRole('main').getByText(/pwned/).first()).toBeVisible()
  await check()

  await page.goto(`${platform.url}/apps/${old.id}`)
  await page.getByRole('button', { name: `Run ${hostileTexts[0]}` }).click()
  const end = page.getByRole('group', { name: 'The end of its log' })
  await expect(end).toContainText('<img src=x onerror=pwned(1)>', { timeout: 60_000 })
  await check()
  await page.getByRole('link', { name: 'Read the whole log' }).click()
  await expect(page.getByRole('dialog')).toContainText('<script>pwned(1)</script>')
  await check()
})

test('an address that runs is no link, wherever an app says it', async ({ page, platform }) => {
  const author = await platform.as('author')
  const check = await watch(page)
  let refused = 0
  for (const [n, text] of hostileTexts.entries()) {
    const reply = await author.import(
      await bundleOf({
        'app.toml': `[App]\nName = "link-${n}"\nVersion = "1.0.0"\nInstanceLifecycle = "LINK"\nTitle = "Link ${n}"\n[Link]\nAddress = ${toml(text)}\n`,
      }),
    )
    if (reply.status !== 201) {
      expect(reply.status).toBe(422)
      refused += 1
    }
  }
  // None of them is the address of a page.
  expect(refused).toBe(hostileTexts.length)
  const { id } = await (
    await author.import(
      await bundleOf({
        'app.toml':
          '[App]\nName = "link"\nVersion = "1.0.0"\nInstanceLifecycle = "LINK"\nTitle = "Link"\n[Link]\nAddress = "https://example.com/?q=%22%3E%3Cscript%3Epwned(1)#javascript:pwned(1)"\n',
      }),
    )
  ).json()
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/apps/${id}`)
  await expect(page.getByRole('link', { name: /^Open Link/ })).toHaveAttribute(
    'href',
    /^https:\/\/example\.com\//,
  )
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
