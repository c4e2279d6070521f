import { HttpResponse } from 'msw'
import { useQuery } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { appFixture, people, problemFixture, tagDetailFixture } from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { worker } from '../../../mocks/worker.ts'
import { appOptions } from '../../api/apps.ts'
import { createMswHandlers } from '../../api/generated/msw.gen.ts'
import { AppTags } from './AppTags.tsx'

const answer = createMswHandlers({ baseUrl: '*/api/v1' }).pick

const north = tagDetailFixture({ id: 'n', title: 'North', visitorRoles: ['partners-north'] })
const beta = tagDetailFixture({ id: 'b', name: 'beta', title: 'Beta' })
const kept = tagDetailFixture({ id: 'k', name: 'kept', title: 'Kept', adminRoles: ['keepers'] })

function Shown() {
  const { data } = useQuery(appOptions('app-1'))
  return data === undefined ? null : <AppTags app={data} />
}

function show(person = people.user, over = {}) {
  const platform = new MockPlatform({
    apps: [appFixture({ tags: [north], ...over })],
    tags: [north, beta, kept],
    person,
  })
  return renderApp(<Shown />, { platform })
}

test('who sees it, and through what', async () => {
  const screen = await show()
  const list = screen.getByRole('list', { name: 'Who sees it' })
  await expect.element(list.getByText('Priya Nair, who owns it')).toBeVisible()
  await expect
    .element(list.getByRole('listitem').nth(3))
    .toHaveTextContent('Visitors with partners-north, through North')
})

test('a visitor learns that it is through the tag, and is offered nothing', async () => {
  const screen = await show(people.visitor)
  await expect
    .element(screen.getByRole('list', { name: 'Who sees it' }).getByRole('listitem').nth(3))
    .toHaveTextContent('Visitors with partners-north, through North – you, too')
  await expect.element(screen.getByRole('button')).not.toBeInTheDocument()
})

test('the impact stands below the choice, what is not theirs says why, and Undo takes it back', async () => {
  const screen = await show()
  await screen.getByRole('button', { name: 'Change tags…' }).click()
  const dialog = screen.getByRole('dialog')
  await expect
    .element(dialog.getByRole('checkbox', { name: 'Kept' }))
    .toHaveAccessibleDescription('This tag is for people with one of its admin roles: keepers.')
  await dialog.getByRole('checkbox', { name: 'North' }).click()
  await dialog.getByRole('checkbox', { name: 'Beta' }).click()
  await expect.element(dialog.getByText('No visitor would reach this app any more.')).toBeVisible()
  await expect.element(dialog.getByText('h2o tag remove n app-1')).toBeVisible()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect.element(screen.getByText('1 tag added, 1 tag removed')).toBeVisible()
  expect(screen.platform.apps[0]?.tags.map(({ id }) => id)).toEqual(['b'])
  await screen.getByRole('button', { name: 'Undo' }).click()
  await expect.element(screen.getByText('Its tags are as they were.')).toBeVisible()
  expect(screen.platform.apps[0]?.tags.map(({ id }) => id)).toEqual(['n'])
})

test('of several changes those that were refused are named', async () => {
  worker.use(
    answer.assignTag(() =>
      HttpResponse.json(problemFixture({ status: 403, title: 'Not yours.' }), { status: 403 }),
    ),
  )
  const screen = await show()
  await screen.getByRole('button', { name: 'Change tags…' }).click()
  await screen.getByRole('checkbox', { name: 'Beta' }).click()
  await screen.getByRole('checkbox', { name: 'North' }).click()
  await screen.getByRole('button', { name: 'Save' }).click()
  const done = screen.getByRole('status', { name: 'What was done' })
  await expect.element(done.getByText('1 tag removed, 1 tag refused')).toBeVisible()
  await expect.element(done.getByText('Beta: Not yours.')).toBeVisible()
})

test('a private app says that its tags open it only later', async () => {
  const screen = await show(people.author, { visibility: 'PRIVATE' })
  await expect
    .element(screen.getByText('Its tags open it to visitors once all users see it.'))
    .toBeVisible()
})
