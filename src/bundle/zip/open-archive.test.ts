import { execFileSync } from 'node:child_process'
import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ArchiveError } from './archive-error.ts'
import type { Archive } from './archive.ts'
import { openArchive } from './open-archive.ts'
import {
  bytes,
  concat,
  deflate,
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

async function codesOf(data: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const { archive, findings } = await openArchive(new Blob([data]))
  const refused = findings.some((finding) => finding.severity === 'error')
  expect(archive === null).toBe(refused)
  return findings.map((finding) => finding.code)
}

async function open(plan: ArchivePlan): Promise<Archive> {
  const { archive, findings } = await openArchive(new Blob([await writeZip(plan)]), {
    thorough: false,
  })
  if (archive === null) throw new Error(JSON.stringify(findings))
  return archive
}

async function readText(archive: Archive, path: string): Promise<string> {
  const entry = archive.get(path)
  if (entry === undefined) throw new Error(`No ${path}`)
  return new TextDecoder().decode(await archive.read(entry, 1_000_000))
}

const zip64Sizes = (size: number, compressed: number) =>
  extraField(1, bytes([size, 8], [compressed, 8]))

const cp437 = Uint8Array.of(0x81, 0x2e, 0x70, 0x79) // ü.py

const wheel = await writeZip({ entries: [app] })

describe('accepts', () => {
  const plans: Record<string, ArchivePlan> = {
    'a plain archive': { entries: [toml, app] },
    'stored entries and folders': {
      entries: [{ ...toml, method: 0 }, { name: 'src/' }, { ...app, name: 'src/app.py' }],
    },
    'a folder listed twice': { entries: [toml, { name: 'src/' }, { name: 'src/' }] },
    'a deflated empty folder, as Java writes them': {
      entries: [toml, { name: 'src/', method: 8 }],
    },
    'an archive comment': { entries: [toml], comment: utf8('made by hand') },
    'a descriptor with signature': { entries: [{ ...toml, descriptor: 'signed' }, app] },
    'a descriptor without signature': { entries: [toml, { ...app, descriptor: 'unsigned' }] },
    'zip64 descriptors': {
      entries: [
        { ...toml, descriptor: 'signed64' },
        { ...app, descriptor: 'unsigned64' },
      ],
    },
    'a zip64 end record': { entries: [toml, app], zip64: 'marked' },
    'a zip64 record beside valid values': { entries: [toml, app], zip64: 'beside' },
    'zip64 sizes in the local header alone': {
      entries: [
        {
          ...toml,
          local: {
            size: 0xffffffff,
            compressedSize: 0xffffffff,
            extra: zip64Sizes(TOML.length, TOML.length),
          },
          method: 0,
        },
      ],
    },
    'zip64 sizes in both headers': {
      entries: [
        {
          ...toml,
          method: 0,
          size: 0xffffffff,
          compressedSize: 0xffffffff,
          extra: zip64Sizes(TOML.length, TOML.length),
        },
      ],
    },
    'UTF-8 names': { entries: [toml, { ...app, name: 'süß/日本.py' }] },
    'a Unicode path that agrees': {
      entries: [
        toml,
        { ...app, name: utf8('ü.py'), flags: FLAG_UTF8, extra: unicodePath(utf8('ü.py'), 'ü.py') },
      ],
    },
    'a wheel that is a zip itself, stored': {
      entries: [toml, { name: 'x.whl', method: 0, data: wheel }],
    },
    'extra fields of other kinds': {
      entries: [{ ...toml, extra: extraField(0x5455, bytes(3, [0, 4])) }, app],
    },
    'unix modes': {
      entries: [
        { ...toml, mode: 0o100644 },
        { name: 'bin/', mode: 0o040755 },
      ],
    },
    'padding in extra fields': { entries: [{ ...toml, extra: bytes(0, 0, 0) }] },
  }
  test.each(Object.entries(plans))('%s', async (_name, plan) => {
    const data = await writeZip(plan)
    expect(await codesOf(data)).toEqual([])
    expect(await readText(await open(plan), 'app.toml')).toBe(TOML)
  })

  test('a code page 437 name, with a warning', async () => {
    const plan = { entries: [toml, { ...app, name: cp437 }] }
    expect(await codesOf(await writeZip(plan))).toEqual(['archive.name-not-utf8'])
    expect((await open(plan)).get('ü.py')?.size).toBe(300)
  })

  test('a code page 437 name whose Unicode path agrees, without a warning', async () => {
    const plan = { entries: [toml, { ...app, name: cp437, extra: unicodePath(cp437, 'ü.py') }] }
    expect(await codesOf(await writeZip(plan))).toEqual([])
  })

  test('an unmarked UTF-8 name as macOS writes it, with a warning', async () => {
    const plan = { entries: [toml, { ...app, name: utf8('ü.py') }] }
    expect(await codesOf(await writeZip(plan))).toEqual(['archive.name-not-utf8'])
    expect((await open(plan)).get('ü.py')).toBeDefined()
  })

  test('names that differ in letter case, with a warning', async () => {
    expect(
      await codesOf(await writeZip({ entries: [toml, app, { ...app, name: 'App.py' }] })),
    ).toEqual(['archive.case-collision'])
  })
})

const zeros = new Uint8Array(34 * 1024 * 1024)

describe('reading', () => {
  async function failure(entry: EntryPlan, maxBytes = 1_000_000): Promise<string> {
    const archive = await open({ entries: [toml, entry] })
    const found = archive.entries[1]
    if (found === undefined) throw new Error('No entry')
    const reason: unknown = await archive.read(found, maxBytes).catch((error: unknown) => error)
    return reason instanceof ArchiveError ? reason.finding.code : String(reason)
  }
  const lie = (lies: { size?: number; crc?: number }) => ({ ...app, ...lies, local: lies })

  test('a wrong checksum, size or data has its code', async () => {
    expect(await failure(lie({ crc: 1 }))).toBe('archive.crc-mismatch')
    expect(await failure(lie({ size: 299 }))).toBe('archive.size-mismatch')
    expect(await failure(lie({ size: 301 }))).toBe('archive.size-mismatch')
    expect(await failure({ ...app, rawData: utf8('no deflate data here') })).toBe(
      'archive.data-corrupt',
    )
    const packed = await deflate(utf8('hello'))
    expect(await failure({ ...app, data: 'hello', rawData: packed.subarray(0, -1) })).toBe(
      'archive.data-corrupt',
    )
    expect(await failure({ ...app, data: 'hello', rawData: concat([packed, utf8('x')]) })).toBe(
      'archive.data-corrupt',
    )
    expect(await failure(app, 299)).toBe('archive.entry-too-large')
  })

  test('inflates no more than the entry claims', async () => {
    const archive = await open({
      entries: [toml, { name: 'zeros', data: zeros, size: 5000, local: { size: 5000 } }],
    })
    const entry = archive.get('zeros')
    let seen = 0
    await expect(async () => {
      if (entry) for await (const chunk of archive.stream(entry)) seen += chunk.length
    }).rejects.toThrow(ArchiveError)
    expect(seen).toBeLessThanOrEqual(5000)
  })

  test('large entries come piece by piece, stored or deflated', async () => {
    const data = Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * index) >> 5)
    for (const method of [0, 8]) {
      const archive = await open({ entries: [{ name: 'big', data, method }, toml] })
      const entry = archive.get('big')
      expect(entry && (await archive.read(entry, data.length))).toEqual(data)
      expect(await readText(archive, 'app.toml')).toBe(TOML)
    }
  })

  test('a stream may be left early', async () => {
    const archive = await open({ entries: [{ name: 'zeros', data: zeros.subarray(0, 5_000_000) }] })
    const entry = archive.get('zeros')
    if (entry) for await (const _chunk of archive.stream(entry)) break
    expect(entry && (await archive.read(entry, 5_000_000)).length).toBe(5_000_000)
  })
})

