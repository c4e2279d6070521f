import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { appFixture, instanceFixture, runtimeStatusFixture } from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { InstancesPage } from './InstancesPage.tsx'

const app = appFixture()
const churn = appFixture({ id: 'app-2', name: 'churn', title: 'Churn explorer' })
const care = appFixture({ id: 'app-3', name: 'care', title: 'Care pathways' })

function platformWithThree() {
  return new MockPlatform({
    apps: [app, churn, care],
    instances: [
      instanceFixture({ id: 'i-1' }, app),
      instanceFixture({ id: 'i-2', status: 'FAILED' }, churn),
      instanceFixture({ id: 'i-3', status: 'SUSPENDED' }, care),
    ],
  })
}

function show(platform: MockPlatform, at = '/instances') {
  return renderApp(<InstancesPage />, { platform, path: '/instances', at })
}

test('every instance is listed with its state and why', async () => {
  const screen = await show(platformWithThree())
  const row = (name: RegExp) => screen.getByRole('row', { name })
  await expect.element(row(/Sales forecast/).getByText('Running')).toBeVisible()
  await expect.element(row(/Churn explorer/).getByText('Failed')).toBeVisible()
  await expect
    .element(row(/Churn explorer/).getByText('Stopped: it used more than its 512 MB of memory.'))
    .toBeVisible()
  await expect.element(row(/Care pathways/).getByText('Paused')).toBeVisible()
})

test('a filter narrows the list, is in the address and counts', async () => {
  const screen = await show(platformWithThree())
  await screen.getByRole('button', { name: /^Failed/ }).click()
  await expect.element(screen.getByRole('link', { name: 'Churn explorer' })).toBeVisible()
  await expect.element(screen.getByRole('link', { name: 'Sales forecast' })).not.toBeInTheDocument()
  expect(screen.router.state.location.search).toBe('?status=failed')
  await expect
    .element(screen.getByRole('button', { name: /^Failed/ }))
    .toHaveAttribute('aria-pressed', 'true')
  await expect.element(screen.getByRole('button', { name: 'All 3' })).toBeVisible()
})

test('what happens elsewhere shows here without a reload, and is announced once', async () => {
  const screen = await show(platformWithThree())
  await expect.element(screen.getByRole('link', { name: 'Care pathways' })).toBeVisible()
  screen.platform.update('i-3', {
    status: 'PENDING',
    runtimeStatus: runtimeStatusFixture({ reason: 'Unpacking' }),
  })
  await expect.element(screen.getByText(/^Starting · unpacking · \d+ s$/)).toBeVisible()
  screen.platform.update('i-3', { status: 'DEPLOYED', runtimeStatus: runtimeStatusFixture() })
  await expect.element(screen.getByText('Care pathways is running')).toBeInTheDocument()
})

test('a log has an address, opens over the list and closes to it', async () => {
  const platform = platformWithThree()
  platform.logs.set('i-2', 'out of memory\n')
  const screen = await show(platform, '/instances?status=failed')
  await screen.getByRole('link', { name: 'Log of Churn explorer' }).click()
  await expect.element(screen.getByText('out of memory')).toBeVisible()
  expect(screen.router.state.location.search).toBe('?status=failed&log=i-2')
  await screen.getByRole('button', { name: 'Close the log' }).click()
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument()
  expect(screen.router.state.location.search).toBe('?status=failed')
})

test('who has started nothing is led to the catalog', async () => {
  const screen = await show(new MockPlatform({ apps: [app] }))
  await expect.element(screen.getByText('You have started nothing yet')).toBeVisible()
  await expect
    .element(screen.getByRole('link', { name: 'Find an app to run' }))
    .toHaveAttribute('href', '/')
})

test('who isn’t signed in is asked to, and comes back here', async () => {
  const screen = await show(new MockPlatform({ person: null }), '/instances?status=paused')
  await expect
    .element(screen.getByRole('link', { name: 'Sign in' }))
    .toHaveAttribute('href', '/sign-in?returnTo=%2Finstances%3Fstatus%3Dpaused')
})

test('on a phone the rows are cards, and nothing is too wide', async () => {
  await page.viewport(320, 640)
  const screen = await show(platformWithThree())
  await expect.element(screen.getByRole('region', { name: 'Sales forecast 1.1.0' })).toBeVisible()
  await expect.element(screen.getByRole('table')).not.toBeInTheDocument()
  expect(document.documentElement.scrollWidth).toBe(320)
  await page.viewport(1280, 900)
})
