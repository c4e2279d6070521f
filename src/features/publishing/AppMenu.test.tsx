import { useQuery } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { appFixture, people } from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { appOptions, appVersionsOptions } from '../../api/apps.ts'
import type { Person } from '../../api/generated/types.gen.ts'
import { AppMenu } from './AppMenu.tsx'

function show(person: Person, over: Parameters<typeof appFixture>[0] = {}) {
  function Managed() {
    const { data: app } = useQuery(appOptions('app-1'))
    const { data: versions } = useQuery(appVersionsOptions('app-1'))
    if (app === undefined || versions === undefined) return <p>Reading</p>
    return (
      <>
        <p>{app.title}</p>
        <AppMenu
          app={app}
          versions={versions.versions}
          label="Manage"
          look="button"
          onDeleted={() => undefined}
        />
      </>
    )
  }
  const platform = new MockPlatform({ apps: [appFixture(over)], person })
  return renderApp(<Managed />, { platform })
}

const offered = () =>
  [...document.querySelectorAll('[role=menuitem]')].map(({ textContent }) => textContent)

test('its owner is offered everything, a private version also to be published', async () => {
  const screen = await show(people.author, { visibility: 'PRIVATE' })
  await screen.getByRole('button', { name: 'Manage' }).click()
  await expect
    .poll(offered)
    .toEqual([
      'Publish this version…',
      'Change who sees it…',
      'Change its default profile…',
      'Download the bundle',
      'Delete…',
    ])
})

test('an admin manages it, but the bundle is its owner’s, and the reason is there', async () => {
  const screen = await show(people.admin)
  await screen.getByRole('button', { name: 'Manage' }).click()
  await expect
    .poll(offered)
    .toEqual([
      'Change who sees it…',
      'Change its default profile…',
      'Download the bundleOnly its owner can download this bundle.',
      'Delete…',
    ])
  await expect
    .element(screen.getByRole('menuitem', { name: /Download/ }))
    .toHaveAttribute('aria-disabled', 'true')
})

test('nobody else has the menu', async () => {
  const screen = await show(people.user)
  await expect.element(screen.getByText('Sales forecast')).toBeVisible()
  await expect.element(screen.getByRole('button', { name: 'Manage' })).not.toBeInTheDocument()
})

test('a link has no profile', async () => {
  const link = await show(people.author, { lifecycle: 'LINK', link: 'https://example.com/' })
  await link.getByRole('button', { name: 'Manage' }).click()
  await expect.poll(offered).toContain('Change who sees it…')
  expect(offered()).not.toContain('Change its default profile…')
})

test('the focus comes back from a dialog to the button that led there', async () => {
  const screen = await show(people.author)
  await screen.getByRole('button', { name: 'Manage' }).click()
  await screen.getByRole('menuitem', { name: 'Change who sees it…' }).click()
  await screen.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await expect.element(screen.getByRole('button', { name: 'Manage' })).toHaveFocus()
})
