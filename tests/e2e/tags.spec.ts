import type { Browser, Page } from '@playwright/test'
import path from 'node:path'
import { personas, roleNames } from '../../platform/auth/personas.ts'
import type { TagDetail } from '../../src/api/generated/types.gen.ts'
import { actorOf, type Actor, anonymous } from '../../src/rules/actor.ts'
import { mayCreateTag, mayDeleteTag, mayEditTag, maySeeTags } from '../../src/rules/tags.ts'
import { appBundle } from '../support/bundles.ts'
import { hostileTexts } from '../support/hostile-texts.ts'
import { type Caller, startTestPlatform, type TestPlatform } from '../support/test-platform.ts'
import { expect, expectAccessible, signIn, test as base } from './fixtures.ts'
import { watch } from './watch-payloads.ts'

/** Nothing is launched here, and every test makes the apps and tags that it is about. */
const test = base.extend({
  platform: async ({}, use) => {
    const webRoot = path.resolve(import.meta.dirname, '../../dist')
    const platform = await startTestPlatform({ webRoot })
    await use(platform)
    await platform.end()
  },
})
test.describe.configure({ timeout: 240_000 })

const main = (page: Page) => page.getByRole('main')
const title = (page: Page) => page.getByLabel('Title', { exact: true })
const description = (page: Page) => page.getByLabel('Description', { exact: true })
const done = (page: Page) => page.getByRole('status', { name: 'What was done' })

async function makeTag(admin: Caller, input: Partial<TagDetail>): Promise<TagDetail> {
  const name = input.name ?? 'tag'
  const reply = await admin.post('/tags', { name, title: name, color: '#225577', ...input })
  expect(reply.status).toBe(201)
  return reply.json()
}

async function importApp(author: Caller, name: string, appTitle: string): Promise<string> {
  const reply = await author.import(await appBundle({ name, title: appTitle }))
  expect(reply.status).toBe(201)
  const { id }: { id: string } = await reply.json()
  return id
}

