import { bytes, concat, utf8, type ArchivePlan } from '../../../src/bundle/testing/zip-writer.ts'
import { type HostileCase, ofBytes, ofPlan, refused, warned } from '../case.ts'
import { manyEntries } from '../many-entries.ts'
import { app, bundle, emptyEnd, toml } from '../samples.ts'

const entries = [toml, app]
const lie = (name: string, code: string, end: ArchivePlan['end']) =>
  ofPlan(name, refused(code), end === undefined ? { entries } : { entries, end })

/** End records that say something else than the archive. */
export const endRecord: readonly HostileCase[] = [
  lie('a count too high', 'archive.directory-mismatch', { count: 3, countHere: 3 }),
  lie('a count too low', 'archive.directory-mismatch', { count: 1, countHere: 1 }),
  lie('a count of zero', 'archive.directory-mismatch', { count: 0, countHere: 0 }),
  lie('a count of 65,535', 'archive.directory-mismatch', { count: 0xffff, countHere: 0xffff }),
  lie('fewer entries on this disk', 'archive.multi-disk', { countHere: 1 }),
  lie('more entries on this disk', 'archive.multi-disk', { countHere: 3 }),
  lie('the last part of a split archive', 'archive.multi-disk', { disk: 1, directoryDisk: 1 }),
  lie('a directory on another disk', 'archive.multi-disk', { directoryDisk: 1 }),
  lie('zip64 marks without zip64 records', 'archive.truncated', {
    size: 0xffffffff,
    offset: 0xffffffff,
  }),
  lie('a directory size of one entry', 'archive.directory-mismatch', { size: 54 }),
  lie('a directory size of zero', 'archive.directory-mismatch', { size: 0 }),
  lie('a directory size beyond the file', 'archive.truncated', { size: 5000 }),
  lie('a directory offset beyond the file', 'archive.truncated', { offset: 5000 }),
  lie('a directory offset of zero', 'archive.prefixed-bytes', { offset: 0 }),
  ofBytes('a directory offset one too low', refused('archive.prefixed-bytes'), async () => {
    const data = await bundle()
    const view = new DataView(data.buffer)
    view.setUint32(data.length - 6, view.getUint32(data.length - 6, true) - 1, true)
    return data
  }),
  lie('a comment longer than the file', 'archive.truncated', { commentLength: 9 }),
  ofPlan('a comment shorter than it is', refused('archive.trailing-bytes'), {
    entries,
    comment: utf8('comment'),
    end: { commentLength: 3 },
  }),
  ofPlan('an entry on another disk', refused('archive.multi-disk'), {
    entries: [toml, { ...app, disk: 2 }],
  }),
  ofPlan('bytes between directory and end record', refused('archive.directory-mismatch'), {
    entries,
    beforeEnd: utf8('surprise'),
  }),
  ofPlan('a digital signature after the directory', refused('archive.directory-mismatch'), {
    entries,
    beforeEnd: bytes([0x05054b50, 4], [8, 2], [0, 8]),
  }),
  ofPlan('an end record in its comment', refused('archive.second-end-record'), {
    entries,
    comment: emptyEnd,
  }),
  ofPlan('an end record in the middle of its comment', refused('archive.second-end-record'), {
    entries,
    comment: concat([utf8('see '), emptyEnd, utf8(' there')]),
  }),
  ofPlan('a broken end record in its comment', refused('archive.second-end-record'), {
    entries,
    comment: concat([emptyEnd, utf8('xx')]),
  }),
  ofPlan(
    'the signature of an end record at the end of its comment',
    refused('archive.second-end-record'),
    {
      entries,
      comment: utf8('PK\x05\x06'),
    },
  ),
  ofPlan('another bundle in its comment', refused('archive.second-end-record'), async () => ({
    entries,
    comment: await bundle(),
  })),
  ofPlan('two end records after each other', refused('archive.directory-mismatch'), {
    entries,
    beforeEnd: emptyEnd,
  }),
  ofPlan(
    'a stored inner archive whose comment reaches to the end',
    refused('archive.second-end-record'),
    async () => {
      // 46 + 9 bytes of directory for each of three entries, then the end record.
      const inner = await bundle()
      new DataView(inner.buffer).setUint16(inner.length - 2, 54 + 52 + 55 + 22, true)
      return { entries: [toml, app, { name: 'inner.zip', data: inner, method: 0 }] }
    },
  ),
  ofBytes(
    'an end record that was copied to the end again',
    refused('archive.directory-mismatch'),
    async () => {
      const data = await bundle()
      return concat([data, data.subarray(-22)])
    },
  ),
  ofBytes('a count of 65,537 entries in 16 bits', warned('archive.count-wrapped'), () =>
    manyEntries({ count: 65_535, nameOf: (index) => `f/${index}`, end: '16 bits' }),
  ),
]
