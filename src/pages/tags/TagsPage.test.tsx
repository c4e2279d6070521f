import { HttpResponse } from 'msw'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { appFixture, people, problemFixture, tagDetailFixture } from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { worker } from '../../../mocks/worker.ts'
import { createMswHandlers } from '../../api/generated/msw.gen.ts'
import { TagsPage } from './TagsPage.tsx'

const answer = createMswHandlers({ baseUrl: '*/api/v1' }).pick

const north = tagDetailFixture({
  id: 'north',
  name: 'partners-north',
  title: 'Partners north',
  adminRoles: ['tag-keepers'],
  visitorRoles: ['partners-north'],
})
const south = tagDetailFixture({
  id: 'south',
  name: 'partners-south',
  title: 'Partners south',
  visitorRoles: ['partners-south'],
})
const energy = tagDetailFixture({ id: 'energy', name: 'energy', title: 'Energy', isCategory: true })
const beta = tagDetailFixture({ id: 'beta', name: 'beta', title: 'Beta' })

function platformWithTags(person = people.admin) {
  const apps = [
    appFixture({ id: 'a1', tags: [north] }),
    appFixture({ id: 'a2', name: 'churn', title: 'Churn explorer', tags: [north, south] }),
  ]
  return new MockPlatform({ apps, tags: [north, south, energy, beta], person })
}

function show(platform = platformWithTags(), at = '/tags') {
  return renderApp(<TagsPage />, { platform, path: '/tags', at })
}

type Screen = Awaited<ReturnType<typeof show>>

const titles = (screen: Screen) =>
  screen
    .getByRole('rowheader')
    .elements()
    .map((cell) => cell.querySelector('a')?.textContent)

const chosenRoles = (screen: Screen, name: string) =>
  screen.getByRole('list', { name: `${name} chosen` })

test('each tag says what it is, who may use it and where it is', async () => {
  const screen = await show()
  const row = screen.getByRole('row', { name: /Partners north/ })
  await expect.element(row.getByText('Authorization')).toBeVisible()
  await expect.element(row.getByText('tag-keepers')).toBeVisible()
  await expect.element(row.getByText('2 apps')).toBeVisible()
  const open = screen.getByRole('row', { name: /Partners south/ })
  await expect.element(open.getByText('everybody with full access')).toBeVisible()
  await expect.element(open.getByText('open door')).toBeVisible()
})

test('search, kind and order are in the address, and read from it', async () => {
  const screen = await show(platformWithTags(), '/tags?kind=authorization&sort=-title')
  await expect.element(screen.getByRole('row', { name: /Partners south/ })).toBeVisible()
  expect(titles(screen)).toEqual(['Partners south', 'Partners north'])
  await screen.getByRole('searchbox').fill('north')
  await expect.element(screen.getByRole('row', { name: /South/ })).not.toBeInTheDocument()
  await expect
    .poll(() => screen.router.state.location.search)
    .toBe('?q=north&kind=authorization&sort=-title')
  await screen.getByRole('button', { name: 'All', exact: true }).click()
  await screen.getByRole('button', { name: 'Kind', exact: true }).click()
  await expect.poll(() => screen.router.state.location.search).toBe('?q=north&sort=kind')
  await screen.getByRole('searchbox').fill('qqxx')
  await screen.getByRole('button', { name: 'Show all tags' }).click()
  await expect.poll(() => titles(screen).length).toBe(4)
})

