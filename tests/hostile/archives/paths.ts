import { type Expectation, fine, type HostileCase, refused, withEntries } from '../case.ts'
import { other } from '../samples.ts'

const path = (name: string, expect: Expectation): HostileCase =>
  withEntries(
    `the path ${JSON.stringify(name)}`,
    expect,
    name.endsWith('/') ? { name } : { ...other, name },
  )

const unsafe = [
  '../evil.py',
  '../../../../etc/passwd',
  'a/../../evil.py',
  'a/../b.py',
  'a/..',
  '..',
  '../',
  'a/../',
  '/etc/passwd',
  '//server/share',
  '//',
  'a\\b.py',
  '..\\evil.py',
  '\\evil.py',
  '\\\\server\\share\\evil.py',
  '\\\\?\\C:\\evil.py',
  'C:/evil.py',
  'C:evil.py',
  'c:\\evil.py',
  'a\0.py',
  'app.py\0.png',
  'a//b.py',
  'a//',
  './app2.py',
  './',
  '.',
  'a/./b.py',
  'a/.',
]
const odd = [
  '..a',
  'a/...b/c',
  '-rf',
  '~',
  '~/x.py',
  '$HOME',
  'a;b',
  '%2e%2e%2fx',
  "it's",
  'a b.py',
  ' leading.py',
  '.hidden',
  '{a,b}',
  '#',
  '@',
]

const long = (name: string, text: string, expect: Expectation) =>
  withEntries(name, expect, { ...other, name: text })

/** Paths that lead out of the folder or that programs understand differently, and odd ones that don't. */
export const paths: readonly HostileCase[] = [
  ...unsafe.map((name) => path(name, refused('archive.path-unsafe'))),
  ...odd.map((name) => path(name, fine)),
  path('/', refused('archive.path-unsafe')),
  withEntries('an empty name', refused('archive.path-unsafe'), { ...other, name: '' }),
  long('a name of 255 bytes', 'x'.repeat(255), fine),
  long('a name of 256 bytes', 'x'.repeat(256), refused('archive.path-too-long')),
  long('a name of 86 letters in 258 bytes', '日'.repeat(86), refused('archive.path-too-long')),
  long('a name of 85 letters in 255 bytes', '日'.repeat(85), fine),
  long('a path of 1,024 bytes', `${'folder/'.repeat(146)}ab`, fine),
  long('a path of 1,025 bytes', `${'folder/'.repeat(146)}abc`, refused('archive.path-too-long')),
  long('a name of 65,535 bytes', 'x'.repeat(65_535), refused('archive.path-too-long')),
  withEntries(
    'five hundred unsafe paths',
    refused('archive.path-unsafe'),
    ...Array.from({ length: 500 }, (_, index) => ({ name: `../${index}`, data: '' })),
  ),
]
