import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { appFixture, people } from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { packBundle } from '../../bundle/pack/pack.ts'
import type { App, Person } from '../../api/generated/types.gen.ts'
import { ImportPage } from './ImportPage.tsx'

async function bundle(name: string, files: Record<string, string>): Promise<File> {
  const { bytes } = await packBundle(
    Object.entries(files).map(([path, text]) => ({
      path,
      read: async () => new TextEncoder().encode(text),
    })),
  )
  return new File([bytes], name, { lastModified: 1 })
}

const app = (name: string, version: string) => ({
  'app.toml': `[App]\nName = "${name}"\nVersion = "${version}"\nTitle = "App ${name}"\nDescription = "One."\n[Runtime]\nModule = "server"\nAppMode = "python"\n`,
  'server.py': 'print(1)\n',
})

async function show(options: { person?: Person | null; apps?: App[]; files?: File[] } = {}) {
  const { person = people.author, apps = [], files = [] } = options
  const platform = new MockPlatform({ apps, person })
  const screen = await renderApp(<ImportPage />, { platform, path: '/import', at: '/import' })
  if (files.length > 0) {
    await userEvent.upload(screen.getByLabelText('Bundles', { exact: true }), files)
  }
  return screen
}

test('who may not import is told why, and what to do', async () => {
  const screen = await show({ person: people.visitor })
  await expect
    .element(screen.getByRole('heading', { name: 'You can’t import apps here' }))
    .toBeVisible()
})

test('anonymous people are led to the sign-in and back', async () => {
  const screen = await show({ person: null })
  await expect
    .element(screen.getByRole('link', { name: 'Sign in' }))
    .toHaveAttribute('href', '/sign-in?returnTo=%2Fimport')
})

test('a good bundle is ready, imported, and can be shared', async () => {
  const screen = await show({ files: [await bundle('a.wave', app('a', '1.0.0'))] })
  await expect.element(screen.getByRole('heading', { level: 2, name: 'App a' })).toBeVisible()
  await expect.element(screen.getByText(/a 1\.0\.0 is free/)).toBeVisible()
  await screen.getByRole('button', { name: 'Import', exact: true }).click()
  await expect.element(screen.getByRole('heading', { name: 'Imported' })).toHaveFocus()
  await screen.getByRole('radio', { name: 'All users' }).click()
  await expect.element(screen.getByRole('radio', { name: 'All users' })).toBeChecked()
  expect(screen.platform.apps.map(({ name, visibility }) => [name, visibility])).toEqual([
    ['a', 'ALL_USERS'],
  ])
})

test('an import says which of its tags it came without, and why', async () => {
  const files = app('a', '1.0.0')
  const toml = files['app.toml'].replace('[Runtime]', 'Tags = ["<b>beta</b>"]\n[Runtime]')
  const screen = await show({ files: [await bundle('a.wave', { ...files, 'app.toml': toml })] })
  await screen.getByRole('button', { name: 'Import', exact: true }).click()
  await expect.element(screen.getByText('It came without one of its tags:')).toBeVisible()
  await expect
    .element(screen.getByRole('listitem').filter({ hasText: 'There is no such tag here' }))
    .toHaveTextContent('<b>beta</b>. There is no such tag here. An admin can create it.')
})

test('several bundles are a list, each with its own state', async () => {
  const files = [
    await bundle('a.wave', app('a', '1.0.0')),
    await bundle('b.wave', app('b', '1.0')),
    new File(['no archive'], 'c.wave'),
    new File(['x'], 'notes.txt'),
  ]
  const screen = await show({ files })
  const list = screen.getByRole('navigation', { name: 'Chosen bundles' })
  await expect.element(list.getByRole('button', { name: /App a Nothing to mend/ })).toBeVisible()
  await expect.element(list.getByRole('button', { name: /App b 1 error/ })).toBeVisible()
  await expect.element(list.getByRole('button', { name: /c\.wave 1 error/ })).toBeVisible()
  await expect
    .poll(() => screen.getByRole('list', { name: 'Not taken' }).element().textContent)
    .toContain('notes.txt It is no .wave or .zip file')
  await screen.getByRole('button', { name: 'Dismiss' }).click()
  await expect.element(screen.getByRole('list', { name: 'Not taken' })).not.toBeInTheDocument()
})

