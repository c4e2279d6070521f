import { inflateRawSync } from 'node:zlib'
import { crc32 } from '../../../src/bundle/zip/crc32.ts'
import { concat } from '../../../src/bundle/testing/zip-writer.ts'
import type { Random } from '../../durability/random.ts'
import {
  fieldBytes,
  layoutOf,
  readField,
  type EntryLayout,
  type Field,
  type Layout,
  type Span,
} from './layout.ts'

/** Replaces `remove` bytes at `at`. Edits follow one another: each counts in what the last one left. */
export type Edit = { kind: string; at: number; remove: number; insert: Uint8Array }

/** The bytes after all edits. */
export function applyEdits(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array<ArrayBuffer> {
  let result = new Uint8Array(bytes)
  for (const { at, remove, insert } of edits) {
    result = concat([result.subarray(0, at), insert, result.subarray(at + remove)])
  }
  return result
}

type Mutator = (context: Context) => Edit[]
type Context = {
  random: Random
  bytes: Uint8Array
  layout: Layout | null
  /** Other archives to take bytes from. */
  donors: readonly Uint8Array[]
}

const MUTATORS: readonly [weight: number, kind: string, make: Mutator][] = [
  [6, 'bit', flipBit],
  [4, 'byte', setByte],
  [10, 'field', lieInField],
  [10, 'both headers', lieInBoth],
  [6, 'span', changeSpan],
  [4, 'name in both', changeName],
  [6, 'repaired data', changeDataAndRepair],
  [5, 'repaired insertion', insertAndRepair],
  [2, 'truncation', truncate],
  [2, 'deletion', deleteRange],
  [2, 'insertion', insertBytes],
  [2, 'duplication', duplicateRange],
  [1, 'swap', swapRanges],
  [2, 'splice of another', spliceDonor],
  [1, 'two halves', joinHalves],
]
const TOTAL = MUTATORS.reduce((sum, [weight]) => sum + weight, 0)

/** One to three changes, mostly one, chosen by chance among those that fit. */
export function mutate(random: Random, base: Uint8Array, donors: readonly Uint8Array[]): Edit[] {
  const edits: Edit[] = []
  const count = random.pick([1, 1, 2, 3]) ?? 1
  for (let round = 0; round < count; round++) {
    const bytes = applyEdits(base, edits)
    if (bytes.length === 0) break
    const context = { random, bytes, layout: layoutOf(bytes), donors }
    let choice = random.between(1, TOTAL)
    for (const [weight, kind, make] of MUTATORS) {
      choice -= weight
      if (choice > 0) continue
      edits.push(...make(context).map((edit) => ({ ...edit, kind })))
      break
    }
  }
  return edits
}

const edit = (at: number, remove: number, insert: Uint8Array): Edit => ({
  kind: '',
  at,
  remove,
  insert,
})

function place({ random, bytes }: Context): number {
  return random.between(0, Math.max(0, bytes.length - 1))
}

function range(context: Context): [start: number, end: number] {
  const start = place(context)
  const most = context.random.next() < 0.5 ? 16 : context.bytes.length
  return [start, Math.min(context.bytes.length, start + context.random.between(1, most))]
}

function flipBit(context: Context): Edit[] {
  const at = place(context)
  return [
    edit(at, 1, Uint8Array.of((context.bytes[at] ?? 0) ^ (1 << context.random.between(0, 7)))),
  ]
}

function setByte(context: Context): Edit[] {
  const { random } = context
  const byte = random.pick([0, 0xff, 0x50, 0x2f, 0x2e, 0x5c, 0x80, random.between(0, 255)]) ?? 0
  return [edit(place(context), 1, Uint8Array.of(byte))]
}

function allFields({ entries, end }: Layout): Field[] {
  return [...entries.flatMap(({ local, central }) => [...local, ...central]), ...end]
}

function lie({ random, bytes, layout }: Context, field: Field): number {
  const truth = readField(bytes, field)
  const others = layout === null ? [field] : allFields(layout)
  const candidates = [
    0,
    1,
    truth + 1,
    truth - 1,
    truth + random.between(-32, 32),
    truth ^ (1 << random.between(0, 15)),
    2 ** (8 * Math.min(field.width, 6)) - 1,
    random.between(0, 0xffff),
    random.between(0, 0xffffffff),
    bytes.length,
    readField(bytes, random.pick(others) ?? field),
  ]
  return random.pick(candidates) ?? 0
}

function write(field: Field, value: number): Edit {
  return edit(field.at, field.width, fieldBytes(value, field.width))
}

function lieInField(context: Context): Edit[] {
  const { random, layout } = context
  if (layout === null) return flipBit(context)
  const part = random.next() < 0.3 ? layout.end : allFields(layout)
  const field = random.pick(part)
  return field === undefined ? [] : [write(field, lie(context, field))]
}

function pairOf(entry: EntryLayout, name: string): Field[] {
  return [...entry.local, ...entry.central].filter((field) => field.name === name)
}

// The same lie in both headers: what disagreement alone would give away.
function lieInBoth(context: Context): Edit[] {
  const { random, layout } = context
  const entry = random.pick(layout?.entries ?? [])
  if (entry === undefined) return flipBit(context)
  const name =
    random.pick(['needed', 'flags', 'method', 'time', 'date', 'crc', 'compressedSize', 'size']) ??
    ''
  const [first, ...others] = pairOf(entry, name)
  if (first === undefined) return []
  const value = lie(context, first)
  return [first, ...others].map((field) => write(field, value))
}

function spanAt({ random, layout }: Context): Span | undefined {
  return random.pick((layout?.spans ?? []).filter(({ start, end }) => end > start))
}

function changeSpan(context: Context): Edit[] {
  const { random } = context
  const span = spanAt(context)
  if (span === undefined) return flipBit(context)
  const at = random.between(span.start, span.end - 1)
  return [edit(at, 1, Uint8Array.of(random.between(0, 255)))]
}

const ODD_NAMES = [
  '..',
  '/',
  'a/',
  './',
  'A',
  'a\\b',
  'a\0b',
  'ü',
  'a//b',
  '../x',
  'C:x',
  '\u202e',
  'app.toml',
]

function changeName(context: Context): Edit[] {
  const { random, layout } = context
  const entry = random.pick(layout?.entries ?? [])
  if (entry === undefined) return flipBit(context)
  const length = entry.name[0].end - entry.name[0].start
  const odd = new TextEncoder().encode(random.pick(ODD_NAMES) ?? '')
  const at = random.between(0, Math.max(0, length - 1))
  const piece = odd.subarray(0, Math.max(0, length - at))
  return entry.name.map(({ start }) => edit(start + at, piece.length, piece))
}

// Changed deflate data with size and checksum to match, wherever it still can be inflated.
function changeDataAndRepair(context: Context): Edit[] {
  const { random, bytes, layout } = context
  const entry = random.pick((layout?.entries ?? []).filter(({ data }) => data.end > data.start))
  if (entry === undefined) return flipBit(context)
  const data = bytes.slice(entry.data.start, entry.data.end)
  for (let round = random.between(1, 3); round > 0; round--) {
    const at = random.between(0, Math.min(data.length - 1, random.next() < 0.5 ? 40 : Infinity))
    data[at] =
      random.next() < 0.5 ? (data[at] ?? 0) ^ (1 << random.between(0, 7)) : random.between(0, 255)
  }
  const isStored = pairOf(entry, 'method').every((field) => readField(bytes, field) === 0)
  const content = isStored ? data : inflated(data)
  const edits = [edit(entry.data.start, data.length, data)]
  if (content === null) return edits
  const repair = (name: string, value: number) =>
    pairOf(entry, name)
      // What a descriptor leaves empty stays empty.
      .filter((field) => readField(bytes, field) !== 0)
      .map((field) => write(field, value))
  return [...edits, ...repair('crc', crc32(content)), ...repair('size', content.length)]
}

function inflated(data: Uint8Array): Uint8Array | null {
  try {
    return inflateRawSync(data, { maxOutputLength: 1 << 20 })
  } catch {
    return null
  }
}

// Bytes where a header says that there are some, with every length and offset counted on.
function insertAndRepair(context: Context): Edit[] {
  const { random, bytes, layout, donors } = context
  const index = random.between(0, Math.max(0, (layout?.entries.length ?? 0) - 1))
  const entry = layout?.entries[index]
  if (layout === null || entry === undefined) return flipBit(context)
  const donor = random.pick(donors) ?? bytes
  const from = random.between(0, donor.length - 1)
  const insert =
    random.next() < 0.5 ? oddField(random) : donor.slice(from, from + random.between(1, 40))
  const kind = random.pick(['localExtra', 'extra', 'entryComment', 'descriptor', 'comment']) ?? ''
  const spans = layout.spans.filter(({ name }) => name === kind)
  const span = kind === 'comment' ? spans[0] : spans[index]
  if (span === undefined) return []
  const at = kind === 'descriptor' ? span.start : span.end
  const lengthOf: Record<string, Field | undefined> = {
    localExtra: entry.local.find(({ name }) => name === 'extraLength'),
    extra: entry.central.find(({ name }) => name === 'extraLength'),
    entryComment: entry.central.find(({ name }) => name === 'commentLength'),
    comment: layout.end.findLast(({ name }) => name === 'commentLength'),
  }
  const edits: Edit[] = []
  const grow = (field: Field | undefined) => {
    if (field) edits.push(write(field, readField(bytes, field) + insert.length))
  }
  grow(lengthOf[kind])
  for (const { central } of layout.entries) {
    const offset = central.find(({ name }) => name === 'offset')
    if (offset && readField(bytes, offset) >= at) grow(offset)
  }
  const { directory } = layout
  for (const field of layout.end) {
    if (field.name === 'directoryOffset' && at <= directory.start && kind !== 'extra') grow(field)
    if (field.name === 'directorySize' && (kind === 'extra' || kind === 'entryComment')) grow(field)
    if (field.name === 'recordOffset' && kind !== 'comment') grow(field)
  }
  return [...edits, edit(at, 0, insert)]
}

function oddField(random: Random): Uint8Array {
  const id = random.pick([0x0001, 0x7075, 0x6375, 0x5455, 0x9901, 0x0017, 0x7875, 0, 0xffff]) ?? 0
  const payload = random.bytes(random.between(0, 28))
  const length = random.next() < 0.8 ? payload.length : random.between(0, 40)
  return concat([fieldBytes(id, 2), fieldBytes(length, 2), payload])
}

function truncate(context: Context): Edit[] {
  const at = place(context)
  return [edit(at, context.bytes.length - at, new Uint8Array())]
}

function deleteRange(context: Context): Edit[] {
  const [start, end] = range(context)
  return [edit(start, end - start, new Uint8Array())]
}

function insertBytes(context: Context): Edit[] {
  return [edit(place(context), 0, context.random.bytes(context.random.between(1, 24)))]
}

function duplicateRange(context: Context): Edit[] {
  const [start, end] = range(context)
  return [edit(place(context), 0, context.bytes.slice(start, end))]
}

function swapRanges(context: Context): Edit[] {
  const { bytes } = context
  const [start, middle] = range(context)
  const end = context.random.between(middle, bytes.length)
  return [
    edit(start, end - start, concat([bytes.subarray(middle, end), bytes.subarray(start, middle)])),
  ]
}

function spliceDonor(context: Context): Edit[] {
  const { random, donors } = context
  const donor = random.pick(donors)
  if (donor === undefined) return []
  const from = random.between(0, donor.length - 1)
  const piece = donor.slice(from, from + random.between(1, donor.length))
  return [edit(place(context), random.next() < 0.5 ? 0 : piece.length, piece)]
}

function joinHalves(context: Context): Edit[] {
  const { random, bytes, donors } = context
  const donor = random.pick(donors) ?? bytes
  const at = place(context)
  return [edit(at, bytes.length - at, donor.slice(random.between(0, donor.length - 1)))]
}
