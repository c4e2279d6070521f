import { decodeUtf8, showName } from '../zip/entry-name.ts'
import type { Archive, Entry } from '../zip/archive.ts'
import { MAX_TEXT_BYTES } from '../limits.ts'
import { applyEdits, ChangeError, type Change } from './fix.ts'

/** One entry of an archive to be: an entry of the old one, with new contents, or only those. */
export type Part = {
  /** As in `Entry`: no trailing slash for folders. */
  path: string
  from: Entry | null
  /** Null keeps the entry's own. */
  bytes: Uint8Array<ArrayBuffer> | null
}

/** The parts of an archive as it is. */
export function partsOf(archive: Archive): Part[] {
  return archive.entries.map((entry) => ({ path: entry.path, from: entry, bytes: null }))
}

/**
 * The parts of an archive after some changes, in the archive's order; `before` are those it has now.
 * Throws a ChangeError.
 */
export async function applyChanges(
  archive: Archive,
  changes: readonly Change[],
  before: readonly Part[] = partsOf(archive),
): Promise<readonly Part[]> {
  let parts = before
  for (const change of changes) parts = await applyChange(archive, parts, change)
  return parts
}

async function applyChange(
  archive: Archive,
  parts: readonly Part[],
  change: Change,
): Promise<Part[]> {
  switch (change.kind) {
    case 'edit': {
      const old = await readText(archive, findPart(parts, change.path))
      const bytes = new TextEncoder().encode(applyEdits(old, change.edits))
      return parts.map((part) => (part.path === change.path ? { ...part, bytes } : part))
    }
    case 'remove':
      return removePaths(parts, change.paths)
    case 'reroot':
      return reroot(parts, change.folder)
    case 'rename': {
      const part = findPart(parts, change.from)
      return parts.map((other) => (other === part ? { ...part, path: change.to } : other))
    }
  }
}

/** The text of a part, byte order mark included. Throws a ChangeError where it is no
 * UTF-8 text, an ArchiveError where it is too long or damaged. */
export async function readText(archive: Archive, part: Part): Promise<string> {
  const bytes = part.bytes ?? (part.from && (await archive.read(part.from, MAX_TEXT_BYTES)))
  const text = bytes === null ? null : decodeUtf8(bytes)
  if (text === null) throw new ChangeError(`"${showName(part.path)}" is no text`)
  return text
}

/** The file of a path. Throws a ChangeError where there is none. */
export function findPart(parts: readonly Part[], path: string): Part {
  const found = parts.find((part) => part.path === path && part.from?.isFolder !== true)
  if (found === undefined) throw new ChangeError(`"${showName(path)}" isn’t in the bundle`)
  return found
}

function removePaths(parts: readonly Part[], paths: readonly string[]): Part[] {
  const removed = new Set(paths)
  const used = new Set<string>()
  const kept = parts.filter(({ path }) => {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end)
      if (!removed.has(folder)) continue
      used.add(folder)
      return false
    }
    return true
  })
  const unused = paths.find((path) => !used.has(path))
  if (unused !== undefined) throw new ChangeError(`"${showName(unused)}" isn’t in the bundle`)
  return kept
}

function reroot(parts: readonly Part[], folder: string): Part[] {
  const prefix = `${folder}/`
  return parts.flatMap((part) => {
    if (part.path.startsWith(prefix)) return [{ ...part, path: part.path.slice(prefix.length) }]
    // The folder itself and those above it.
    if (part.from?.isFolder && prefix.startsWith(`${part.path}/`)) return []
    throw new ChangeError(`"${showName(part.path)}" is outside of "${showName(folder)}"`)
  })
}
