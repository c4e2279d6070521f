import { deflateRawSync, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inflateSmall } from './inflate-small.ts'

/** What zlib makes of it; null where it refuses. */
function native(data: Uint8Array): Buffer | null {
  try {
    const { buffer, engine } = inflateRawSync(data, { info: true }) as unknown as {
      buffer: Buffer
      engine: { bytesWritten: number }
    }
    return engine.bytesWritten === data.length ? buffer : null
  } catch {
    return null
  }
}

function ours(data: Uint8Array, maxBytes: number): Uint8Array | null {
  try {
    const { bytes, end } = inflateSmall(data, maxBytes)
    return end === 'complete' ? bytes : null
  } catch (reason) {
    expect(reason).toBeInstanceOf(TypeError)
    return null
  }
}

const contents = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }),
  fc
    .array(fc.constantFrom('alpha ', 'beta\n', 'x', '0123456789'), { maxLength: 2000 })
    .map((words) => Buffer.from(words.join(''))),
  fc.nat(40_000).map((length) => new Uint8Array(length)),
)
const settings = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  // 0 default, 2 Huffman only, 3 run lengths, 4 fixed codes
  strategy: fc.constantFrom(0, 2, 3, 4),
})

describe('inflating small data', () => {
  test('gives back what zlib packed', () => {
    fc.assert(
      fc.property(contents, settings, (data, options) => {
        const packed = deflateRawSync(data, options)
        expect(inflateSmall(packed, data.length)).toEqual({
          bytes: new Uint8Array(data),
          end: 'complete',
        })
      }),
    )
  })

  test('takes and refuses damaged data as zlib does', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(contents, settings, damage, (data, options, changes) => {
        const packed = new Uint8Array(deflateRawSync(data, options))
        for (const [at, byte] of changes) packed[at % packed.length] = byte
        const expected = native(packed)
        // Damaged data may unpack to much; what is beyond the limit isn't compared.
        if (expected !== null && expected.length > 100_000) return
        expect(ours(packed, 100_000)).toEqual(expected === null ? null : new Uint8Array(expected))
      }),
      { numRuns: 2000 },
    )
  })

  test('takes and refuses random data as zlib does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (data) => {
        const expected = native(data)
        expect(ours(data, 100_000)).toEqual(expected === null ? null : new Uint8Array(expected))
      }),
      { numRuns: 5000 },
    )
  })

  test('stops where the output is full or the input ends', () => {
    const data = Buffer.from(Array.from({ length: 500 }, (_, n) => `line ${n * n}\n`).join(''))
    const packed = deflateRawSync(data)
    expect(inflateSmall(packed, 100)).toEqual({
      bytes: new Uint8Array(data.subarray(0, 100)),
      end: 'full',
    })
    const cut = inflateSmall(packed.subarray(0, packed.length / 2), 10_000)
    expect(cut.end).toBe('cut')
    expect(data.subarray(0, cut.bytes.length)).toEqual(Buffer.from(cut.bytes))
    expect(cut.bytes.length).toBeGreaterThan(500)
  })

  test('refuses bytes after the end', () => {
    const packed = deflateRawSync('hello')
    expect(() => inflateSmall(Buffer.concat([packed, Buffer.of(0)]), 100)).toThrow(TypeError)
  })
})
