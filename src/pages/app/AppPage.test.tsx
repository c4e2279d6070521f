import { HttpResponse } from 'msw'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import {
  appFixture,
  instanceFixture,
  people,
  problemFixture,
  runtimeFixture,
  secretMissing,
} from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { worker } from '../../../mocks/worker.ts'
import { handleGetApp } from '../../api/generated/msw.gen.ts'
import type { App } from '../../api/generated/types.gen.ts'
import { AppPage } from './AppPage.tsx'

function show(apps: App[], id: string, person = people.user) {
  const platform = new MockPlatform({ apps, person })
  return renderApp(<AppPage />, { platform, path: '/apps/:appId/:tab?', at: `/apps/${id}` })
}

test('an app says what it is, what it takes and how to run it', async () => {
  const app = appFixture({
    longDescription: '### Inside\n\n- one thing',
    runtime: runtimeFixture({ volumeMount: '/data', volumeSize: '1Gi' }),
  })
  const screen = await show([app], 'app-1')
  await expect
    .element(screen.getByRole('heading', { level: 1, name: 'Sales forecast' }))
    .toBeVisible()
  await expect.element(screen.getByText('· visible to all users')).toBeVisible()
  await expect.element(screen.getByRole('heading', { name: 'Inside' })).toBeVisible()
  await expect.element(screen.getByText('10 of 10')).toBeVisible()
  await expect.element(screen.getByText('128 MiB, at most 512 MiB')).toBeVisible()
  await expect.element(screen.getByText('after 8 h without a visit')).toBeVisible()
  await expect.element(screen.getByText('43.2 KB, 9 files')).toBeVisible()
  await screen.getByRole('link', { name: 'Command line' }).click()
  await expect.element(screen.getByText('h2o app run app-1 -v PRIVATE')).toBeVisible()
  await expect.element(screen.getByText('h2o app download')).not.toBeInTheDocument()
})

test('hostile titles and descriptions are text', async () => {
  const text = '<img src=x onerror="window.__xss=1">{{7*7}}'
  const screen = await show([appFixture({ title: text, description: text })], 'app-1')
  await expect.element(screen.getByRole('heading', { level: 1, name: text })).toBeVisible()
  expect(document.querySelector('img[onerror]')).toBeNull()
})

test('an app that isn’t there, or isn’t for this person, says so and leads on', async () => {
  const hidden = appFixture({ visibility: 'PRIVATE' })
  const screen = await show([hidden], 'app-1')
  await expect
    .element(screen.getByText('This app was deleted, or isn’t visible to you'))
    .toBeVisible()
  await expect
    .element(screen.getByRole('link', { name: 'Go to the catalog' }))
    .toHaveAttribute('href', '/')
})

test('an app that is deleted while it is open says so', async () => {
  const screen = await show([appFixture()], 'app-1')
  await expect.element(screen.getByRole('button', { name: 'Run Sales forecast' })).toBeVisible()
  screen.platform.deleteApp('app-1')
  await expect
    .element(screen.getByText('This app was deleted, or isn’t visible to you'))
    .toBeVisible()
  await expect.element(screen.getByRole('heading', { name: 'Sales forecast' })).toBeVisible()
})

test('an old version leads to the newer one, and the menu to all', async () => {
  const apps = [
    appFixture({ id: 'old', version: '1.9.0' }),
    appFixture({ id: 'new', version: '1.10.0' }),
  ]
  const screen = await show(apps, 'old')
  await expect
    .element(screen.getByRole('link', { name: 'go to 1.10.0' }))
    .toHaveAttribute('href', '/apps/new')
  await screen.getByRole('button', { name: 'Version 1.9.0, choose another' }).click()
  await screen.getByRole('menuitem', { name: /^1\.10\.0/ }).click()
  await expect
    .element(screen.getByRole('button', { name: 'Version 1.10.0, choose another' }))
    .toBeVisible()
  await expect.element(screen.getByRole('link', { name: /^go to/ })).not.toBeInTheDocument()
})

