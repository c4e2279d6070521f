import { advice, error, warning, type Finding, type Place } from '../../finding.ts'
import { clip } from '../../manifest/table.ts'
import { parsePackageVersion, satisfies } from './package-version.ts'
import type { Clause, Requirement, RequirementsOption } from './requirement.ts'

/** Lines about one package that are compared with each other. */
const MAX_SAME = 20
/** Packages that an advice names. */
const MAX_NAMED = 5

/** Checks what the requirements say about each other: packages asked for twice, pins, hashes. */
export function checkTogether(
  requirements: readonly Requirement[],
  options: readonly RequirementsOption[],
): Finding[] {
  const byName = new Map<string, Requirement[]>()
  for (const requirement of requirements) {
    // A marker may keep two lines from ever meeting.
    if (requirement.name === null || requirement.marker !== null) continue
    const same = byName.get(requirement.name)
    if (same === undefined) byName.set(requirement.name, [requirement])
    else if (same.length < MAX_SAME) same.push(requirement)
  }
  return [
    ...[...byName.values()].flatMap(checkSame),
    ...checkHashes(requirements, options, byName),
    ...checkPins(requirements, byName),
  ]
}

/** At most one finding for all lines about one package. */
function checkSame(same: readonly Requirement[]): Finding[] {
  for (const [index, requirement] of same.entries()) {
    for (const other of same.slice(0, index + 1)) {
      const { constraint } = requirement
      if ((constraint && other.constraint) || !contradict(requirement, other)) continue
      const name = clip(requirement.spelling ?? '')
      const message =
        requirement === other
          ? `No version of ${name} fulfils "${clip(requirement.specifier)}", so pip would install nothing. Correct it.`
          : `${name} is asked for in ${describe(requirement)}, but ${where(other, requirement)} in ${describe(other)}: pip can’t have both and would install nothing. Keep one.`
      // Old versions of pip take a constraint's word over the requirement's.
      const make = constraint || other.constraint ? warning : error
      return [make('requirements.conflict', message, placeOf(requirement))]
    }
  }
  const asked = same.filter(({ constraint }) => !constraint)
  const [first, second] = asked
  if (first === undefined || second === undefined) return []
  // Extras on lines of their own are a habit, and harmless.
  if (first.extras.join() !== second.extras.join()) return []
  const message = `${clip(second.spelling ?? '')} is asked for ${where(first, second)} as well. Keep one.`
  return [advice('requirements.duplicate', message, placeOf(second))]
}

function where(other: Requirement, from: Requirement): string {
  return other.file === from.file
    ? `on line ${other.line}`
    : `on line ${other.line} of ${clip(other.file)}`
}

function describe({ version, specifier }: Requirement): string {
  return specifier === '' ? `version ${clip(version ?? '')}` : `"${clip(specifier)}"`
}

/** Whether no version can fulfil both; only where one of them names its version. */
function contradict(a: Requirement, b: Requirement): boolean {
  if (a === b) return a.version !== null && violates(a.version, a.clauses)
  return isRefused(a, b) && isRefused(b, a)
}

// "1.0" also stands for 1.0+local, so a pin conflicts only where the other's version doesn't fit it either.
function isRefused(a: Requirement, b: Requirement): boolean {
  if (a.version === null) return b.version !== null
  return violates(a.version, b.source === 'index' ? b.clauses : exactly(b))
}

function exactly({ version }: Requirement): Clause[] {
  return version === null ? [] : [{ operator: '==', version }]
}

function violates(text: string, clauses: readonly Clause[]): boolean {
  const version = parsePackageVersion(text)
  return version !== null && clauses.some((clause) => satisfies(version, clause) === false)
}

/** pip's hash-checking mode: one hash, and it wants one and a pinned version everywhere. */
function checkHashes(
  requirements: readonly Requirement[],
  options: readonly RequirementsOption[],
  byName: ReadonlyMap<string, readonly Requirement[]>,
): Finding[] {
  if (options.some(({ name }) => name === '--no-require-hashes')) return []
  const counts = (requirement: Requirement) =>
    requirement.marker === null && !requirement.constraint
  const isOn =
    options.some(({ name }) => name === '--require-hashes') ||
    requirements.some((requirement) => counts(requirement) && requirement.hashes.length > 0)
  if (!isOn) return []
  const findings: Finding[] = []
  for (const requirement of requirements) {
    const { name, url, hashes, pinned, spelling, path } = requirement
    // An address may hold its hash itself, a constraint may bring it.
    const isElsewhere = byName.get(name ?? '')?.some(({ constraint }) => constraint) ?? false
    if (!counts(requirement) || url !== null || isElsewhere) continue
    const shown = clip(spelling ?? path ?? '')
    if (!pinned) {
      const message = `With hashes, pip wants one version of every package, and ${shown} has none. Write "${shown}==" with its version.`
      findings.push(error('requirements.hash-unpinned', message, placeOf(requirement)))
    } else if (hashes.length === 0) {
      const message = `With hashes on some lines, pip wants one on every line, and ${shown} has none. Add its --hash, or remove all of them.`
      findings.push(error('requirements.hash-missing', message, placeOf(requirement)))
    }
  }
  return findings
}

function checkPins(
  requirements: readonly Requirement[],
  byName: ReadonlyMap<string, readonly Requirement[]>,
): Finding[] {
  const findings: Finding[] = []
  const loose = new Map<string, Requirement>()
  for (const requirement of requirements) {
    const { name, pinned, source, constraint, spelling, url } = requirement
    if (pinned || constraint) continue
    if (source === 'vcs') {
      const message = `${clip(spelling ?? url ?? 'It')} is whatever its repository holds that day. Add "@" with a tag or commit after the address.`
      findings.push(advice('requirements.vcs-unpinned', message, placeOf(requirement)))
    } else if (name !== null && !byName.get(name)?.some((other) => other.pinned)) {
      if (!loose.has(name)) loose.set(name, requirement)
    }
  }
  const [first] = loose.values()
  if (first === undefined) return findings
  const names = [...loose.values()].map(({ spelling }) => clip(spelling ?? ''))
  const more = names.length - MAX_NAMED
  const list = names.slice(0, MAX_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '')
  const message =
    names.length === 1
      ? `${list} isn’t pinned to one version, so another start may get another one. Write ${list}== with the version that you tested.`
      : `${names.length} packages aren’t pinned to one version, so another start may get others: ${list}. Write == with the versions that you tested.`
  return [...findings, advice('requirements.unpinned', message, placeOf(first))]
}

function placeOf({ file, line, column }: Requirement): Place {
  return { path: file, line, column }
}
