import { type Finding, warning } from '../finding.ts'
import { MANIFEST_PATH, type Manifest } from '../manifest/manifest.ts'
import { compareVersions, parseVersion } from '../../rules/semver.ts'
import { type ChangeGroup, groupChanges, heaviest, type Weight } from './change.ts'
import { compareFiles, countDifferent, type FileGroup } from './compare-files.ts'
import { compareManifests } from './compare-manifests.ts'
import { comparePackages } from './compare-packages.ts'
import { compareLongDescriptions, comparePresentation } from './compare-presentation.ts'
import { compareRequirements } from './compare-requirements.ts'
import { shownText } from './shown-text.ts'
import type { Snapshot } from './snapshot.ts'

/** Name and version as their manifests write them. */
export type Identity = { name: string; version: string }

/**
 * How the contents relate: `identical` to the last byte; `repacked`, the same files in another
 * archive; `same-files`, where nothing is known about the archives; `changed`; `unknown`, where one
 * couldn't be read.
 */
export type ContentRelation = 'identical' | 'repacked' | 'same-files' | 'changed' | 'unknown'

/** What is different in a bundle from an earlier one. Plain data, bounded in size. */
export type Comparison = {
  /** Null where the app.toml couldn't be read. */
  before: Identity | null
  after: Identity | null
  content: ContentRelation
  manifest: ChangeGroup
  requirements: ChangeGroup
  packages: ChangeGroup
  /** Icon, screenshots and long description. */
  presentation: ChangeGroup
  /** One group for each role, also where nothing changed; empty where an archive couldn't be read. */
  files: FileGroup[]
  /** The parts that could not be compared, because one side couldn't be read. */
  notCompared: string[]
  /** What the platform or a person will stumble over, with codes `compare.*`. */
  warnings: Finding[]
}

/**
 * Compares a bundle with an earlier one or a published version. Linear in the number of files. Says
 * nothing about parts that one side couldn't read, and names them instead.
 */
export function compareBundles(before: Snapshot, after: Snapshot): Comparison {
  const notCompared = [...new Set([...before.unread, ...after.unread])]
  const canCompare = (part: string) => !notCompared.includes(part)
  const files = canCompare('files') ? compareFiles(before.files, after.files) : null
  const content = relationOf(files, before, after)
  const presentation = [
    ...comparePresentation(before, after),
    ...(canCompare('LongDescription') && canCompare(MANIFEST_PATH)
      ? compareLongDescriptions(before.longDescription, after.longDescription)
      : []),
  ]
  return {
    before: identityOf(before.manifest),
    after: identityOf(after.manifest),
    content,
    manifest: groupChanges(
      before.manifest !== null && after.manifest !== null
        ? compareManifests(before.manifest, after.manifest)
        : [],
    ),
    requirements: groupChanges(
      canCompare('requirements.txt')
        ? compareRequirements(before.requirements, after.requirements)
        : [],
    ),
    packages: groupChanges(
      canCompare('packages.txt') ? comparePackages(before.packages, after.packages) : [],
    ),
    presentation: groupChanges(files === null ? [] : presentation),
    files: files ?? [],
    notCompared,
    warnings: warningsOf(before.manifest, after.manifest, content),
  }
}

/** What all changes together ask of the version: new source files ask for a minor one. */
export function weightOf(comparison: Comparison): Weight {
  const { manifest, requirements, packages, presentation, files } = comparison
  const groups = [manifest, requirements, packages, presentation].map((group) => group.weight)
  return heaviest([...groups, ...files.map(weightOfFiles)])
}

function weightOfFiles({ role, counts }: FileGroup): Weight {
  if (role === 'source' && counts.added > 0) return 'minor'
  return countDifferent(counts) > 0 ? 'patch' : 'none'
}

function identityOf(manifest: Manifest | null): Identity | null {
  return manifest === null ? null : { name: manifest.name, version: manifest.version }
}

function relationOf(
  files: readonly FileGroup[] | null,
  before: Snapshot,
  after: Snapshot,
): ContentRelation {
  if (files === null) return 'unknown'
  if (files.some(({ counts }) => countDifferent(counts) > 0)) return 'changed'
  const [old, now] = [before.archive, after.archive]
  if (old === null || now === null) return 'same-files'
  if (old.size !== now.size) return 'repacked'
  if (old.sha256 === null || now.sha256 === null) return 'same-files'
  return old.sha256 === now.sha256 ? 'identical' : 'repacked'
}

function warningsOf(
  before: Manifest | null,
  after: Manifest | null,
  content: ContentRelation,
): Finding[] {
  if (before === null || after === null) return []
  const place = { path: MANIFEST_PATH }
  const [old, now] = [shownText(before.version), shownText(after.version)]
  if (before.name !== after.name) {
    return [
      warning(
        'compare.other-app',
        `These are different apps: "${shownText(before.name)}" and "${shownText(after.name)}". To publish a new version of the first, keep its Name.`,
        place,
      ),
    ]
  }
  if (before.version === after.version) {
    if (content !== 'changed') return []
    return [
      warning(
        'compare.version-taken',
        `Both are version ${now}, but their contents differ. The platform accepts a version once, so choose a new one.`,
        place,
      ),
    ]
  }
  if (parseVersion(before.version) === null || parseVersion(after.version) === null) return []
  const order = compareVersions(after.version, before.version)
  if (order === 0) {
    return [
      warning(
        'compare.version-build-only',
        `Versions ${old} and ${now} differ only in build metadata, which doesn’t make one newer. Raise one of the three numbers.`,
        place,
      ),
    ]
  }
  if (order > 0) return []
  return [
    warning(
      'compare.version-lower',
      `Version ${now} comes before ${old}, so people go on seeing ${old} as the newest. Choose a higher one.`,
      place,
    ),
  ]
}
