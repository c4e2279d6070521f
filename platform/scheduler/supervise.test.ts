import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RunLog } from './run-log.ts'

/** Writes what comes on its input, in pieces of so many bytes, as the supervisor does. */
const writer = `
import sys, types
source, folder, file_bytes, piece = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
supervise = types.ModuleType("supervise")
exec(open(source).read().replace("\\nmain()\\n", "\\n"), supervise.__dict__)
log = supervise.Log(folder, file_bytes, 10**9)
text = sys.stdin.buffer.read()
for at in range(0, len(text), piece):
    log.write(text[at : at + piece])
`

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wavedeck-supervise-'))
})
afterEach(() => rm(folder, { recursive: true }))

function write(text: string, fileBytes: number, piece: number): void {
  const source = path.join(import.meta.dirname, 'supervise.py')
  const numbers = [String(fileBytes), String(piece)]
  execFileSync('python3', ['-c', writer, source, folder, ...numbers], { input: text })
}

test.each([1, 7, 333])(
  'no file of a log ends within a character, in pieces of %d',
  async (piece) => {
    const text = '█日a🚀\n'.repeat(400)
    write(text, 1_000, piece)
    const names = (await readdir(folder)).filter((name) => name.endsWith('.log')).sort()
    expect(names.length).toBeGreaterThan(4)
    let whole = ''
    for (const name of names) {
      expect(Number.parseInt(name, 10)).toBe(Buffer.byteLength(whole))
      const bytes = await readFile(path.join(folder, name))
      whole += new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    }
    expect(whole).toBe(text)
  },
)

test('bytes that are no characters go on into the next file as well', async () => {
  const source = path.join(import.meta.dirname, 'supervise.py')
  execFileSync('python3', ['-c', writer, source, folder, '100', '30'], {
    input: Buffer.alloc(1_000, 0x80),
  })
  const extent = await new RunLog(folder).extent()
  expect(extent).toEqual({ start: 0, end: 1_000 })
})

test('a note of when output came that was cut is passed over, the next one counts', async () => {
  write('one\ntwo\n', 1_000, 4)
  const times = (await readdir(folder)).find((name) => name.endsWith('.times')) ?? ''
  const noted = await readFile(path.join(folder, times), 'utf8')
  const torn = `${noted}${noted.slice(0, 20)}\n000000000000004 1795000000000\n`
  await writeFile(path.join(folder, times), torn)
  const reader = new RunLog(folder).reader()
  await reader.read(0, Buffer.alloc(100))
  const arrivals = await reader.arrivals(0, 8)
  await reader.close()
  expect(arrivals.map(({ position }) => position)).toEqual([0, 4])
  expect(arrivals[1]?.at).toBe(1_795_000_000_000)
})
