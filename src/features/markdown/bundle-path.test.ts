import { expect, test } from 'vitest'
import { bundlePath } from './bundle-path.ts'

test('a relative address is a path from the root of the bundle', () => {
  expect(bundlePath('static/plot.png')).toBe('static/plot.png')
  expect(bundlePath('./static/plot.png?raw=1#top')).toBe('static/plot.png')
  expect(bundlePath('/static/my%20plot.png')).toBe('static/my plot.png')
})

test('nothing leads out of the bundle', () => {
  expect(bundlePath('../../api/v1/me')).toBe('api/v1/me')
  for (const address of [
    'https://tracker.example/pixel.png',
    '//tracker.example/pixel.png',
    '\\\\tracker.example\\pixel.png',
    'javascript:alert(1)',
    'data:image/svg+xml,<svg onload=alert(1)>',
    'blob:https://bundle.invalid/1',
    '%ff.png',
    '',
  ]) {
    expect(bundlePath(address)).toBeNull()
  }
})
