import { describe, expect, test } from 'vitest'
import { openArchive } from './archive.ts'
import {
  bytes,
  concat,
  extraField,
  FLAG_UTF8,
  unicodePath,
  utf8,
  writeZip,
  type ArchivePlan,
  type EntryPlan,
} from '../testing/zip-writer.ts'

const TOML = '[App]\nName = "a"\nVersion = "1.0.0"\n'
const toml: EntryPlan = { name: 'app.toml', data: TOML }
const app: EntryPlan = { name: 'app.py', data: 'print("hello")\n'.repeat(20) }
const cp437 = Uint8Array.of(0x81, 0x2e, 0x70, 0x79) // ü.py

const zip64Sizes = (size: number, compressed: number) =>
  extraField(1, bytes([size, 8], [compressed, 8]))

async function codesOf(data: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const { archive, findings } = await openArchive(new Blob([data]))
  expect(archive).toBeNull()
  return findings.map((finding) => finding.code)
}

const gzip = bytes(0x1f, 0x8b, 8, 0, [0, 8], utf8('x'.repeat(40)))
const tar = concat([utf8('app.toml'), new Uint8Array(249), utf8('ustar'), new Uint8Array(250)])
const endRecord = bytes([0x06054b50, 4], [0, 8], [0, 8], [0, 2])
const zeros = new Uint8Array(34 * 1024 * 1024)

const hostile: [name: string, code: string, make: () => Promise<Uint8Array<ArrayBuffer>>][] = []
function refuses(name: string, code: string, plan: ArchivePlan | Uint8Array): void {
  hostile.push([
    name,
    code,
    async () => (plan instanceof Uint8Array ? new Uint8Array(plan) : writeZip(plan)),
  ])
}
function refusesEntry(name: string, code: string, entry: EntryPlan, ...more: EntryPlan[]): void {
  refuses(name, code, { entries: [toml, entry, ...more] })
}