async function openTags(page: Page, platform: Pick<TestPlatform, 'url'>, search = '') {
  await page.goto(`${platform.url}/tags${search}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Tags' })).toBeVisible()
}

async function anotherPerson(browser: Browser, platform: TestPlatform, name: string) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await signIn(page, platform, name)
  return page
}

const people: { name: string; actor: Actor }[] = [
  { name: 'anonymous', actor: anonymous },
  ...personas.map(({ id, name, roles }) => ({ name, actor: actorOf(id, roles, roleNames) })),
]

for (const { name, actor } of people) {
  test(`${name}: sees, makes, edits, assigns and deletes what the rules say, and is told why not`, async ({
    page,
    platform,
  }) => {
    const admin = await platform.as('admin')
    const tags = [
      await makeTag(admin, { name: 'everybodys', title: 'Everybody’s' }),
      await makeTag(admin, { name: 'members', title: 'Members', adminRoles: ['full-access'] }),
      await makeTag(admin, { name: 'keepers', title: 'Keepers', adminRoles: ['tag-keepers'] }),
    ]
    const appId = await importApp(await platform.as('author'), 'desk', 'Desk')
    if (actor.userId !== null) await signIn(page, platform, name)
    await openTags(page, platform)
    const seen = maySeeTags(actor)
    if (!seen.allowed) {
      await expect(main(page)).toContainText(
        seen.whoCan === 'signedIn' ? 'Sign in to see tags' : seen.reason,
      )
      await expect(page.getByRole('link', { name: 'Tags', exact: true })).toHaveCount(0)
      await expect(page.getByRole('row')).toHaveCount(0)
      await expectAccessible(page)
      return
    }
    await expect(page.getByRole('link', { name: 'Tags', exact: true })).toBeVisible()

    const creating = mayCreateTag(actor)
    const create = page.getByRole('button', { name: 'New tag' })
    if (creating.allowed) {
      await create.click()
      await title(page).fill('Made here')
      await page.getByRole('button', { name: 'Create tag' }).click()
      await expect(done(page)).toContainText('Made here is created.')
    } else {
      await expect(create).toHaveAttribute('aria-disabled', 'true')
      await expect(create).toHaveAccessibleDescription(creating.reason)
      await openTags(page, platform, '?edit=new')
      await expect(main(page)).toContainText(creating.reason)
      await page.getByRole('button', { name: 'Close' }).click()
    }

    for (const tag of tags) {
      const editing = mayEditTag(actor, tag)
      const edit = page.getByRole('button', { name: `Edit ${tag.title}` })
      if (editing.allowed) {
        await edit.click()
        await description(page).fill(`Edited by ${name}`)
        await page.getByRole('button', { name: 'Save changes' }).click()
        await expect(done(page)).toContainText(`${tag.title} is saved.`)
      } else {
        await expect(edit).toHaveAttribute('aria-disabled', 'true')
        await expect(edit).toHaveAccessibleDescription(editing.reason)
        await openTags(page, platform, `?edit=${tag.id}`)
        await expect(main(page)).toContainText(editing.reason)
        await page.getByRole('button', { name: 'Close' }).click()
      }
    }

    await page.getByRole('button', { name: 'More for Everybody’s' }).click()
    const deleting = mayDeleteTag(actor)
    const remove = page.getByRole('menuitem', { name: /^Delete/ })
    if (deleting.allowed) {
      await remove.click()
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
      await expect(page.getByRole('button', { name: 'Edit Everybody’s' })).toHaveCount(0)
      await makeTag(admin, { name: 'everybodys', title: 'Everybody’s' })
    } else {
      await expect(remove).toHaveAttribute('aria-disabled', 'true')
      await expect(remove).toContainText(deleting.reason)
      await page.keyboard.press('Escape')
    }

    await page.goto(`${platform.url}/apps/${appId}`)
    await page.getByRole('button', { name: 'Change tags…' }).click()
    const dialog = page.getByRole('dialog')
    let count = 0
    for (const tag of tags) {
      const assigning = mayEditTag(actor, tag)
      const box = dialog.getByRole('checkbox', { name: tag.title, exact: true })
      if (assigning.allowed) {
        await box.check()
        count += 1
      } else {
        await expect(box).toHaveAttribute('aria-disabled', 'true')
        await expect(box).toHaveAccessibleDescription(assigning.reason)
        // A click does nothing, and asks the platform for nothing.
        await box.click({ force: true })
        await expect(box).not.toBeChecked()
      }
    }
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(done(page)).toContainText(count === 1 ? '1 tag added' : `${count} tags added`)
    const list = main(page).getByRole('list', { name: 'Tags' })
    await expect(list.getByRole('listitem')).toHaveCount(count)
    await done(page).getByRole('button', { name: 'Undo' }).click()
    await expect(done(page)).toContainText('Its tags are as they were.')
    await expect(main(page)).toContainText('It has none.')
  })
}

test('two admins edit one tag at once: the second sees both, chooses, and loses nothing', async ({
  page,
  platform,
  browser,
}) => {
  const admin = await platform.as('admin')
  const { id } = await makeTag(admin, { name: 'north', title: 'North' })
  await signIn(page, platform, 'Maren Holt')
  await openTags(page, platform, `?edit=${id}`)
  await title(page).fill('Nord')
  await description(page).fill('My long explanation')

  const other = await anotherPerson(browser, platform, 'Maren Holt')
  await openTags(other, platform, `?edit=${id}`)
  await title(other).fill('The north')
  await other.getByRole('radio', { name: 'Pink' }).check()
  await other.getByRole('button', { name: 'Save changes' }).click()
  await expect(done(other)).toContainText('The north is saved.')

  // Told at once, and without touching what is typed.
  await expect(page.getByText('Somebody else changed this tag since you began.')).toBeVisible()
  await expect(title(page)).toHaveValue('Nord')
  await page.getByRole('button', { name: 'Save changes' }).click()
  const dialog = page.getByRole('dialog', { name: 'Somebody else changed this tag meanwhile' })
  await expect(dialog.getByRole('group', { name: /^Title/ })).toContainText('The north')
  await expect(dialog.getByRole('group', { name: /^Title/ })).toContainText('Nord')
  await expect(dialog.getByRole('radio', { name: /My long explanation/ })).toBeChecked()
  await expectAccessible(page)
  await dialog.getByRole('radio', { name: /Nord/ }).check()
  await dialog.getByRole('button', { name: 'Go on with this' }).click()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(done(page)).toContainText('Nord is saved.')
  const saved: TagDetail = await (await admin.get(`/tags/${id}`)).json()
  expect(saved).toMatchObject({
    title: 'Nord',
    color: '#c2377f',
    description: 'My long explanation',
  })
  await other.context().close()
})

test('an ended session keeps what was typed, for the one who typed it', async ({
  page,
  platform,
}) => {
  await signIn(page, platform, 'Maren Holt')
  await openTags(page, platform, '?edit=new')
  await title(page).fill('Half written')
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Create tag' }).click()
  await main(page).getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: /Maren Holt/ }).click()
  await expect(title(page)).toHaveValue('Half written')
  await expect(page.getByText('What you typed here before')).toBeVisible()
  page.once('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await expect(title(page)).toHaveValue('Half written')
  await page.getByRole('link', { name: 'Catalog', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Catalog' })).toBeVisible()
  await openTags(page, platform, '?edit=new')
  await expect(title(page)).toHaveValue('')
})

test('a category tag is in the catalog’s filter as soon as it is on an app, without a reload', async ({
  page,
  platform,
  browser,
}) => {
  const admin = await platform.as('admin')
  const author = await platform.as('author')
  const desk = await importApp(author, 'desk', 'Desk')
  await signIn(page, platform, 'Jonas Weber')
  const categories = page.getByRole('group', { name: 'Category' })
  await expect(categories.getByRole('button', { name: /^Other/ })).toBeVisible()

  const other = await anotherPerson(browser, platform, 'Maren Holt')
  await openTags(other, platform, '?edit=new')
  await title(other).fill('Zoology')
  await other.getByRole('switch', { name: /^Category/ }).check()
  await other.getByRole('button', { name: 'Create tag' }).click()
  await done(other).getByRole('link', { name: 'Assign to apps…' }).click()
  await other.getByRole('searchbox', { name: 'Search apps' }).fill('desk')
  await other.getByRole('checkbox', { name: 'Desk 1.0.0' }).check()
  await other.getByRole('button', { name: 'Go on with 1 version' }).click()
  await expect(other.getByRole('dialog')).toContainText('Nobody gains or loses sight')
  await other.getByRole('dialog').getByRole('button', { name: 'Assign' }).click()
  await expect(done(other)).toContainText('put on 1 version')

  await categories.getByRole('button', { name: /^Zoology/ }).click()
  await expect(main(page).getByRole('link', { name: 'Desk', exact: true })).toBeVisible()
  await expect(main(page).getByRole('article')).toHaveCount(1)
  const { tags }: { tags: TagDetail[] } = await (await admin.get('/tags?q=zoology')).json()
  await admin.send('DELETE', `/apps/${desk}/tags/${tags[0]?.id}`)
  await expect(main(page).getByRole('article')).toHaveCount(0)
  await other.context().close()
})

test('in bulk: assigned to many versions, removed again, undone, with the impact first', async ({
  page,
  platform,
}) => {
  const admin = await platform.as('admin')
  const author = await platform.as('author')
  for (const name of ['one', 'two', 'three']) await importApp(author, name, `App ${name}`)
  const tag = await makeTag(admin, {
    name: 'guests',
    title: 'Guests',
    adminRoles: ['admin'],
    visitorRoles: ['partners-south'],
  })
  await signIn(page, platform, 'Maren Holt')
  await page.goto(`${platform.url}/tags/${tag.id}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Guests' })).toBeVisible()
  await main(page).getByRole('button', { name: 'Assign to apps…' }).first().click()
  await page.getByRole('searchbox', { name: 'Search apps' }).fill('app')
  for (const name of ['one', 'two', 'three']) {
    await page.getByRole('checkbox', { name: `App ${name} 1.0.0` }).check()
  }
  await page.getByRole('button', { name: 'Go on with 3 versions' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('3 gained, 0 lost')
  await expect(dialog).toContainText('h2o tag assign')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Assign' }).click()
  await expect(done(page)).toContainText('put on 3 versions')
  await expect(page.getByRole('complementary')).toContainText(
    'see 3 versions, all of them through it alone',
  )

  const apps = page.getByRole('list', { name: 'Apps with this tag' })
  await apps.getByRole('checkbox', { name: 'Choose App one 1.0.0' }).check()
  await apps.getByRole('checkbox', { name: 'Choose App two 1.0.0' }).check()
  await page.getByRole('button', { name: 'Remove the tag…' }).click()
  await expect(dialog).toContainText('no visitor will reach it any more')
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(done(page)).toContainText('taken from 2 versions')
  await expect(apps.getByRole('listitem')).toHaveCount(1)
  await done(page).getByRole('button', { name: 'Undo' }).click()
  await expect(apps.getByRole('listitem')).toHaveCount(3)
})

test('merged: everything that had the one has the other, and the address leads there', async ({
  page,
  platform,
}) => {
  const admin = await platform.as('admin')
  const desk = await importApp(await platform.as('author'), 'desk', 'Desk')
  const old = await makeTag(admin, {
    name: 'old',
    title: 'Old name',
    adminRoles: ['admin'],
    visitorRoles: ['partners-south'],
  })
  await makeTag(admin, { name: 'new', title: 'New name', adminRoles: ['admin'] })
  await admin.send('PUT', `/apps/${desk}/tags/${old.id}`)
  await signIn(page, platform, 'Maren Holt')
  await page.goto(`${platform.url}/tags/${old.id}`)
  await page.getByRole('button', { name: 'More for Old name' }).click()
  await page.getByRole('menuitem', { name: 'Merge into another…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /New name/ }).check()
  await dialog.getByRole('button', { name: 'See what changes' }).click()
  await expect(dialog).toContainText('will not see it any more')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.getByRole('radio', { name: 'Those of New name and those of Old name' }).check()
  await dialog.getByRole('button', { name: 'See what changes' }).click()
  await expect(dialog).toContainText('Nobody gains or loses sight')
  await dialog.getByRole('button', { name: 'Merge' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'New name' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Apps with this tag' })).toContainText('Desk')
  await page.goto(`${platform.url}/tags/${old.id}`)
  await expect(page.getByText('There is no such tag')).toBeVisible()
})

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, target: ReturnType<Page['getByRole']>) {
  await expect(async () => {
    await page.keyboard.press('Tab')
    await expect(target).toBeFocused({ timeout: 100 })
  }).toPass()
}

test('by keyboard alone: made, given roles, saved with its impact, put on an app', async ({
  page,
  platform,
}) => {
  await importApp(await platform.as('author'), 'desk', 'Desk')
  await signIn(page, platform, 'Maren Holt')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: /^Find apps/ })).toBeFocused()
  await page.keyboard.type('new tag')
  await expect(page.getByRole('option', { name: /^New tag/ })).toHaveAttribute(
    'aria-selected',
    'true',
  )
  await page.keyboard.press('Enter')
  await expect(title(page)).toBeFocused()
  await page.keyboard.type('Southern guests')
  await tabTo(page, page.getByRole('radio', { name: 'Green' }))
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: 'Teal' })).toBeChecked()
  await tabTo(page, page.getByRole('combobox', { name: 'Admin roles' }))
  await page.keyboard.type('admin')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(done(page)).toContainText('Southern guests is created.')
  await tabTo(page, page.getByRole('button', { name: 'Edit Southern guests' }))
  await page.keyboard.press('Enter')
  await expect(title(page)).toBeFocused()
  await tabTo(page, page.getByRole('combobox', { name: 'Visitor roles' }))
  await page.keyboard.type('partners-s')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  const impact = page.getByRole('dialog', { name: /^Save the changes/ })
  await tabTo(page, impact.getByRole('button', { name: 'Save changes' }))
  await page.keyboard.press('Enter')
  await expect(done(page)).toContainText('Southern guests is saved.')
  await tabTo(page, page.getByRole('link', { name: 'Southern guests' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Southern guests' })).toBeFocused()
  await tabTo(page, main(page).getByRole('button', { name: 'Assign to apps…' }).first())
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('searchbox', { name: 'Search apps' }))
  await page.keyboard.type('desk')
  await tabTo(page, page.getByRole('checkbox', { name: 'Desk 1.0.0' }))
  await page.keyboard.press('Space')
  await tabTo(page, page.getByRole('button', { name: 'Go on with 1 version' }))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('button', { name: 'Assign', exact: true }))
  await page.keyboard.press('Enter')
  await expect(done(page)).toContainText('put on 1 version')
})

