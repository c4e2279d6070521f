import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ByteView } from './bytes.ts'
import { unsafePath, windowsTrouble } from './entry-name.ts'
import { hashPath } from './path-index.ts'
import { PlainNames } from './plain-names.ts'

const segment = fc.oneof(
  fc.constantFrom(
    'con',
    'AUX.txt',
    'com1',
    'lpt9.tar.gz',
    'com12',
    'a.con',
    'nul ',
    'x.',
    'x ',
    '..',
    '.',
    '',
  ),
  fc.constantFrom(
    'src',
    'data',
    'Models',
    'app.py',
    'a b',
    '.git',
    'a:b',
    'q?',
    'ü',
    'a\\b',
    '\u0000',
  ),
  fc.string({ maxLength: 6 }),
)
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'))

describe('names that need no examination', () => {
  test('have nothing that an examination would find', () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 20 }), (paths) => {
        const { bytes, places } = sideBySide(paths)
        const names = new PlainNames(new ByteView(bytes))
        let folder: string | null = null
        for (const [index, path] of paths.entries()) {
          const { start, length } = places[index] ?? { start: 0, length: 0 }
          if (!names.read(start, length)) continue
          expect(unsafePath(path)).toBeNull()
          expect(windowsTrouble(path)).toBeNull()
          expect(path).not.toMatch(/\/$/)
          expect(names.hash).toBe(hashPath(path))
          expect(names.isLowerCase).toBe(path === path.toLowerCase())
          const own = path.slice(0, path.lastIndexOf('/') + 1)
          expect(names.startsFolder).toBe(own !== (folder ?? ''))
          folder = own
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('take in what bundles are made of', () => {
    const paths = ['app.toml', 'src/app.py', 'src/my model.bin', 'static/icon.png', 'README.md']
    const { bytes, places } = sideBySide(paths)
    const names = new PlainNames(new ByteView(bytes))
    for (const { start, length } of places) expect(names.read(start, length)).toBe(true)
  })
})

function sideBySide(paths: readonly string[]) {
  const encoded = paths.map((path) => new TextEncoder().encode(path))
  const bytes = new Uint8Array(encoded.reduce((sum, { length }) => sum + length, 0))
  let start = 0
  const places = encoded.map((name) => {
    bytes.set(name, start)
    const place = { start, length: name.length }
    start += name.length
    return place
  })
  return { bytes, places }
}
