import { ArchiveError } from './zip/archive-error.ts'
import type { Archive, Entry } from './zip/archive.ts'
import { openArchive, type OpenOptions } from './zip/open-archive.ts'
import { showName } from './zip/entry-name.ts'
import {
  advice,
  capFindings,
  error,
  sortFindings,
  verdictOf,
  type Finding,
  type Verdict,
} from './finding.ts'
import { MAX_MANIFEST_BYTES } from './limits.ts'
import { readLongDescription } from './contents/long-description.ts'
import { MANIFEST_PATH, type Manifest } from './manifest/manifest.ts'
import { findPictures, likelyPictures } from './contents/pictures.ts'
import { findModule } from './contents/python-module.ts'
import { readManifest, type ManifestReading } from './manifest/read-manifest.ts'
import { clip } from './manifest/table.ts'
import { fixOf, tomlText } from './manifest/toml-text.ts'
import { loadPackages } from './contents/packages/load-packages.ts'
import type { OsPackage } from './contents/packages/parse-packages.ts'
import { checkRequirements } from './contents/requirements/check-requirements.ts'
import { loadRequirements } from './contents/requirements/load-requirements.ts'
import { REQUIREMENTS_PATH } from './contents/requirements/parse-requirements.ts'
import type { Requirement } from './contents/requirements/requirement.ts'
import type { BlobLike } from './zip/source.ts'
import { findHugeFiles, HUGE_BYTES } from './contents/huge-files.ts'
import { findLeakedTokens } from './contents/leaked-tokens.ts'
import { findStrayFiles } from './contents/stray-files.ts'

/** What the deployment changes about the rules. */
export type InspectOptions = {
  /** Reserved environment names that are allowed here; a trailing `*` stands for anything. */
  allowedEnvNames?: readonly string[]
} & OpenOptions

export type Inspection = {
  verdict: Verdict
  /** Sorted by severity, path and line. */
  findings: Finding[]
  /** Null where errors make it unusable. */
  manifest: Manifest | null
  /** Sizes are bytes. */
  stats: { size: number; entryCount: number; fileCount: number; unpackedSize: number }
  /** Null where it is refused. */
  archive: Archive | null
  icon: Entry | null
  /** In the order they're shown. */
  screenshots: Entry[]
  /** Markdown. */
  longDescription: string | null
  /** Whether the bundle has a requirements.txt. */
  requirements: boolean
  /** What requirements.txt asks for, then the files it includes. */
  requirementList: Requirement[]
  /** What packages.txt asks for. */
  packages: OsPackage[]
}

/**
 * Inspects a bundle: the archive, its app.toml, and what they say about each other. Whatever is
 * wrong with the bundle becomes a finding; rejects only when the blob itself can't be read.
 */
export async function inspectBundle(
  blob: BlobLike,
  options: InspectOptions = {},
): Promise<Inspection> {
  const { archive, findings } = await openArchive(blob, { first: MANIFEST_PATH, ...options })
  const result = emptyInspection(blob.size, archive, findings)
  if (archive !== null) await inspectContents(archive, options, result)
  result.findings = capFindings(sortFindings(result.findings))
  result.verdict = verdictOf(result.findings)
  return result
}

/**
 * Inspects what is in an archive that is open already. The findings, without those about the archive
 * itself, are neither sorted nor capped.
 */
export async function inspectArchive(
  archive: Archive,
  options: InspectOptions = {},
): Promise<Inspection> {
  const result = emptyInspection(0, archive, [])
  await inspectContents(archive, options, result)
  result.verdict = verdictOf(result.findings)
  return result
}

function emptyInspection(size: number, archive: Archive | null, findings: Finding[]): Inspection {
  return {
    verdict: 'error',
    findings,
    manifest: null,
    stats: { size, ...(archive?.totals ?? { entryCount: 0, fileCount: 0, unpackedSize: 0 }) },
    archive,
    icon: null,
    screenshots: [],
    longDescription: null,
    requirements: false,
    requirementList: [],
    packages: [],
  }
}

