import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { directoryHeader, endRecords, localHeader, type EntryRecord } from '../pack/zip-records.ts'
import type { Archive } from '../zip/archive.ts'
import { openArchive } from '../zip/open-archive.ts'
import type { BlobLike } from '../zip/source.ts'
import { bytes, concat, extraField, utf8, writeZip, type EntryPlan } from '../testing/zip-writer.ts'
import { partsOf, type Part } from './parts.ts'
import { rewriteArchive, writeArchive } from './rewrite-archive.ts'

async function open(blob: Blob): Promise<Archive> {
  const { archive, findings } = await openArchive(blob, { thorough: true })
  if (archive === null) throw new Error(findings.map((finding) => finding.message).join('\n'))
  return archive
}

async function make(entries: EntryPlan[]): Promise<{ blob: Blob; archive: Archive }> {
  const blob = new Blob([await writeZip({ entries })])
  return { blob, archive: await open(blob) }
}

async function contentsOf(archive: Archive): Promise<[path: string, text: string][]> {
  const contents: [string, string][] = []
  for (const entry of archive.entries) {
    const data = await archive.read(entry, 1e6)
    contents.push([entry.path + (entry.isFolder ? '/' : ''), new TextDecoder().decode(data)])
  }
  return contents
}

/** What Python's zipfile says: each entry's name, size, mode, date and flags, after a full test. */
async function readByPython(blob: Blob): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rewrite-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'x.wave')
  writeFileSync(file, new Uint8Array(await blob.arrayBuffer()))
  const program = `import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    for i in archive.infolist():
        print(i.filename, i.file_size, oct(i.external_attr >> 16), *i.date_time[:3], i.flag_bits)`
  const output = execFileSync('python3', ['-c', program, file], {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
  })
  return output.trim().split('\n')
}

/** A blob of any size that holds these bytes at these places and zeros elsewhere. */
function sparse(end: number, written: readonly [at: number, bytes: Uint8Array][]): BlobLike {
  const size = Math.max(end, ...written.map(([at, piece]) => at + piece.length))
  return {
    size,
    slice: (start, stop) => ({
      async arrayBuffer() {
        const result = new Uint8Array(stop - start)
        for (const [at, piece] of written) {
          const from = Math.max(at, start)
          const to = Math.min(at + piece.length, stop)
          if (from < to) result.set(piece.subarray(from - at, to - at), from - start)
        }
        return result.buffer
      },
    }),
  }
}

const sample: EntryPlan[] = [
  { name: 'demo/', mode: 0o40755 },
  { name: 'demo/app.toml', data: '[App]\n'.repeat(50), mode: 0o100644 },
  { name: 'demo/run.sh', data: 'echo', mode: 0o100755, descriptor: 'signed', method: 0 },
  { name: 'demo/süß.txt', data: 'x'.repeat(500), extra: extraField(0x5455, bytes(1, [0, 4])) },
  { name: 'demo/empty', data: '' },
  { name: '__MACOSX/._x', data: 'junk', descriptor: 'unsigned' },
]

const text = (path: string, contents: string): Part => ({
  path,
  from: null,
  bytes: new Uint8Array(utf8(contents)),
})