test('a tag is made: its name follows the title, and what is wrong stands at its field', async () => {
  const screen = await show()
  await screen.getByRole('button', { name: 'New tag' }).click()
  await expect.element(screen.getByLabelText('Title', { exact: true })).toHaveFocus()
  await screen.getByLabelText('Title', { exact: true }).fill('Energy')
  await expect.element(screen.getByLabelText('Name', { exact: true })).toHaveValue('energy')
  await screen.getByLabelText('Colour as hex').fill('red')
  await screen.getByRole('button', { name: 'Create tag' }).click()
  await expect.element(screen.getByText(/^Six hex digits/)).toBeVisible()
  await screen.getByLabelText('Colour as hex').fill('c22f3d')
  await screen.getByRole('button', { name: 'Create tag' }).click()
  // Only the platform knows that.
  await expect.element(screen.getByText('Taken by another tag')).toBeVisible()
  await expect.element(screen.getByLabelText('Name', { exact: true })).toHaveFocus()
  await screen.getByLabelText('Name', { exact: true }).fill('energy-2')
  await screen.getByRole('button', { name: 'Create tag' }).click()
  await expect.element(screen.getByText('Energy is created.')).toBeVisible()
  expect(screen.platform.tags.at(-1)).toMatchObject({ name: 'energy-2', color: '#c22f3d' })
})

test('the chip is shown as both themes draw it, with its contrast', async () => {
  const screen = await show(platformWithTags(), '/tags?edit=new')
  await screen.getByRole('radio', { name: 'Red' }).click()
  await screen.getByLabelText('Title', { exact: true }).fill('Careful')
  await expect.element(screen.getByText(/^Light · contrast \d+\.\d : 1$/)).toBeVisible()
  await expect.element(screen.getByText(/^Dark · contrast \d+\.\d : 1$/)).toBeVisible()
  await screen.getByLabelText('Colour as hex').fill('#12')
  await expect.element(screen.getByText('Light · no colour')).toBeVisible()
})

test('roles are chosen among those seen, or typed; without admin roles the door is open', async () => {
  const screen = await show(platformWithTags(), '/tags?edit=new')
  const visitors = screen.getByRole('combobox', { name: 'Visitor roles' })
  await visitors.fill('partners')
  await expect.element(screen.getByRole('option', { name: /partners-north/ })).toBeVisible()
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}')
  await expect
    .element(chosenRoles(screen, 'Visitor roles').getByText('partners-south'))
    .toBeVisible()
  await expect.element(screen.getByText('An open door.')).toBeVisible()
  await userEvent.type(visitors, 'brand-new,')
  await expect.element(chosenRoles(screen, 'Visitor roles').getByText('brand-new')).toBeVisible()
  await userEvent.keyboard('{Backspace}')
  await expect
    .element(chosenRoles(screen, 'Visitor roles').getByText('brand-new'))
    .not.toBeInTheDocument()
  // What was typed without Enter isn't lost.
  await screen.getByRole('combobox', { name: 'Admin roles' }).fill('tag-keepers')
  await userEvent.keyboard('{Tab}')
  await expect.element(chosenRoles(screen, 'Admin roles').getByText('tag-keepers')).toBeVisible()
  await expect.element(screen.getByText('An open door.')).not.toBeInTheDocument()
})

test('who gains and who loses is shown before it is saved', async () => {
  const screen = await show()
  await screen.getByRole('button', { name: 'Edit Partners north' }).click()
  await screen.getByRole('button', { name: 'Remove partners-north' }).click()
  await screen.getByRole('button', { name: 'Save changes' }).click()
  const dialog = screen.getByRole('dialog', { name: /^Save the changes/ })
  const lines = dialog.getByRole('list', { name: 'Who gains and who loses' })
  await expect.element(lines.getByText('Sales forecast')).toBeVisible()
  await expect.element(lines.getByText('no visitor will reach it any more').first()).toBeVisible()
  expect(screen.platform.tags[0]?.visitorRoles).toEqual(['partners-north'])
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect.element(screen.getByLabelText('Title', { exact: true })).toBeVisible()
  await screen.getByRole('button', { name: 'Save changes' }).click()
  await dialog.getByRole('button', { name: 'Save changes' }).click()
  await expect.element(screen.getByText('Partners north is saved.')).toBeVisible()
  expect(screen.platform.tags[0]?.visitorRoles).toEqual([])
})

