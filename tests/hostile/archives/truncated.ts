import { utf8, writeZip } from '../../../src/bundle/testing/zip-writer.ts'
import { type Expectation, type HostileCase, ofBytes, refused } from '../case.ts'
import { app, noise, toml } from '../samples.ts'

const cutOff = refused('archive.truncated')

// [app.toml: 38 bytes of header, data][app.py …][directory][end record][comment]
async function whole(): Promise<Uint8Array> {
  return writeZip({ entries: [toml, app], comment: utf8('comment') })
}

function directoryStart(data: Uint8Array): number {
  return Buffer.from(data).indexOf(utf8('PK\x01\x02'))
}

function keep(
  name: string,
  end: (data: Uint8Array) => number,
  expect: Expectation = cutOff,
): HostileCase {
  return ofBytes(name, expect, async () => {
    const data = await whole()
    return data.subarray(0, end(data))
  })
}

function drop(name: string, start: number, end: number, expect: Expectation): HostileCase {
  return ofBytes(name, expect, async () => {
    const data = await whole()
    return Uint8Array.of(...data.subarray(0, start), ...data.subarray(end))
  })
}

/** Uploads that broke off, and files that lost a piece. */
export const truncated: readonly HostileCase[] = [
  keep('cut after the first signature', () => 4),
  keep('cut in the first header', () => 20),
  keep('cut in the first name', () => 34),
  keep('cut in the first data', () => 60),
  keep('cut before the directory', directoryStart),
  keep('cut in the directory', (data) => directoryStart(data) + 60),
  keep('cut before the end record', (data) => data.length - 29),
  keep('cut in the end record', (data) => data.length - 12),
  keep('cut at the comment', (data) => data.length - 7),
  keep('cut by its last byte', (data) => data.length - 1),
  ofBytes('cut in the middle of a large file', cutOff, async () => {
    const data = await writeZip({
      entries: [toml, app, { name: 'data.bin', data: noise(300_000), method: 0 }],
    })
    return data.subarray(0, 150_000)
  }),
  ofBytes('cut in the zip64 end record', cutOff, async () => {
    const data = await writeZip({ entries: [toml, app], zip64: 'marked' })
    return data.subarray(0, -60)
  }),
  drop('without its first 10 bytes', 0, 10, cutOff),
  drop('without its first header', 0, 38, cutOff),
  drop('without some data in the middle', 60, 80, cutOff),
  ofBytes('without some of its directory', cutOff, async () => {
    const data = await whole()
    const start = directoryStart(data)
    return Uint8Array.of(...data.subarray(0, start), ...data.subarray(start + 10))
  }),
]
