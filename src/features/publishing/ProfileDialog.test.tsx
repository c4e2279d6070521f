import { expect, test, vi } from 'vitest'
import { appFixture, environmentFixture, people } from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { worker } from '../../../mocks/worker.ts'
import { handleGetEnvironment } from '../../api/generated/msw.gen.ts'
import type { App } from '../../api/generated/types.gen.ts'
import { ProfileDialog } from './ProfileDialog.tsx'

const profiles = [
  { name: 'default', title: 'As the app asks', memory: null, default: true },
  { name: 'large', title: 'Large', memory: '4Gi', default: false },
]

async function show(app: App) {
  const onClose = vi.fn()
  worker.use(
    handleGetEnvironment({ body: environmentFixture({ profiles }) }, { baseUrl: '*/api/v1' }),
  )
  const platform = new MockPlatform({ apps: [app], person: people.author })
  const screen = await renderApp(<ProfileDialog app={app} onClose={onClose} />, { platform })
  const dialog = screen.getByRole('dialog', { name: /^Default profile of Sales forecast/ })
  return { ...screen, onClose, dialog, choice: dialog.getByRole('combobox') }
}

test('a profile is chosen from those that the platform has', async () => {
  const { dialog, choice, platform, onClose } = await show(appFixture())
  await expect.element(dialog.getByText('Large')).toBeInTheDocument()
  await choice.selectOptions('Large')
  await dialog.getByRole('button', { name: 'Change' }).click()
  await expect.poll(() => onClose.mock.calls.length).toBe(1)
  expect(platform.apps[0]?.defaultProfile).toBe('large')
})

test('the choice goes back to the platform', async () => {
  const { dialog, choice, platform, onClose } = await show(appFixture({ defaultProfile: 'large' }))
  await expect.element(choice).toHaveValue('large')
  await choice.selectOptions('The platform’s default (As the app asks)')
  await dialog.getByRole('button', { name: 'Change' }).click()
  await expect.poll(() => onClose.mock.calls.length).toBe(1)
  expect(platform.apps[0]?.defaultProfile).toBeNull()
})
