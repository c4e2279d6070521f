import { expect, test } from 'vitest'
import { identityOf, sortChoice } from './chosen.ts'

const limits = { bundleBytes: 100, bundleSize: '100 B', taken: new Set<string>() }

function file(name: string, size = 10): File {
  return new File([new Uint8Array(size)], name, { lastModified: 1 })
}

const chosen = (path: string, size?: number) => ({
  path,
  file: file(path.slice(path.lastIndexOf('/') + 1), size),
})

test.each([
  ['notes.txt', 10, 'It is no .wave or .zip file.'],
  ['empty.wave', 0, 'It is empty.'],
  ['large.wave', 101, 'It is larger than 100 B'],
])('%s is named with its reason', (name, size, reason) => {
  const { bundles, rejected } = sortChoice([chosen(name, size)], limits)
  expect(bundles).toEqual([])
  expect(rejected).toEqual([{ name, reason: expect.stringContaining(reason) }])
})

test('bundles are taken by their names in any letter case', () => {
  const { bundles, rejected } = sortChoice([chosen('a.wave'), chosen('B.ZIP')], limits)
  expect(bundles.map(({ name }) => name)).toEqual(['a.wave', 'B.ZIP'])
  expect(rejected).toEqual([])
})

test('the same file counts once, in one choice and over two', () => {
  const twice = sortChoice([chosen('a.wave'), chosen('a.wave')], limits)
  expect(twice.bundles).toHaveLength(1)
  expect(twice.rejected).toEqual([
    { name: 'a.wave', reason: 'The same file is on the list already.' },
  ])
  const taken = new Set([identityOf(file('a.wave'))])
  expect(sortChoice([chosen('a.wave')], { ...limits, taken }).bundles).toEqual([])
})

test('a folder with an app.toml, here or further down, is packed as a whole', () => {
  const { folders } = sortChoice(
    [chosen('one/app.toml'), chosen('./one/src/a.py'), chosen('/two/inner/app.toml')],
    limits,
  )
  expect(folders.map(({ name, files }) => [name, files.map(({ path }) => path)])).toEqual([
    ['one', ['app.toml', 'src/a.py']],
    ['two', ['inner/app.toml']],
  ])
})

test('a folder of bundles stands for the bundles in it', () => {
  const { bundles, folders, rejected } = sortChoice(
    [chosen('all/a.wave'), chosen('all/b.wave'), chosen('all/notes.txt')],
    limits,
  )
  expect(bundles.map(({ name }) => name)).toEqual(['a.wave', 'b.wave'])
  expect([folders, rejected]).toEqual([[], []])
})

test('a folder that is no app is named with its reason', () => {
  const { rejected } = sortChoice([chosen('photos/a.png')], limits)
  expect(rejected).toEqual([
    { name: 'photos', reason: expect.stringContaining('It has no app.toml') },
  ])
})
