import { ByteView } from './bytes.ts'
import { ArchiveError } from './archive-error.ts'
import {
  decodeName,
  hasInvisible,
  pathTooLong,
  showName,
  unsafePath,
  windowsTrouble,
} from './entry-name.ts'
import { error, warning, type Finding } from '../finding.ts'
import { DEFLATE_MAX_RATIO, MAX_ENTRIES } from '../limits.ts'
import { parseExtra, widen } from './extra-fields.ts'
import {
  DOS_FOLDER,
  FLAG_ENCRYPTED,
  FLAG_MASKED,
  FLAG_PATCH,
  FLAG_STRONG_ENCRYPTION,
  FLAG_UTF8,
  HEADER_BYTES,
  MARK_32,
  MAX_VERSION,
  isPlainHeader,
  PlainEntry,
  TYPE_FILE,
  TYPE_FOLDER,
  TYPE_MASK,
  type NameText,
  type ZipEntry,
} from './entry.ts'
import type { EndRecord } from './end-record.ts'
import { hashPath } from './path-index.ts'
import { PlainNames } from './plain-names.ts'

const SIGNATURE = 0x02014b50
const MARK_16 = 0xffff

const METHODS: Record<number, string> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'BZIP2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
  99: 'AES encryption',
}

// FAT, NTFS and VFAT: readers take their attributes for DOS ones, Go for all three.
const DOS_HOSTS = new Set([0, 11, 14])

/** What nothing takes once it is deflated; Java writes folders so. */
const EMPTY_DEFLATED_BYTES = 2

const SPECIAL: Record<number, string> = {
  [0o010000]: 'a named pipe',
  [0o020000]: 'a character device',
  [0o060000]: 'a block device',
  [0o140000]: 'a socket',
}

export type Directory = {
  entries: ZipEntry[]
  /** The hash of each entry's path, for a PathIndex. */
  hashes: Int32Array
  /** Entries whose path may be another one's in other letters. */
  unfolded: ZipEntry[]
  /** Places in `entries` from which on the folder may be another one than before. */
  folderStarts: number[]
  findings: Finding[]
}

/**
 * Reads the central directory. Findings name every entry that can't be accepted; `entries` holds
 * the others. Throws an ArchiveError where it can't be read to its end. Source: APPNOTE 6.3.10,
 * section 4.3.12.
 */
export function parseDirectory(bytes: Uint8Array, end: EndRecord): Directory {
  const { entryCount, directoryOffset } = end
  const view = new ByteView(bytes)
  const directory: Directory = {
    entries: [],
    // The announced count may have wrapped.
    hashes: new Int32Array(Math.min(MAX_ENTRIES, Math.ceil(bytes.length / HEADER_BYTES))),
    unfolded: [],
    folderStarts: [],
    findings: [],
  }
  const { entries, hashes, unfolded, folderStarts, findings } = directory
  const damaged = (message: string) =>
    new ArchiveError(error('archive.directory-mismatch', message))
  const names = new PlainNames(bytes.length)
  const nameText: NameText = { text: '' }
  let count = 0
  let followsPlain = false
  for (let at = 0; at < bytes.length; count++) {
    if (count === MAX_ENTRIES) throw tooManyEntries('more')
    if (at + HEADER_BYTES > bytes.length || view.u32(at) !== SIGNATURE) {
      throw damaged('The directory of the archive is damaged. Pack it again.')
    }
    const nameStart = at + HEADER_BYTES
    const nameLength = view.u16(at + 28)
    const next = nameStart + nameLength + view.u16(at + 30) + view.u16(at + 32)
    if (next > bytes.length) {
      throw damaged('The last entry of the archive’s directory is cut off. Pack it again.')
    }
    if (isPlainHeader(view, at, directoryOffset) && names.add(bytes, nameStart, nameLength)) {
      const entry = new PlainEntry(view, at, nameText, names.length - nameLength)
      hashes[entries.length] = names.hash
      if (names.startsFolder || !followsPlain) folderStarts.push(entries.length)
      followsPlain = true
      entries.push(entry)
      if (!names.isLowerCase) unfolded.push(entry)
    } else {
      followsPlain = false
      const entry = parseEntry(view, at, directoryOffset, findings)
      if (entry !== null) {
        hashes[entries.length] = hashPath(entry.path)
        folderStarts.push(entries.length)
        entries.push(entry)
        unfolded.push(entry)
      }
    }
    at = next
  }
  if (count !== entryCount) {
    if (end.isZip64 || count % 0x10000 !== entryCount) {
      throw damaged(
        `The end record announces ${entryCount} entries, the directory has ${count}. Pack the archive again.`,
      )
    }
    findings.push(
      warning(
        'archive.count-wrapped',
        `The archive has ${count} entries and announces ${entryCount}, as macOS writes more than 65,535, and not every program reads them all. Pack it with "npm run pack".`,
      ),
    )
  }
  nameText.text = names.decode()
  return directory
}

