import {
  bytes,
  extraField,
  FLAG_DESCRIPTOR,
  FLAG_UTF8,
  utf8,
  writeZip,
  type EntryPlan,
} from '../../../src/bundle/testing/zip-writer.ts'
import { type Expectation, fine, type HostileCase, ofBytes, ofPlan, warned } from '../case.ts'
import { manyEntries, type ManyEntries } from '../many-entries.ts'
import { app, other, toml, zip64Sizes } from '../samples.ts'

const FAT = 0
const UNIX = 3
const NTFS = 11
const MACOS = 19
const TIME = 1_700_000_000
const MARK = 0xffffffff

const made = (
  name: string,
  entries: EntryPlan[],
  comment: Uint8Array = new Uint8Array(),
  expect: Expectation = fine,
) => ofPlan(name, expect, { entries, comment })
const files = (more: Partial<EntryPlan>) => [
  { ...toml, ...more },
  { ...app, ...more },
]
const folder = (name: string, more: Partial<EntryPlan> = {}): EntryPlan => ({ name, ...more })

// Info-ZIP: times ("UT") with one time less in the directory, owners ("ux").
const owner = extraField(0x7875, bytes(1, 4, [0, 4], 4, [0, 4]))
const infoZip = {
  host: UNIX,
  madeBy: 30,
  mode: 0o100644,
  extra: bytes(extraField(0x5455, bytes(3, [TIME, 4])), owner),
  local: { extra: bytes(extraField(0x5455, bytes(3, [TIME, 4], [TIME, 4])), owner) },
}
const infoZipFolder = { ...infoZip, needed: 10, mode: 0o040755, dosAttributes: 0x10 }
// macOS: times and owners in a field of its own ("UX"), shorter in the directory.
const macOs = {
  host: UNIX,
  madeBy: 21,
  mode: 0o100644,
  extra: extraField(0x5855, bytes([TIME, 4], [TIME, 4])),
  local: { extra: extraField(0x5855, bytes([TIME, 4], [TIME, 4], [501, 2], [20, 2])) },
}
// 7-Zip: Windows times in the directory alone.
const ntfs = extraField(0x000a, bytes([0, 4], [1, 2], [24, 2], [0, 8], [0, 8], [0, 8]))
const sevenZip = {
  host: FAT,
  madeBy: 63,
  dosAttributes: 0x20,
  extra: ntfs,
  local: { extra: new Uint8Array() },
}
const jar = { host: FAT, flags: FLAG_UTF8 | FLAG_DESCRIPTOR, descriptor: 'signed' } as const
const jarFolder = { host: FAT, needed: 10, flags: FLAG_UTF8 }
// zipalign pads with zeros that are no field; up to three of them.
const padded = (count: number) => ({ method: 0, local: { extra: new Uint8Array(count) } })

async function wheel(): Promise<EntryPlan> {
  const data = await writeZip({ entries: [app], comment: utf8('wheel') })
  return { name: 'wheels/x-1.0-py3-none-any.whl', data, method: 0 }
}

