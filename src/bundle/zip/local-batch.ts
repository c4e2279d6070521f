import { ArchiveError } from './archive-error.ts'
import type { Finding } from '../finding.ts'
import type { ZipEntry } from './entry.ts'
import { checkLocal, openEntry, type EntryData } from './local-header.ts'

// Entries closer than this share a read; a batch stays small enough to keep memory flat.
const NEAR_BYTES = 32 * 1024
const BATCH_BYTES = 1024 * 1024
const READS_AT_ONCE = 8

type Batch = { start: number; end: number; items: { entry: ZipEntry; next: number }[] }

/** What a quick check may read: a few milliseconds' worth. */
const QUICK_READS = 32
const QUICK_BYTES = 2 * 1024 * 1024

/**
 * Checks the local headers of all entries (sorted by offset) in few reads. The findings are in
 * the order of the data. A check that isn't thorough does nothing where it would take long.
 */
export async function checkLocalHeaders(
  data: EntryData,
  sorted: readonly ZipEntry[],
  directoryOffset: number,
  thorough: boolean,
): Promise<Finding[]> {
  if (!thorough && directoryOffset > QUICK_BYTES && sorted.length > QUICK_READS) return []
  const batches = plan(sorted, directoryOffset)
  const results: Finding[][] = []
  let taken = 0
  async function work(): Promise<void> {
    for (let index = taken++; index < batches.length; index = taken++) {
      const batch = batches[index]
      if (batch !== undefined) results[index] = await checkBatch(data, batch)
    }
  }
  await Promise.all(Array.from({ length: READS_AT_ONCE }, work))
  return results.flat()
}

function plan(sorted: readonly ZipEntry[], directoryOffset: number): Batch[] {
  const batches: Batch[] = []
  for (const [index, entry] of sorted.entries()) {
    const next = sorted[index + 1]?.headerOffset ?? directoryOffset
    // The header with common extra fields at the front, the descriptor before the next header.
    const headEnd = Math.min(next, entry.headerOffset + 30 + entry.nameLength + 256)
    const batch = batches.at(-1)
    const near =
      batch !== undefined &&
      entry.headerOffset - batch.end < NEAR_BYTES &&
      headEnd - batch.start < BATCH_BYTES
    if (near) {
      batch.end = headEnd
      batch.items.push({ entry, next })
    } else {
      batches.push({ start: entry.headerOffset, end: headEnd, items: [{ entry, next }] })
    }
  }
  return batches
}

async function checkBatch(data: EntryData, batch: Batch): Promise<Finding[]> {
  const last = batch.items.at(-1)
  // Small last entries are read to their end, so that their descriptor is there too.
  const end = last && last.next - batch.end < NEAR_BYTES ? last.next : batch.end
  const bytes = await data.source.read(batch.start, end)
  const findings: Finding[] = []
  for (const { entry, next } of batch.items) {
    try {
      const known = bytes.subarray(entry.headerOffset - batch.start)
      if (checkLocal(entry, next, data.directory, known) === null) {
        await openEntry(data, entry, next)
      }
    } catch (reason) {
      if (!(reason instanceof ArchiveError)) throw reason
      findings.push(reason.finding)
    }
  }
  return findings
}