async function inspectContents(
  archive: Archive,
  options: InspectOptions,
  result: Inspection,
): Promise<void> {
  const { findings } = result
  archive.prefetch(findNeeded(archive))
  // Damage inside one entry is that entry's finding and doesn't hide the others'.
  const guard = async (step: () => Promise<void>): Promise<void> => {
    try {
      await step()
    } catch (reason) {
      if (!(reason instanceof ArchiveError)) throw reason
      const { code, path } = reason.finding
      if (!findings.some((finding) => finding.code === code && finding.path === path)) {
        findings.push(reason.finding)
      }
    }
  }

  const manifestRead = guard(async () => {
    const reading = await loadManifest(archive, options, findings)
    if (reading === null) return
    // One by one: a hostile manifest has more findings than a call takes arguments.
    for (const finding of reading.findings) findings.push(finding)
    result.manifest = reading.manifest
    if (reading.manifest === null) return
    const { manifest } = reading
    checkAgainstFiles(archive, manifest, reading, findings)
    if (manifest.longDescription === null) return
    const place = reading.place('App', 'LongDescription')
    const description = await readLongDescription(archive, manifest.longDescription, place)
    findings.push(...description.findings)
    result.longDescription = description.text
  })
  // Each step mostly waits for the disk or the decompressor, so they wait together.
  await Promise.all([
    manifestRead,
    guard(async () => {
      const loaded = await loadRequirements(archive)
      if (loaded === null) return
      result.requirements = true
      result.requirementList = loaded.requirements
      await manifestRead
      if (!installsPackages(result.manifest)) return
      const runtimeVersion = result.manifest?.runtime?.runtimeVersion ?? null
      const checked = checkRequirements(archive, loaded, { runtimeVersion })
      findings.push(...loaded.findings, ...checked)
    }),
    guard(async () => {
      const loaded = await loadPackages(archive)
      if (loaded === null) return
      result.packages = loaded.packages
      await manifestRead
      if (installsPackages(result.manifest)) findings.push(...loaded.findings)
    }),
    guard(async () => {
      findings.push(
        ...(await findStrayFiles(archive)),
        ...findHugeFiles(archive.largerThan(HUGE_BYTES)),
      )
    }),
    guard(async () => {
      findings.push(...(await findLeakedTokens(archive, options.thorough ?? true)))
    }),
    manifestRead.then(() =>
      guard(async () => {
        const pictures = await findPictures(archive, result.manifest?.name ?? null)
        findings.push(...pictures.findings)
        result.icon = pictures.icon
        result.screenshots = pictures.screenshots
      }),
    ),
  ])
}

// A link runs nothing, and a container brings its own; without a manifest it may be anything.
function installsPackages(manifest: Manifest | null): boolean {
  if (manifest === null) return true
  return manifest.runtime !== null && manifest.runtime.appMode !== 'container'
}

/** Entries that are fetched together for a first look; others are read when they turn out to matter. */
const MAX_PREFETCHED = 16
const MAX_PREFETCHED_BYTES = 64 * 1024

function findNeeded(archive: Archive): Entry[] {
  const texts = archive.filesIn('').filter(({ size }) => size <= MAX_PREFETCHED_BYTES)
  const manifest = archive.get(MANIFEST_PATH)
  return [...(manifest ? [manifest] : []), ...likelyPictures(archive), ...texts].slice(
    0,
    MAX_PREFETCHED,
  )
}

async function loadManifest(
  archive: Archive,
  options: InspectOptions,
  findings: Finding[],
): Promise<ManifestReading | null> {
  const entry = archive.get(MANIFEST_PATH)
  if (entry === undefined || entry.isFolder) {
    findings.push(explainMissing(archive))
    return null
  }
  if (entry.size > MAX_MANIFEST_BYTES) {
    findings.push(
      error(
        'manifest.too-large',
        `app.toml has ${entry.size} bytes; ${MAX_MANIFEST_BYTES} is the limit. Move long texts into files.`,
        { path: MANIFEST_PATH },
      ),
    )
    return null
  }
  return readManifest(await archive.read(entry, MAX_MANIFEST_BYTES), options.allowedEnvNames)
}

