import { advice, type Finding } from '../finding.ts'
import type { Entry } from '../zip/archive.ts'
import { showName } from '../zip/entry-name.ts'

/** Bytes from which on a file makes every start of the app slow. */
export const HUGE_BYTES = 100 * 1024 ** 2
/** Files that the advice names. */
const MAX_NAMED = 3

type SizedEntry = Pick<Entry, 'path' | 'size'>

/** One advice that names the largest files over 100 MiB, if there are any. */
export function findHugeFiles(entries: readonly SizedEntry[]): Finding[] {
  let largest: SizedEntry[] = []
  let count = 0
  for (const entry of entries) {
    if (entry.size <= HUGE_BYTES) continue
    count++
    if (entry.size <= (largest[MAX_NAMED - 1]?.size ?? 0)) continue
    largest = [...largest, entry].toSorted((a, b) => b.size - a.size).slice(0, MAX_NAMED)
  }
  const [first] = largest
  if (first === undefined) return []
  const list = largest.map(({ path, size }) => `${showName(path)} (${formatSize(size)})`)
  const more = count - largest.length
  return [
    advice(
      'content.huge-file',
      `Large files make every import and start slow: ${list.join(', ')}${more > 0 ? ` and ${more} more` : ''}. Fetch data and models when the app runs, or keep them on a volume.`,
      { path: showName(first.path) },
    ),
  ]
}

function formatSize(bytes: number): string {
  const mebibytes = bytes / 1024 ** 2
  return mebibytes < 1024 ? `${Math.round(mebibytes)} MiB` : `${(mebibytes / 1024).toFixed(1)} GiB`
}