test('hostile texts in every field are refused at their field or stay text, everywhere', async ({
  page,
  platform,
}) => {
  const admin = await platform.as('admin')
  const desk = await importApp(await platform.as('author'), 'desk', 'Desk')
  const kept: TagDetail[] = []
  for (const [n, text] of hostileTexts.entries()) {
    const reply = await admin.post('/tags', {
      name: `hostile-${n}`,
      title: text.slice(0, 100),
      color: '#225577',
      description: text,
      isCategory: n % 2 === 0,
      visitorRoles: [text.slice(0, 100)],
      adminRoles: ['admin'],
    })
    if (reply.status === 201) kept.push(await reply.json())
    else expect(reply.status).toBe(422)
  }
  expect(kept.length).toBeGreaterThan(40)
  for (const { id } of kept) await admin.send('PUT', `/apps/${desk}/tags/${id}`)
  const check = await watch(page)
  await signIn(page, platform, 'Maren Holt')
  await check()
  for (const place of ['/tags', `/tags/${kept[0]?.id}`, `/apps/${desk}`, '/?view=table']) {
    await page.goto(platform.url + place)
    await expect(main(page).getByRole('link').first()).toBeVisible()
    await check()
  }
  await page.goto(`${platform.url}/`)
  await page.getByRole('button', { name: /^Filters/ }).click()
  await expect(page.getByRole('group', { name: 'Tag', exact: true })).toBeVisible()
  await check()
  await openTags(page, platform, '?edit=new')
  for (const text of hostileTexts.filter((_, n) => n % 6 === 0)) {
    const line = text.replaceAll(/[\n\r\t]/g, ' ')
    await title(page).fill(line)
    await page.getByLabel('Name', { exact: true }).fill(line)
    await description(page).fill(text)
    await page.getByLabel('Colour as hex').fill(line)
    await page.getByRole('combobox', { name: 'Visitor roles' }).fill(line)
    await page.getByRole('combobox', { name: 'Admin roles' }).fill(line)
    await page.getByRole('button', { name: 'Create tag' }).click()
    await expect(page.getByText(/^Six hex digits/)).toBeVisible()
    await check()
  }
})