/** Refuses an archive for the number of its entries. */
export function tooManyEntries(count: number | 'more'): ArchiveError {
  const many = count === 'more' ? `more than ${MAX_ENTRIES}` : String(count)
  return new ArchiveError(
    error(
      'archive.too-many-entries',
      `The archive has ${many} entries; ${MAX_ENTRIES} is the limit. Leave out what the app doesn't need.`,
    ),
  )
}

function parseEntry(
  view: ByteView,
  at: number,
  directoryOffset: number,
  findings: Finding[],
): ZipEntry | null {
  const host = view.u16(at + 4) >>> 8
  const flags = view.u16(at + 8)
  const methodId = view.u16(at + 10)
  const nameEnd = at + HEADER_BYTES + view.u16(at + 28)
  const rawName = view.bytes.subarray(at + HEADER_BYTES, nameEnd)
  const attributes = view.u32(at + 38)
  const mode = attributes >>> 16

  const decoded = decodeName(rawName, (flags & FLAG_UTF8) !== 0)
  if (decoded === null) {
    const shown = showName(decodeName(rawName, false)?.name ?? '')
    findings.push(
      error(
        'archive.name-encoding',
        `The name "${shown}" is marked as UTF-8 but isn't. Rename the file and pack again.`,
      ),
    )
    return null
  }
  const { name } = decoded
  const isFolder = name.endsWith('/')
  const path = isFolder ? name.slice(0, -1) : name
  const place = { path: showName(path) }
  const before = findings.length
  const refuse = (code: string, message: string) => findings.push(error(code, message, place))

  const unsafe = unsafePath(path)
  if (unsafe !== null) {
    refuse(
      'archive.path-unsafe',
      `The path "${showName(name)}" ${unsafe}. Rename it and pack again.`,
    )
  } else if (pathTooLong(path)) {
    refuse(
      'archive.path-too-long',
      'The path is too long to be unpacked. Shorten its names to 255 bytes each, 1,024 together.',
    )
  }
  if (unsafe === null && hasInvisible(path)) {
    findings.push(
      warning(
        'archive.name-invisible',
        `The name "${showName(path)}" has characters that nobody sees, so it looks like another one. Rename it.`,
        place,
      ),
    )
  }
  const trouble = unsafe === null ? windowsTrouble(path) : null
  if (trouble !== null) {
    findings.push(
      warning(
        'archive.windows-name',
        `Windows can’t unpack "${showName(path)}", as the name ${trouble}. Rename it.`,
        place,
      ),
    )
  }
  const extraEnd = nameEnd + view.u16(at + 30)
  const extra = parseExtra(view.bytes.subarray(nameEnd, extraEnd))
  if (extra === null) {
    refuse(
      'archive.extra-damaged',
      'Its extra fields in the directory are damaged. Pack the archive again.',
    )
    return null
  }
  if (decoded.guessed && unsafe === null && extra.unicodePath === null) {
    findings.push(
      warning(
        'archive.name-not-utf8',
        `The name "${showName(path)}" isn't marked as UTF-8, so programs may read it differently. Use plain letters, or pack with "npm run pack".`,
        place,
      ),
    )
  }
  if (extra.unicodePath !== null && extra.unicodePath !== name) {
    refuse(
      'archive.unicode-path-mismatch',
      `It also carries the different name "${showName(extra.unicodePath)}", so programs would unpack different files. Pack the archive again.`,
    )
  }

  const isEncrypted =
    (flags & (FLAG_ENCRYPTED | FLAG_STRONG_ENCRYPTION | FLAG_MASKED)) !== 0 || extra.encrypted
  if (isEncrypted) {
    refuse('archive.encrypted', 'It is encrypted. Pack the archive without a password.')
  } else if (flags & FLAG_PATCH || (methodId !== 0 && methodId !== 8)) {
    const method = METHODS[methodId] ?? `method ${methodId}`
    refuse(
      'archive.method-unsupported',
      `It is compressed with ${flags & FLAG_PATCH ? 'patch data' : method}. Pack with "deflate", what zip programs call normal.`,
    )
  }

  const version = view.u16(at + 6) & 0xff
  if (version > MAX_VERSION) {
    refuse(
      'archive.version-unsupported',
      `It needs version ${version / 10} of the format, which programs don’t read. Pack it again.`,
    )
  }
  checkType(mode, attributes, host, isFolder, refuse)

  const short = [
    { value: view.u32(at + 24), marked: view.u32(at + 24) === MARK_32 },
    { value: view.u32(at + 20), marked: view.u32(at + 20) === MARK_32 },
    { value: view.u32(at + 42), marked: view.u32(at + 42) === MARK_32 },
  ]
  const wide = widen(short, extra.zip64)
  const disk = view.u16(at + 34)
  if (disk !== 0 && disk !== MARK_16) {
    refuse(
      'archive.multi-disk',
      'It is stored in another part of a split archive. Pack it as a single file.',
    )
  }
  if (wide === null) {
    refuse('archive.zip64-mismatch', 'Its zip64 sizes are missing. Pack the archive again.')
    return null
  }
  const [size = 0, compressedSize = 0, headerOffset = 0] = wide
  if (extra.zip64 !== null && contradicts(extra.zip64, short)) {
    refuse(
      'archive.zip64-mismatch',
      'It has two different sizes in the directory. Pack the archive again.',
    )
  }
  const crc = view.u32(at + 16)
  // Encryption puts bytes of its own in front of the data.
  if (!isEncrypted) {
    checkSizes({ size, compressedSize, isFolder, stored: methodId === 0 }, refuse)
    if (isFolder && size === 0 && crc !== 0) {
      refuse('archive.crc-mismatch', 'It is a folder, but has a checksum. Pack the archive again.')
    }
  }
  if (headerOffset + 30 + rawName.length + compressedSize > directoryOffset) {
    refuse(
      'archive.overlap',
      'Its data reaches beyond the data part of the archive. Pack it again.',
    )
  }
  if (findings.slice(before).some((finding) => finding.severity === 'error')) return null
  return {
    path,
    isFolder,
    size,
    compressedSize,
    crc32: crc,
    method: methodId === 0 ? 'stored' : 'deflate',
    mode,
    flags,
    headerOffset,
    nameStart: at + HEADER_BYTES,
    nameLength: rawName.length,
  }
}

