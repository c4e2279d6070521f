import { compareText } from '../finding.ts'
import { crc32 } from '../zip/crc32.ts'
import { chooseFiles, findRoot, IGNORE_PATH, outsideOf, type LeftOut } from './choose-files.ts'
import {
  directoryHeader,
  endRecords,
  FIXED_TIME,
  localHeader,
  MADE_BY_UNIX,
  PLAIN_FILE,
  type EntryRecord,
} from './zip-records.ts'

/** One file of the folder to pack. */
export type PackFile = {
  /** Relative to the folder. */
  path: string
  /** Called at most once, when it is the file's turn. */
  read(): Promise<Uint8Array>
  /** A link that isn't followed, as it leads out of the folder, to a folder or nowhere: it is left out. */
  isLink?: boolean
}

export type PackOptions = {
  /** Called after each file that was packed. */
  onProgress?: (progress: { done: number; total: number; path: string }) => void
  signal?: AbortSignal
}

/** Sizes are bytes. */
export type PackedBundle = {
  /** The bundle in pieces: for a Blob, or to be written one after another. */
  pieces: Uint8Array<ArrayBuffer>[]
  /** All pieces in one; made anew each time. */
  readonly bytes: Uint8Array<ArrayBuffer>
  size: number
  /** The folder that was packed, where the app.toml was further down; '' for the given one. */
  root: string
  fileCount: number
  unpackedSize: number
  /** Sorted by path. */
  left: LeftOut[]
}

/** Batches that are read and compressed at the same time; no other files are in memory. */
const AT_ONCE = 4
/** Where a batch ends: small files are compressed together, as each start of the compressor takes a while. */
const BATCH = { files: 32, bytes: 1024 * 1024 }

// Compressed already: another time takes long and gains nothing.
const COMPRESSED =
  /\.(?:whl|egg|zip|jar|gz|tgz|bz2|tbz2?|xz|txz|zst|lz4|br|7z|rar|png|jpe?g|gif|webp|avif|heic|mp3|mp4|m4a|m4v|mov|mkv|webm|ogg|woff2?|parquet|orc|xlsx|docx|pptx)$/i

/**
 * Packs the files of a folder into a bundle. Its root is the folder that has the app.toml: the given
 * one or the nearest below. What good sense and `.appignore` (gitignore syntax) leave out is named
 * in `left`. The same files give the same bytes everywhere, whatever their order: names are sorted,
 * times and attributes fixed.
 *
 * Rejects when a file can't be read, when two paths are the same, when a path leads out of the
 * folder, when several apps are equally near, and with the signal's reason when it aborts.
 */
export async function packBundle(
  files: readonly PackFile[],
  options: PackOptions = {},
): Promise<PackedBundle> {
  const byPath = normalizePaths(files)
  const paths = [...byPath.keys()].toSorted(compareText)
  const root = await findRoot(paths)
  const prefix = root === '' ? '' : `${root}/`
  const fileOf = (path: string) => byPath.get(prefix + path)
  const ignoreFile = fileOf(IGNORE_PATH)
  const rules = ignoreFile === undefined ? '' : new TextDecoder().decode(await readFile(ignoreFile))
  const inside = paths
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length))
  const { kept, left } = await chooseFiles(inside, rules)
  const isLink = (path: string) => fileOf(path)?.isLink === true
  const links = kept.filter(isLink)
  left.push(
    ...outsideOf(root, paths),
    ...links.map((path) => ({ path, fileCount: 1, reason: 'link' as const, pattern: null })),
  )

  const entries = await packAll(
    kept.filter((path) => !isLink(path)).map((path) => ({ path, file: fileOf(path) })),
    options,
  )
  const pieces = assemble(entries)
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0)
  return {
    pieces,
    get bytes() {
      const bytes = new Uint8Array(size)
      let at = 0
      for (const piece of pieces) {
        bytes.set(piece, at)
        at += piece.length
      }
      return bytes
    },
    size,
    root,
    fileCount: entries.length,
    unpackedSize: entries.reduce((sum, { record }) => sum + record.size, 0),
    left: left.toSorted((a, b) => compareText(a.path, b.path)),
  }
}

function normalizePaths(files: readonly PackFile[]): Map<string, PackFile> {
  const byPath = new Map<string, PackFile>()
  for (const file of files) {
    const path = normalize(file.path)
    if (byPath.has(path)) throw new Error(`Two files are named "${path}"`)
    byPath.set(path, file)
  }
  return byPath
}

// The ignore package throws on "./a", "/a" and "../a"; the last must not be packed at all.
function normalize(path: string): string {
  const parts = path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
  if (parts.length === 0 || parts.includes('..'))
    throw new Error(`"${path}" is no path inside the folder`)
  return parts.join('/')
}

/** Bytes of a local header before the name. */
const LOCAL_BYTES = 30

