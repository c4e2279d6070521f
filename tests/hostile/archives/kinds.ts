import { type EntryPlan } from '../../../src/bundle/testing/zip-writer.ts'
import { type Expectation, fine, type HostileCase, refused, withEntries } from '../case.ts'
import { other } from '../samples.ts'

const special = refused('archive.special-file')
const ambiguous = refused('archive.kind-ambiguous')
const entry = (name: string, expect: Expectation, plan: EntryPlan) =>
  withEntries(name, expect, plan)
const link = (target: string): EntryPlan => ({
  name: 'link',
  data: target,
  method: 0,
  mode: 0o120777,
})

const FAT = 0
const NTFS = 11
const VFAT = 14
const folderByAttribute = (host: number): EntryPlan => ({
  name: 'src',
  data: '',
  host,
  dosAttributes: 0x10,
})

/** What isn't a plain file or folder, and what can't decide which it is. */
export const kinds: readonly HostileCase[] = [
  entry('a symbolic link out of the bundle', refused('archive.symlink'), link('/etc/passwd')),
  entry('a symbolic link inside the bundle', refused('archive.symlink'), link('app.py')),
  entry('a symbolic link packed with deflate', refused('archive.symlink'), {
    ...link('app.py'),
    method: 8,
  }),
  entry('a symbolic link named like a folder', refused('archive.symlink'), {
    ...link(''),
    name: 'link/',
  }),
  entry('a symbolic link made on Windows', refused('archive.symlink'), {
    ...link('app.py'),
    host: FAT,
  }),
  entry('a character device', special, { name: 'dev', mode: 0o020666 }),
  entry('a block device', special, { name: 'disk', mode: 0o060666 }),
  entry('a pipe', special, { name: 'pipe', mode: 0o010666 }),
  entry('a socket', special, { name: 'socket', mode: 0o140777 }),
  entry('a folder by its mode alone', ambiguous, { name: 'src', mode: 0o040755 }),
  entry('a folder by its DOS attribute alone', ambiguous, folderByAttribute(FAT)),
  entry('a folder by its NTFS attribute alone', ambiguous, folderByAttribute(NTFS)),
  entry('a folder by its VFAT attribute alone', ambiguous, folderByAttribute(VFAT)),
  entry('a file by its mode, a folder by its name', ambiguous, { name: 'src/', mode: 0o100644 }),
  entry('a folder with contents', ambiguous, { name: 'src/', data: 'text', method: 0 }),
  entry('an empty folder with a checksum', refused('archive.crc-mismatch'), {
    name: 'src/',
    crc: 7,
    local: { crc: 7 },
  }),
  entry('a folder said to be empty that has data', ambiguous, {
    name: 'src/',
    data: 'x'.repeat(20),
    method: 8,
    size: 0,
    crc: 0,
  }),
  entry('a folder with mode and attribute', fine, {
    name: 'src/',
    mode: 0o040755,
    dosAttributes: 0x10,
  }),
  entry('a folder with mode alone', fine, { name: 'src/', mode: 0o040755 }),
  entry('a program', fine, { ...other, mode: 0o100755 }),
  entry('a program that runs as its owner', fine, { ...other, mode: 0o104755 }),
  entry('a file that nobody may read', fine, { ...other, mode: 0o100000 }),
  entry('a hidden system file of Windows', fine, { ...other, host: FAT, dosAttributes: 0x06 }),
  entry('a read-only archived file of Windows', fine, {
    ...other,
    host: NTFS,
    dosAttributes: 0x21,
  }),
]
