import { delay, http, HttpResponse } from 'msw'
import { expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { appFixture, people, problemFixture, secretMissing } from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { worker } from '../../../mocks/worker.ts'
import type { App, Person } from '../../api/generated/types.gen.ts'
import { CatalogPage } from './CatalogPage.tsx'

const sales = appFixture()
const beds = appFixture({
  id: 'app-2',
  name: 'bed-planner',
  title: 'Bed planner',
  description: 'Plan hospital beds for the coming fortnight.',
  category: 'Healthcare',
  keywords: [],
})

type Options = { apps?: App[]; person?: Person; at?: string }

function open({ apps = [sales, beds], person = people.user, at = '/' }: Options = {}) {
  return renderApp(<CatalogPage />, { at, path: '/', platform: new MockPlatform({ apps, person }) })
}

test('typing keeps every character and the focus while results arrive', async () => {
  worker.use(
    http.get('*/api/v1/apps', async () => {
      await delay(70)
    }),
  )
  const screen = await open()
  const search = screen.getByRole('searchbox', { name: 'Search apps' })
  await search.click()
  const typed = 'weekly sales per store'
  for (const character of typed) {
    await userEvent.keyboard(character)
    await delay(15)
  }
  await expect.element(screen.getByRole('status').filter({ hasText: '1 app found' })).toBeVisible()
  await expect.element(search).toHaveValue(typed)
  await expect.element(search).toHaveFocus()
  await expect
    .poll(() => screen.router.state.location.search)
    .toBe(`?q=${typed.replaceAll(' ', '+')}`)
})

test('a character typed just before a category is chosen is not lost', async () => {
  const screen = await open()
  const search = screen.getByRole('searchbox')
  await search.click()
  await userEvent.keyboard('plan')
  await screen.getByRole('button', { name: /^Healthcare/ }).click()
  await expect.poll(() => screen.router.state.location.search).toBe('?q=plan&category=Healthcare')
  await expect.element(search).toHaveValue('plan')
})

test('Back brings the search before back into the box', async () => {
  const screen = await open({ at: '/?q=beds' })
  await screen.getByRole('button', { name: 'Clear the search' }).click()
  await expect.element(screen.getByRole('searchbox')).toHaveValue('')
  await screen.router.navigate(-1)
  await expect.element(screen.getByRole('searchbox')).toHaveValue('beds')
})

test('a slash brings the focus to the search', async () => {
  const screen = await open()
  await expect.element(screen.getByRole('link', { name: 'Bed planner' })).toBeVisible()
  await userEvent.keyboard('/')
  await expect.element(screen.getByRole('searchbox')).toHaveFocus()
  await expect.element(screen.getByRole('searchbox')).toHaveValue('')
})

test('a card leads to its app, and says why it can’t be run', async () => {
  const message = 'The secret “weather” is missing.'
  const screen = await open({
    apps: [{ ...sales, preconditions: secretMissing(message) }],
  })
  await expect.element(screen.getByText(message)).toBeVisible()
  await expect
    .element(screen.getByRole('button', { name: 'Run Sales forecast' }))
    .toHaveAttribute('aria-disabled', 'true')
  await expect
    .element(screen.getByRole('link', { name: 'Sales forecast' }))
    .toHaveAttribute('href', '/apps/app-1')
})

test('a search without results can be cleared', async () => {
  const screen = await open({ at: '/?q=zeppelin' })
  await expect
    .element(screen.getByRole('heading', { name: 'No apps match “zeppelin”' }))
    .toBeVisible()
  await screen.getByRole('button', { name: 'Clear the search', exact: true }).last().click()
  await expect.element(screen.getByRole('link', { name: 'Bed planner' })).toBeVisible()
})

test('a visitor to whom nothing is opened is told whom to ask', async () => {
  const screen = await open({ apps: [sales], person: people.visitor })
  await expect
    .element(screen.getByRole('heading', { name: 'No apps are shared with you yet' }))
    .toBeVisible()
  await expect.element(screen.getByText(/Ask an author or an admin/)).toBeVisible()
})

test('a failure shows its detail, and trying again helps', async () => {
  let broken = true
  worker.use(
    http.get('*/api/v1/apps', () =>
      broken
        ? HttpResponse.json(problemFixture({ status: 400, code: 'page-token.invalid' }), {
            status: 400,
            headers: { 'Content-Type': 'application/problem+json' },
          })
        : undefined,
    ),
  )
  const screen = await open()
  await expect.element(screen.getByRole('alert')).toMatchTextContent('page-token.invalid')
  // Only pressing the button mends it: the stream of changes, too, makes the page read again.
  document.addEventListener('click', () => (broken = false), { once: true, capture: true })
  await screen.getByRole('button', { name: 'Try again' }).click()
  await expect.element(screen.getByRole('link', { name: 'Bed planner' })).toBeVisible()
})