// Writers that always add both sizes are harmless; a field that says something else is not.
function contradicts(
  zip64: Uint8Array,
  short: readonly { value: number; marked: boolean }[],
): boolean {
  if (short.some(({ marked }) => marked) || zip64.length < 16) return false
  const view = new ByteView(zip64)
  return view.u64(0) !== short[0]?.value || view.u64(8) !== short[1]?.value
}

function checkType(
  mode: number,
  attributes: number,
  host: number,
  isFolder: boolean,
  refuse: (code: string, message: string) => void,
): void {
  const type = mode & TYPE_MASK
  if (type === 0o120000) {
    refuse('archive.symlink', 'It is a symbolic link. Put the file itself into the bundle.')
  } else if (SPECIAL[type] !== undefined) {
    refuse('archive.special-file', `It is ${SPECIAL[type]}. Leave it out of the bundle.`)
  } else if (
    (type === TYPE_FOLDER && !isFolder) ||
    (type === TYPE_FILE && isFolder) ||
    (DOS_HOSTS.has(host) && (attributes & DOS_FOLDER) !== 0 && !isFolder)
  ) {
    refuse(
      'archive.kind-ambiguous',
      'Its name and its attributes disagree whether it is a folder. Pack the archive again.',
    )
  }
}

function checkSizes(
  entry: { size: number; compressedSize: number; isFolder: boolean; stored: boolean },
  refuse: (code: string, message: string) => void,
): void {
  const { size, compressedSize, isFolder, stored } = entry
  if (isFolder && (size > 0 || compressedSize > EMPTY_DEFLATED_BYTES)) {
    refuse(
      'archive.kind-ambiguous',
      'It is named like a folder but has contents. Pack the archive again.',
    )
  } else if (stored && size !== compressedSize) {
    refuse(
      'archive.size-mismatch',
      'It is stored uncompressed with two different sizes. Pack the archive again.',
    )
  } else if (!stored && size > compressedSize * DEFLATE_MAX_RATIO) {
    refuse(
      'archive.size-mismatch',
      'It claims to unpack to more than deflate can hold. Pack the archive again.',
    )
  }
}
