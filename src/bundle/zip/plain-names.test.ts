import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
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
        const names = new PlainNames(10_000)
        let text = ''
        let folder: string | null = null
        for (const path of paths) {
          const bytes = new TextEncoder().encode(path)
          if (!names.add(bytes, 0, bytes.length)) continue
          expect(unsafePath(path)).toBeNull()
          expect(windowsTrouble(path)).toBeNull()
          expect(path).not.toMatch(/\/$/)
          expect(names.hash).toBe(hashPath(path))
          expect(names.isLowerCase).toBe(path === path.toLowerCase())
          const own = path.slice(0, path.lastIndexOf('/') + 1)
          expect(names.startsFolder).toBe(own !== (folder ?? ''))
          folder = own
          text += path
        }
        expect(names.decode()).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })

  test('take in what bundles are made of', () => {
    const names = new PlainNames(1000)
    for (const path of [
      'app.toml',
      'src/app.py',
      'src/my model.bin',
      'static/icon.png',
      'README.md',
    ]) {
      const bytes = new TextEncoder().encode(path)
      expect(names.add(bytes, 0, bytes.length)).toBe(true)
    }
  })
})
