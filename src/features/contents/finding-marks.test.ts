import { expect, test } from 'vitest'
import { findingMarks } from './finding-marks.ts'
import { advice, error, warning } from '../../bundle/finding.ts'

test('a folder carries the worst of what is below it', () => {
  const marks = findingMarks([
    advice('a.a', 'A', { path: 'static/icon.png' }),
    error('b.b', 'B', { path: 'static/x/y.png' }),
    warning('c.c', 'C', { path: 'app.toml', line: 3 }),
    warning('d.d', 'D'),
  ])
  expect(marks.worstAt('static/icon.png')).toBe('advice')
  expect(marks.worstAt('static/x')).toBe('error')
  expect(marks.worstAt('')).toBe('error')
  expect(marks.worstAt('app.toml')).toBe('warning')
  expect(marks.worstAt('app.py')).toBeNull()
  expect(marks.of('app.toml').map(({ code }) => code)).toEqual(['c.c'])
})

test('names that are shown otherwise than they are find their findings', () => {
  const marks = findingMarks([warning('a.a', 'A', { path: 'a\\u{202e}b.py' })])
  expect(marks.worstAt('a\u202eb.py')).toBe('warning')
})
