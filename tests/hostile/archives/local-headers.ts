import { crc32 } from '../../../src/bundle/zip/crc32.ts'
import {
  bytes,
  extraField,
  FLAG_DESCRIPTOR,
  FLAG_UTF8,
  unicodePath,
  utf8,
  type EntryPlan,
} from '../../../src/bundle/testing/zip-writer.ts'
import { fine, type HostileCase, ofPlan, refused, thorough, withEntries } from '../case.ts'
import { app, noise, other, toml } from '../samples.ts'

const mismatch = refused('archive.local-mismatch')
const descriptor = refused('archive.descriptor-mismatch')

const local = (name: string, lies: EntryPlan['local'] & object, expect = mismatch) =>
  withEntries(name, expect, { ...other, local: lies })

const source = utf8(typeof other.data === 'string' ? other.data : '')
/** What a writer says that knows its data before it writes the header. */
const known = { crc: crc32(source), size: source.length, compressedSize: source.length }

// Enough entries and bytes that a quick look reads no local headers but those of the files it needs.
const large = (name: string, expect: HostileCase['expect'], lie: Partial<EntryPlan>) => {
  const data = noise(60_000)
  return ofPlan(`${name}, among many`, expect, () => ({
    entries: [
      toml,
      app,
      ...Array.from({ length: 40 }, (_, index) => ({
        name: `data/${String(index).padStart(2, '0')}.bin`,
        data,
        method: 0,
        ...(index === 20 ? lie : {}),
      })),
    ],
  }))
}

/** Local headers and data descriptors that differ from the directory. */
export const localHeaders: readonly HostileCase[] = [
  local('another name', { name: 'evil0.py' }),
  local('a longer name', { name: 'longer-name.py' }),
  local('a shorter name', { name: 'o.py', extra: new Uint8Array(4) }),
  local('no name', { name: '', extra: new Uint8Array(8) }),
  local('a name in other letter case', { name: 'OTHER.py' }),
  local('another method', { method: 0 }),
  local('a method that nobody knows', { method: 14 }),
  local('another size', { size: 7 }),
  local('another compressed size', { compressedSize: 7 }),
  local('a size of zero', { size: 0 }),
  local('another checksum', { crc: 7 }),
  local('a checksum of zero', { crc: 0 }),
  local('the descriptor flag', { flags: FLAG_DESCRIPTOR }),
  local('the encryption flag', { flags: 1 }),
  local('the strong encryption flag', { flags: 0x40 }),
  local('the patch flag', { flags: 0x20 }),
  local('the masked flag', { flags: 0x2000 }),
  local('another signature', { signature: 0x04034b51 }),
  local("the directory's signature", { signature: 0x02014b50 }),
  local(
    'damaged extra fields',
    { extra: bytes([1, 2], [99, 2]) },
    refused('archive.extra-damaged'),
  ),
  local(
    'another Unicode path',
    { extra: unicodePath(utf8('other.py'), 'evil.py') },
    refused('archive.unicode-path-mismatch'),
  ),
  local(
    'extra fields that the directory hasn’t',
    { extra: extraField(0x5455, bytes(1, [0, 4])) },
    fine,
  ),
  local(
    'extra fields of 60,000 bytes',
    { extra: extraField(0xd935, new Uint8Array(60_000)) },
    fine,
  ),
  local(
    'extra fields that reach into its data',
    { extra: bytes([0xcafe, 2], [40, 2]) },
    refused('archive.extra-damaged'),
  ),
  withEntries('the UTF-8 flag missing from a name that needs it', mismatch, {
    ...other,
    name: 'ü.py',
    local: { flags: 0 },
  }),
  withEntries('the UTF-8 flag that the directory hasn’t', mismatch, {
    ...other,
    name: utf8('ü.py'),
    local: { flags: FLAG_UTF8 },
  }),
  local('the UTF-8 flag on a plain name', { flags: FLAG_UTF8 }, fine),
  withEntries('real values before a descriptor', fine, {
    ...other,
    method: 0,
    descriptor: 'signed',
    local: known,
  }),
  withEntries('a wrong size before a descriptor', mismatch, {
    ...other,
    descriptor: 'signed',
    local: { size: 7 },
  }),
  withEntries('a descriptor with another checksum', descriptor, {
    ...other,
    descriptor: 'signed',
    described: { crc: 1 },
  }),
  withEntries('a descriptor with another size', descriptor, {
    ...other,
    descriptor: 'unsigned',
    described: { size: 1 },
  }),
  withEntries('a descriptor with another compressed size', descriptor, {
    ...other,
    descriptor: 'signed64',
    described: { compressedSize: 1 },
  }),
  withEntries('a descriptor that is missing', descriptor, { ...other, flags: FLAG_DESCRIPTOR }),
  withEntries('a descriptor that is cut off', descriptor, {
    ...other,
    flags: FLAG_DESCRIPTOR,
    gap: new Uint8Array(8),
  }),
  withEntries('a descriptor with bytes after it', refused('archive.hidden-bytes'), {
    ...other,
    descriptor: 'signed',
    gap: utf8('gap'),
  }),
  withEntries('a descriptor with four bytes after it', descriptor, {
    ...other,
    descriptor: 'signed',
    gap: utf8('gap!'),
  }),
  withEntries('a descriptor without the flag', refused('archive.hidden-bytes'), {
    ...other,
    method: 0,
    descriptor: 'signed',
    flags: 0,
    local: known,
  }),
  large('nothing wrong', fine, {}),
  thorough(large('another name', mismatch, { local: { name: 'data/2X.bin' } })),
  thorough(large('another size', mismatch, { local: { size: 7, compressedSize: 7 } })),
  thorough(large('no local header', mismatch, { local: { signature: 0 } })),
  thorough(large('hidden bytes', refused('archive.hidden-bytes'), { gap: utf8('gap') })),
  thorough(
    large('a wrong descriptor', descriptor, { descriptor: 'signed', described: { crc: 1 } }),
  ),
  large('another compression in the directory', refused('archive.method-unsupported'), {
    method: 12,
  }),
]