test('an edit over somebody else’s shows both, side by side, and saves what was chosen', async () => {
  const screen = await show()
  await screen.getByRole('button', { name: 'Edit Beta' }).click()
  await screen.getByLabelText('Title', { exact: true }).fill('Mine')
  // Behind the page's back: no change is told.
  screen.platform.tags = screen.platform.tags.map((tag) =>
    tag.id === 'beta' ? { ...tag, etag: '"7"', title: 'Theirs', description: 'Their words' } : tag,
  )
  await screen.getByRole('button', { name: 'Save changes' }).click()
  const dialog = screen.getByRole('dialog', { name: /^Somebody else changed/ })
  await expect.element(dialog.getByRole('group', { name: /changed by both of you/ })).toBeVisible()
  await expect
    .element(dialog.getByRole('button', { name: '1 left to choose' }))
    .toHaveAttribute('aria-disabled', 'true')
  await dialog.getByRole('radio', { name: /Mine/ }).click()
  await dialog.getByRole('button', { name: 'Go on with this' }).click()
  await expect.element(screen.getByLabelText('Title', { exact: true })).toHaveValue('Mine')
  await expect
    .element(screen.getByLabelText('Description', { exact: true }))
    .toHaveValue('Their words')
  await screen.getByRole('button', { name: 'Save changes' }).click()
  await expect.element(screen.getByText('Mine is saved.')).toBeVisible()
  expect(screen.platform.tags.find(({ id }) => id === 'beta')).toMatchObject({
    title: 'Mine',
    description: 'Their words',
  })
})

test('somebody else’s edit is told of while one types, and nothing typed is touched', async () => {
  const screen = await show()
  await screen.getByRole('button', { name: 'Edit Beta' }).click()
  await screen.getByLabelText('Title', { exact: true }).fill('Mine')
  screen.platform.updateTag('beta', { title: 'Theirs' })
  await screen.getByRole('button', { name: 'Compare' }).click()
  await expect.element(screen.getByRole('radio', { name: /Theirs/ })).toBeVisible()
  await screen.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await expect.element(screen.getByLabelText('Title', { exact: true })).toHaveValue('Mine')
})

test('a tag that is deleted while somebody edits it can be made again from what was typed', async () => {
  const screen = await show()
  await screen.getByRole('button', { name: 'Edit Beta' }).click()
  await screen.getByLabelText('Title', { exact: true }).fill('Kept')
  screen.platform.tags = screen.platform.tags.filter(({ id }) => id !== 'beta')
  await screen.getByRole('button', { name: 'Save changes' }).click()
  await screen.getByRole('button', { name: 'Create it again' }).click()
  await expect.element(screen.getByText('Kept is saved.')).toBeVisible()
  expect(screen.platform.tags.at(-1)).toMatchObject({ title: 'Kept', name: 'beta' })
})

test('a failed request and an ended session lose nothing', async () => {
  const screen = await show()
  await screen.getByRole('button', { name: 'Edit Beta' }).click()
  await screen.getByLabelText('Description', { exact: true }).fill('Long thoughts')
  const failing = (status: number, code: string) =>
    answer.updateTag(
      () => HttpResponse.json(problemFixture({ status, code, title: 'No.' }), { status }),
      { once: true },
    )
  worker.use(failing(507, 'storage.full'))
  await screen.getByRole('button', { name: 'Save changes' }).click()
  await expect.element(screen.getByText('The tag could not be saved')).toBeVisible()
  worker.use(failing(401, 'auth.sign-in-needed'))
  await screen.getByRole('button', { name: 'Save changes' }).click()
  await expect.element(screen.getByText(/^Your session has ended/)).toBeVisible()
  await expect
    .element(screen.getByRole('link', { name: 'Sign in' }))
    .toHaveAttribute('href', '/sign-in?returnTo=%2Ftags%3Fedit%3Dbeta')
  // It goes to sign in without being asked, and is found again.
  await screen.getByRole('link', { name: 'Sign in' }).click()
  await expect.element(screen.getByText('Another page')).toBeVisible()
  await screen.router.navigate('/tags?edit=beta')
  await expect
    .element(screen.getByLabelText('Description', { exact: true }))
    .toHaveValue('Long thoughts')
  await screen.getByRole('button', { name: 'Start over' }).click()
  await expect.element(screen.getByLabelText('Description', { exact: true })).toHaveValue('')
})

