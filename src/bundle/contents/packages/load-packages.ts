import { warning, type Finding } from '../../finding.ts'
import { MAX_TEXT_BYTES } from '../../limits.ts'
import type { Archive } from '../../zip/archive.ts'
import { decodeText } from '../decode-text.ts'
import { PACKAGES_PATH, parsePackages, type OsPackage } from './parse-packages.ts'

/**
 * Reads the packages.txt of a bundle; null where it has none. Rejects with an ArchiveError where the
 * archive is damaged.
 */
export async function loadPackages(
  archive: Archive,
): Promise<{ packages: OsPackage[]; findings: Finding[] } | null> {
  const entry = archive.get(PACKAGES_PATH)
  if (entry === undefined || entry.isFolder) return null
  const unread = (code: string, message: string) => ({
    packages: [],
    findings: [warning(code, message, { path: PACKAGES_PATH })],
  })
  if (entry.size > MAX_TEXT_BYTES) {
    const message =
      'It has more than 1 MiB and wasn’t checked. Leave out what the app doesn’t need.'
    return unread('packages.too-large', message)
  }
  const { text, encoding } = decodeText(await archive.read(entry, MAX_TEXT_BYTES))
  const message = 'It isn’t UTF-8, so its packages may not be found. Save it as UTF-8.'
  if (text === null) return unread('packages.encoding', message)
  const { packages, findings } = parsePackages(text)
  if (encoding === 'UTF-8') return { packages, findings }
  return { packages, findings: [...unread('packages.encoding', message).findings, ...findings] }
}
