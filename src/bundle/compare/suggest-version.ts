import { compareVersions, parseVersion, type Version } from '../../rules/semver.ts'
import { type Change, type Weight } from './change.ts'
import { type Comparison, weightOf } from './compare-bundles.ts'
import { countDifferent } from './compare-files.ts'
import { counted } from './shown-text.ts'

export type Level = 'major' | 'minor' | 'patch'

export type Suggestion = {
  /** Null where no version is left that the platform would accept, as the last one is too long. */
  version: string | null
  /** The step that the changes ask for; the version may rise further. */
  level: Level
  /** Sentences: what asks for it. */
  reasons: string[]
  /** Other versions that are free and higher, with when to choose them. */
  alternatives: { version: string; why: string }[]
}

/**
 * Suggests the version for the bundle on the later side of a comparison, after SemVer 2.0.0:
 *
 * - major, where somebody's habit or setup stops working: a new secret that isn't optional, a volume
 *   mount moved or gone, a smaller volume, another lifecycle, app mode, routing mode, or site that a
 *   link opens, OIDC turned on, another Python;
 * - minor, where something is new: source files, dependencies or their major or minor version, an
 *   optional secret, more memory, CPU, disk or GPU;
 * - patch for everything else: changed source, texts, pictures, data.
 *
 * Before 1.0.0 what breaks raises the minor number, as everybody does there. The bundle's own version
 * stays where it is free, higher than all published ones and rises far enough since the last release;
 * of a prerelease the next of its kind follows. A development suffix (`-YYYYMMDDhhmmss`) is left out.
 * The result is higher than every published version, and one that the platform accepts together with
 * the app's name.
 *
 * @param publishedVersions those of the app, in any order; texts that are no version are left out
 */
export function suggestVersion(
  comparison: Comparison,
  publishedVersions: readonly string[],
): Suggestion {
  const { before, after } = comparison
  const isSameApp = before !== null && (after === null || before.name === after.name)
  const published = [...publishedVersions, ...(isSameApp ? [before.version] : [])].filter(
    (version) => parseVersion(version) !== null,
  )
  const highest = parseHighest(published)
  const released = parseHighest(published.filter((version) => isRelease(parseVersion(version))))
  const own = parseVersion(withoutStamp(after?.version ?? before?.version ?? ''))
  const weight = weightOf(comparison)
  const isEarly = (released ?? highest ?? own)?.major === 0n
  const level = levelOf(weight, isEarly)

  const name = after?.name ?? before?.name ?? ''
  const isFree = (version: string) =>
    isAccepted(name, version) && (highest === null || compareVersions(version, textOf(highest)) > 0)
  const version = candidates({ own, highest, released, level }).find(isFree) ?? null
  const reasons = reasonsOf(comparison, weight)
  if (isEarly && weight === 'major') {
    reasons.push('Before 1.0.0, what breaks raises the minor number.')
  }
  const alternatives = alternativesTo(version, { own, highest, released, level }).filter(
    (alternative) => isFree(alternative.version),
  )
  return { version, level, reasons, alternatives }
}

type Known = {
  /** What the author wrote, without a development suffix. */
  own: Version | null
  highest: Version | null
  released: Version | null
  level: Level
}

/** What may be suggested, the best first; not all of them are free. */
function candidates({ own, highest, released, level }: Known): string[] {
  const least = released === null ? null : bump(released, level)
  const isEnough = (version: Version) =>
    least === null || compareVersions(coreOf(version), coreOf(least)) >= 0
  const found: string[] = []
  if (own !== null && isEnough(own)) found.push(textOf(own))
  if (own !== null && !isRelease(own)) {
    for (const version of [highest, own]) {
      if (version !== null && coreOf(version) === coreOf(own) && isEnough(version)) {
        found.push(...nextPrereleases(version))
      }
    }
    if (least !== null) found.push(`${coreOf(least)}-${firstPrerelease(own)}`)
  }
  if (least !== null) found.push(textOf(least))
  if (highest !== null) {
    if (!isRelease(highest)) found.push(coreOf(highest))
    for (const step of [level, 'minor', 'major', 'patch'] as const) {
      found.push(textOf(bump(highest, step)))
    }
  }
  return highest === null ? [...found, '0.1.0'] : found
}

