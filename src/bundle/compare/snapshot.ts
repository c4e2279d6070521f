import type { Inspection } from '../inspect.ts'
import { MAX_TEXT_BYTES } from '../limits.ts'
import { MANIFEST_PATH, type Manifest } from '../manifest/manifest.ts'
import { readManifest } from '../manifest/read-manifest.ts'
import { ArchiveError } from '../zip/archive-error.ts'
import type { Archive } from '../zip/archive.ts'
import { decodeUtf8 } from '../zip/entry-name.ts'
import { checksumText } from './checksum-text.ts'

const REQUIREMENTS = 'requirements.txt'
const PACKAGES = 'packages.txt'
const LONG_DESCRIPTION = 'LongDescription'

/** Size in bytes, and the CRC-32 of the contents as 8 lower-case hexadecimal digits. */
export type SnapshotFile = { readonly path: string; readonly size: number; readonly crc32: string }

/** What is compared of a bundle, the same whether it lies here or was published. */
export type Snapshot = {
  manifest: Manifest | null
  files: readonly SnapshotFile[]
  /** The texts of requirements.txt and packages.txt; null where there is none. */
  requirements: string | null
  packages: string | null
  /** Markdown. */
  longDescription: string | null
  /** The parts that are there but couldn't be read, by name: nothing is said about them. */
  unread: readonly string[]
  /** Size in bytes, and the SHA-256 of the bundle where it is known. */
  archive: { size: number; sha256: string | null } | null
}

/**
 * The snapshot of an inspected bundle. Reads requirements.txt and packages.txt, at most 1 MiB of
 * each. `sha256` is the bundle's own, where somebody has computed it. Rejects only where the blob
 * can't be read.
 */
export async function snapshotOf(
  inspection: Inspection,
  sha256: string | null = null,
): Promise<Snapshot> {
  const { archive, manifest, longDescription, stats } = inspection
  const unread: string[] = []
  if (manifest === null) unread.push(MANIFEST_PATH)
  if (archive === null) {
    return {
      manifest,
      files: [],
      requirements: null,
      packages: null,
      longDescription: null,
      unread: [...unread, 'files', REQUIREMENTS, PACKAGES, LONG_DESCRIPTION],
      archive: { size: stats.size, sha256 },
    }
  }
  const [requirements, packages] = await Promise.all([
    readText(archive, REQUIREMENTS, unread),
    readText(archive, PACKAGES, unread),
  ])
  const described = manifest?.longDescription ?? null
  if (longDescription === null && described !== null && 'path' in described) {
    if (archive.get(described.path)?.isFolder === false) unread.push(LONG_DESCRIPTION)
  }
  const files = archive.entries
    .filter((entry) => !entry.isFolder)
    .map(({ path, size, crc32 }) => ({ path, size, crc32: checksumText(crc32) }))
  return {
    manifest,
    files,
    requirements,
    packages,
    longDescription,
    unread,
    archive: { size: stats.size, sha256 },
  }
}

async function readText(archive: Archive, path: string, unread: string[]): Promise<string | null> {
  const entry = archive.get(path)
  if (entry === undefined || entry.isFolder) return null
  try {
    const text = decodeUtf8(await archive.read(entry, MAX_TEXT_BYTES))
    if (text === null) unread.push(path)
    return text
  } catch (reason) {
    if (!(reason instanceof ArchiveError)) throw reason
    unread.push(path)
    return null
  }
}

/** What the platform says about a published version. */
export type PublishedVersion = {
  /** Its app.toml as the author wrote it. */
  manifest: string
  files: readonly SnapshotFile[]
  /** Empty where there is none; the platform sends the first 1 MiB. */
  requirements: string
  packages: string
  longDescription: string | null
  bundle: { size: number; sha256: string }
}

/**
 * The snapshot of a published version. `allowedEnvNames` are the reserved names that the deployment
 * opens, as for the inspection. Never rejects for what the texts say.
 */
export async function publishedSnapshot(
  published: PublishedVersion,
  allowedEnvNames: readonly string[] = [],
): Promise<Snapshot> {
  const unread: string[] = []
  const bytes = new TextEncoder().encode(published.manifest)
  const { manifest } = await readManifest(bytes, allowedEnvNames)
  if (manifest === null) unread.push(MANIFEST_PATH)
  // A text of 1 MiB is cut off; fewer UTF-16 units than that may be as many bytes.
  const whole = (path: string, text: string): string | null => {
    if (text === '') return null
    if (text.length * 3 < MAX_TEXT_BYTES) return text
    if (new TextEncoder().encode(text).length < MAX_TEXT_BYTES - 3) return text
    unread.push(path)
    return null
  }
  return {
    manifest,
    files: published.files,
    requirements: whole(REQUIREMENTS, published.requirements),
    packages: whole(PACKAGES, published.packages),
    longDescription: published.longDescription,
    unread,
    archive: { size: published.bundle.size, sha256: published.bundle.sha256 },
  }
}
