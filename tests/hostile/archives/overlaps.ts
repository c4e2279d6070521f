import { deflateRawSync } from 'node:zlib'
import { crc32 } from '../../../src/bundle/zip/crc32.ts'
import { bytes, concat, utf8, writeZip } from '../../../src/bundle/testing/zip-writer.ts'
import { type HostileCase, ofBytes, ofPlan, refused, withEntries } from '../case.ts'
import { app, other, toml } from '../samples.ts'

const overlap = refused('archive.overlap')

type Quoted = { header: Uint8Array; data: Uint8Array; content: Uint8Array }

/**
 * The archive of David Fifield's "A better zip bomb": each file is a stored block that quotes the next
 * file's header, then that file's own data, so that all of them share one kernel.
 */
function quotedOverlap(count: number): Uint8Array {
  const zeros = new Uint8Array(200_000)
  const fileOf = (index: number, data: Uint8Array, content: Uint8Array): Quoted => {
    const name = utf8(`q${index}`)
    const header = bytes(
      ...(
        [
          [0x04034b50, 4],
          [20, 2],
          [0, 2],
          [8, 2],
          [0, 2],
          [0x21, 2],
        ] as const
      ).map(([value, width]): [number, 2 | 4] => [value, width]),
      [crc32(content), 4],
      [data.length, 4],
      [content.length, 4],
      [name.length, 2],
      [0, 2],
      name,
    )
    return { header, data, content }
  }
  let next = fileOf(count - 1, deflateRawSync(zeros), zeros)
  const files = [next]
  for (let index = count - 2; index >= 0; index--) {
    const { header, data, content } = next
    const quote = bytes(0, [header.length, 2], [0xffff - header.length, 2], header)
    next = fileOf(index, concat([quote, data]), concat([header, content]))
    files.unshift(next)
  }
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { header } of files) {
    directory.push(
      bytes([0x02014b50, 4], [20, 2], header.subarray(4, 30), [0, 2], [0, 4], [0, 4], [offset, 4]),
      header.subarray(30),
    )
    offset += header.length + 5
  }
  const first = files[0] ?? next
  const central = concat(directory)
  const start = first.header.length + first.data.length
  const end = bytes(
    [0x06054b50, 4],
    [0, 4],
    [count, 2],
    [count, 2],
    [central.length, 4],
    [start, 4],
    [0, 2],
  )
  return concat([first.header, first.data, central, end])
}

/** Entries that share bytes with each other or with what isn't theirs. */
export const overlaps: readonly HostileCase[] = [
  withEntries('two entries for one place', overlap, other, {
    ...other,
    name: 'again.py',
    ghost: true,
    offset: 0,
  }),
  ofPlan('ten thousand entries for one place', overlap, () => ({
    entries: [
      toml,
      { ...app, data: new Uint8Array(100_000) },
      ...Array.from({ length: 10_000 }, (_, index) => ({
        name: `n${index}`,
        data: '',
        method: 0,
        ghost: true,
        offset: 0,
      })),
    ],
  })),
  ofBytes('files that quote each other’s headers', overlap, () => quotedOverlap(30)),
  ofPlan('an entry inside a stored archive', overlap, async () => {
    const inner = await writeZip({ entries: [{ name: 'x.py', data: '', method: 0 }] })
    const entries = [toml, app, { name: 'inner.zip', data: inner, method: 0 }]
    const offset = Buffer.from(await writeZip({ entries })).indexOf(inner)
    return { entries: [...entries, { name: 'x.py', data: '', method: 0, ghost: true, offset }] }
  }),
  withEntries('an entry that begins in the directory', overlap, {
    ...other,
    ghost: true,
    offset: 250,
  }),
  withEntries('an entry beyond the data', overlap, { ...other, ghost: true, offset: 100_000 }),
  withEntries(
    'a compressed size that reaches into the next entry',
    overlap,
    {
      ...other,
      compressedSize: 40,
      local: { compressedSize: 40 },
    },
    { ...other, name: 'next.py' },
  ),
  withEntries('a compressed size that reaches into the directory', overlap, {
    ...other,
    compressedSize: 5000,
    local: { compressedSize: 5000 },
  }),
  withEntries(
    'local extra fields that push its data into the next entry',
    overlap,
    {
      ...other,
      compressedSize: 60,
      local: { compressedSize: 60, extra: bytes([0xcafe, 2], [0, 2]) },
    },
    { ...other, name: 'next.py' },
  ),
  ofPlan('a local header inside another entry’s extra field', overlap, async () => {
    const inner = (await writeZip({ entries: [{ name: 'x.py', data: '', method: 0 }] })).subarray(
      0,
      34,
    )
    return {
      entries: [
        { ...toml, local: { extra: bytes([0xcafe, 2], [inner.length, 2], inner) } },
        app,
        { name: 'x.py', data: '', method: 0, ghost: true, offset: 42 },
      ],
    }
  }),
  withEntries(
    'two folders for one place',
    overlap,
    { name: 'a/' },
    { name: 'b/', ghost: true, offset: 0 },
  ),
]
