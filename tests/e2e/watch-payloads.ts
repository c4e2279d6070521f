import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'

/** Looks out for anything that ran, was loaded or would have been. */
export async function watch(page: Page): Promise<() => Promise<void>> {
  const seen: string[] = []
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (request.url().includes('pwned-probe')) seen.push(`request: ${request.url()}`)
  })
  await page.exposeFunction('pwned', () => {
    seen.push('a payload ran')
  })
  await page.addInitScript(() => {
    // Reported to the console as well; kept here with what was blocked.
    addEventListener('securitypolicyviolation', ({ blockedURI, violatedDirective }) => {
      const kept = sessionStorage.getItem('violations') ?? ''
      sessionStorage.setItem('violations', `${kept}${violatedDirective} ${blockedURI}\n`)
    })
  })
  return async () => {
    expect(seen).toEqual([])
    expect(await page.evaluate(() => sessionStorage.getItem('violations'))).toBeNull()
    // What a payload would have made. Our own pages have none of them in what people wrote.
    await expect(
      page.locator(
        'main :is(script, iframe, object, embed, base, meta, form[action], [onerror], [onload], [onfocus], [onclick], [srcdoc])',
      ),
    ).toHaveCount(0)
    const addresses = await page
      .locator('a[href]')
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol))
    expect(addresses.filter((each) => !/^(https?|mailto):$/.test(each))).toEqual([])
  }
}
