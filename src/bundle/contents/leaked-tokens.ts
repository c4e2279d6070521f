import { compareText, warning, type Finding } from '../finding.ts'
import { MANIFEST_PATH } from '../manifest/manifest.ts'
import { ArchiveError } from '../zip/archive-error.ts'
import type { Archive, Entry } from '../zip/archive.ts'
import { showName } from '../zip/entry-name.ts'
import { findTokens, type Token } from './find-tokens.ts'
import { REQUIREMENTS_PATH } from './requirements/parse-requirements.ts'

/** Secrets mostly stand in small files of these kinds. */
const ENDINGS = new Set('py toml json yaml yml cfg ini sh txt md'.split(' '))
const MAX_FILE_BYTES = 64 * 1024
const MAX_BYTES = 1024 * 1024
/** Files beside app.toml and requirements.txt. */
const MAX_FILES = 32
const MAX_FILES_QUICK = 6
const MAX_TOKENS = 5

/**
 * Warns of tokens and private keys in small text files, which everybody who downloads the bundle can
 * read. Looks into app.toml, requirements.txt and the first few others in the order of their paths;
 * one that isn't thorough only into few that lie at the root.
 */
export async function findLeakedTokens(archive: Archive, thorough: boolean): Promise<Finding[]> {
  const others = thorough
    ? firstTexts(archive.entries, MAX_FILES)
    : firstTexts(archive.filesIn(''), MAX_FILES_QUICK)
  const findings: Finding[] = []
  let bytes = 0
  for (const entry of [archive.get(MANIFEST_PATH), archive.get(REQUIREMENTS_PATH), ...others]) {
    if (entry === undefined || entry.isFolder || entry.size > MAX_FILE_BYTES) continue
    bytes += entry.size
    if (bytes > MAX_BYTES) break
    findings.push(...(await searchFile(archive, entry)))
  }
  return findings
}

// Keeps the first few as it goes, since sorting 100,000 entries would take longer than all the rest.
function firstTexts(entries: readonly Entry[], limit: number): Entry[] {
  const first: Entry[] = []
  let last = ''
  for (const entry of entries) {
    const { path, size } = entry
    if (first.length >= limit && path > last) continue
    if (size > MAX_FILE_BYTES || size === 0 || entry.isFolder || !isLikely(path)) continue
    first.push(entry)
    first.sort((a, b) => compareText(a.path, b.path))
    if (first.length > limit) first.pop()
    last = first.at(-1)?.path ?? ''
  }
  return first
}

function isLikely(path: string): boolean {
  return (
    ENDINGS.has(path.slice(path.lastIndexOf('.') + 1)) &&
    path !== MANIFEST_PATH &&
    path !== REQUIREMENTS_PATH &&
    // What doesn't belong into a bundle has findings of its own.
    !path.startsWith('.') &&
    !path.includes('/.') &&
    !path.includes('site-packages/') &&
    !path.includes('node_modules/')
  )
}

async function searchFile(archive: Archive, entry: Entry): Promise<Finding[]> {
  let text = ''
  try {
    text = new TextDecoder().decode(await archive.readStart(entry, MAX_FILE_BYTES))
  } catch (reason) {
    // Damage is reported by whoever needs the file, or verifies the archive.
    if (reason instanceof ArchiveError) return []
    throw reason
  }
  const tokens = findTokens(text, MAX_TOKENS).filter(
    (token) => entry.path !== REQUIREMENTS_PATH || !isInAddress(text, token),
  )
  return tokens.map(({ kind, start, index }) => {
    const before = text.slice(0, index)
    const message = `This looks like ${kind} (${start}…), which everybody who downloads the bundle can read. Revoke it, and take it from a secret.`
    const line = before.split('\n').length
    const column = index - (before.lastIndexOf('\n') + 1) + 1
    return warning('content.token', message, { path: showName(entry.path), line, column })
  })
}

// The check of requirements reports the user and password of an address.
function isInAddress(text: string, { index }: Token): boolean {
  const before = text.slice(Math.max(0, index - 200), index)
  return (
    /:\/\/[^\s/]{0,200}$/.test(before) && /^[^\s/]{0,300}@/.test(text.slice(index, index + 400))
  )
}
