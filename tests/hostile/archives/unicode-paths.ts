import {
  bytes,
  extraField,
  FLAG_UTF8,
  unicodePath,
  utf8,
} from '../../../src/bundle/testing/zip-writer.ts'
import { type Expectation, fine, type HostileCase, refused, withEntries } from '../case.ts'
import { other } from '../samples.ts'

const mismatch = refused('archive.unicode-path-mismatch')
const damaged = refused('archive.extra-damaged')
const rawName = utf8('other.py')

const extra = (name: string, expect: Expectation, field: Uint8Array) =>
  withEntries(name, expect, { ...other, extra: field })

/** Info-ZIP's second names (0x7075) and comments (0x6375), and extra fields in general. */
export const unicodePaths: readonly HostileCase[] = [
  extra('a second name that agrees', fine, unicodePath(rawName, 'other.py')),
  withEntries('a second name beside a UTF-8 name', fine, {
    ...other,
    name: utf8('ü.py'),
    flags: FLAG_UTF8,
    extra: unicodePath(utf8('ü.py'), 'ü.py'),
  }),
  extra('a second name that differs', mismatch, unicodePath(rawName, 'evil.py')),
  extra('a second name that leads out', mismatch, unicodePath(rawName, '../../evil.py')),
  extra('a second name with a stale checksum', mismatch, unicodePath(rawName, 'evil.py', 1)),
  extra('a stale checksum on a second name that agrees', fine, unicodePath(rawName, 'other.py', 1)),
  extra('an empty second name', mismatch, unicodePath(rawName, '')),
  extra('a second name with a slash at its end', mismatch, unicodePath(rawName, 'other.py/')),
  extra('a second name that is no UTF-8', mismatch, extraField(0x7075, bytes(1, [0, 4], 0xff))),
  extra('a second name that is cut off', mismatch, extraField(0x7075, bytes(1, 0))),
  extra(
    'two second names',
    damaged,
    bytes(unicodePath(rawName, 'other.py'), unicodePath(rawName, 'evil.py')),
  ),
  withEntries('a second name in the directory alone', mismatch, {
    ...other,
    extra: unicodePath(rawName, 'evil.py'),
    local: { extra: new Uint8Array() },
  }),
  withEntries('a second name in the local header alone', mismatch, {
    ...other,
    local: { extra: unicodePath(rawName, 'evil.py') },
  }),
  extra('a Unicode comment', fine, extraField(0x6375, bytes(1, [0, 4], utf8('Kommentar')))),
  extra('extra fields that overrun', damaged, bytes([1, 2], [99, 2], 0)),
  extra('a last field one byte too long', damaged, bytes([0x5455, 2], [2, 2], 0)),
  extra('an extra field that nobody knows', fine, extraField(0xbeef, bytes(1, 2, 3))),
  extra('ten thousand empty fields', fine, new Uint8Array(40_000)),
]