/** What ordinary programs write, field by field. All of it has to be let in. */
export const writers: readonly HostileCase[] = [
  made('Info-ZIP', [...files(infoZip), folder('static/', infoZipFolder)]),
  made('Info-ZIP into a pipe', [
    ...files({ ...infoZip, descriptor: 'signed' }),
    folder('src/', infoZipFolder),
  ]),
  made('Info-ZIP without extra fields', files({ host: UNIX, madeBy: 30, mode: 0o100644 })),
  made('Info-ZIP with a comment', files(infoZip), utf8('made by hand\n')),
  made(
    'Info-ZIP with a non-English name',
    [...files(infoZip), { ...other, ...infoZip, name: utf8('über.txt') }],
    undefined,
    warned('archive.name-not-utf8'),
  ),
  made('macOS Archive Utility', [
    ...files({ ...macOs, descriptor: 'signed' }),
    folder('static/', { ...macOs, mode: 0o040755, needed: 10 }),
  ]),
  made(
    'macOS ditto with a non-English name',
    [
      ...files({ ...macOs, descriptor: 'signed' }),
      { ...other, ...macOs, name: utf8('U\u0308ber.txt'), descriptor: 'signed' },
    ],
    undefined,
    warned('archive.name-not-utf8'),
  ),
  made('Windows Explorer', [
    ...files({ host: FAT, dosAttributes: 0x20, flags: 2 }),
    folder('empty/', { host: FAT, dosAttributes: 0x10 }),
  ]),
  made('Windows Explorer of late', files({ host: NTFS, madeBy: 45, dosAttributes: 0x20 })),
  made('.NET', files({ host: FAT, madeBy: 20 })),
  made('7-Zip on Windows', [
    ...files(sevenZip),
    folder('static/', { ...sevenZip, dosAttributes: 0x10 }),
  ]),
  made('7-Zip on Linux', files({ host: UNIX, madeBy: 63, mode: 0o100644, dosAttributes: 0x8020 })),
  made('WinRAR', files({ host: FAT, madeBy: 20, dosAttributes: 0x20, flags: 4 })),
  made('a Java jar', [
    { ...folder('META-INF/', jar), method: 8, extra: extraField(0xcafe, new Uint8Array()) },
    { name: 'META-INF/MANIFEST.MF', data: 'Manifest-Version: 1.0\r\n\r\n', ...jar },
    ...files(jar),
    folder('static/', jarFolder),
  ]),
  made(
    'a Java jar without packing',
    files({ host: FAT, madeBy: 10, needed: 10, method: 0, flags: FLAG_UTF8 }),
  ),
  made('a Maven jar', [
    ...files({ host: UNIX, mode: 0o100644, flags: FLAG_UTF8, madeBy: 20 }),
    folder('static/', { host: UNIX, mode: 0o040755, dosAttributes: 0x10, flags: FLAG_UTF8 }),
  ]),
  made(
    'Go archive/zip',
    files({ host: FAT, descriptor: 'signed', extra: extraField(0x5455, bytes(1, [TIME, 4])) }),
  ),
  made('Go archive/zip with modes', [
    ...files({ host: UNIX, descriptor: 'signed', mode: 0o100644 }),
    folder('static/', { host: UNIX, mode: 0o040755, dosAttributes: 0x10 }),
  ]),
  made(
    'git archive',
    files({ host: FAT, madeBy: 0, needed: 10, extra: extraField(0x5455, bytes(1, [TIME, 4])) }),
    utf8('07b36ab8dec4d18fb8b549d9de7dc90b04bb708a'),
  ),
  made(
    'Node’s archiver',
    files({
      host: UNIX,
      madeBy: 45,
      descriptor: 'signed',
      mode: 0o100644,
      flags: FLAG_UTF8 | FLAG_DESCRIPTOR,
    }),
  ),
  made('PHP’s ZipArchive', files({ host: UNIX, madeBy: 63, mode: 0o100644 })),
  made('Rust’s zip', files({ host: UNIX, madeBy: 46, needed: 20, mode: 0o100644 })),
  made('old Python, without file types', files({ host: UNIX, mode: 0o600 })),
  made('old Mac programs', files({ host: MACOS, mode: 0o100644 })),
  made('a writer of stored files', files({ method: 0, needed: 10 })),
  made('a stream with signed descriptors', files({ descriptor: 'signed' })),
  made('a stream with unsigned descriptors', files({ descriptor: 'unsigned' })),
  made('a stream with signed 64-bit descriptors', files({ descriptor: 'signed64' })),
  made('a stream with unsigned 64-bit descriptors', files({ descriptor: 'unsigned64' })),
  made('a stream of stored files', files({ method: 0, descriptor: 'signed' })),
  made(
    'a stream with zip64 fields in local headers',
    files({
      descriptor: 'signed64',
      needed: 45,
      local: { size: MARK, compressedSize: MARK, extra: zip64Sizes(0, 0) },
    }),
  ),
  made('a deflated empty folder, as Java writes them', [
    ...files({}),
    folder('src/', { method: 8 }),
  ]),
  made('empty files, packed and stored', [
    ...files({}),
    { name: 'a/__init__.py', data: '' },
    { name: 'b/__init__.py', data: '', method: 0 },
  ]),
  ...[1, 2, 3, 4, 5, 7, 4000].map((count) =>
    made(`alignment by ${count} bytes`, files(padded(count))),
  ),
  made(
    'an aligned archive as Android’s build tools write it',
    files({ method: 0, local: { extra: extraField(0xd935, new Uint8Array(20)) } }),
  ),
  made('entries in another order than the directory', [
    { ...other, hidden: true },
    ...files({}),
    { ...other, ghost: true, offset: 0 },
  ]),
  made('comments of entries', files({ comment: utf8('a comment') })),
  made('an archive comment of 65,535 bytes', files({}), new Uint8Array(65_535).fill(0x2e)),
  made('an archive comment that names PK', files({}), utf8('PK PK\x05 PK\x01\x02 PK\x03\x04')),
  made('a date of zero', files({ date: 0 })),
  made('a date that no calendar has', files({ date: 0xffff })),
  made('every level of packing in its flags', [
    { ...toml, flags: 0 },
    { ...app, flags: 2 },
    { ...other, flags: 4 },
    { ...other, name: 'b.py', flags: 6 },
  ]),
  made('flags that nobody uses', files({ flags: 0x0780 })),
  ofPlan('a wheel inside, stored', fine, async () => ({ entries: [...files({}), await wheel()] })),
  ofPlan('a wheel as its last entry, stored', fine, async () => ({
    entries: [
      ...files({}),
      { name: 'requirements.txt', data: 'wheels/x-1.0-py3-none-any.whl\n' },
      await wheel(),
    ],
  })),
  many('65,535 entries in 16 bits', 65_533, '16 bits'),
  many('65,536 entries with zip64', 65_534, 'python'),
  many('100,000 entries with zip64', 99_998, 'zip64'),
]

function many(name: string, count: number, end: ManyEntries['end'] & string): HostileCase {
  const nameOf = (index: number) => `data/${index % 100}/${index}.csv`
  return ofBytes(name, fine, () => manyEntries({ count, nameOf, end }))
}