function alternativesTo(chosen: string | null, known: Known): Suggestion['alternatives'] {
  const { own, highest, released } = known
  const base = released ?? highest ?? own
  if (base === null) return []
  const core = chosen === null ? null : parseVersion(chosen)
  const list = [
    ...(core === null || isRelease(core) ? [] : [{ version: coreOf(core), why: 'to release it' }]),
    { version: textOf(bump(base, 'patch')), why: 'if nothing is new for people' },
    { version: textOf(bump(base, 'minor')), why: 'if it brings something new' },
    {
      version: textOf(bump(base, 'major')),
      why: 'if people have to change how they run or use it',
    },
  ]
  const seen = new Set([chosen])
  return list.filter(({ version }) => !seen.has(version) && seen.add(version))
}

function levelOf(weight: Weight, isEarly: boolean): Level {
  if (weight === 'major' && isEarly) return 'minor'
  return weight === 'none' ? 'patch' : weight
}

/** What the platform takes for a version, also joined with the name. Source: the manifest's rules. */
const MAX_LENGTH = 63
const PATTERN = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/

function isAccepted(name: string, version: string): boolean {
  return (
    name.length + 1 + version.length <= MAX_LENGTH &&
    PATTERN.test(version) &&
    parseVersion(version) !== null
  )
}

function withoutStamp(version: string): string {
  return version.replace(/-\d{14}$/, '')
}

function parseHighest(versions: readonly string[]): Version | null {
  let highest: string | null = null
  for (const version of versions) {
    if (highest === null || compareVersions(version, highest) > 0) highest = version
  }
  return highest === null ? null : parseVersion(highest)
}

function isRelease(version: Version | null): boolean {
  return version !== null && version.prerelease.length === 0
}

function coreOf({ major, minor, patch }: Version): string {
  return `${major}.${minor}.${patch}`
}

/** Without build metadata, which the platform doesn't take. */
function textOf(version: Version): string {
  const { prerelease } = version
  return coreOf(version) + (prerelease.length === 0 ? '' : `-${prerelease.join('.')}`)
}

/** The next release; of a prerelease, the release after the one it leads to. */
function bump({ major, minor, patch }: Version, level: Level): Version {
  const rest = { prerelease: [], build: [] }
  if (level === 'major') return { major: major + 1n, minor: 0n, patch: 0n, ...rest }
  if (level === 'minor') return { major, minor: minor + 1n, patch: 0n, ...rest }
  return { major, minor, patch: patch + 1n, ...rest }
}

/** `rc.2` and `rc.1.1` after `rc.1`: as `rc10` comes before `rc9`, the second may be the higher one. */
function nextPrereleases(version: Version): string[] {
  const text = withoutStamp(textOf(version))
  if (isRelease(parseVersion(text))) return []
  const next = text.replace(/\d+$/, (digits) => String(BigInt(digits) + 1n))
  return next === text ? [`${text}.1`] : [next, `${text}.1`]
}

/** The kind of a prerelease from its beginning: `rc.1` for `rc.4`. */
function firstPrerelease({ prerelease }: Version): string {
  return prerelease.join('.').replace(/\d+$/, '1')
}

const MAX_REASONS = 10

function reasonsOf(comparison: Comparison, weight: Weight): string[] {
  const { manifest, requirements, packages, presentation, files } = comparison
  const groups = [manifest, requirements, packages, presentation]
  const changes: Change[] = groups.flatMap((group) =>
    group.changes.filter((change) => change.weight === weight),
  )
  const reasons = weight === 'none' ? [] : changes.map(sentenceOf)
  const source = files.find((group) => group.role === 'source')
  if (weight === 'minor' && source !== undefined && source.counts.added > 0) {
    reasons.push(`${counted(source.counts.added, 'source file')} added. The app can do more.`)
  }
  const others = files.reduce((sum, { counts }) => sum + countDifferent(counts), 0)
  if (weight === 'patch' && others > 0) reasons.push(`${counted(others, 'file')} changed.`)
  // Groups keep their first changes only, so this may be less than all; it is enough to decide by.
  const more = reasons.length - MAX_REASONS
  if (more > 0) reasons.splice(MAX_REASONS, more, `And ${more} more.`)
  const { notCompared } = comparison
  if (notCompared.length > 0) {
    reasons.push(`Not compared: ${notCompared.join(', ')}. More may have changed.`)
  }
  return reasons.length === 0 ? ['Nothing changed that people would notice.'] : reasons
}

function sentenceOf({ summary, reason }: Change): string {
  return `${summary}. ${reason}`
}
