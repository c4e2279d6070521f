import {
  bytes,
  concat,
  extraField,
  utf8,
  writeZip,
  type EntryPlan,
} from '../../src/bundle/testing/zip-writer.ts'

/** A manifest that nothing can be said about. */
export const TOML = `[App]
Name = "demo"
Version = "1.0.0"
Title = "Demo"
Description = "A demo"

[Runtime]
Module = "app"
`

/** With `app`, a complete bundle. */
export const toml: EntryPlan = { name: 'app.toml', data: TOML }
export const app: EntryPlan = { name: 'app.py', data: 'print("hello")\n'.repeat(20) }
/** An entry that a bundle can do without. */
export const other: EntryPlan = { name: 'other.py', data: 'print("other")\n'.repeat(20) }

/** A small complete bundle. */
export function bundle(): Promise<Uint8Array<ArrayBuffer>> {
  return writeZip({ entries: [toml, app] })
}

/** The zip64 field with both sizes, in the format's order. */
export function zip64Sizes(size: number | bigint, compressedSize: number | bigint): Uint8Array {
  return extraField(1, bytes([size, 8], [compressedSize, 8]))
}

/** Bytes that don't repeat, the same every time. */
export function noise(length: number): Uint8Array {
  let state = 1
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return state >>> 24
  })
}

/** The 22 bytes that end an archive without entries. */
export const emptyEnd = bytes([0x06054b50, 4], [0, 8], [0, 8], [0, 2])

const bigEndian = (value: number, width: 2 | 4) => bytes([value, width]).toReversed()

/** Headers of images, up to where their width and height are. */
export function png(width: number, height = width): Uint8Array {
  return concat([
    bytes(0x89, utf8('PNG\r\n\x1a\n'), 0, 0, 0, 13, utf8('IHDR')),
    bigEndian(width, 4),
    bigEndian(height, 4),
    bytes(8, 6, 0, 0, 0, [0, 4]),
  ])
}

export function gif(width: number, height: number): Uint8Array {
  return bytes(utf8('GIF89a'), [width, 2], [height, 2], 0, 0, 0)
}

export function jpeg(width: number, height: number): Uint8Array {
  return bytes(
    Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8),
    bigEndian(height, 2),
    bigEndian(width, 2),
    Uint8Array.of(1, 1, 0x11, 0),
  )
}

/** An extended WebP, which alone can be enormous. */
export function webp(width: number, height: number): Uint8Array {
  const low24 = (value: number) => bytes([value, 4]).subarray(0, 3)
  return bytes(
    utf8('RIFF'),
    [22, 4],
    utf8('WEBPVP8X'),
    [10, 4],
    [0, 4],
    low24(width - 1),
    low24(height - 1),
  )
}
