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
 * Reads the central directory, as far as its bytes have arrived. Findings name every entry that
 * can't be accepted; `entries` holds the others. Source: APPNOTE 6.3.10, section 4.3.12.
 */
export class DirectoryReader implements Directory {
  readonly entries: EntryList
  readonly unfolded: number[] = []
  readonly findings: Finding[] = []
  readonly #end: EndRecord
  readonly #view: ByteView
  readonly #names: PlainNames
  /** Where the next header begins. */
  #at = 0
  #count = 0
  #followsPlain = false

  /** `bytes`: room for the directory, whose bytes may still be on their way. */
  constructor(bytes: Uint8Array, end: EndRecord) {
    this.#end = end
    this.#view = new ByteView(bytes)
    this.#names = new PlainNames(this.#view)
    this.entries = new EntryList(this.#view)
  }

  /** Reads the entries that lie in the first `arrived` bytes. Throws an ArchiveError where there is something else. */
  advance(arrived: number): void {
    const view = this.#view
    const { directoryOffset } = this.#end
    let at = this.#at
    while (at + HEADER_BYTES <= arrived) {
      if (view.u32(at) !== SIGNATURE) throw damagedDirectory()
      const nameStart = at + HEADER_BYTES
      const nameLength = view.u16(at + 28)
      const next = nameStart + nameLength + view.u16(at + 30) + view.u16(at + 32)
      if (next > arrived) break
      if (this.#count === MAX_ENTRIES) throw tooManyEntries('more')
      this.#count++
      const hasPlainName = this.#names.read(nameStart, nameLength)
      if (hasPlainName && isPlainHeader(view, at, directoryOffset)) this.#addPlain(at)
      else this.#examine(at, hasPlainName)
      at = next
    }
    this.#at = at
  }

  #addPlain(at: number): void {
    const names = this.#names
    if (!names.isLowerCase) this.unfolded.push(this.entries.length)
    this.entries.addPlain(at, names.hash, names.startsFolder || !this.#followsPlain)
    this.#followsPlain = true
  }

  #examine(at: number, hasPlainName: boolean): void {
    this.#followsPlain = false
    const { directoryOffset } = this.#end
    const entry = examineEntry(this.#view, at, { directoryOffset, hasPlainName }, this.findings)
    if (entry === null) return
    if (!hasPlainName || !this.#names.isLowerCase) this.unfolded.push(this.entries.length)
    this.entries.addExamined(at, entry)
  }

  /** Checks that all of the directory was read. Throws an ArchiveError. */
  finish(): Directory {
    if (this.#at + HEADER_BYTES <= this.#view.length) {
      throw mismatch('The last entry of the archive’s directory is cut off. Pack it again.')
    }
    if (this.#at < this.#view.length) throw damagedDirectory()
    const { entryCount, isZip64 } = this.#end
    const count = this.#count
    if (count !== entryCount) {
      if (isZip64 || count % 0x10000 !== entryCount) {
        throw mismatch(
          `The end record announces ${entryCount} entries, the directory has ${count}. Pack the archive again.`,
        )
      }
      this.findings.push(
        warning(
          'archive.count-wrapped',
          `The archive has ${count} entries and announces ${entryCount}, as macOS writes more than 65,535, and not every program reads them all. Pack it with "npm run pack".`,
        ),
      )
    }
    return this
  }
}

function damagedDirectory(): ArchiveError {
  return mismatch('The directory of the archive is damaged. Pack it again.')
}

function mismatch(message: string): ArchiveError {
  return new ArchiveError(error('archive.directory-mismatch', message))
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