describe('rewriteArchive', () => {
  test('without a change keeps names, contents, times and modes', async () => {
    const { blob, archive } = await make(sample)
    const rewritten = await rewriteArchive(blob, archive, partsOf(archive))
    expect(await contentsOf(await open(rewritten))).toEqual(await contentsOf(archive))
    expect(await readByPython(rewritten)).toEqual([
      'demo/ 0 0o40755 1980 1 1 0',
      'demo/app.toml 300 0o100644 1980 1 1 0',
      'demo/run.sh 4 0o100755 1980 1 1 0',
      'demo/süß.txt 500 0o0 1980 1 1 2048',
      'demo/empty 0 0o0 1980 1 1 0',
      '__MACOSX/._x 4 0o0 1980 1 1 0',
    ])
  })

  test('gives the same bytes for the same input', async () => {
    const { blob, archive } = await make(sample)
    const bytesOf = async () => {
      const parts = [...partsOf(archive), text('new.txt', 'new')]
      return new Uint8Array(await (await rewriteArchive(blob, archive, parts)).arrayBuffer())
    }
    expect(await bytesOf()).toEqual(await bytesOf())
  })

  test('removes, renames, replaces and adds', async () => {
    const { blob, archive } = await make(sample)
    const parts = partsOf(archive)
      .filter((part) => part.path.startsWith('demo/'))
      .map((part) => ({ ...part, path: part.path.slice('demo/'.length) }))
      .map((part) => (part.path === 'app.toml' ? { ...part, bytes: utf8('[App]') } : part))
    const rewritten = await rewriteArchive(blob, archive, [
      ...parts.map((part) => ({ ...part, bytes: part.bytes && new Uint8Array(part.bytes) })),
      text('grün.md', '# Neu'),
    ])
    expect(await contentsOf(await open(rewritten))).toEqual([
      ['app.toml', '[App]'],
      ['run.sh', 'echo'],
      ['süß.txt', 'x'.repeat(500)],
      ['empty', ''],
      ['grün.md', '# Neu'],
    ])
    expect(await readByPython(rewritten)).toEqual([
      'app.toml 5 0o100644 1980 1 1 0',
      'run.sh 4 0o100755 1980 1 1 0',
      'süß.txt 500 0o0 1980 1 1 2048',
      'empty 0 0o0 1980 1 1 0',
      'grün.md 5 0o100644 1980 1 1 2048',
    ])
  })

  test('reads only the heads of what it keeps', async () => {
    const { blob, archive } = await make([
      { name: 'big.bin', data: new Uint8Array(3_000_000), method: 0 },
      { name: 'app.toml', data: '' },
      { name: 'late.bin', data: new Uint8Array(3_000_000), method: 0, descriptor: 'signed' },
    ])
    let read = 0
    const slice = blob.slice.bind(blob)
    blob.slice = (start = 0, end = blob.size) => {
      const piece = slice(start, end)
      const arrayBuffer = piece.arrayBuffer.bind(piece)
      piece.arrayBuffer = async () => {
        read += piece.size
        return arrayBuffer()
      }
      return piece
    }
    const parts = partsOf(archive).map((part) =>
      part.path === 'app.toml' ? { ...part, bytes: new Uint8Array(utf8('[App]')) } : part,
    )
    const rewritten = await rewriteArchive(blob, archive, parts)
    expect(read).toBeLessThan(1_000_000)
    expect((await open(rewritten)).entries).toHaveLength(3)
  })

  test('marks names as UTF-8 that are so without saying', async () => {
    const { blob, archive } = await make([{ name: 'süß.txt', data: 'x', flags: 0 }])
    const { findings } = await openArchive(await rewriteArchive(blob, archive, partsOf(archive)))
    expect(findings).toEqual([])
  })

  test('writes zip64 for more than 65,535 entries, and plain zip for fewer again', async () => {
    const { blob, archive } = await make([{ name: 'app.toml', data: '[App]' }])
    const many = Array.from({ length: 66_000 }, (_, index) => text(`data/${index}`, ''))
    const large = await rewriteArchive(blob, archive, [...partsOf(archive), ...many])
    const opened = await open(large)
    expect(opened.entries).toHaveLength(66_001)
    expect(await readByPython(large)).toHaveLength(66_001)
    const small = await rewriteArchive(large, opened, partsOf(opened).slice(0, 2))
    expect(await contentsOf(await open(small))).toEqual([
      ['app.toml', '[App]'],
      ['data/0', ''],
    ])
    expect(new Uint8Array(await small.slice(-22, -18).arrayBuffer())).toEqual(
      Uint8Array.of(0x50, 0x4b, 5, 6),
    )
    expect(small.size).toBeLessThan(300)
  })

  test('writes zip64 beyond 4 GiB', async () => {
    // Only what is written is in memory; all else reads as zero.
    const size = 5 * 1024 ** 3
    const big: EntryRecord = {
      name: utf8('big.bin'),
      method: 'stored',
      crc32: 7,
      compressedSize: size,
      size,
      time: 0x210000,
      madeBy: 0x314,
      attributes: 0,
    }
    const small = { ...big, name: utf8('x/app.toml'), crc32: 0, compressedSize: 0, size: 0 }
    const first = localHeader(big)
    const second = localHeader(small)
    const start = first.length + size + second.length
    const directory = concat([directoryHeader(big, 0), directoryHeader(small, start - 40)])
    const old = sparse(start + directory.length, [
      [0, first],
      [start - 40, second],
      [start, directory],
      [start + directory.length, endRecords(2, directory.length, start)],
    ])
    const { archive } = await openArchive(old, { thorough: false })
    if (archive === null) throw new Error('The archive isn’t accepted')
    const parts = [
      text('new.txt', 'new'),
      ...partsOf(archive).map((part) => ({ ...part, path: part.path.replace('x/', '') })),
    ]
    let length = 0
    const written: [number, Uint8Array][] = []
    await writeArchive(old, archive, parts, (piece) => {
      // Of what is copied, the head of the big file is all that isn't zero.
      if ('start' in piece) {
        if (piece.start === 0) written.push([length, first])
        length += piece.end - piece.start
      } else {
        written.push([length, piece])
        length += piece.length
      }
    })
    const result = await openArchive(sparse(length, written), { thorough: false })
    expect(result.findings).toEqual([])
    expect(result.archive?.entries).toMatchObject([
      { path: 'new.txt', size: 3 },
      { path: 'big.bin', size, headerOffset: 0 },
      { path: 'app.toml', size: 0, headerOffset: first.length + size },
    ])
    const added = result.archive?.get('new.txt')
    expect(added && (await result.archive?.read(added, 9))).toEqual(utf8('new'))
  })

  test.each<[why: string, path: string]>([
    ['a path twice', 'app.toml'],
    ['a path that leads out', '../x'],
    ['a path that is too long', 'x'.repeat(300)],
  ])('refuses %s', async (_why, path) => {
    const { blob, archive } = await make([{ name: 'app.toml', data: '' }])
    const parts = [...partsOf(archive), text(path, '')]
    await expect(rewriteArchive(blob, archive, parts)).rejects.toThrow()
  })

  test('refuses an archive of another file', async () => {
    const first = await make([{ name: 'a', data: 'x'.repeat(99) }, { name: 'b' }])
    const second = await make([{ name: 'a', data: 'y' }, { name: 'b' }])
    const parts = partsOf(first.archive)
    await expect(rewriteArchive(second.blob, first.archive, parts)).rejects.toThrow('another')
  })

  test('keeps the contents of whatever archive the reader accepts', async () => {
    const entry = fc.record({
      data: fc.string({ maxLength: 200 }),
      method: fc.constantFrom(0, 8),
      mode: fc.constantFrom(0, 0o100644),
      descriptor: fc.constantFrom('signed', 'unsigned', 'signed64', undefined),
      prefix: fc.constantFrom('', 'ä', 'a/b/'),
      keep: fc.boolean(),
      rename: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 8 }), async (plans) => {
        const { blob, archive } = await make(
          plans.map(({ prefix, descriptor, ...plan }, index) => ({
            ...plan,
            name: `${prefix}${index}`,
            ...(descriptor === undefined ? {} : { descriptor }),
          })),
        )
        const parts = partsOf(archive).flatMap((part, index) => {
          const plan = plans[index]
          if (plan === undefined || !(plan.keep || index === 0)) return []
          return [plan.rename ? { ...part, path: `new/${part.path}` } : part]
        })
        const rewritten = await open(await rewriteArchive(blob, archive, parts))
        const expected = await Promise.all(
          parts.map(async ({ path, from }) => [path, from && (await archive.read(from, 1e6))]),
        )
        const found = await Promise.all(
          rewritten.entries.map(async (kept) => [kept.path, await rewritten.read(kept, 1e6)]),
        )
        expect(found).toEqual(expected)
      }),
      { numRuns: 200 },
    )
  })
})
