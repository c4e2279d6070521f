import { bytes, extraField, type ArchivePlan } from '../../../src/bundle/testing/zip-writer.ts'
import { fine, type HostileCase, ofPlan, refused, withEntries } from '../case.ts'
import { app, other, toml, zip64Sizes } from '../samples.ts'

const entries = [toml, app]
const mismatch = refused('archive.zip64-mismatch')
const multiDisk = refused('archive.multi-disk')
const size = typeof other.data === 'string' ? other.data.length : 0
const MARK = 0xffffffff

const record = (
  name: string,
  expect: HostileCase['expect'],
  zip64Lies: ArchivePlan['zip64Lies'] = {},
  zip64: 'marked' | 'beside' = 'marked',
) => ofPlan(name, expect, { entries, zip64, zip64Lies })

const stored = { ...other, method: 0 }

/** Zip64 records and fields: good ones, and ones that lie in each of their fields. */
export const zip64: readonly HostileCase[] = [
  record('a zip64 end record', fine),
  record('a zip64 end record beside valid 32-bit values', fine, {}, 'beside'),
  ofPlan('the count marked, size and offset valid, as Python writes it', fine, {
    entries,
    zip64: 'beside',
    end: { count: 0xffff, countHere: 0xffff },
  }),
  ofPlan('a zip64 end record and a comment', fine, {
    entries,
    zip64: 'marked',
    comment: bytes(0x68, 0x69),
  }),
  record('a record with another signature', mismatch, { signature: 0x06064b51 }),
  record('a record of another length', mismatch, { bytes: 50 }),
  record('a record of no length', mismatch, { bytes: 0 }),
  record('a record of enormous length', mismatch, { bytes: 2 ** 50 }),
  record('a record with further data', mismatch, { more: new Uint8Array(12) }),
  record('a record on another disk', multiDisk, { disk: 1 }),
  record('a record with its directory on another disk', multiDisk, { directoryDisk: 1 }),
  record('a record that counts fewer on this disk', multiDisk, { countHere: 1 }),
  record('a record with a count too high', refused('archive.directory-mismatch'), { count: 3 }),
  record('a record with a count too low', refused('archive.directory-mismatch'), { count: 1 }),
  record('a record with a count beyond all sense', refused('archive.too-many-entries'), {
    count: 2 ** 50,
  }),
  record('a record with a size too high', refused('archive.truncated'), { size: 1000 }),
  record('a record with an offset too high', refused('archive.truncated'), { offset: 1000 }),
  record('a record with an enormous offset', refused('archive.truncated'), { offset: 2 ** 52 }),
  record('a record with an offset of zero', refused('archive.prefixed-bytes'), { offset: 0 }),
  record('a record with a size of zero', refused('archive.directory-mismatch'), { size: 0 }),
  record('a locator that points elsewhere', mismatch, { locator: 2 ** 40 }),
  record('a locator that points to the first byte', refused('archive.prefixed-bytes'), {
    locator: 0,
  }),
  record('a locator that points into the directory', refused('archive.prefixed-bytes'), {
    locator: 200,
  }),
  record('a locator on another disk', multiDisk, { locatorDisk: 1 }),
  record('a locator of several disks', multiDisk, { disks: 3 }),
  record('a locator that counts no disks', mismatch, { disks: 0 }),
  record('a locator with another signature', refused('archive.truncated'), {
    locatorSignature: 0x07064b51,
  }),
  ofPlan('two counts', mismatch, { entries, zip64: 'beside', end: { count: 1, countHere: 1 } }),
  ofPlan('two offsets', mismatch, { entries, zip64: 'beside', end: { offset: 3 } }),
  ofPlan('two sizes', mismatch, { entries, zip64: 'beside', end: { size: 54 } }),
  ofPlan('a disk number beside zip64', multiDisk, { entries, zip64: 'beside', end: { disk: 7 } }),
  ofPlan('leading bytes before zip64', refused('archive.prefixed-bytes'), {
    entries,
    prefix: bytes(0x23, 0x21, 0x0a),
    zip64: 'marked',
  }),
  withEntries('sizes in the local zip64 field alone', fine, {
    ...stored,
    local: { size: MARK, compressedSize: MARK, extra: zip64Sizes(size, size) },
  }),
  withEntries('sizes in both zip64 fields', fine, {
    ...stored,
    size: MARK,
    compressedSize: MARK,
    extra: zip64Sizes(size, size),
  }),
  withEntries('one size in a zip64 field', fine, {
    ...stored,
    size: MARK,
    extra: extraField(1, bytes([size, 8])),
  }),
  ofPlan('an offset in a zip64 field', fine, {
    entries: [{ ...toml, offset: MARK, extra: extraField(1, bytes([0, 8])) }, app],
  }),
  withEntries('a zip64 field that repeats valid sizes', fine, {
    ...stored,
    extra: zip64Sizes(size, size),
  }),
  withEntries('an empty zip64 field that nobody needs', fine, {
    ...stored,
    extra: extraField(1, new Uint8Array()),
  }),
  withEntries('zip64 marks without the field', mismatch, { ...other, size: MARK }),
  withEntries('a zip64 field that is too short', mismatch, {
    ...stored,
    size: MARK,
    compressedSize: MARK,
    extra: extraField(1, bytes([size, 8])),
  }),
  withEntries('a zip64 field that contradicts', mismatch, {
    ...stored,
    extra: zip64Sizes(1, 1),
  }),
  withEntries('two zip64 fields', refused('archive.extra-damaged'), {
    ...stored,
    size: MARK,
    compressedSize: MARK,
    extra: bytes(zip64Sizes(size, size), zip64Sizes(1, 1)),
  }),
  withEntries('another size in the local zip64 field', refused('archive.local-mismatch'), {
    ...stored,
    local: { size: MARK, compressedSize: MARK, extra: zip64Sizes(1, 1) },
  }),
  withEntries('no local zip64 field to its marks', refused('archive.local-mismatch'), {
    ...stored,
    local: { size: MARK, compressedSize: MARK },
  }),
  withEntries('sizes of 2⁶⁴ - 1', refused('archive.overlap'), {
    ...other,
    size: MARK,
    compressedSize: MARK,
    extra: zip64Sizes(2n ** 64n - 1n, 2n ** 64n - 1n),
  }),
  withEntries('an offset of 2⁶³', refused('archive.overlap'), {
    ...other,
    offset: MARK,
    extra: extraField(1, bytes([2n ** 63n, 8])),
  }),
]
