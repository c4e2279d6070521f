import { compareText, error, warning, type Finding } from '../finding.ts'
import { ArchiveError } from './archive-error.ts'
import { showName } from './entry-name.ts'
import { MAX_FOLDERS, MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_FLOOR_BYTES } from '../limits.ts'
import type { Directory } from './directory.ts'
import type { EntryList } from './entry-list.ts'
import type { ZipEntry } from './entry.ts'
import { PathIndex } from './path-index.ts'

/** The entries by path, and every folder that a path goes through or names. */
export type Names = { byPath: PathIndex; folders: Set<string>; findings: Finding[] }

/** Finds names that two files share: exactly, as a file and a folder, by letter case or accents. */
export function checkNames({ entries, unfolded }: Directory): Names {
  const findings: Finding[] = []
  const byPath = new PathIndex(entries)
  for (const { index, other } of byPath.addAll()) {
    const entry = entries.at(index)
    if (entry === undefined) continue
    if (!entry.isFolder && !other.isFolder) {
      findings.push(
        error(
          'archive.duplicate',
          'It is in the archive twice, so that programs would unpack different files. Remove one.',
          { path: showName(entry.path) },
        ),
      )
    } else if (entry.isFolder !== other.isFolder) findings.push(fileAndFolder(entry.path))
    // A folder that is listed twice is still one folder.
  }
  const folders = collectFolders(entries)
  for (const folder of folders) {
    if (byPath.get(folder)?.isFolder === false) findings.push(fileAndFolder(folder))
  }
  const paths = unfolded.flatMap((index) => {
    const entry = entries.at(index)
    return entry?.isFolder === false ? [entry.path] : []
  })
  return { byPath, folders, findings: [...findings, ...findTwins(paths, byPath, folders)] }
}

function collectFolders(entries: EntryList): Set<string> {
  const folders = new Set<string>()
  for (const { start, folder: parent } of entries.runs()) {
    const first = entries.at(start)
    if (first?.isFolder === true) folders.add(first.path)
    for (let folder = parent; folder !== '' && !folders.has(folder); folder = parentOf(folder)) {
      if (folders.size === MAX_FOLDERS) throw tooManyFolders()
      folders.add(folder)
    }
  }
  return folders
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

function tooManyFolders(): ArchiveError {
  return new ArchiveError(
    error(
      'archive.too-many-folders',
      `The paths of the archive have more than ${MAX_FOLDERS} folders. Pack it with fewer, and less deep ones.`,
    ),
  )
}

/** Paths that are one on file systems which ignore case (Windows) or accents' encoding (macOS). */
function findTwins(
  paths: readonly string[],
  byPath: PathIndex,
  folders: ReadonlySet<string>,
): Finding[] {
  const findings: Finding[] = []
  const seen = new Map<string, string>()
  // Files and folders share their names, too.
  const isTaken = (key: string) => byPath.get(key) !== undefined || folders.has(key)
  const look = (path: string) => {
    const key = foldPath(path)
    if (key === path) return
    const twin = isTaken(key) ? key : seen.get(key)
    if (twin === undefined) seen.set(key, path)
    // Where folders are twins, their contents need no finding each.
    else if (!sharesFolderTwin(path, twin)) findings.push(describeTwins(path, twin))
  }
  for (const folder of folders) look(folder)
  for (const path of paths) look(path)
  return findings
}

function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase()
}

function sharesFolderTwin(path: string, twin: string): boolean {
  return parentOf(path) !== parentOf(twin)
}

function describeTwins(path: string, twin: string): Finding {
  const [first = '', second = ''] = [path, twin].toSorted(compareText).map(showName)
  const place = { path: showName(path) }
  // Where the two look the same, only their encoding differs.
  return path.normalize('NFC') === twin.normalize('NFC')
    ? warning(
        'archive.unicode-collision',
        `"${first}" is there twice, with its accents encoded in two ways, which are one file on macOS. Rename one of them.`,
        place,
      )
    : warning(
        'archive.case-collision',
        `"${first}" and "${second}" are one on Windows and macOS, which ignore letter case. Rename one of them.`,
        place,
      )
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

/** The entries in the order of their data. */
export function byOffset(entries: EntryList): readonly ZipEntry[] {
  const all = entries.all()
  return entries.isInOrder ? all : all.toSorted((a, b) => a.headerOffset - b.headerOffset)
}

/** Finds entries that share bytes, going by the directory alone. */
export function checkOverlap(entries: EntryList): Finding[] {
  if (entries.isInOrder) return []
  const findings: Finding[] = []
  let previous: ZipEntry | undefined
  for (const entry of byOffset(entries)) {
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
export function checkBomb(entries: EntryList, archiveSize: number): Finding[] {
  const total = entries.unpackedSize
  if (total > MAX_UNPACKED_BYTES) {
    return [
      error(
        'archive.bomb',
        `It would unpack to ${gigabytes(total)}; ${gigabytes(MAX_UNPACKED_BYTES)} is the limit. Leave large data out of the bundle.`,
      ),
    ]
  }
  const findings: Finding[] = []
  for (const entry of entries.largerThan(RATIO_FLOOR_BYTES)) {
    if (entry.size > entry.compressedSize * MAX_RATIO) {
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
