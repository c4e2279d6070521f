import { expect, test } from 'vitest'
import { leavingAddress } from './leaving-address.ts'

test.each(['https://example.com/', 'http://example.com/a?b#c', 'mailto:a@example.com'])(
  '%s may be followed',
  (href) => {
    expect(leavingAddress(href)).toBe(href)
  },
)

test.each([
  'javascript:alert(1)',
  ' java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'blob:https://example.com/1',
  '/api/v1/session',
  '//evil.example',
  '#top',
  undefined,
])('%s may not', (href) => {
  expect(leavingAddress(href)).toBeNull()
})
