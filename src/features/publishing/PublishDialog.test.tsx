import { useQuery } from '@tanstack/react-query'
import { HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'
import { appFixture, people, problemFixture } from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { worker } from '../../../mocks/worker.ts'
import { appVersionsOptions } from '../../api/apps.ts'
import { handleUpdateApp } from '../../api/generated/msw.gen.ts'
import { PublishDialog } from './PublishDialog.tsx'

const old = appFixture({ id: 'old', version: '1.0.0' })
const next = appFixture({ id: 'next', version: '2.0.0', visibility: 'PRIVATE' })
const foreign = appFixture({ id: 'foreign', version: '0.9.0', owner: people.user })

async function show() {
  const onClose = vi.fn()
  function Publish() {
    const { data } = useQuery(appVersionsOptions(next.id))
    return (
      data !== undefined && <PublishDialog app={next} versions={data.versions} onClose={onClose} />
    )
  }
  const platform = new MockPlatform({ apps: [old, next, foreign], person: people.author })
  const screen = await renderApp(<Publish />, { platform })
  const visibilities = () =>
    Object.fromEntries(platform.apps.map(({ id, visibility }) => [id, visibility]))
  return { ...screen, onClose, dialog: screen.getByRole('dialog'), visibilities }
}

test('the new version goes first, the old one after it, somebody else’s stays; and back again', async () => {
  const { dialog, visibilities, platform } = await show()
  const order: string[] = []
  platform.follow(({ id }) => order.push(id))
  const steps = () =>
    dialog
      .getByRole('listitem')
      .elements()
      .map(({ textContent }) => textContent)
  await expect
    .poll(steps)
    .toEqual(['2.0.0 becomes visible to all users', '1.0.0 becomes visible only to you'])
  await expect
    .element(dialog.getByText(/Instances that people run of older versions go on/))
    .toBeVisible()
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect
    .element(dialog.getByRole('heading', { name: 'Sales forecast 2.0.0 is published' }))
    .toBeVisible()
  expect(visibilities()).toEqual({ old: 'PRIVATE', next: 'ALL_USERS', foreign: 'ALL_USERS' })
  await dialog.getByRole('button', { name: 'Undo' }).click()
  await expect
    .element(dialog.getByRole('heading', { name: 'Everything is as it was' }))
    .toBeVisible()
  expect(visibilities()).toEqual({ old: 'ALL_USERS', next: 'PRIVATE', foreign: 'ALL_USERS' })
  // At every moment there was a version to run.
  expect(order).toEqual(['next', 'old', 'old', 'next'])
})

test('what fails half-way is gone on with, not begun again', async () => {
  let fails = true
  const { dialog, platform, visibilities } = await show()
  worker.use(
    handleUpdateApp(
      async ({ params, request }) => {
        if (params.appId === 'old' && fails) {
          const problem = problemFixture({ status: 400, title: 'Not now.' })
          return HttpResponse.json(problem, { status: 400 })
        }
        return HttpResponse.json(platform.updateApp(params.appId, await request.json()))
      },
      { baseUrl: '*/api/v1' },
    ),
    ...worker.listHandlers(),
  )
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect.element(dialog.getByText(/^Not now/)).toBeVisible()
  expect(visibilities()).toEqual({ old: 'ALL_USERS', next: 'ALL_USERS', foreign: 'ALL_USERS' })
  await expect.element(dialog.getByText(/becomes visible only to you/)).toBeVisible()
  await expect.element(dialog.getByText(/becomes visible to all users/)).not.toBeInTheDocument()
  fails = false
  await dialog.getByRole('button', { name: 'Try again' }).click()
  await expect.element(dialog.getByRole('button', { name: 'Undo' })).toBeVisible()
  expect(visibilities()).toMatchObject({ old: 'PRIVATE', next: 'ALL_USERS' })
})