describe('archives of Python’s zipfile', () => {
  test('are accepted, zip64 and streams included', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
    try {
      const script = `
import io, sys, zipfile
folder = sys.argv[1]
def fill(z, **kw):
    z.writestr('app.toml', ${JSON.stringify(TOML)})
    with z.open('src/ü.py', 'w', **kw) as f: f.write(b'print(1)' * 1000)
    z.mkdir('static') if hasattr(z, 'mkdir') else None
class Stream(io.RawIOBase):
    def __init__(self, f): self.f = f
    def writable(self): return True
    def seekable(self): return False
    def write(self, b): return self.f.write(b)
for name, method in (('stored', 0), ('deflated', 8)):
    with zipfile.ZipFile(f'{folder}/{name}', 'w', method) as z: fill(z)
    with zipfile.ZipFile(f'{folder}/{name}64', 'w', method) as z: fill(z, force_zip64=True)
    with open(f'{folder}/{name}-stream', 'wb') as f, zipfile.ZipFile(Stream(f), 'w', method) as z: fill(z)
    with open(f'{folder}/{name}64-stream', 'wb') as f, zipfile.ZipFile(Stream(f), 'w', method) as z: fill(z, force_zip64=True)
zipfile.ZIP64_LIMIT = 10
with zipfile.ZipFile(f'{folder}/end64', 'w') as z:
    z.writestr('app.toml', ${JSON.stringify(TOML)})
with zipfile.ZipFile(f'{folder}/deflated', 'a') as z: z.writestr('more.txt', 'appended')
`
      writeFileSync(join(folder, 'make.py'), script)
      execFileSync('python3', [join(folder, 'make.py'), folder])
      const names = [
        'stored',
        'stored64',
        'stored-stream',
        'stored64-stream',
        'deflated',
        'deflated64',
        'deflated-stream',
        'deflated64-stream',
        'end64',
      ]
      for (const name of names) {
        const { archive, findings } = await openArchive(await openAsBlob(join(folder, name)))
        expect(findings, name).toEqual([])
        expect(archive && (await readText(archive, 'app.toml'))).toBe(TOML)
        if (archive && name !== 'end64')
          expect(await readText(archive, 'src/ü.py')).toHaveLength(8000)
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('whatever the bytes', () => {
  async function survives(data: Uint8Array<ArrayBuffer>): Promise<void> {
    const { archive, findings } = await openArchive(new Blob([data]))
    if (archive === null) {
      expect(findings.some((finding) => finding.severity === 'error')).toBe(true)
      return
    }
    for (const entry of archive.entries) {
      const result: unknown = await archive.read(entry, 100_000).catch((error: unknown) => error)
      if (result instanceof Uint8Array) expect(result).toHaveLength(entry.size)
      else expect(result).toBeInstanceOf(ArchiveError)
    }
  }

  test('mutations of a valid archive never crash', async () => {
    const seeds = await Promise.all([
      writeZip({
        entries: [toml, { ...app, descriptor: 'signed' }, { name: 'a/' }],
        comment: utf8('c'),
      }),
      writeZip({
        entries: [toml, { ...app, method: 0, extra: zip64Sizes(300, 300) }],
        zip64: 'marked',
      }),
    ])
    const mutation = fc.record({
      at: fc.nat(),
      byte: fc.nat({ max: 255 }),
      kind: fc.constantFrom('set', 'set', 'set', 'drop', 'insert'),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...seeds),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        async (seed, mutations) => {
          const data = [...seed]
          for (const { at, byte, kind } of mutations) {
            const place = at % (data.length + 1)
            if (kind === 'set') data[Math.min(place, data.length - 1)] = byte
            else if (kind === 'drop') data.splice(place, (byte % 8) + 1)
            else data.splice(place, 0, byte)
          }
          await survives(Uint8Array.from(data))
        },
      ),
      { numRuns: 1500 },
    )
  })

  test('random bytes never crash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (data) =>
        survives(new Uint8Array(data)),
      ),
    )
  })
})
