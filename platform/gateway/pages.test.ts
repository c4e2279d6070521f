import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { gatewayPage } from './pages.ts'

const page = {
  status: 503,
  title: '<img src=x onerror=alert(1)> is paused',
  text: 'Resume it.',
  link: { href: 'http://localhost:4600/instances', label: 'Go' },
}

test('the policy lets in the page’s own style and nothing else', () => {
  const { body, headers } = gatewayPage(page)
  const style = /<style>([\s\S]*)<\/style>/.exec(body)?.[1] ?? ''
  const hash = createHash('sha256').update(style).digest('base64')
  expect(style).toContain('font:')
  expect(headers['Content-Security-Policy']).toContain(`style-src 'sha256-${hash}'`)
  expect(headers['Content-Security-Policy']).toContain("default-src 'none'")
})

test('an app’s title is only ever text', () => {
  const { body } = gatewayPage(page)
  expect(body).not.toContain('<img')
  expect(body).toContain('&lt;img src=x onerror=alert(1)&gt; is paused')
})
