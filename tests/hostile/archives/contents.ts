import { constants, deflateRawSync } from 'node:zlib'
import { utf8 } from '../../../src/bundle/testing/zip-writer.ts'
import {
  type Expectation,
  fine,
  type HostileCase,
  ofPlan,
  refused,
  thorough,
  withEntries,
} from '../case.ts'
import { app, noise, other, TOML, toml } from '../samples.ts'

const described = TOML.replace('[Runtime]', 'LongDescription = "about.md"\n[Runtime]')
const packed = deflateRawSync(utf8(TOML))

const manifest = (name: string, expect: Expectation, lies: object) =>
  ofPlan(`an app.toml ${name}`, expect, { entries: [{ ...toml, ...lies }, app] })
const source = Buffer.from(String(other.data))
const size = source.length
const otherPacked = deflateRawSync(source)
const large = noise(300_000)
const largePacked = deflateRawSync(large)
// A file that no rule reads: only the pass over everything sees it.
const unread = (name: string, code: string, lies: object) =>
  thorough(withEntries(`a file with ${name}`, refused(code), { ...other, ...lies }))
const both = (lies: { size?: number; crc?: number }) => ({ ...lies, local: lies })

/** Sizes and checksums that are wrong in both headers alike, and data that isn't deflate. */
export const contents: readonly HostileCase[] = [
  manifest('with a wrong checksum', refused('archive.crc-mismatch'), both({ crc: 1 })),
  manifest(
    'with one byte less than there is',
    refused('archive.size-mismatch'),
    both({ size: TOML.length - 1 }),
  ),
  manifest(
    'with one byte more than there is',
    refused('archive.size-mismatch'),
    both({ size: TOML.length + 1 }),
  ),
  manifest('said to be empty', refused('archive.size-mismatch'), both({ size: 0, crc: 0 })),
  manifest('that isn’t deflate data', refused('archive.data-corrupt'), {
    rawData: utf8('no deflate data here'),
  }),
  manifest('whose data ends early', refused('archive.data-corrupt'), {
    rawData: packed.subarray(0, -1),
  }),
  manifest('without data', refused('archive.size-mismatch'), { rawData: new Uint8Array() }),
  manifest('with bytes after its data', refused('archive.data-corrupt'), {
    rawData: Buffer.concat([packed, utf8('x')]),
  }),
  manifest('with a reserved block type', refused('archive.data-corrupt'), {
    rawData: Uint8Array.of(7, 0, 0, 0),
  }),
  manifest('whose data refers to before its start', refused('archive.data-corrupt'), {
    rawData: Uint8Array.of(0x73, 0x04, 0x02, 0x11, 0, 0),
  }),
  manifest('stored with a wrong checksum', refused('archive.crc-mismatch'), {
    method: 0,
    ...both({ crc: 1 }),
  }),
  manifest('in many empty blocks', fine, {
    rawData: Buffer.concat([Buffer.alloc(5000, Uint8Array.of(0, 0, 0, 0xff, 0xff)), packed]),
  }),
  ...([0, 8] as const).flatMap((method) => [
    unread(`a wrong checksum, method ${method}`, 'archive.crc-mismatch', {
      method,
      ...both({ crc: 1 }),
    }),
    unread(`a wrong checksum, 300 KB, method ${method}`, 'archive.crc-mismatch', {
      method,
      data: large,
      ...both({ crc: 1 }),
    }),
  ]),
  unread('a byte less than there is', 'archive.size-mismatch', both({ size: size - 1 })),
  unread('a byte more than there is', 'archive.size-mismatch', both({ size: size + 1 })),
  unread('a byte less, 300 KB', 'archive.size-mismatch', {
    data: large,
    ...both({ size: 299_999 }),
  }),
  unread('data that isn’t deflate', 'archive.data-corrupt', {
    rawData: utf8('no deflate data here'),
  }),
  unread('data that ends early', 'archive.data-corrupt', { rawData: otherPacked.subarray(0, -1) }),
  unread('data that ends early, 300 KB', 'archive.data-corrupt', {
    data: large,
    rawData: largePacked.subarray(0, -9),
  }),
  unread('a byte after its data', 'archive.data-corrupt', {
    rawData: Buffer.concat([otherPacked, utf8('x')]),
  }),
  unread('a byte after its data, 300 KB', 'archive.data-corrupt', {
    data: large,
    rawData: Buffer.concat([largePacked, utf8('x')]),
  }),
  unread('data packed twice', 'archive.size-mismatch', { rawData: deflateRawSync(otherPacked) }),
  withEntries('a good file of 300 KB', fine, { ...other, data: large }),
  withEntries('a file in stored blocks', fine, {
    ...other,
    rawData: deflateRawSync(source, { level: 0 }),
  }),
  withEntries('a file in fixed codes', fine, {
    ...other,
    rawData: deflateRawSync(source, { strategy: constants.Z_FIXED }),
  }),
  withEntries('a file flushed after every line', fine, {
    ...other,
    rawData: Buffer.concat([
      ...source
        .toString()
        .split(/(?<=\n)/)
        .map((line) => deflateRawSync(line, { finishFlush: constants.Z_SYNC_FLUSH })),
      deflateRawSync(''),
    ]),
  }),
  ofPlan('a requirements.txt with a wrong checksum', refused('archive.crc-mismatch'), {
    entries: [toml, app, { name: 'requirements.txt', data: 'h2o-wave\n', ...both({ crc: 1 }) }],
  }),
  ofPlan('a long description with a wrong checksum', refused('archive.crc-mismatch'), {
    entries: [
      { ...toml, data: described },
      app,
      { name: 'about.md', data: '- a\n', ...both({ crc: 1 }) },
    ],
  }),
  ofPlan('an icon that isn’t deflate data', refused('archive.data-corrupt'), {
    entries: [
      toml,
      app,
      { name: 'static/icon.png', data: 'x'.repeat(50), rawData: utf8('no deflate data here') },
    ],
  }),
  withEntries('a stored entry with two sizes', refused('archive.size-mismatch'), {
    ...other,
    method: 0,
    ...both({ size: 3 }),
  }),
  withEntries('an impossible ratio', refused('archive.size-mismatch'), {
    ...other,
    ...both({ size: 2 ** 31 }),
  }),
  withEntries('a file with contents out of nothing', refused('archive.size-mismatch'), {
    ...other,
    rawData: new Uint8Array(),
  }),
]
