/** A number in a header. `at` counts from the archive's start. */
export type Field = { name: string; at: number; width: 2 | 4 | 8 }

/** A run of bytes: a name, extra fields, data, a descriptor, a comment. */
export type Span = { name: string; start: number; end: number }

export type EntryLayout = { local: Field[]; central: Field[]; name: [Span, Span]; data: Span }

/** Where everything is in an archive that is whole. */
export type Layout = {
  entries: EntryLayout[]
  /** Fields of the end record and, where there are any, the zip64 records. */
  end: Field[]
  spans: Span[]
  directory: Span
}

const CENTRAL: readonly [name: string, at: number, width: 2 | 4 | 8][] = [
  ['signature', 0, 4],
  ['madeBy', 4, 2],
  ['needed', 6, 2],
  ['flags', 8, 2],
  ['method', 10, 2],
  ['time', 12, 2],
  ['date', 14, 2],
  ['crc', 16, 4],
  ['compressedSize', 20, 4],
  ['size', 24, 4],
  ['nameLength', 28, 2],
  ['extraLength', 30, 2],
  ['commentLength', 32, 2],
  ['disk', 34, 2],
  ['internal', 36, 2],
  ['attributes', 38, 4],
  ['offset', 42, 4],
]
const LOCAL: typeof CENTRAL = [
  ['signature', 0, 4],
  ['needed', 4, 2],
  ['flags', 6, 2],
  ['method', 8, 2],
  ['time', 10, 2],
  ['date', 12, 2],
  ['crc', 14, 4],
  ['compressedSize', 18, 4],
  ['size', 22, 4],
  ['nameLength', 26, 2],
  ['extraLength', 28, 2],
]
const END: typeof CENTRAL = [
  ['signature', 0, 4],
  ['disk', 4, 2],
  ['directoryDisk', 6, 2],
  ['countHere', 8, 2],
  ['count', 10, 2],
  ['directorySize', 12, 4],
  ['directoryOffset', 16, 4],
  ['commentLength', 20, 2],
]
const LOCATOR: typeof CENTRAL = [
  ['signature', 0, 4],
  ['disk', 4, 4],
  ['recordOffset', 8, 8],
  ['disks', 16, 4],
]
const RECORD: typeof CENTRAL = [
  ['signature', 0, 4],
  ['length', 4, 8],
  ['needed', 14, 2],
  ['disk', 16, 4],
  ['directoryDisk', 20, 4],
  ['countHere', 24, 8],
  ['count', 32, 8],
  ['directorySize', 40, 8],
  ['directoryOffset', 48, 8],
]

/** The value of a field; 64-bit ones as far as a number goes. */
export function readField(bytes: Uint8Array, { at, width }: Field): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (width === 2) return view.getUint16(at, true)
  return width === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true))
}

/** The bytes of a value in the width of a field; what doesn't fit is cut off. */
export function fieldBytes(value: number, width: 2 | 4 | 8): Uint8Array {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, BigInt.asUintN(64, BigInt(Math.trunc(value))), true)
  return new Uint8Array(view.buffer, 0, width)
}

/** Finds the parts of an archive. Null where it isn't one that a plain reader understands. */
export function layoutOf(bytes: Uint8Array): Layout | null {
  try {
    return readLayout(bytes)
  } catch (reason) {
    if (reason instanceof RangeError) return null
    throw reason
  }
}

function readLayout(bytes: Uint8Array): Layout | null {
  const place = (table: typeof CENTRAL, at: number): Field[] =>
    table.map(([name, offset, width]) => ({ name, at: at + offset, width }))
  const value = (fields: readonly Field[], name: string): number => {
    const field = fields.find((candidate) => candidate.name === name)
    return field === undefined ? 0 : readField(bytes, field)
  }
  const endAt = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf('PK\x05\x06')
  if (endAt < 0 || endAt + 22 > bytes.length) return null
  const endRecord = place(END, endAt)
  const locator = endAt < 20 ? [] : place(LOCATOR, endAt - 20)
  const isZip64 = value(locator, 'signature') === 0x07064b50 && endAt >= 76
  const record = isZip64 ? place(RECORD, endAt - 76) : []
  const source = isZip64 ? record : endRecord
  const start = value(source, 'directoryOffset')
  const directory = { name: 'directory', start, end: start + value(source, 'directorySize') }
  const spans: Span[] = [{ name: 'comment', start: endAt + 22, end: bytes.length }]
  const entries: EntryLayout[] = []
  for (let at = directory.start; at < directory.end;) {
    const central = place(CENTRAL, at)
    if (value(central, 'signature') !== 0x02014b50) return null
    const nameEnd = at + 46 + value(central, 'nameLength')
    const extraEnd = nameEnd + value(central, 'extraLength')
    const next = extraEnd + value(central, 'commentLength')
    const localAt = value(central, 'offset')
    const local = place(LOCAL, localAt)
    const localNameEnd = localAt + 30 + value(local, 'nameLength')
    const dataStart = localNameEnd + value(local, 'extraLength')
    const data = {
      name: 'data',
      start: dataStart,
      end: dataStart + value(central, 'compressedSize'),
    }
    if (data.end > directory.start || next > endAt) return null
    const name: [Span, Span] = [
      { name: 'localName', start: localAt + 30, end: localNameEnd },
      { name: 'name', start: at + 46, end: nameEnd },
    ]
    entries.push({ local, central, name, data })
    spans.push(
      ...name,
      { name: 'extra', start: nameEnd, end: extraEnd },
      { name: 'entryComment', start: extraEnd, end: next },
      { name: 'localExtra', start: localNameEnd, end: dataStart },
      data,
      { name: 'descriptor', start: data.end, end: Math.min(data.end + 24, directory.start) },
    )
    at = next
  }
  return { entries, end: [...record, ...(isZip64 ? locator : []), ...endRecord], spans, directory }
}