test('screenshots open large and are walked through with the keyboard', async () => {
  const screenshots = [0, 1, 2].map((n) => `/api/v1/apps/app-1/screenshots/${n}`)
  const screen = await show([appFixture({ screenshots })], 'app-1')
  await screen.getByRole('button', { name: 'Screenshot 1 of 3, open large' }).click()
  const dialog = screen.getByRole('dialog', { name: 'Screenshots of Sales forecast' })
  await expect.element(dialog.getByText('Sales forecast · 1 of 3')).toBeVisible()
  await userEvent.keyboard('{ArrowRight}')
  await expect.element(dialog.getByText('Sales forecast · 2 of 3')).toBeVisible()
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}')
  await expect.element(dialog.getByText('Sales forecast · 3 of 3')).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(dialog).not.toBeInTheDocument()
  await expect
    .element(screen.getByRole('button', { name: 'Screenshot 1 of 3, open large' }))
    .toHaveFocus()
})

test('what keeps an app from running is listed', async () => {
  const message = 'The secret “weather” is missing. An admin can add it.'
  const app = appFixture({ preconditions: secretMissing(message) })
  const screen = await show([app], 'app-1')
  const list = screen.getByRole('list', { name: 'What keeps it from running' })
  await expect.element(list.getByText(message)).toBeVisible()
})

test('an error can be tried again', async () => {
  let fails = true
  worker.use(
    handleGetApp(
      () => {
        if (!fails) return HttpResponse.json(appFixture())
        return HttpResponse.json(problemFixture({ status: 400, title: 'No.' }), { status: 400 })
      },
      { baseUrl: '*/api/v1' },
    ),
  )
  const screen = await show([appFixture()], 'app-1')
  await expect.element(screen.getByText('The app could not be read')).toBeVisible()
  // Not before the click: the page may look again by itself meanwhile.
  window.addEventListener('pointerdown', () => (fails = false), { once: true })
  await screen.getByRole('button', { name: 'Try again' }).click()
  await expect.element(screen.getByRole('heading', { name: 'Sales forecast' })).toBeVisible()
})

test('a managed app that nobody runs says whom to ask', async () => {
  const managed = appFixture({ id: 'managed', name: 'managed', lifecycle: 'MANAGED' })
  const screen = await show([managed], 'managed')
  await expect.element(screen.getByText(/It isn’t running now/)).toBeVisible()
  await expect
    .element(screen.getByRole('link', { name: 'Priya Nair' }).first())
    .toHaveAttribute('href', 'mailto:priya.nair@example.com')
})

test('who runs an older version is told that it goes on', async () => {
  const old = appFixture({ id: 'old', version: '1.0.0' })
  const apps = [old, appFixture({ id: 'new', version: '1.1.0' })]
  const platform = new MockPlatform({ apps, instances: [instanceFixture({}, old)] })
  const screen = await renderApp(<AppPage />, {
    platform,
    path: '/apps/:appId/:tab?',
    at: '/apps/new',
  })
  await expect.element(screen.getByText(/goes on as it is/)).toBeVisible()
  await screen.getByRole('button', { name: /choose another/ }).click()
  await screen.getByRole('menuitem', { name: /^1\.0\.0/ }).click()
  await expect.element(screen.getByText(/Your instance of this one goes on/)).toBeVisible()
})

test('nothing is wider than a small phone', async () => {
  await page.viewport(320, 640)
  const app = appFixture({
    name: `a${'-very'.repeat(11)}-long-name`,
    title: 'Donaudampfschifffahrtsgesellschaftskapitänsmützenprognose',
    longDescription: `${'wide'.repeat(60)}\n\n| a | b |\n| - | - |\n| ${'x'.repeat(90)} | y |`,
  })
  const screen = await show([app], 'app-1')
  await expect.element(screen.getByRole('cell', { name: 'y', exact: true })).toBeInTheDocument()
  expect(document.documentElement.scrollWidth).toBe(320)
  await page.viewport(1280, 900)
})
