import type { Page } from '@playwright/test'
import { expect, expectAccessible, signIn, test } from './fixtures.ts'

const field = (page: Page) => page.getByRole('combobox', { name: /^Find apps/ })

async function summon(page: Page, text: string) {
  await page.keyboard.press('Control+k')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type(text)
}

/** Types, waits until the row is the chosen one, and presses Enter. */
async function command(page: Page, text: string, row: RegExp) {
  await summon(page, text)
  await expect(page.getByRole('option', { name: row })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
}

test('by keyboard alone: sign in, run an app, pause it, resume it, dark theme, sign out', async ({
  page,
  platform,
}) => {
  await page.goto(platform.url)
  await expect(page.getByRole('heading', { level: 1, name: 'Catalog' })).toBeVisible()
  await command(page, 'sign in', /^Sign in/)
  await expect(page.getByRole('button', { name: /Jonas Weber/ })).toBeVisible()
  const jonas = page.getByRole('button', { name: /Jonas Weber/ })
  await expect(async () => {
    await page.keyboard.press('Tab')
    await expect(jonas).toBeFocused({ timeout: 100 })
  }).toPass()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Catalog' })).toBeVisible()

  await command(page, 'run sales', /^Run Sales forecast/)
  const outcome = page.getByRole('region', { name: 'What came of it' })
  await expect(outcome).toContainText('Sales forecast is running.')

  const opened = page.waitForEvent('popup')
  await command(page, 'visit sales', /^Visit Sales forecast/)
  const app = await opened
  await expect(app.getByRole('heading', { level: 1, name: 'Sales forecast' })).toBeVisible()
  await app.close()

  await command(page, 'pause sf', /^Pause Sales forecast/)
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(outcome).toContainText('Sales forecast is paused.')
  await expectAccessible(page)

  await command(page, 'forecast resume', /^Resume Sales forecast/)
  await expect(outcome).toContainText('Sales forecast is running.')

  await command(page, 'instances', /^My instances/)
  await expect(page.getByRole('heading', { level: 1, name: 'My instances' })).toBeFocused()

  await command(page, 'dark', /^Dark theme/)
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.getByRole('heading', { level: 1, name: 'My instances' })).toBeVisible()

  await page.keyboard.press('Control+k')
  const recent = page.getByRole('group', { name: 'Recent' })
  await expect(recent.getByRole('option').first()).toContainText('Dark theme')
  await page.keyboard.type('log out')
  await expect(page.getByRole('option', { name: /^Sign out/ })).toHaveAttribute(
    'aria-selected',
    'true',
  )
  await page.keyboard.press('Enter')
  await expect(page.getByText('You are signed out.')).toBeVisible()
  await expect(page.getByText('Sign in to see your instances')).toBeVisible()
})

test('the keys / and ? work on every page', async ({ page, platform }) => {
  await signIn(page, platform, 'Jonas Weber')
  await page.goto(`${platform.url}/instances`)
  await expect(page.getByRole('heading', { level: 1, name: 'My instances' })).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('sales/')
  await expect(page.getByRole('searchbox')).toHaveValue('sales/')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('the open palette is accessible and fits, from a phone to a desk', async ({
  page,
  platform,
}) => {
  await signIn(page, platform, 'Jonas Weber')
  for (const width of [320, 768, 1440]) {
    await page.setViewportSize({ width, height: 740 })
    await page.getByRole('button', { name: 'Find anything' }).click()
    await expect(field(page)).toBeFocused()
    await expectAccessible(page)
    await page.keyboard.type('run')
    await expect(page.getByRole('option', { name: /^Run Sales forecast/ })).toBeVisible()
    await expectAccessible(page)
    const overflow = await page
      .getByRole('listbox')
      .evaluate((list) => list.scrollWidth - list.clientWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    await page.keyboard.press('Control+a')
    await page.keyboard.type('qqxxzz')
    await expect(page.getByText(/^Nothing found for/)).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: 'Find anything' })).toBeFocused()
  }
})
