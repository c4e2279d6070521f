import { ByteView } from './bytes.ts'
import {
  decodeName,
  hasInvisible,
  pathTooLong,
  showName,
  unsafePath,
  windowsTrouble,
} from './entry-name.ts'
import { error, warning, type Finding } from '../finding.ts'
import { DEFLATE_MAX_RATIO } from '../limits.ts'
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
  TYPE_FILE,
  TYPE_FOLDER,
  TYPE_MASK,
  type ZipEntry,
} from './entry.ts'

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

/** What is known of an entry before it is examined. */
export type Known = {
  /** Where the data of all entries ends. */
  readonly directoryOffset: number
  /** Whether its name is one of those that need no examination. */
  readonly hasPlainName: boolean
}

/**
 * Reads the directory header at `at` with everything that may be unusual about it. Null, with an
 * error among the findings, where the entry can't be accepted. Source: APPNOTE 6.3.10, section 4.4.
 */
export function examineEntry(
  view: ByteView,
  at: number,
  { directoryOffset, hasPlainName }: Known,
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
  const before = findings.length
  const refuse = (code: string, message: string) =>
    findings.push(error(code, message, { path: showName(path) }))

  const isSafe = hasPlainName || examineName(name, path, findings)
  const extraEnd = nameEnd + view.u16(at + 30)
  const extra = parseExtra(view.bytes.subarray(nameEnd, extraEnd))
  if (extra === null) {
    refuse(
      'archive.extra-damaged',
      'Its extra fields in the directory are damaged. Pack the archive again.',
    )
    return null
  }
  if (decoded.guessed && isSafe && extra.unicodePath === null) {
    findings.push(
      warning(
        'archive.name-not-utf8',
        `The name "${showName(path)}" isn't marked as UTF-8, so programs may read it differently. Use plain letters, or pack with "npm run pack".`,
        { path: showName(path) },
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

/** Adds what is to be said of a name; false where its path must not be unpacked. */
function examineName(name: string, path: string, findings: Finding[]): boolean {
  const place = { path: showName(path) }
  const unsafe = unsafePath(path)
  if (unsafe !== null) {
    findings.push(
      error(
        'archive.path-unsafe',
        `The path "${showName(name)}" ${unsafe}. Rename it and pack again.`,
        place,
      ),
    )
    return false
  }
  if (pathTooLong(path)) {
    findings.push(
      error(
        'archive.path-too-long',
        'The path is too long to be unpacked. Shorten its names to 255 bytes each, 1,024 together.',
        place,
      ),
    )
  }
  if (hasInvisible(path)) {
    findings.push(
      warning(
        'archive.name-invisible',
        `The name "${showName(path)}" has characters that nobody sees, so it looks like another one. Rename it.`,
        place,
      ),
    )
  }
  const trouble = windowsTrouble(path)
  if (trouble !== null) {
    findings.push(
      warning(
        'archive.windows-name',
        `Windows can’t unpack "${showName(path)}", as the name ${trouble}. Rename it.`,
        place,
      ),
    )
  }
  return true
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
