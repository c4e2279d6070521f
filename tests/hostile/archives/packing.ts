import { bytes, extraField } from '../../../src/bundle/testing/zip-writer.ts'
import { type Expectation, type HostileCase, refused, withEntries } from '../case.ts'
import { other } from '../samples.ts'

const encrypted = refused('archive.encrypted')
const unsupported = refused('archive.method-unsupported')
const aes = extraField(0x9901, bytes([2, 2], [0x4541, 2], 3, [8, 2]))

const entry = (name: string, expect: Expectation, lies: object) =>
  withEntries(name, expect, { ...other, ...lies })
const method = (id: number, name: string) =>
  entry(`method ${id}, ${name}`, unsupported, { method: id })

/** Encryption, and compression that not every program has. */
export const packing: readonly HostileCase[] = [
  entry('traditional encryption', encrypted, { flags: 1 }),
  entry('strong encryption', encrypted, { flags: 0x41 }),
  entry('strong encryption without the plain flag', encrypted, { flags: 0x40 }),
  entry('a strong encryption field', encrypted, { extra: extraField(0x17, new Uint8Array(8)) }),
  entry('a masked directory', encrypted, { flags: 0x2000 }),
  entry('AES', encrypted, { flags: 1, method: 99, extra: aes }),
  entry('AES without the flag', encrypted, { method: 99, extra: aes }),
  entry('an AES field alone', encrypted, { extra: aes }),
  entry('a stored entry, encrypted', encrypted, {
    flags: 1,
    method: 0,
    rawData: new Uint8Array(312),
  }),
  method(1, 'shrunk'),
  method(2, 'reduced'),
  method(6, 'imploded'),
  method(9, 'Deflate64'),
  method(10, 'IBM'),
  method(12, 'BZIP2'),
  method(14, 'LZMA'),
  method(93, 'Zstandard'),
  method(94, 'MP3'),
  method(95, 'XZ'),
  method(96, 'JPEG'),
  method(97, 'WavPack'),
  method(98, 'PPMd'),
  method(99, 'AES without its field'),
  method(65_535, 'that nobody has'),
  entry('patch data', unsupported, { flags: 0x20 }),
  entry('a version needed of 9.9', refused('archive.version-unsupported'), { needed: 99 }),
]