test('leaving with something unsaved is asked first', async () => {
  const screen = await show()
  await screen.getByRole('button', { name: 'Edit Beta' }).click()
  await screen.getByLabelText('Title', { exact: true }).fill('Half done')
  await screen.getByRole('button', { name: 'Cancel' }).click()
  const dialog = screen.getByRole('dialog', { name: 'Leave without saving?' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect.element(screen.getByLabelText('Title', { exact: true })).toHaveValue('Half done')
  // Searching and sorting don't leave it.
  await screen.getByRole('button', { name: 'Apps', exact: true }).click()
  await expect.element(screen.getByLabelText('Title', { exact: true })).toHaveValue('Half done')
  await screen.getByRole('button', { name: 'Cancel' }).click()
  await dialog.getByRole('button', { name: 'Leave' }).click()
  await expect.element(screen.getByLabelText('Title', { exact: true })).not.toBeInTheDocument()
  await expect.element(screen.getByRole('button', { name: 'Edit Beta' })).toHaveFocus()
  await screen.getByRole('button', { name: 'Edit Beta' }).click()
  await expect.element(screen.getByLabelText('Title', { exact: true })).toHaveValue('Beta')
})

test('who may not edit a tag is told why, and so is who may not see tags at all', async () => {
  const screen = await show(platformWithTags(people.author))
  const edit = screen.getByRole('button', { name: 'Edit Partners north' })
  await expect.element(edit).toHaveAttribute('aria-disabled', 'true')
  await expect
    .element(edit)
    .toHaveAccessibleDescription('This tag is for people with one of its admin roles: tag-keepers.')
  await expect
    .element(screen.getByText('Only an admin can create, merge or delete tags.'))
    .toBeVisible()
  await screen.getByRole('button', { name: 'Edit Beta' }).click()
  await expect.element(screen.getByLabelText('Title', { exact: true })).toBeVisible()
})

test('a visitor gets the reason, and who isn’t signed in the way there', async () => {
  const screen = await show(platformWithTags(people.visitor))
  await expect.element(screen.getByText(/^Tags are for people with full access/)).toBeVisible()
})

test('an error can be tried again', async () => {
  let fails = true
  worker.use(
    answer.listTags(() =>
      fails
        ? HttpResponse.json(problemFixture({ status: 400, title: 'No.' }), { status: 400 })
        : HttpResponse.json({
            tags: [energy],
            nextPageToken: null,
            totalSize: 1,
            kinds: { category: 1, authorization: 0, badge: 0 },
          }),
    ),
  )
  const screen = await show()
  // Not before the click: the page may look again by itself meanwhile.
  window.addEventListener('pointerdown', () => (fails = false), { once: true })
  await screen.getByRole('button', { name: 'Try again' }).click()
  await expect.element(screen.getByRole('row', { name: /Energy/ })).toBeVisible()
})

test('hostile titles, descriptions and roles are text, and nothing is wider than a small phone', async () => {
  await page.viewport(320, 640)
  const text = '<img src=x onerror="window.__xss=1">{{7*7}}'
  const hostile = tagDetailFixture({
    id: 'x',
    title: text.repeat(2),
    description: text.repeat(8),
    color: 'red;}</style>',
    visitorRoles: [text, 'x'.repeat(100)],
    adminRoles: [text],
  })
  const platform = new MockPlatform({ tags: [hostile], person: people.admin })
  const screen = await show(platform, '/tags?edit=x')
  await expect.element(screen.getByLabelText('Title', { exact: true })).toHaveValue(text.repeat(2))
  expect(document.querySelector('img[onerror]')).toBeNull()
  expect(document.documentElement.scrollWidth).toBe(320)
  await page.viewport(1280, 900)
})