type ReadEntry = { index: number; path: string; bytes: Uint8Array<ArrayBuffer> }
type Deflated = { data: Uint8Array<ArrayBuffer>; crc32: number }
type PackedEntry = { record: EntryRecord; data: Uint8Array<ArrayBuffer> }

async function packAll(
  files: readonly { path: string; file: PackFile | undefined }[],
  { onProgress, signal }: PackOptions,
): Promise<PackedEntry[]> {
  const entries: PackedEntry[] = []
  let taken = 0
  let done = 0
  let hasFailed = false
  async function readBatch(): Promise<ReadEntry[]> {
    const batch: ReadEntry[] = []
    let size = 0
    while (batch.length < BATCH.files && size < BATCH.bytes && !hasFailed) {
      const index = taken++
      const next = files[index]
      if (next === undefined) break
      signal?.throwIfAborted()
      if (next.file === undefined) continue
      const bytes = await readFile(next.file)
      batch.push({ index, path: next.path, bytes })
      size += bytes.length
    }
    return batch
  }
  async function work(): Promise<void> {
    for (let batch = await readBatch(); batch.length > 0; batch = await readBatch()) {
      for (const [n, entry] of (await packEntries(batch)).entries()) {
        const { index = 0, path = '' } = batch[n] ?? {}
        entries[index] = entry
        done++
        onProgress?.({ done, total: files.length, path })
        signal?.throwIfAborted()
      }
    }
  }
  const fail = (reason: unknown) => {
    hasFailed = true
    throw reason
  }
  await Promise.all(Array.from({ length: AT_ONCE }, () => work().catch(fail)))
  signal?.throwIfAborted()
  return entries
}

async function readFile(file: PackFile): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array
  try {
    bytes = await file.read()
  } catch (reason) {
    const why = reason instanceof Error ? reason.message : String(reason)
    throw new Error(`"${file.path}" can’t be read: ${why}`, { cause: reason })
  }
  // Compression takes no shared memory.
  return bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes)
}

async function packEntries(batch: readonly ReadEntry[]): Promise<PackedEntry[]> {
  const gains = batch.filter(({ path, bytes }) => bytes.length > 0 && !COMPRESSED.test(path))
  const deflated = await deflateAll(gains.map(({ bytes }) => bytes))
  const byIndex = new Map(gains.map(({ index }, n) => [index, deflated[n]]))
  return batch.map((entry) => packEntry(entry, byIndex.get(entry.index)))
}

function packEntry({ path, bytes }: ReadEntry, deflated: Deflated | undefined): PackedEntry {
  const isSmaller = deflated !== undefined && deflated.data.length < bytes.length
  return {
    record: {
      name: new TextEncoder().encode(path),
      method: isSmaller ? 'deflate' : 'stored',
      crc32: deflated?.crc32 ?? crc32(bytes),
      compressedSize: isSmaller ? deflated.data.length : bytes.length,
      size: bytes.length,
      time: FIXED_TIME,
      madeBy: MADE_BY_UNIX,
      attributes: PLAIN_FILE,
    },
    data: isSmaller ? deflated.data : bytes,
  }
}

// jszip packs alike in every browser and in Node, where CompressionStream depends on their zlib; as
// it knows no zip64 and holds whole archives in memory, it packs a few files at a time, in archives
// of their own that are named by number and taken apart again.
async function deflateAll(files: readonly Uint8Array<ArrayBuffer>[]): Promise<Deflated[]> {
  if (files.length === 0) return []
  const { default: JSZip } = await import('jszip')
  const zip = new JSZip()
  for (const [n, bytes] of files.entries()) {
    zip.file(String(n), bytes, { binary: true, createFolders: false })
  }
  const archive = await zip.generateAsync({
    type: 'arraybuffer',
    compression: 'DEFLATE',
    compressionOptions: { level: 6 },
  })
  const view = new DataView(archive)
  let at = 0
  return files.map(() => {
    const start = at + LOCAL_BYTES + view.getUint16(at + 26, true)
    const size = view.getUint32(at + 18, true)
    const crc = view.getUint32(at + 14, true)
    at = start + size
    // The records around it stay in memory with it; a copy without them takes longer than they are worth.
    return { data: new Uint8Array(archive, start, size), crc32: crc }
  })
}

function assemble(entries: readonly PackedEntry[]): Uint8Array<ArrayBuffer>[] {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const directory: Uint8Array<ArrayBuffer>[] = []
  let offset = 0
  let directorySize = 0
  for (const { record, data } of entries) {
    const header = localHeader(record)
    const listed = directoryHeader(record, offset)
    directory.push(listed)
    directorySize += listed.length
    pieces.push(header, data)
    offset += header.length + record.compressedSize
  }
  return [...pieces, ...directory, endRecords(entries.length, directorySize, offset)]
}
