import { createArchive, endOf, type Archive, type Contents } from './archive.ts'
import { ArchiveError } from './archive-error.ts'
import { error, type Finding } from '../finding.ts'
import { MAX_DIRECTORY_BYTES, MAX_ENTRIES } from '../limits.ts'
import { openSource, type BlobLike, type Source } from './source.ts'
import { parseDirectory, tooManyEntries } from './directory.ts'
import { byOffset, checkBomb, checkNames, checkOverlap } from './layout.ts'
import { HEAD_READ, openEntry } from './local-header.ts'
import { readEndRecord, refusePrefix, type EndRecord } from './end-record.ts'
import type { VerifyOptions } from './verify.ts'

export type OpenOptions = {
  /**
   * Verify every header and every checksum, as whoever keeps the archive must (the default). False
   * is a first look, in a time that doesn't grow with the data; `Archive.verify` does the rest.
   */
  thorough?: boolean
  /** The path of a file that is wanted first: it is read while the rest of the directory is checked. */
  first?: string
} & VerifyOptions

/**
 * Opens a zip archive. It is refused (null, with at least one error among the findings) when two
 * programs could read it differently, or when unpacking it would be unsafe. Rejects only when the
 * blob can't be read, or the signal aborts.
 */
export async function openArchive(
  blob: BlobLike,
  options: OpenOptions = {},
): Promise<{ archive: Archive | null; findings: Finding[] }> {
  const source = await openSource(blob)
  try {
    const { contents, findings } = await readContents(source, options.first)
    if (isRefused(findings)) return { archive: null, findings }
    const archive = createArchive(contents)
    const further = await ((options.thorough ?? true)
      ? archive.verify(options)
      : checkHeadersAtHand(contents))
    return {
      archive: isRefused(further) ? null : archive,
      findings: [...findings, ...further],
    }
  } catch (reason) {
    if (reason instanceof ArchiveError) return { archive: null, findings: [reason.finding] }
    throw reason
  }
}

function isRefused(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error')
}

async function readContents(
  source: Source,
  first: string | undefined,
): Promise<{ contents: Contents; findings: Finding[] }> {
  const end = await readEndRecord(source)
  const { directoryOffset } = end
  checkLimits(end)
  const bytes = await source.read(directoryOffset, directoryOffset + end.directorySize)
  const directory = parseDirectory(bytes, end)
  const { entries } = directory
  const wanted = first === undefined ? undefined : entries.find(first)
  if (wanted !== undefined) {
    const start = wanted.headerOffset
    source.prefetch([{ start, end: Math.min(start + HEAD_READ, directoryOffset) }])
  }
  const { byPath, folders, findings: clashes } = checkNames(directory)
  // Hostile archives bring more findings than a call takes arguments.
  const findings = [
    ...directory.findings,
    ...clashes,
    ...checkBomb(entries, source.size),
    ...checkOverlap(entries),
  ]
  const offsets = entries.headerOffsets.subarray(0, entries.length)
  const headerOffsets = entries.isInOrder ? offsets : offsets.toSorted()
  // Where entries are missing from the list, their data would look like hidden bytes.
  if (!isRefused(findings)) {
    const [start = 0] = headerOffsets
    if (start > 0) refusePrefix(start)
  }
  return {
    contents: {
      source,
      directory: bytes,
      byPath,
      folders,
      entries,
      headerOffsets,
      directoryOffset,
    },
    findings,
  }
}

// The headers of a small archive are in memory already; those of others wait for a full pass.
async function checkHeadersAtHand(contents: Contents): Promise<Finding[]> {
  const findings: Finding[] = []
  if (contents.source.whole === null) return findings
  for (const entry of byOffset(contents.entries)) {
    try {
      await openEntry(contents, entry, endOf(contents, entry))
    } catch (reason) {
      if (!(reason instanceof ArchiveError)) throw reason
      findings.push(reason.finding)
    }
  }
  return findings
}

function checkLimits({ entryCount, directorySize, directoryOffset }: EndRecord): void {
  if (entryCount === 0 && directorySize === 0) {
    if (directoryOffset > 0) refusePrefix(directoryOffset)
    throw new ArchiveError(
      error(
        'archive.empty',
        'The archive has no files. Pack the folder of the app, with its app.toml.',
      ),
    )
  }
  if (entryCount > MAX_ENTRIES) throw tooManyEntries(entryCount)
  if (directorySize > MAX_DIRECTORY_BYTES) {
    throw new ArchiveError(
      error(
        'archive.directory-too-large',
        'The directory of the archive is too large. Leave out what the app doesn’t need.',
      ),
    )
  }
}
