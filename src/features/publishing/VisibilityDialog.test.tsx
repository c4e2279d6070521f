import { HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'
import { appFixture, people, problemFixture, tagFixture } from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { worker } from '../../../mocks/worker.ts'
import { handleUpdateApp } from '../../api/generated/msw.gen.ts'
import type { App } from '../../api/generated/types.gen.ts'
import { VisibilityDialog } from './VisibilityDialog.tsx'

async function show(app: App, person = people.author) {
  const onClose = vi.fn()
  const platform = new MockPlatform({ apps: [app], person })
  const screen = await renderApp(<VisibilityDialog app={app} onClose={onClose} />, { platform })
  return { ...screen, onClose, dialog: screen.getByRole('dialog') }
}

test('who gains sight of it is said before anything changes', async () => {
  const opened = tagFixture({ visitorRoles: ['partners-south', 'partners-north'] })
  const { dialog, platform, onClose } = await show(
    appFixture({ visibility: 'PRIVATE', tags: [opened] }),
  )
  await expect.element(dialog.getByText('Nothing changes.')).toBeVisible()
  await dialog.getByRole('radio', { name: 'All users' }).click()
  await expect.element(dialog.getByText('Will see it', { exact: true })).toBeVisible()
  await expect
    .element(dialog.getByText('Everybody with full access', { exact: true }))
    .toBeVisible()
  await expect
    .element(dialog.getByText('Visitors with the role partners-north or partners-south'))
    .toBeVisible()
  await expect.element(dialog.getByText('h2o app update app-1 -v ALL_USERS')).toBeVisible()
  expect(platform.apps[0]?.visibility).toBe('PRIVATE')
  await dialog.getByRole('button', { name: 'Change', exact: true }).click()
  await expect.poll(() => onClose.mock.calls.length).toBe(1)
  expect(platform.apps[0]?.visibility).toBe('ALL_USERS')
})

test('who loses sight of it is said, and that their instances go on', async () => {
  const { dialog } = await show(appFixture())
  await dialog.getByRole('radio', { name: 'Only me' }).click()
  await expect.element(dialog.getByText('Will not see it any more')).toBeVisible()
  await expect
    .element(dialog.getByText('Instances that people run of it go on and stay theirs.'))
    .toBeVisible()
})

test('an admin is told whose it is', async () => {
  const { dialog } = await show(appFixture(), people.admin)
  await dialog.getByRole('radio', { name: 'Only Priya Nair' }).click()
  await expect.element(dialog.getByRole('radio', { name: 'Only me' })).not.toBeInTheDocument()
})

test('everybody is offered only where the platform has public apps', async () => {
  const { dialog } = await show(appFixture())
  await expect.element(dialog.getByRole('radio', { name: 'All users' })).toBeChecked()
  await expect.element(dialog.getByRole('radio', { name: 'Everybody' })).not.toBeInTheDocument()
})

test('a refusal stays in the dialog, and cancelling changes nothing', async () => {
  const problem = problemFixture({ status: 403, title: 'Only its owner can do that.' })
  worker.use(
    handleUpdateApp(() => HttpResponse.json(problem, { status: 403 }), { baseUrl: '*/api/v1' }),
  )
  const { dialog, platform, onClose } = await show(appFixture())
  await dialog.getByRole('radio', { name: 'Only me' }).click()
  await dialog.getByRole('button', { name: 'Change', exact: true }).click()
  await expect.element(dialog.getByText(/^Only its owner can do that/)).toBeVisible()
  expect(onClose).not.toHaveBeenCalled()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(onClose).toHaveBeenCalled()
  expect(platform.apps[0]?.visibility).toBe('ALL_USERS')
})
