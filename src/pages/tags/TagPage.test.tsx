import { HttpResponse } from 'msw'
import { expect, test } from 'vitest'
import { appFixture, people, problemFixture, tagDetailFixture } from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { worker } from '../../../mocks/worker.ts'
import { createMswHandlers } from '../../api/generated/msw.gen.ts'
import { TagPage } from './TagPage.tsx'

const answer = createMswHandlers({ baseUrl: '*/api/v1' }).pick

const north = tagDetailFixture({
  id: 'north',
  name: 'north',
  title: 'North',
  adminRoles: ['tag-keepers'],
  visitorRoles: ['partners-north', 'resellers'],
})
const all = tagDetailFixture({ id: 'all', title: 'All', visitorRoles: ['partners-north'] })

function show(person = people.admin, at = '/tags/north') {
  const apps = [
    appFixture({ id: 'a1', tags: [north] }),
    appFixture({ id: 'a2', name: 'churn', title: 'Churn explorer', tags: [north, all] }),
    appFixture({
      id: 'a3',
      name: 'loans',
      title: 'Loans',
      visibility: 'PRIVATE',
      owner: people.author,
      tags: [north],
    }),
    appFixture({ id: 'a4', name: 'beds', title: 'Beds' }),
  ]
  const platform = new MockPlatform({ apps, tags: [north, all], person })
  return renderApp(<TagPage />, { platform, path: '/tags/:tagId', at })
}

test('who sees what through it, and what of that through it alone', async () => {
  const screen = await show()
  const aside = screen.getByRole('complementary')
  await expect
    .element(aside.getByText('see 2 versions, 1 of them through it alone; 1 more once published'))
    .toBeVisible()
  await expect
    .element(aside.getByText('see 2 versions, all of them through it alone; 1 more once published'))
    .toBeVisible()
  const list = screen.getByRole('list', { name: 'Apps with this tag' })
  await expect
    .element(list.getByText(/partners-north \(also through All\), resellers$/))
    .toBeVisible()
  await expect.element(list.getByText('only Priya Nair and admins see it')).toBeVisible()
})

test('what the platform refuses of many is named with the reason, the rest can be taken back', async () => {
  const screen = await show()
  const list = screen.getByRole('list', { name: 'Apps with this tag' })
  await list.getByRole('checkbox', { name: 'Choose Sales forecast 1.1.0' }).click()
  await list.getByRole('checkbox', { name: 'Choose Churn explorer 1.1.0' }).click()
  await screen.getByRole('button', { name: 'Remove the tag…' }).click()
  worker.use(
    answer.changeAssignments({
      body: {
        results: [
          { appId: 'a1', outcome: 'removed', code: null, message: null },
          { appId: 'a2', outcome: 'refused', code: 'app.not-found', message: 'It is gone.' },
        ],
      },
    }),
  )
  const dialog = screen.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Remove' }).click()
  const done = screen.getByRole('status', { name: 'What was done' })
  await expect
    .element(done.getByText('Done: taken from 1 version, 1 version refused.'))
    .toBeVisible()
  await expect.element(done.getByText('Churn explorer 1.1.0: It is gone.')).toBeVisible()
  await expect.element(done.getByRole('button', { name: 'Undo' })).toBeVisible()
})

test('an impact that can’t be worked out stops the change, and can be asked for again', async () => {
  worker.use(
    answer.previewTagImpact(
      () => HttpResponse.json(problemFixture({ status: 400, title: 'Not now.' }), { status: 400 }),
      { once: true },
    ),
  )
  const screen = await show()
  await screen.getByRole('button', { name: 'More for North' }).click()
  await screen.getByRole('menuitem', { name: 'Delete…' }).click()
  const dialog = screen.getByRole('dialog')
  await expect.element(dialog.getByText(/^Not now/)).toBeVisible()
  await expect.element(dialog.getByRole('button', { name: 'Delete' })).not.toBeInTheDocument()
  await dialog.getByRole('button', { name: 'Try again' }).click()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect.element(screen.getByText('Another page')).toBeVisible()
  expect(screen.router.state.location.pathname).toBe('/tags')
})

test('who may not assign it sees the apps, and why', async () => {
  const screen = await show(people.user)
  await expect
    .element(screen.getByText(/^This tag is for people with one of its admin roles/))
    .toBeVisible()
  await expect.element(screen.getByRole('link', { name: 'Sales forecast' })).toBeVisible()
  await expect.element(screen.getByRole('checkbox')).not.toBeInTheDocument()
  await expect
    .element(screen.getByRole('button', { name: 'Assign to apps…' }))
    .not.toBeInTheDocument()
})

test('a tag that isn’t there says so and leads to the others', async () => {
  const screen = await show(people.admin, '/tags/gone')
  await expect.element(screen.getByText('There is no such tag')).toBeVisible()
  await expect
    .element(screen.getByRole('link', { name: 'See all tags' }))
    .toHaveAttribute('href', '/tags')
})
