import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import {
  appFixture,
  instanceEventFixture,
  instanceFixture,
  people,
  runtimeStatusFixture,
} from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { type BulkRun, bulkRuns } from './bulk-runs.ts'
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
  return renderApp(<InstancesPage />, { platform, path: '/instances/:instanceId?', at })
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
  await expect.element(screen.getByText(/^Starting · \d+ s of 5 min$/)).toBeVisible()
  await expect.element(screen.getByText('Sourcing the app', { exact: true })).toBeVisible()
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

test('what an instance takes is said in words beside its plot, in one request for all', async () => {
  const platform = platformWithThree()
  const mebibyte = 1024 ** 2
  platform.usages.set('i-1', {
    instanceId: 'i-1',
    memoryLimitBytes: 500 * mebibyte,
    memoryBytes: [200 * mebibyte, 212 * mebibyte],
    processors: [null, 0.04],
  })
  const screen = await show(platform)
  const row = screen.getByRole('row', { name: /Sales forecast/ })
  await expect.element(row.getByText('212 of 500 MiB')).toBeVisible()
  await expect.element(row.getByText('4 %')).toBeVisible()
})

test('a visitor, who may not read it, has no such columns', async () => {
  const instances = [instanceFixture({ owner: people.visitor }, app)]
  const screen = await show(new MockPlatform({ apps: [app], instances, person: people.visitor }))
  await expect.element(screen.getByRole('row', { name: /Sales forecast/ })).toBeVisible()
  await expect.element(screen.getByRole('columnheader', { name: 'Memory' })).not.toBeInTheDocument()
})

test('a start that takes longer than it may says so, and what to do', async () => {
  const updatedAt = new Date(Date.now() - 400_000).toISOString()
  const late = instanceFixture({ id: 'i-1', status: 'PENDING', updatedAt }, app)
  const platform = new MockPlatform({ apps: [app], instances: [late] })
  const screen = await show(platform, '/instances/i-1')
  await expect
    .element(screen.getByText('Longer than the 5 min that a start may take'))
    .toBeInTheDocument()
  const panel = screen.getByRole('dialog')
  await expect.element(panel.getByText(/pause it and resume it to begin afresh/)).toBeVisible()
  await expect
    .element(panel.getByRole('button', { name: 'Copy a diagnostic for an admin' }))
    .toBeVisible()
})

test('a failure in the panel comes with what one can do about it', async () => {
  const screen = await show(platformWithThree(), '/instances/i-2')
  const panel = screen.getByRole('dialog', { name: 'Churn explorer, details' })
  await expect.element(panel.getByText(/Run it with a larger profile/)).toBeVisible()
  await expect.element(panel.getByText(/exit code 137/)).toBeVisible()
  await expect.element(panel.getByText('h2o instance resume i-2')).toBeVisible()
})

test('the address of an instance that was terminated tells by whom', async () => {
  const platform = platformWithThree()
  platform.events.set('gone', [
    instanceEventFixture({ id: '1', kind: 'REQUESTED' }),
    instanceEventFixture({ id: '2', kind: 'ENDED', by: people.admin }),
  ])
  const screen = await show(platform, '/instances/gone')
  await expect.element(screen.getByText('Maren Holt terminated this instance')).toBeVisible()
  await screen.getByRole('button', { name: 'Close the details' }).click()
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument()
  expect(screen.router.state.location.pathname).toBe('/instances')
})

test('a change of who may open it can be taken back', async () => {
  const screen = await show(platformWithThree())
  await screen.getByRole('button', { name: 'More for Sales forecast' }).click()
  await screen.getByRole('menuitemradio', { name: 'Open to: all users' }).click()
  await screen.getByRole('button', { name: 'Undo: open Sales forecast to only me' }).click()
  await expect.poll(() => screen.platform.instances[0]?.visibility).toBe('PRIVATE')
})

test('a run that was broken off by a reload is offered again, to the same person alone', async () => {
  const run: BulkRun = {
    userId: 'author',
    action: { kind: 'pause' },
    isUndo: false,
    phase: 'signedOut',
    items: [],
  }
  const items = ['i-1', 'i-3'].map((id, n) => ({
    id,
    title: 'Sales forecast',
    version: '1.1.0',
    visibility: 'PRIVATE' as const,
    to: null,
    state: n === 0 ? ('left' as const) : ('done' as const),
    words: null,
  }))
  bulkRuns.put({ ...run, userId: 'user', items })
  const screen = await show(platformWithThree())
  const dialog = screen.getByRole('dialog')
  await expect.element(dialog.getByText(/Your session ended in the middle/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Go on with 1' }).click()
  await expect.element(dialog.getByRole('heading', { name: '2 paused' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).click()
  bulkRuns.put({ ...run, items })
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument()
  expect(bulkRuns.current()).toBeNull()
})
