import { http, HttpResponse } from 'msw'
import { expect, test } from 'vitest'
import { environmentFixture } from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { worker } from '../../../mocks/worker.ts'
import type { Environment } from '../../api/generated/types.gen.ts'
import { EnvironmentPage } from './EnvironmentPage.tsx'

function show(over: Partial<Environment>) {
  worker.use(http.get('*/api/v1/environment', () => HttpResponse.json(environmentFixture(over))))
  return renderApp(<EnvironmentPage />, { platform: new MockPlatform(), path: '/', at: '/' })
}

test('says that apps are confined, and by what', async () => {
  const screen = await show({ scheduler: 'process', confinement: 'bubblewrap' })
  await expect.element(screen.getByText('Apps are confined.')).toBeVisible()
  await expect.element(screen.getByText(/its own folder, its volume.*bubblewrap/)).toBeVisible()
})

test('says that they are not, what that means, and what to do', async () => {
  const screen = await show({ scheduler: 'process', confinement: 'none' })
  await expect.element(screen.getByText('Apps are not confined.')).toBeVisible()
  await expect.element(screen.getByText(/install bubblewrap/)).toBeVisible()
})

test('says the limits as people read them', async () => {
  const screen = await show({})
  await expect
    .element(screen.getByText('10 instances for each person, 5 for a visitor'))
    .toBeVisible()
  await expect.element(screen.getByText('5 min')).toBeVisible()
  await expect.element(screen.getByText('1.1 GB')).toBeVisible()
  await expect.element(screen.getByText('http://localhost:4600')).toBeVisible()
})