test('a finding shows its place, its fix and what that changes', async () => {
  const screen = await show({ files: [await bundle('b.wave', app('b', '1.0'))] })
  const error = screen.getByRole('listitem').filter({ hasText: 'is no version' })
  await expect.element(error.getByRole('link', { name: 'app.toml:3:11' })).toBeVisible()
  await expect
    .element(error.getByRole('link', { name: 'manifest.version-invalid' }))
    .toHaveAttribute('href', '/docs/findings#manifest.version-invalid')
  await expect
    .poll(() => error.getByRole('group', { name: 'app.toml, line 3' }).element().textContent)
    .toContain('This line: Version = "1.0"')
  await expect
    .element(screen.getByRole('button', { name: 'Import', exact: true }))
    .toHaveAttribute('aria-disabled', 'true')
  await error.getByRole('button', { name: 'Change Version to "1.0.0"' }).click()
  await expect
    .poll(() => error.getByRole('group', { name: 'Changes to app.toml' }).element().textContent)
    .toContain('Added: Version = "1.0.0"')
  await error.getByRole('button', { name: 'Apply' }).click()
  await expect.element(screen.getByText(/b 1\.0\.0 is free/)).toBeVisible()
  await expect.element(screen.getByRole('tab', { name: /Findings/ })).toHaveFocus()
  await screen.getByRole('button', { name: 'Undo the last' }).click()
  await expect.element(screen.getByRole('heading', { name: '1 error' })).toBeVisible()
})

test('a version that is there already blocks the import, and says whose it is', async () => {
  const taken = appFixture({ id: 'taken', name: 'a', version: '1.0.0', owner: people.user })
  const screen = await show({ apps: [taken], files: [await bundle('a.wave', app('a', '1.0.0'))] })
  const before = screen.getByRole('region', { name: 'Before the import' })
  await expect
    .element(before.getByText(/^In the way: a 1\.0\.0 is there already, imported by Jonas Weber\./))
    .toBeVisible()
  await expect
    .element(before.getByRole('link', { name: 'See the one that is there' }))
    .toHaveAttribute('href', '/apps/taken')
  await expect
    .element(screen.getByRole('button', { name: 'Import', exact: true }))
    .toHaveAttribute('aria-disabled', 'true')
})

test('the listing is seen through the eyes of others', async () => {
  const screen = await show({ files: [await bundle('a.wave', app('a', '1.0.0'))] })
  await screen.getByRole('tab', { name: 'Listing' }).click()
  const card = screen.getByRole('region', { name: 'In the catalog' })
  await expect.element(card.getByRole('heading', { name: 'App a' })).toBeVisible()
  await screen.getByRole('radio', { name: 'Another user' }).click()
  await expect.element(screen.getByRole('heading', { name: 'They don’t see it' })).toBeVisible()
  await screen.getByRole('radio', { name: 'All users' }).click()
  await expect.element(card.getByRole('button', { name: 'Run' })).toBeVisible()
  await screen.getByRole('radio', { name: 'A visitor' }).click()
  await expect.element(screen.getByRole('heading', { name: 'They don’t see it' })).toBeVisible()
})

test('hostile names and texts are text', async () => {
  const text = '<img src=x onerror=alert(1)>'
  const files = {
    'app.toml': `[App]\nName = "a"\nVersion = "1.0.0"\nTitle = "${text}"\n[Runtime]\nModule = "server"\n`,
    'server.py': '',
  }
  const screen = await show({ files: [await bundle(`${text}.wave`, files)] })
  await expect.element(screen.getByRole('heading', { level: 2, name: text })).toBeVisible()
  expect(document.querySelector('img[onerror]')).toBeNull()
})

test('nothing is wider than a small phone', async () => {
  await page.viewport(320, 640)
  const long = 'Donaudampfschifffahrtsgesellschaftskapitaensmuetzenprognose'
  const screen = await show({
    files: [
      await bundle(`${long}.wave`, app(long.slice(0, 40), '1.0')),
      await bundle('a.wave', app('a', '1.0.0')),
    ],
  })
  await expect.element(screen.getByRole('heading', { name: '1 error' })).toBeVisible()
  expect(document.documentElement.scrollWidth).toBe(320)
  await page.viewport(1280, 900)
})
