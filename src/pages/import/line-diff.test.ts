import { expect, test } from 'vitest'
import { lineDiff } from './line-diff.ts'

const shown = (before: string, after: string) =>
  lineDiff(before, after).map(({ number, text, mark }) => `${number ?? ''}${mark ?? ' '}${text}`)

test('what changed stands between the lines around it', () => {
  expect(shown('a\nb\nc\nd\ne\nf', 'a\nb\nc\nD\ne\nf')).toEqual([
    '2 b',
    '3 c',
    '4-d',
    '4+D',
    '5 e',
    '6 f',
  ])
})

test('lines that come or go have no other side', () => {
  expect(shown('a\nc', 'a\nb\nc')).toEqual(['1 a', '2+b', '3 c'])
  expect(shown('a\nb\nc', 'a\nc')).toEqual(['1 a', '2-b', '2 c'])
})

test('a long change is cut and says so', () => {
  const long = Array.from({ length: 200 }, (_, index) => `line ${index}`).join('\n')
  const lines = lineDiff('', long)
  expect(lines).toHaveLength(61)
  expect(lines.at(-1)?.text).toMatch(/^… \d+ more lines$/)
})
