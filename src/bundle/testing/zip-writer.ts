import { crc32 } from '../zip/crc32.ts'

/** Header fields that a test may write other than they should be. */
export type HeaderLies = {
  name?: string | Uint8Array
  flags?: number
  method?: number
  crc?: number
  size?: number
  compressedSize?: number
  extra?: Uint8Array
}

export type EntryPlan = HeaderLies & {
  name: string | Uint8Array
  data?: string | Uint8Array
  /** 0 stored, 8 deflate (the default); others are written as stored. */
  method?: number
  /** What stands in the archive instead of the compressed data. */
  rawData?: Uint8Array
  /** Unix mode with its type bits. */
  mode?: number
  /** Attributes of the DOS half. */
  dosAttributes?: number
  host?: number
  /** The zip version that wrote it and the one needed to read it, in tenths; 20 each. */
  madeBy?: number
  needed?: number
  /** A DOS date; 1 January 1980 where nothing else is said. */
  date?: number
  /** A comment in the directory. */
  comment?: Uint8Array
  disk?: number
  offset?: number
  /** Lies of the local header alone. */
  local?: HeaderLies & { signature?: number }
  descriptor?: 'signed' | 'unsigned' | 'signed64' | 'unsigned64'
  /** Lies of the descriptor alone. */
  described?: { crc?: number; size?: number; compressedSize?: number }
  /** Bytes after the data that belong to nothing. */
  gap?: Uint8Array
  /** In the archive's data but not in its directory. */
  hidden?: boolean
  /** In the directory but not in the archive's data. */
  ghost?: boolean
}

export type ArchivePlan = {
  entries: EntryPlan[]
  comment?: Uint8Array
  prefix?: Uint8Array
  /** Count the prefix into all offsets, as self-extracting archives do. */
  adjustOffsets?: boolean
  suffix?: Uint8Array
  /** Bytes between the directory and the end record. */
  beforeEnd?: Uint8Array
  /** `marked` puts the zip64 marks into the end record, `beside` its real values. */
  zip64?: 'marked' | 'beside'
  zip64Lies?: {
    signature?: number
    /** The record's length as it says it, without its first 12 bytes. */
    bytes?: number
    disk?: number
    directoryDisk?: number
    countHere?: number
    count?: number
    size?: number
    offset?: number
    /** Bytes that follow the record's own fields. */
    more?: Uint8Array
    locatorSignature?: number
    locatorDisk?: number
    /** Where the locator says that the record is. */
    locator?: number
    disks?: number
  }
  end?: {
    disk?: number
    directoryDisk?: number
    countHere?: number
    count?: number
    size?: number
    offset?: number
    commentLength?: number
  }
}

export const FLAG_DESCRIPTOR = 8
export const FLAG_UTF8 = 0x800

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function bytes(
  ...parts: (number | [value: number | bigint, width: 2 | 4 | 8] | Uint8Array)[]
): Uint8Array {
  let length = 0
  for (const part of parts) {
    length += typeof part === 'number' ? 1 : part instanceof Uint8Array ? part.length : part[1]
  }
  const all = new Uint8Array(length)
  const view = new DataView(all.buffer)
  let at = 0
  for (const part of parts) {
    if (typeof part === 'number') all[at++] = part
    else if (part instanceof Uint8Array) {
      all.set(part, at)
      at += part.length
    } else {
      const [value, width] = part
      if (width === 2) view.setUint16(at, Number(value), true)
      else if (width === 4) view.setUint32(at, Number(value), true)
      else view.setBigUint64(at, BigInt(value), true)
      at += width
    }
  }
  return all
}

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

