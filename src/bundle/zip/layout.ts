import { compareText, error, warning, type Finding } from '../finding.ts'
import { showName } from './entry-name.ts'
import { MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_FLOOR_BYTES } from '../limits.ts'
import type { ZipEntry } from './entry.ts'

/** The entries by path, and every folder that a path goes through or names. */
export type Names = { byPath: Map<string, ZipEntry>; folders: Set<string>; findings: Finding[] }

/** Finds names that two files share, exactly, by letter case, or as a file and a folder. */
export function checkNames(entries: readonly ZipEntry[]): Names {
  const findings: Finding[] = []
  const byPath = new Map<string, ZipEntry>()
  const folders = new Set<string>()
  // Paths in plain lower case fold to themselves; only the others need a second look.
  const folding: string[] = []
  for (const entry of entries) {
    const { path } = entry
    const other = byPath.get(path)
    if (other === undefined) {
      byPath.set(path, entry)
      if (foldCase(path) !== path) folding.push(path)
    } else if (!entry.isFolder && !other.isFolder) {
      findings.push(
        error(
          'archive.duplicate',
          'It is in the archive twice, so that programs would unpack different files. Remove one.',
          { path: showName(path) },
        ),
      )
    } else if (entry.isFolder !== other.isFolder) findings.push(fileAndFolder(path))
    // A folder that is listed twice is still one folder.
    if (entry.isFolder) folders.add(path)
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at)
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  for (const folder of folders) {
    if (byPath.get(folder)?.isFolder === false) findings.push(fileAndFolder(folder))
  }
  findings.push(...findCaseCollisions(byPath, folding))
  return { byPath, folders, findings }
}

function findCaseCollisions(
  byPath: ReadonlyMap<string, ZipEntry>,
  folding: readonly string[],
): Finding[] {
  const findings: Finding[] = []
  const folded = new Map<string, string>()
  for (const path of folding) {
    const key = foldCase(path)
    const twin = byPath.has(key) ? key : folded.get(key)
    if (twin === undefined) folded.set(key, path)
    else findings.push(caseCollision(path, twin))
  }
  return findings
}

// What macOS and Windows take for the same name.
function foldCase(path: string): string {
  return path.normalize('NFC').toLowerCase()
}

function fileAndFolder(path: string): Finding {
  return error(
    'archive.file-and-folder',
    'It is in the archive both as a file and as a folder. Remove one.',
    {
      path: showName(path),
    },
  )
}

function caseCollision(path: string, twin: string): Finding {
  const [first, second] = [path, twin].toSorted(compareText)
  return warning(
    'archive.case-collision',
    `"${showName(first ?? '')}" and "${showName(second ?? '')}" are one file on Windows and macOS. Rename one of them.`,
    { path: showName(path) },
  )
}

/** The entries in the order of their data. */
export function byOffset(entries: readonly ZipEntry[]): readonly ZipEntry[] {
  let last = -1
  const inOrder = entries.every(({ headerOffset }) => {
    const follows = headerOffset >= last
    last = headerOffset
    return follows
  })
  return inOrder ? entries : entries.toSorted((a, b) => a.headerOffset - b.headerOffset)
}

/** Finds entries that share bytes, going by the directory alone. */
export function checkOverlap(sorted: readonly ZipEntry[]): Finding[] {
  const findings: Finding[] = []
  let previous: ZipEntry | undefined
  for (const entry of sorted) {
    if (previous !== undefined && minimalEnd(previous) > entry.headerOffset) {
      findings.push(overlap(entry, previous))
    }
    previous = entry
  }
  return findings
}

function minimalEnd(entry: ZipEntry): number {
  return entry.headerOffset + 30 + entry.nameLength + entry.compressedSize
}

function overlap(entry: ZipEntry, other: ZipEntry): Finding {
  return error(
    'archive.overlap',
    `It shares its bytes with "${showName(other.path)}", as archives do that unpack to enormous sizes. Pack it again.`,
    { path: showName(entry.path) },
  )
}

/** Refuses archives that unpack to far more than they look like. */
export function checkBomb(entries: readonly ZipEntry[], archiveSize: number): Finding[] {
  let total = 0
  for (const entry of entries) total += entry.size
  if (total > MAX_UNPACKED_BYTES) {
    return [
      error(
        'archive.bomb',
        `It would unpack to ${gigabytes(total)}; ${gigabytes(MAX_UNPACKED_BYTES)} is the limit. Leave large data out of the bundle.`,
      ),
    ]
  }
  const findings: Finding[] = []
  for (const entry of entries) {
    if (entry.size > RATIO_FLOOR_BYTES && entry.size > entry.compressedSize * MAX_RATIO) {
      findings.push(
        error(
          'archive.bomb',
          `It unpacks to more than ${MAX_RATIO} times its size, as decompression bombs do. Leave it out of the bundle.`,
          { path: showName(entry.path) },
        ),
      )
    }
  }
  if (findings.length === 0 && total > RATIO_FLOOR_BYTES && total > archiveSize * MAX_RATIO) {
    findings.push(
      error(
        'archive.bomb',
        `The archive unpacks to more than ${MAX_RATIO} times its size, as decompression bombs do. Leave the repetitive files out.`,
      ),
    )
  }
  return findings
}

function gigabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 3)} GiB`
}
