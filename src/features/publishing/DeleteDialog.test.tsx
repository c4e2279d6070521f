import { HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'
import { appFixture, instanceFixture, people, problemFixture } from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { worker } from '../../../mocks/worker.ts'
import { handleDeleteApp } from '../../api/generated/msw.gen.ts'
import type { Instance } from '../../api/generated/types.gen.ts'
import { DeleteDialog } from './DeleteDialog.tsx'

const app = appFixture()

async function show(instances: Instance[]) {
  const onClose = vi.fn()
  const onDeleted = vi.fn()
  const platform = new MockPlatform({ apps: [app], instances, person: people.author })
  const screen = await renderApp(
    <DeleteDialog app={app} onClose={onClose} onDeleted={onDeleted} />,
    { platform },
  )
  return { ...screen, onClose, onDeleted, dialog: screen.getByRole('dialog') }
}

test('deleting names what is lost, and begins at Cancel', async () => {
  const { dialog, platform, onDeleted } = await show([])
  await expect
    .element(dialog.getByRole('heading', { name: 'Delete Sales forecast 1.1.0?' }))
    .toBeVisible()
  await expect.element(dialog.getByText(/its bundle/)).toBeVisible()
  await expect.element(dialog.getByText('h2o app delete app-1')).toBeVisible()
  await expect.element(dialog.getByRole('button', { name: 'Cancel' })).toHaveFocus()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect.poll(() => onDeleted.mock.calls.length).toBe(1)
  expect(platform.apps).toEqual([])
})

test('with instances it is refused, and they are listed by their owners', async () => {
  const { dialog, platform } = await show([
    instanceFixture({ id: 'a', owner: people.user }, app),
    instanceFixture({ id: 'b', owner: people.visitor, status: 'SUSPENDED' }, app),
  ])
  await expect
    .element(dialog.getByRole('heading', { name: 'Sales forecast 1.1.0 can’t be deleted yet' }))
    .toBeVisible()
  const items = () =>
    dialog
      .getByRole('listitem')
      .elements()
      .map(({ textContent }) => textContent ?? '')
  expect(items()).toEqual([
    expect.stringMatching(/^Jonas Weber, started/),
    expect.stringMatching(/^Aiko Tanaka, paused/),
  ])
  await expect.element(dialog.getByRole('button', { name: 'Delete' })).not.toBeInTheDocument()
  expect(platform.apps).toHaveLength(1)
})

test('an instance that starts meanwhile refuses it still', async () => {
  const { dialog, platform, onDeleted } = await show([])
  // Seen by nobody but the platform, before it answers.
  worker.use(
    handleDeleteApp(
      () => {
        platform.instances = [instanceFixture({}, app)]
        const title = 'It has instances.'
        const problem = problemFixture({ status: 409, code: 'app.has-instances', title })
        return HttpResponse.json(problem, { status: 409 })
      },
      { baseUrl: '*/api/v1' },
    ),
    ...worker.listHandlers(),
  )
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect.element(dialog.getByText(/It has instances/)).toBeVisible()
  expect(onDeleted).not.toHaveBeenCalled()
  expect(platform.apps).toHaveLength(1)
})