function explainMissing(archive: Archive): Finding {
  const files = archive.entries.filter((entry) => !entry.isFolder)
  const misnamed = files.find((entry) => entry.path.toLowerCase() === MANIFEST_PATH)
  if (misnamed !== undefined) {
    return error(
      'manifest.missing',
      `The manifest must be named app.toml, in lower case, not "${misnamed.path}". Rename it.`,
      {
        path: misnamed.path,
        fix: MANIFEST_PATH,
      },
    )
  }
  const folder = findNestedRoots(archive)[0]
  if (folder !== undefined) {
    return error(
      'archive.nested-root',
      `The app.toml is in the folder "${showName(folder)}", but must be at the root. Pack the contents of the folder, not the folder itself.`,
      { path: showName(`${folder}/${MANIFEST_PATH}`) },
    )
  }
  return error(
    'manifest.missing',
    'The bundle has no app.toml at its root. Add one that says at least the app’s Name, Version and Module.',
  )
}

/** The folders nearest to the root that hold an app.toml, where it has none itself. */
export function findNestedRoots(archive: Archive): string[] {
  const folders = archive.entries
    .filter(
      ({ path, isFolder }) =>
        !isFolder && path.endsWith(`/${MANIFEST_PATH}`) && !path.startsWith('__MACOSX/'),
    )
    .map(({ path }) => path.slice(0, -MANIFEST_PATH.length - 1))
  const depth = (folder: string) => folder.split('/').length
  const least = folders.reduce((min, folder) => Math.min(min, depth(folder)), Infinity)
  return folders.filter((folder) => depth(folder) === least)
}

function checkAgainstFiles(
  archive: Archive,
  manifest: Manifest,
  reading: ManifestReading,
  findings: Finding[],
): void {
  const { runtime } = manifest
  if (manifest.lifecycle === 'LINK') {
    const source = archive.entries.find(
      (entry) =>
        !entry.isFolder && (entry.path.endsWith('.py') || entry.path === REQUIREMENTS_PATH),
    )
    if (source !== undefined) {
      findings.push(
        advice(
          'link.source-unneeded',
          'A LINK app runs nothing, so its bundle needs no source and no requirements.',
          { path: showName(source.path) },
        ),
      )
    }
  }
  if (runtime === null) return
  if (runtime.appMode !== 'container' && runtime.module !== null) {
    const lookup = findModule(archive, runtime.module)
    if (!lookup.found) {
      const fix = lookup.meant === null ? {} : fixOf('Module', tomlText(lookup.meant))
      findings.push(
        error(
          'runtime.module-missing',
          `"python3 -m ${clip(runtime.module)}" wouldn't start: ${lookup.reason}. Add the file or correct the Module.`,
          {
            ...reading.place('Runtime', 'Module'),
            ...fix,
          },
        ),
      )
    }
  }
  if (runtime.volumeMount !== null && coversBundle(archive, runtime.volumeMount)) {
    findings.push(
      error(
        'runtime.volume-mount-in-bundle',
        `VolumeMount "${clip(runtime.volumeMount)}" is a folder of the bundle, which the volume would hide. Choose another folder.`,
        reading.place('Runtime', 'VolumeMount'),
      ),
    )
  }
}

// The bundle is unpacked at /resources; a folder of the bundle is meant by its own path as well.
function coversBundle(archive: Archive, mount: string): boolean {
  const path = mount.split('/').filter((part) => part !== '')
  if (path[0] === 'resources') path.shift()
  if (path.length === 0) return mount.startsWith('/resources')
  return archive.hasFolder(path.join('/'))
}