refuses('an empty file', 'archive.not-zip', new Uint8Array())
refuses('a gzip file', 'archive.not-zip', gzip)
refuses('a tar archive', 'archive.not-zip', tar)
refuses(
  'a 7-Zip archive',
  'archive.not-zip',
  bytes(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, new Uint8Array(50)),
)
refuses('a RAR archive', 'archive.not-zip', utf8(`Rar!\x1a\x07${'x'.repeat(50)}`))
refuses('an HTML page', 'archive.not-zip', utf8('<!DOCTYPE html><html>Sign in first</html>'))
refuses('a plain text', 'archive.not-zip', utf8('Hello, this is my app'))
refuses('an archive without entries', 'archive.empty', { entries: [] })
refuses(
  'a first part of a split archive',
  'archive.multi-disk',
  bytes([0x08074b50, 4], utf8('x'.repeat(60))),
)
refuses('a last part of a split archive', 'archive.multi-disk', {
  entries: [toml],
  end: { disk: 1, directoryDisk: 1 },
})
refuses('fewer entries on this disk', 'archive.multi-disk', {
  entries: [toml, app],
  end: { countHere: 1 },
})
refuses('an entry on another disk', 'archive.multi-disk', { entries: [toml, { ...app, disk: 2 }] })
refuses('a zip64 locator of several disks', 'archive.multi-disk', {
  entries: [toml],
  zip64: 'marked',
  zip64Lies: { disks: 3 },
})
refuses('a count too high', 'archive.directory-mismatch', {
  entries: [toml, app],
  end: { count: 3, countHere: 3 },
})
refuses('a count too low', 'archive.directory-mismatch', {
  entries: [toml, app],
  end: { count: 1, countHere: 1 },
})
refuses('bytes before the end record', 'archive.directory-mismatch', {
  entries: [toml],
  beforeEnd: utf8('surprise'),
})
refuses('a directory size too small', 'archive.directory-mismatch', {
  entries: [toml, app],
  end: { size: 54 },
})
refuses('a directory beyond the end', 'archive.truncated', {
  entries: [toml],
  end: { offset: 5000 },
})
refuses('a comment that is cut off', 'archive.truncated', {
  entries: [toml],
  end: { commentLength: 9 },
})
refuses('a second end record in the comment', 'archive.second-end-record', {
  entries: [toml],
  comment: endRecord,
})
refuses('a broken end record in the comment', 'archive.second-end-record', {
  entries: [toml],
  comment: concat([endRecord, utf8('xx')]),
})
refuses('an empty archive after another', 'archive.prefixed-bytes', {
  entries: [toml],
  suffix: concat([utf8('x'), endRecord]),
})
refuses('trailing bytes', 'archive.trailing-bytes', { entries: [toml], suffix: utf8('trailing') })
refuses('leading bytes', 'archive.prefixed-bytes', { entries: [toml], prefix: utf8('#!/bin/sh\n') })
refuses('leading bytes with adjusted offsets', 'archive.prefixed-bytes', {
  entries: [toml],
  prefix: utf8('#!/bin/sh\n'),
  adjustOffsets: true,
})
refuses('leading bytes with zip64', 'archive.prefixed-bytes', {
  entries: [toml],
  prefix: utf8('#!/bin/sh\n'),
  zip64: 'marked',
})
refuses('zip64 with another count', 'archive.zip64-mismatch', {
  entries: [toml, app],
  zip64: 'beside',
  end: { count: 1, countHere: 1 },
})
refuses('zip64 with another offset', 'archive.zip64-mismatch', {
  entries: [toml, app],
  zip64: 'beside',
  end: { offset: 3 },
})
refuses('a zip64 locator that points elsewhere', 'archive.zip64-mismatch', {
  entries: [toml],
  zip64: 'marked',
  zip64Lies: { locator: 2 ** 40 },
})
refuses('a zip64 record of another length', 'archive.zip64-mismatch', {
  entries: [toml],
  zip64: 'marked',
  zip64Lies: { bytes: 50 },
})
refuses('zip64 numbers beyond all sense', 'archive.too-many-entries', {
  entries: [toml],
  zip64: 'marked',
  zip64Lies: { count: 2 ** 50 },
})
refusesEntry('zip64 marks without the field', 'archive.zip64-mismatch', {
  ...app,
  size: 0xffffffff,
})
refusesEntry('a zip64 field that contradicts', 'archive.zip64-mismatch', {
  ...app,
  method: 0,
  extra: zip64Sizes(1, 1),
})
refusesEntry('damaged extra fields', 'archive.extra-damaged', {
  ...app,
  extra: bytes([1, 2], [99, 2], 0),
})
refusesEntry('an encrypted entry', 'archive.encrypted', { ...app, flags: 1 })
refusesEntry('a strongly encrypted entry', 'archive.encrypted', { ...app, flags: 0x41 })
refusesEntry('an AES entry', 'archive.encrypted', {
  ...app,
  method: 99,
  extra: extraField(0x9901, new Uint8Array(7)),
})
refusesEntry('bzip2', 'archive.method-unsupported', { ...app, method: 12 })
refusesEntry('Zstandard', 'archive.method-unsupported', { ...app, method: 93 })
refusesEntry('a symbolic link', 'archive.symlink', {
  name: 'link',
  data: '/etc/passwd',
  method: 0,
  mode: 0o120777,
})
refusesEntry('a device', 'archive.special-file', { name: 'dev', mode: 0o020666 })
refusesEntry('a pipe', 'archive.special-file', { name: 'pipe', mode: 0o010666 })
refusesEntry('a folder by mode alone', 'archive.kind-ambiguous', { name: 'src', mode: 0o040755 })
refusesEntry('a folder by DOS attribute alone', 'archive.kind-ambiguous', {
  name: 'src',
  host: 0,
  dosAttributes: 0x10,
})
refusesEntry('a folder with contents', 'archive.kind-ambiguous', {
  name: 'src/',
  data: 'text',
  method: 0,
})
for (const name of [
  '../evil.py',
  'a/../../evil.py',
  '/etc/passwd',
  'a\\b.py',
  'C:/evil.py',
  'a\0.py',
  'a//b.py',
  './app.py',
  'a/./b.py',
  'a/..',
  '..',
  '/',
  'a\nb.py',
  'a\u202eyp.exe',
  'a\u0085b',
  '\u2066x',
]) {
  refusesEntry(`the path ${JSON.stringify(name)}`, 'archive.path-unsafe', { ...app, name })
}
refusesEntry('an empty name', 'archive.path-unsafe', { ...app, name: '' })
refusesEntry('a name of 300 characters', 'archive.path-too-long', { ...app, name: 'x'.repeat(300) })
refusesEntry('a name that is no UTF-8', 'archive.name-encoding', {
  ...app,
  name: cp437,
  flags: FLAG_UTF8,
})
refusesEntry('a Unicode path that differs', 'archive.unicode-path-mismatch', {
  ...app,
  extra: unicodePath(utf8('app.py'), 'evil.py'),
})
refusesEntry('a stale Unicode path that differs', 'archive.unicode-path-mismatch', {
  ...app,
  extra: unicodePath(utf8('app.py'), 'evil.py', 1),
})
refusesEntry('a duplicate', 'archive.duplicate', app, app)
refusesEntry(
  'a file that is a folder too',
  'archive.file-and-folder',
  { ...app, name: 'a' },
  { ...app, name: 'a/b' },
)
refusesEntry(
  'a folder entry named like a file',
  'archive.file-and-folder',
  { ...app, name: 'a' },
  { name: 'a/' },
)
refusesEntry('two entries for one place', 'archive.overlap', app, {
  ...app,
  name: 'again.py',
  offset: 0,
  hidden: false,
})
refusesEntry('an entry beyond the data', 'archive.overlap', { ...app, offset: 100_000 })
refusesEntry('a compressed size too large', 'archive.overlap', {
  ...app,
  compressedSize: 5000,
  local: { compressedSize: 5000 },
})
refusesEntry('another name in the local header', 'archive.local-mismatch', {
  ...app,
  local: { name: 'bad.py' },
})
refusesEntry('a longer name in the local header', 'archive.local-mismatch', {
  ...app,
  local: { name: 'longer.py' },
})
refusesEntry('another method in the local header', 'archive.local-mismatch', {
  ...app,
  local: { method: 0 },
})
refusesEntry('another size in the local header', 'archive.local-mismatch', {
  ...app,
  local: { size: 7 },
})
refusesEntry('another checksum in the local header', 'archive.local-mismatch', {
  ...app,
  local: { crc: 7 },
})
refusesEntry('other flags in the local header', 'archive.local-mismatch', {
  ...app,
  local: { flags: 8 },
})
refusesEntry('no local header', 'archive.local-mismatch', {
  ...app,
  local: { signature: 0x04034b51 },
})
refusesEntry('another Unicode path in the local header', 'archive.unicode-path-mismatch', {
  ...app,
  local: { extra: unicodePath(utf8('app.py'), 'evil.py') },
})
refusesEntry('a descriptor with another checksum', 'archive.descriptor-mismatch', {
  ...app,
  descriptor: 'signed',
  described: { crc: 1 },
})
refusesEntry('a descriptor with another size', 'archive.descriptor-mismatch', {
  ...app,
  descriptor: 'unsigned',
  described: { size: 1 },
})
refusesEntry('a descriptor that is missing', 'archive.descriptor-mismatch', { ...app, flags: 8 })
refusesEntry(
  'bytes between entries',
  'archive.hidden-bytes',
  { ...app, gap: utf8('gap') },
  { ...app, name: 'b.py' },
)
refusesEntry(
  'a hidden entry',
  'archive.hidden-bytes',
  { ...app, name: 'evil.py', hidden: true },
  app,
)
refusesEntry('an impossible ratio', 'archive.size-mismatch', {
  ...app,
  size: 2 ** 31,
  local: { size: 2 ** 31 },
})
refusesEntry('a stored entry with two sizes', 'archive.size-mismatch', {
  ...app,
  method: 0,
  size: 3,
  local: { size: 3 },
})
refusesEntry('a decompression bomb', 'archive.bomb', { name: 'zeros', data: zeros })

