import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test as base } from '@playwright/test'
import path from 'node:path'
import { importSamples } from '../../platform/samples.ts'
import { startTestPlatform, type TestPlatform } from '../support/test-platform.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** A real platform with the built catalog, real Python processes and the sample apps; one for each test. */
export const test = base.extend<{ platform: TestPlatform; quietPage: void }>({
  platform: async ({}, use) => {
    const platform = await startTestPlatform({
      scheduler: 'process',
      webRoot: path.join(root, 'dist'),
    })
    await importSamples(platform, path.join(root, 'mocks', 'sample-apps'))
    await use(platform)
    await platform.end()
  },
  // Whatever the browser complains of, a refused script or style among it, fails the test.
  quietPage: [
    async ({ page }, use) => {
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
          complaints.push(message.text())
        }
      })
      await use()
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

export async function signIn(
  page: Page,
  platform: Pick<TestPlatform, 'url'>,
  name: string,
): Promise<void> {
  await page.goto(`${platform.url}/sign-in`)
  await page.getByRole('button', { name: new RegExp(name) }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Catalog' })).toBeVisible()
}

/** No violation of any rule, in either theme; there is no list of tolerated ones. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    // The page's theme follows in an effect: two frames later it is drawn.
    await page.evaluate(async () => {
      for (const _ of [1, 2]) await new Promise(requestAnimationFrame)
    })
    const { violations } = await new AxeBuilder({ page }).analyze()
    const found = violations.map(
      ({ id, nodes }) =>
        `${theme}: ${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`).join(' ')}`,
    )
    expect(found).toEqual([])
  }
}
