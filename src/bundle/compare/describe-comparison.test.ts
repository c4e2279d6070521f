import { expect, test } from 'vitest'
import { compareBundles } from './compare-bundles.ts'
import { describeComparison, describeSuggestion } from './describe-comparison.ts'
import { suggestVersion } from './suggest-version.ts'
import { snapshotWith, withManifests } from './testing/snapshots.ts'

const file = (path: string, size: number, crc32 = '00000001') => ({ path, size, crc32 })

test('says each part in lines, and leaves out what stayed', async () => {
  const [old, now] = await withManifests({}, { runtime: 'MemoryLimit = "4Gi"' })
  const comparison = compareBundles(
    { ...old, files: [file('old.py', 3, '00000003'), file('app.py', 1024), file('x.csv', 5)] },
    {
      ...now,
      files: [
        file('new.py', 3, '00000003'),
        file('app.py', 2048, '00000002'),
        file('x.csv', 5),
        file('a.py', 7),
      ],
      packages: 'ffmpeg',
    },
  )
  expect(describeComparison(comparison)).toEqual([
    { title: 'Manifest', lines: ['+ Memory limit added: 4Gi  [minor]'] },
    { title: 'System packages', lines: ['+ ffmpeg added  [minor]'] },
    {
      title: 'Source files: 1 added, 1 changed, 1 renamed, 1.0 KB → 2.0 KB',
      lines: ['+ a.py  7 bytes', '~ app.py  1.0 KB → 2.0 KB', '> old.py → new.py  3 bytes'],
    },
    {
      title: 'Mind',
      lines: [
        'Both are version 1.0.0, but their contents differ. The platform accepts a version once, so choose a new one.',
      ],
    },
  ])
  expect(describeSuggestion(comparison, suggestVersion(comparison, []))).toEqual({
    title: 'Suggested version: 1.1.0, a minor step',
    lines: [
      'Memory limit added: 4Gi. It asks for an amount of its own.',
      'ffmpeg added. The app uses a package of the system that it did not use before.',
      '1 source file added. The app can do more.',
      'Or 1.0.1 if nothing is new for people',
      'Or 2.0.0 if people have to change how they run or use it',
    ],
  })
})

test('says that a version fits, and that the files are the same', async () => {
  const [old, now] = await withManifests({}, { version: '1.0.1' })
  const comparison = compareBundles(old, now)
  expect(describeComparison(comparison)[0]).toEqual({
    title: 'Contents',
    lines: ['The same files.'],
  })
  expect(describeSuggestion(comparison, suggestVersion(comparison, [])).title).toBe(
    'Version 1.0.1 fits: the changes ask for a patch step',
  )
})

test('long lists end with how many more there are', () => {
  const files = Array.from({ length: 150 }, (_, index) => file(`${index}.py`, 1))
  const [section] = describeComparison(compareBundles(snapshotWith(), snapshotWith({ files })))
  expect(section?.lines).toHaveLength(101)
  expect(section?.lines.at(-1)).toBe('and 50 more')
})
