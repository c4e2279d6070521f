import type { App, Instance } from '../../src/api/generated/types.gen.ts'
import { appBundle } from '../support/bundles.ts'
import { expect, expectAccessible, signIn, test } from './fixtures.ts'

test('the page of a paused app resumes it with one click, and turns into the app by itself', async ({
  page,
  platform,
}) => {
  const author = await platform.as('author')
  const bundle = await appBundle({ name: 'sleeper', title: 'Sleeper' })
  const app: App = await (await author.import(bundle)).json()
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/apps/${app.id}`)
  await page.getByRole('button', { name: 'Run Sleeper' }).click()
  const opened = page.waitForEvent('popup')
  await page.getByRole('main').getByRole('button', { name: 'Visit Sleeper' }).first().click()
  const tab = await opened
  await expect(tab.getByText('path=/')).toBeVisible()

  const user = await platform.as('user')
  const { instances } = await (await user.get('/instances?scope=mine')).json()
  const { id }: Instance = instances[0]
  await user.post(`/instances/${id}/suspend`)
  // The app's own script, on the same origin, can't press the button.
  await tab.evaluate(() => fetch('/.wavedeck/resume', { method: 'POST' }))
  const paused: Instance = await (await user.get(`/instances/${id}`)).json()
  expect(paused.status).toBe('SUSPENDED')

  await tab.reload()
  await expect(tab.getByRole('heading', { name: 'Sleeper is paused' })).toBeVisible()
  await tab.getByRole('button', { name: 'Resume' }).press('Enter')
  await expect(tab.getByText('path=/')).toBeVisible()
  await expect(tab).toHaveURL(/^http:\/\/[0-9a-f-]+\.localhost:\d+\/$/)
})

test('the platform says whether apps are confined, reached from one’s account', async ({
  page,
  platform,
}) => {
  await signIn(page, platform, 'Jonas Weber')
  await page
    .getByRole('button', { name: /Your account/ })
    .first()
    .click()
  await page.getByRole('link', { name: 'About this platform' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'This platform' })).toBeVisible()
  const { confinement } = platform.platform
  const words = confinement === 'none' ? 'Apps are not confined.' : 'Apps are confined.'
  await expect(page.getByText(words)).toBeVisible()
  await expect(page.getByRole('link', { name: 'About this platform' })).toBeHidden()
  await expectAccessible(page)
})
