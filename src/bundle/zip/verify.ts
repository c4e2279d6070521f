import { ArchiveError } from './archive-error.ts'
import type { Finding } from '../finding.ts'
import type { ZipEntry } from './entry.ts'
import { checkData, inflateWhole, isSmall } from './entry-data.ts'
import { checkLocal, openEntry, type EntryData } from './local-header.ts'

/** How far a pass over the whole archive is. */
export type Progress = { doneBytes: number; totalBytes: number }

export type VerifyOptions = {
  /** Ends the pass; it then rejects with the signal's reason. */
  signal?: AbortSignal
  /** Called after each read, at most once for every half MiB. */
  onProgress?: (progress: Progress) => void
}

/** What one read brings: enough for many small entries, little enough to keep memory flat. */
const WINDOW_BYTES = 512 * 1024

type Layout = EntryData & {
  /** In the order of their data. */
  sorted: readonly ZipEntry[]
  directoryOffset: number
  /** Unpacks an entry that is too large for memory and checks it on the way. */
  stream: (entry: ZipEntry) => AsyncIterable<Uint8Array>
}

/**
 * Reads the archive once from front to back and compares every local header, descriptor, size and
 * checksum with the directory. The findings are in the order of the data.
 */
export async function verify(layout: Layout, options: VerifyOptions = {}): Promise<Finding[]> {
  const { source, sorted, directory, directoryOffset } = layout
  const { signal, onProgress } = options
  const findings: Finding[] = []
  let window = { start: 0, bytes: new Uint8Array(new ArrayBuffer()) }
  let reported = 0
  const report = (doneBytes: number) => {
    signal?.throwIfAborted()
    if (doneBytes - reported < WINDOW_BYTES && doneBytes < directoryOffset) return
    reported = doneBytes
    onProgress?.({ doneBytes, totalBytes: directoryOffset })
  }
  signal?.throwIfAborted()
  for (const [index, entry] of sorted.entries()) {
    const next = sorted[index + 1]?.headerOffset ?? directoryOffset
    const start = entry.headerOffset
    try {
      if (next - start > WINDOW_BYTES || !isSmall(entry)) {
        let done = start
        for await (const chunk of layout.stream(entry)) {
          // Unpacked bytes stand for packed ones, in proportion.
          done += (chunk.length / Math.max(1, entry.size)) * entry.compressedSize
          report(done)
        }
        continue
      }
      if (next > window.start + window.bytes.length) {
        report(start)
        const end = Math.min(directoryOffset, start + WINDOW_BYTES)
        window = { start, bytes: await source.read(start, end) }
      }
      const bytes = window.bytes.subarray(start - window.start, next - window.start)
      const dataStart = checkLocal(entry, next, directory, bytes)
      if (dataStart === null) {
        // Its header runs over the next entry: reading it alone says so.
        await openEntry(layout, entry, next)
        continue
      }
      const data = bytes.subarray(dataStart - start, dataStart - start + entry.compressedSize)
      checkData(entry, inflateWhole(entry, data))
    } catch (reason) {
      if (!(reason instanceof ArchiveError)) throw reason
      findings.push(reason.finding)
    }
  }
  report(directoryOffset)
  return findings
}
