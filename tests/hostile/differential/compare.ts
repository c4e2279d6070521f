import { createHash } from 'node:crypto'
import { ArchiveError } from '../../../src/bundle/zip/archive-error.ts'
import type { Archive, Entry } from '../../../src/bundle/zip/archive.ts'
import { openArchive } from '../../../src/bundle/zip/open-archive.ts'
import { decodeUtf8 } from '../../../src/bundle/zip/entry-name.ts'
import { faultsOf } from '../well-formed.ts'
import type { Oracle, PythonEntry } from './oracle.ts'

export type Outcome = {
  /** `glanced`: only a first look lets it in. */
  verdict: 'accepted' | 'glanced' | 'refused'
  /** Where the reader broke its word, or Python reads something else. */
  problems: string[]
  /** Codes with which entries were refused on reading, though Python reads them. */
  stricter: string[]
  /** The first error's code, where it is refused. */
  code: string | null
}

/** Larger entries aren't read: the seeds are small, so their sizes are lies. */
const MAX_READ = 32 * 1024 * 1024

/**
 * Opens an archive with both looks, reads all of it, and holds it against Python's zipfile: what we
 * let in, Python reads to the same names and bytes. Python may read more than we let in.
 */
export async function compareWithPython(
  oracle: Oracle,
  data: Uint8Array<ArrayBuffer>,
): Promise<Outcome> {
  const problems: string[] = []
  const open = async (thorough: boolean) => {
    const opened = await openArchive(new Blob([data]), { thorough })
    const isRefused = opened.findings.some(({ severity }) => severity === 'error')
    if ((opened.archive === null) !== isRefused) problems.push('verdict and findings disagree')
    problems.push(...opened.findings.flatMap(faultsOf))
    return opened
  }
  const full = await open(true)
  const glance = await open(false)
  if (full.archive !== null && glance.archive === null) {
    problems.push('a first look refuses what a thorough one lets in')
  }
  const archive = full.archive ?? glance.archive
  const verdict = full.archive ? 'accepted' : glance.archive ? 'glanced' : 'refused'
  const code = full.findings.find(({ severity }) => severity === 'error')?.code ?? null
  const outcome: Outcome = { verdict, problems, stricter: [], code }
  if (archive === null) return outcome

  const python = await oracle.readArchive(data)
  if ('error' in python) {
    problems.push(`Python refuses: ${python.error}`)
    return outcome
  }
  const { entries } = python
  if (entries.length !== archive.entries.length) {
    problems.push(`${archive.entries.length} entries, Python has ${entries.length}`)
    return outcome
  }
  for (const [index, entry] of archive.entries.entries()) {
    const theirs = entries[index]
    if (theirs !== undefined) await compareEntry(archive, entry, theirs, outcome)
  }
  return outcome
}

async function compareEntry(
  archive: Archive,
  entry: Entry,
  theirs: PythonEntry,
  outcome: Outcome,
): Promise<void> {
  const { problems, stricter, verdict } = outcome
  const name = entry.isFolder ? `${entry.path}/` : entry.path
  const shown = JSON.stringify(name)
  // Unmarked names are taken for UTF-8 where they can be, with a warning; Python never does.
  const raw = Buffer.from(theirs.raw, 'hex')
  const expected = theirs.marked ? theirs.name : (decodeUtf8(raw) ?? theirs.name)
  if (name !== expected) problems.push(`${shown} is ${JSON.stringify(expected)} in Python`)
  if (entry.isFolder) {
    // A first look doesn't unpack the nothing that a folder has.
    if ('error' in theirs) {
      if (verdict === 'accepted') problems.push(`folder ${shown}: Python fails: ${theirs.error}`)
    } else if (theirs.size > 0) problems.push(`folder ${shown}: Python reads ${theirs.size} bytes`)
    return
  }
  if (entry.size > MAX_READ) return
  const ours: Uint8Array | string = await archive.read(entry, MAX_READ).catch((reason: unknown) => {
    if (reason instanceof ArchiveError) return reason.finding.code
    throw reason
  })
  if (typeof ours === 'string') {
    if (verdict === 'accepted')
      problems.push(`${shown} passes verification, but reading says ${ours}`)
    if ('error' in theirs) return
    if (ours === 'archive.crc-mismatch') problems.push(`${shown}: ${ours}, but Python reads it`)
    else stricter.push(ours)
  } else if ('error' in theirs) {
    problems.push(`${shown}: Python fails: ${theirs.error}`)
  } else if (theirs.size !== ours.length || theirs.sha256 !== sha256(ours)) {
    problems.push(`${shown}: ${ours.length} bytes, Python reads ${theirs.size} others`)
  }
}

function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}