for (const width of [1280, 360]) {
  test(`accessible in both themes at ${width} pixels, and nothing too wide`, async ({
    page,
    platform,
  }) => {
    const admin = await platform.as('admin')
    const tag = await makeTag(admin, {
      name: 'partners-north',
      title: 'Partners north',
      description: 'Resellers in the north and whoever works with them.',
      adminRoles: ['admin'],
      visitorRoles: ['partners-north'],
    })
    await makeTag(admin, { name: 'energy', title: 'Energy', color: '#ffee00', isCategory: true })
    const desk = await importApp(await platform.as('author'), 'desk', 'Desk')
    await admin.send('PUT', `/apps/${desk}/tags/${tag.id}`)
    await signIn(page, platform, 'Maren Holt')
    await page.setViewportSize({ width, height: 800 })
    const fits = async () => {
      await expectAccessible(page)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide).toBeLessThanOrEqual(width)
    }
    await openTags(page, platform)
    await expect(page.getByRole('button', { name: `Edit ${tag.title}` })).toBeVisible()
    await fits()
    await openTags(page, platform, `?edit=${tag.id}`)
    await page.getByRole('combobox', { name: 'Visitor roles' }).click()
    await fits()
    await page.getByRole('button', { name: 'Remove partners-north' }).click()
    await page.getByLabel('Name', { exact: true }).fill('-')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await expect(page.getByText(/with a letter or digit at both ends/)).toBeVisible()
    await fits()
    await page.getByLabel('Name', { exact: true }).fill(tag.name)
    await page.getByRole('button', { name: 'Save changes' }).click()
    await expect(page.getByRole('dialog')).toContainText('lost')
    await fits()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click()

    await page.getByRole('button', { name: `More for ${tag.title}` }).click()
    await page.getByRole('menuitem', { name: 'Merge into another…' }).click()
    await page.getByRole('dialog').getByRole('radio').first().check()
    await fits()
    await page.keyboard.press('Escape')
    await page.goto(`${platform.url}/tags/${tag.id}`)
    await expect(page.getByRole('list', { name: 'Apps with this tag' })).toBeVisible()
    await fits()
    await main(page).getByRole('button', { name: 'Assign to apps…' }).first().click()
    await expect(page.getByRole('checkbox').first()).toBeVisible()
    await fits()
    await page.keyboard.press('Escape')
    await page.getByRole('list', { name: 'Apps with this tag' }).getByRole('link').first().click()
    await page.getByRole('button', { name: 'Change tags…' }).click()
    await page.getByRole('dialog').getByRole('checkbox').first().click()
    await fits()
  })
}

test('500 tags are all there, found, and edited', async ({ page, platform }) => {
  const admin = await platform.as('admin')
  for (let n = 0; n < 500; n += 1) await makeTag(admin, { name: `many-${n}`, title: `Many ${n}` })
  await signIn(page, platform, 'Maren Holt')
  await openTags(page, platform, '?q=many')
  const more = page.getByRole('button', { name: 'Show more of 500 tags' })
  await expect(page.getByRole('row')).toHaveCount(101)
  await more.click()
  await expect(page.getByRole('row')).toHaveCount(301)
  await more.click()
  await expect(page.getByRole('row')).toHaveCount(501)
  await expect(more).toHaveCount(0)
  await page.getByRole('searchbox').fill('many-499')
  await expect(page.getByRole('row')).toHaveCount(2)
  await page.getByRole('button', { name: 'Edit Many 499' }).click()
  await title(page).fill('The last')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(done(page)).toContainText('The last is saved.')
})
