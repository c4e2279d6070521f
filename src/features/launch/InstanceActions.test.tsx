import { useQuery } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { appFixture, instanceFixture, people, runtimeFixture } from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import type { Instance } from '../../api/generated/types.gen.ts'
import { instanceListOptions } from '../../api/instances.ts'
import { InstanceActions } from './InstanceActions.tsx'

const app = appFixture({ runtime: runtimeFixture({ volumeMount: '/data', volumeSize: '1Gi' }) })

function All() {
  const { data } = useQuery(instanceListOptions({ scope: 'visible' }))
  return data?.instances.map((instance) => (
    <InstanceActions key={instance.id} instance={instance} logTo={`/log/${instance.id}`} />
  ))
}

function show(instance: Instance, person = people.user) {
  const platform = new MockPlatform({ apps: [app], instances: [instance], person })
  return renderApp(<All />, { platform })
}

test('terminating asks first and names what is lost', async () => {
  const screen = await show(instanceFixture({}, app))
  await screen.getByRole('button', { name: 'More for Sales forecast' }).click()
  await screen.getByRole('menuitem', { name: 'Terminate…' }).click()
  const dialog = screen.getByRole('dialog', { name: 'Terminate this instance of Sales forecast?' })
  await expect
    .element(dialog.getByText('the instance of version 1.1.0 and its address'))
    .toBeVisible()
  await expect.element(dialog.getByText(/its volume with everything under/)).toBeVisible()
  await expect.element(dialog.getByText('/data')).toBeVisible()
  await expect.element(dialog.getByText('its log')).toBeVisible()
  await expect.element(dialog.getByText('h2o instance terminate instance-1')).toBeVisible()
  await expect.element(dialog.getByRole('button', { name: 'Cancel' })).toHaveFocus()
  expect(screen.platform.instances).toHaveLength(1)
  await dialog.getByRole('button', { name: 'Terminate' }).click()
  await expect.element(dialog).not.toBeInTheDocument()
  expect(screen.platform.instances).toEqual([])
})

test('cancelling terminates nothing', async () => {
  const screen = await show(instanceFixture({}, app))
  await screen.getByRole('button', { name: 'More for Sales forecast' }).click()
  await screen.getByRole('menuitem', { name: 'Terminate…' }).click()
  await screen.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument()
  expect(screen.platform.instances).toHaveLength(1)
})

test('pausing says what survives', async () => {
  const screen = await show(instanceFixture({}, app))
  await screen.getByRole('button', { name: 'Pause Sales forecast' }).click()
  const dialog = screen.getByRole('dialog', { name: 'Pause Sales forecast?' })
  await expect.element(dialog.getByText('/data')).toBeVisible()
  await dialog.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect.element(screen.getByRole('button', { name: 'Resume Sales forecast' })).toBeVisible()
})

test('pausing an app without a volume says that nothing survives', async () => {
  const screen = await show(instanceFixture())
  await screen.getByRole('button', { name: 'Pause Sales forecast' }).click()
  await expect.element(screen.getByText(/This app has no volume/)).toBeVisible()
})

test('a visitor’s log button says why it can’t be used', async () => {
  const screen = await show(instanceFixture({ owner: people.visitor }, app), people.visitor)
  const log = screen.getByRole('button', { name: 'Log Sales forecast' })
  await expect.element(log).toHaveAttribute('aria-disabled', 'true')
  await expect
    .element(log)
    .toHaveAccessibleDescription('Reading status and logs needs full access to the platform.')
})

test('somebody else’s instance can be visited but not controlled, and the reason is there', async () => {
  const shared = instanceFixture({ owner: people.author, visibility: 'ALL_USERS' }, app)
  const screen = await show(shared)
  await expect.element(screen.getByRole('button', { name: 'Visit Sales forecast' })).toBeVisible()
  const pause = screen.getByRole('button', { name: 'Pause Sales forecast' })
  await expect.element(pause).toHaveAttribute('aria-disabled', 'true')
  await expect.element(pause).toHaveAccessibleDescription(/Only its owner or an admin/)
})

test('an instance is opened to all users from the menu', async () => {
  const screen = await show(instanceFixture({}, app))
  await screen.getByRole('button', { name: 'More for Sales forecast' }).click()
  await screen.getByRole('menuitemradio', { name: 'Open to: all users' }).click()
  await expect.poll(() => screen.platform.instances[0]?.visibility).toBe('ALL_USERS')
})
