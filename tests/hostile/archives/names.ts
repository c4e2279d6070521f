import {
  FLAG_UTF8,
  unicodePath,
  utf8,
  type EntryPlan,
} from '../../../src/bundle/testing/zip-writer.ts'
import { type Expectation, fine, type HostileCase, refused, warned, withEntries } from '../case.ts'
import { other } from '../samples.ts'

const unsafe = refused('archive.path-unsafe')

const escaped = (text: string) =>
  // Names of cases have to be readable wherever they are shown.
  text.replace(
    /[^\u0020-\u007e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
const name = (text: string, expect: Expectation) =>
  withEntries(`the name "${escaped(text)}"`, expect, { ...other, name: text })
const raw = (
  what: string,
  bytes: readonly number[],
  expect: Expectation,
  more: Partial<EntryPlan> = {},
) => withEntries(what, expect, { ...other, name: Uint8Array.from(bytes), ...more })

const controls = [
  'a\u0001b',
  'a\tb',
  'a\nb.py',
  'a\rb',
  'a\u001b[31mb',
  'a\u007fb',
  'a\u0080b',
  'a\u0085b',
  'a\u009bb',
]
const directions = [
  'a\u061cb',
  'a\u200eb',
  'a\u200fb',
  'a\u202ab',
  'a\u202bb',
  'a\u202cb',
  'a\u202db',
  'a\u202eyp.exe',
  '\u2066x',
  'a\u2067b',
  'a\u2068b',
  'a\u2069b',
  'a\u2028b',
  'a\u2029b',
  '\ufeffa',
]
// Joiners (U+200C, U+200D) are part of how Persian, Hindi and emoji are written.
const invisible = ['a\u00adb.py', 'a\u200bb.py', 'a\u2060b.py', 'a\u180eb.py', 'a\u3164b.py']
const joined = ['\u{1f469}\u200d\u{1f52c}.py', '\u0645\u06cc\u200c\u0631.txt']

const windows = [
  '...',
  'a..',
  'CON',
  'con.txt',
  'aux.txt',
  'NUL',
  'src/prn.py',
  'COM1',
  'lpt9.log',
  'a.',
  'a ',
  'folder./x.py',
  'folder /x.py',
  'a<b',
  'a>b',
  'a|b',
  'a?b',
  'a*b',
  'a"b',
  'ab:c',
]

/** Names by their characters and encodings. */
export const names: readonly HostileCase[] = [
  ...controls.map((text) => name(text, unsafe)),
  ...directions.map((text) => name(text, unsafe)),
  ...joined.map((text) => name(text, fine)),
  ...invisible.map((text) => name(text, warned('archive.name-invisible'))),
  ...windows.map((text) => name(text, warned('archive.windows-name'))),
  ...['CONSOLE', 'com.py', 'COM10', 'nul_values.csv', 'süß/日本.py', 'é', '🚀.py'].map((text) =>
    name(text, fine),
  ),
  raw('a name that is no UTF-8', [0x81, 0x2e, 0x70, 0x79], refused('archive.name-encoding'), {
    flags: FLAG_UTF8,
  }),
  raw(
    'a name in overlong UTF-8',
    [0xc0, 0xae, 0xc0, 0xae, 0x2f, 0x78],
    refused('archive.name-encoding'),
    { flags: FLAG_UTF8 },
  ),
  raw('half of a surrogate pair', [0xed, 0xa0, 0x80], refused('archive.name-encoding'), {
    flags: FLAG_UTF8,
  }),
  raw('a code point beyond Unicode', [0xf4, 0x90, 0x80, 0x80], refused('archive.name-encoding'), {
    flags: FLAG_UTF8,
  }),
  raw('a name in code page 437', [0x81, 0x2e, 0x70, 0x79], warned('archive.name-not-utf8')),
  raw(
    'a name in code page 437 that is no UTF-8 path',
    [0xc0, 0xae, 0x2f, 0x78],
    warned('archive.name-not-utf8'),
  ),
  raw(
    'a name in Shift JIS',
    [0x93, 0xfa, 0x96, 0x7b, 0x2e, 0x70, 0x79],
    warned('archive.name-not-utf8'),
  ),
  raw('a name in Shift JIS with a backslash byte', [0x95, 0x5c, 0x2e, 0x70, 0x79], unsafe),
  raw(
    'an unmarked UTF-8 name, as macOS and Info-ZIP write it',
    [...utf8('ü.py')],
    warned('archive.name-not-utf8'),
  ),
  raw('an unmarked name with a direction mark', [...utf8('a\u202eb')], unsafe),
  raw('a code page 437 name whose Unicode path agrees', [0x81, 0x2e, 0x70, 0x79], fine, {
    extra: unicodePath(Uint8Array.of(0x81, 0x2e, 0x70, 0x79), 'ü.py'),
  }),
]