export async function deflate(data: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(data)])
    .stream()
    .pipeThrough(new CompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** An extra field with its id and length in front. */
export function extraField(id: number, payload: Uint8Array): Uint8Array {
  return bytes([id, 2], [payload.length, 2], payload)
}

/** The Info-ZIP Unicode Path field for a raw name. */
export function unicodePath(rawName: Uint8Array, name: string, crc = crc32(rawName)): Uint8Array {
  return extraField(0x7075, bytes(1, [crc, 4], utf8(name)))
}

function raw(name: string | Uint8Array): Uint8Array {
  return typeof name === 'string' ? utf8(name) : name
}

function header(truth: Required<HeaderLies>, lies: HeaderLies, date = 0x21): Uint8Array[] {
  const use = { ...truth, ...lies }
  const name = raw(use.name)
  return [
    // version needed is written by the caller; flags … extra length are shared by both headers
    bytes(
      [use.flags, 2],
      [use.method, 2],
      [0, 2],
      [date, 2],
      [use.crc, 4],
      [use.compressedSize, 4],
      [use.size, 4],
      [name.length, 2],
      [use.extra.length, 2],
    ),
    name,
    use.extra,
  ]
}

function without(plan: EntryPlan): HeaderLies {
  const lies: HeaderLies = {}
  if (plan.crc !== undefined) lies.crc = plan.crc
  if (plan.size !== undefined) lies.size = plan.size
  if (plan.compressedSize !== undefined) lies.compressedSize = plan.compressedSize
  if (plan.extra !== undefined) lies.extra = plan.extra
  return lies
}

/** Writes a zip that is correct except where the plan says otherwise. */
export async function writeZip(plan: ArchivePlan): Promise<Uint8Array<ArrayBuffer>> {
  const prefix = plan.prefix ?? new Uint8Array()
  const base = plan.adjustOffsets ? prefix.length : 0
  const data: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = base
  let count = 0
  for (const entry of plan.entries) {
    const contents = raw(entry.data ?? '')
    const isFolder = typeof entry.name === 'string' && entry.name.endsWith('/')
    const method = entry.method ?? (isFolder ? 0 : 8)
    const stored = entry.rawData ?? (method === 8 ? await deflate(contents) : contents)
    const ascii = raw(entry.name).every((byte) => byte < 128)
    const truth: Required<HeaderLies> = {
      name: entry.name,
      flags:
        entry.flags ??
        (ascii || typeof entry.name !== 'string' ? 0 : FLAG_UTF8) |
          (entry.descriptor ? FLAG_DESCRIPTOR : 0),
      method,
      crc: crc32(contents),
      size: contents.length,
      compressedSize: stored.length,
      extra: new Uint8Array(),
    }
    const { signature, ...localLies } = entry.local ?? {}
    const unknown = entry.descriptor ? { crc: 0, size: 0, compressedSize: 0 } : {}
    const pieces = [
      bytes([signature ?? 0x04034b50, 4], [entry.needed ?? 20, 2]),
      ...header(truth, { ...without(entry), ...unknown, ...localLies }, entry.date),
      stored,
    ]
    if (entry.descriptor) {
      const width = entry.descriptor.endsWith('64') ? 8 : 4
      if (entry.descriptor.startsWith('signed')) pieces.push(bytes([0x08074b50, 4]))
      pieces.push(
        bytes(
          [entry.described?.crc ?? truth.crc, 4],
          [entry.described?.compressedSize ?? stored.length, width],
          [entry.described?.size ?? truth.size, width],
        ),
      )
    }
    if (entry.gap) pieces.push(entry.gap)
    if (!entry.ghost) data.push(...pieces)
    if (!entry.hidden) {
      const [fields = new Uint8Array(), name = new Uint8Array(), extra = new Uint8Array()] = header(
        truth,
        without(entry),
        entry.date,
      )
      const comment = entry.comment ?? new Uint8Array()
      const attributes = BigInt(entry.mode ?? 0) * 65536n + BigInt(entry.dosAttributes ?? 0)
      directory.push(
        bytes([0x02014b50, 4], entry.madeBy ?? 20, entry.host ?? 3, [entry.needed ?? 20, 2]),
        fields,
        bytes([comment.length, 2], [entry.disk ?? 0, 2], [0, 2], [attributes, 4]),
        bytes([entry.offset ?? offset, 4]),
        name,
        extra,
        comment,
      )
      count++
    }
    if (!entry.ghost) offset += pieces.reduce((sum, piece) => sum + piece.length, 0)
  }
  const central = concat(directory)
  const size = central.length
  const tail: Uint8Array[] = [plan.beforeEnd ?? new Uint8Array()]
  if (plan.zip64) {
    const lies = plan.zip64Lies ?? {}
    const total = lies.count ?? count
    const more = lies.more ?? new Uint8Array()
    tail.push(
      bytes(
        [lies.signature ?? 0x06064b50, 4],
        [lies.bytes ?? 44 + more.length, 8],
        [45, 2],
        [45, 2],
        [lies.disk ?? 0, 4],
        [lies.directoryDisk ?? 0, 4],
        [lies.countHere ?? total, 8],
        [total, 8],
        [lies.size ?? size, 8],
        [lies.offset ?? offset, 8],
        more,
      ),
      bytes(
        [lies.locatorSignature ?? 0x07064b50, 4],
        [lies.locatorDisk ?? 0, 4],
        [lies.locator ?? offset + size, 8],
        [lies.disks ?? 1, 4],
      ),
    )
  }
  const marked = plan.zip64 === 'marked'
  const end = plan.end ?? {}
  const comment = plan.comment ?? new Uint8Array()
  const total = marked ? 0xffff : count
  tail.push(
    bytes(
      [0x06054b50, 4],
      [end.disk ?? 0, 2],
      [end.directoryDisk ?? 0, 2],
      [end.countHere ?? total, 2],
      [end.count ?? total, 2],
      [end.size ?? (marked ? 0xffffffff : size), 4],
      [end.offset ?? (marked ? 0xffffffff : offset), 4],
      [end.commentLength ?? comment.length, 2],
    ),
    comment,
    plan.suffix ?? new Uint8Array(),
  )
  return concat([prefix, ...data, central, ...tail])
}
