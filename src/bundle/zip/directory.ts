import { ByteView } from './bytes.ts'
import { ArchiveError } from './archive-error.ts'
import { error, warning, type Finding } from '../finding.ts'
import { MAX_ENTRIES } from '../limits.ts'
import { HEADER_BYTES, isPlainHeader } from './entry.ts'
import { EntryList } from './entry-list.ts'
import type { EndRecord } from './end-record.ts'
import { examineEntry } from './examine-entry.ts'
import { PlainNames } from './plain-names.ts'

const SIGNATURE = 0x02014b50

export type Directory = {
  entries: EntryList
  /** Places in `entries` whose path may be another one's in other letters. */
  unfolded: number[]
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
  const entries = new EntryList(view)
  const unfolded: number[] = []
  const findings: Finding[] = []
  const damaged = (message: string) =>
    new ArchiveError(error('archive.directory-mismatch', message))
  const names = new PlainNames(view)
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
    const hasPlainName = names.read(nameStart, nameLength)
    const isFolded = hasPlainName && names.isLowerCase
    if (hasPlainName && isPlainHeader(view, at, directoryOffset)) {
      if (!isFolded) unfolded.push(entries.length)
      entries.addPlain(at, names.hash, names.startsFolder || !followsPlain)
      followsPlain = true
    } else {
      followsPlain = false
      const entry = examineEntry(view, at, { directoryOffset, hasPlainName }, findings)
      if (entry !== null) {
        if (!isFolded) unfolded.push(entries.length)
        entries.addExamined(at, entry)
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
  return { entries, unfolded, findings }
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