describe('refuses', () => {
  test.each(hostile)('%s', async (_name, code, make) => {
    const codes = await codesOf(await make())
    expect(codes).toContain(code)
  })

  test('a truncated archive, wherever it is cut', async () => {
    const data = await writeZip({ entries: [toml, app], comment: utf8('comment') })
    for (let length = 1; length < data.length; length++) {
      const { archive, findings } = await openArchive(new Blob([data.subarray(0, length)]))
      expect(archive).toBeNull()
      if (length >= 4) expect(findings[0]?.code).toBe('archive.truncated')
    }
  })

  test('names what a file is that is no zip', async () => {
    const messageOf = async (data: Uint8Array<ArrayBuffer>) =>
      (await openArchive(new Blob([data]))).findings[0]?.message
    expect(await messageOf(new Uint8Array(gzip))).toContain('a gzip file')
    expect(await messageOf(concat([tar]))).toContain('a tar archive')
    expect(await messageOf(new Uint8Array(utf8(TOML)))).toContain('an app.toml')
    expect(await messageOf(new Uint8Array())).toContain('empty')
  })

  test('a long list of the same fault is shortened', async () => {
    const entries = Array.from({ length: 500 }, (_, index) => ({ name: `../${index}` }))
    const { findings } = await openArchive(new Blob([await writeZip({ entries })]))
    expect(findings).toHaveLength(21)
    expect(findings.at(-1)?.message).toContain('479 more')
  })
})
