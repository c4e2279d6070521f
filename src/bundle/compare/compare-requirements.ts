import { compareText } from '../finding.ts'
import { parseRequirements } from '../contents/requirements/parse-requirements.ts'
import {
  type PackageVersion,
  parsePackageVersion,
  satisfies,
} from '../contents/requirements/package-version.ts'
import type { Requirement, RequirementsOption } from '../contents/requirements/requirement.ts'
import { type Change, type Judgement, kindOf, minor, patch } from './change.ts'
import { shownText } from './shown-text.ts'

/**
 * What is different among the Python packages that requirements.txt asks for, by normalized name. A
 * package that stands there several times, with other markers, is compared as a whole.
 */
export function compareRequirements(before: string | null, after: string | null): Change[] {
  const [from, to] = [parseRequirements(before ?? ''), parseRequirements(after ?? '')]
  const [old, now] = [packagesOf(from.requirements), packagesOf(to.requirements)]
  const changes: Change[] = []
  for (const name of [...new Set([...old.keys(), ...now.keys()])].toSorted(compareText)) {
    const change = comparePackage(name, old.get(name), now.get(name))
    if (change !== null) changes.push(change)
  }
  return [...changes, ...compareOptions(from.options, to.options)]
}

/** Where pip looks for packages, and what else it is told: each option with its value, once. */
function compareOptions(
  before: readonly RequirementsOption[],
  after: readonly RequirementsOption[],
): Change[] {
  const [old, now] = [textsOf(before), textsOf(after)]
  const judgement = patch('pip is told something else about where packages come from.')
  const change = (option: string, kind: 'added' | 'removed'): Change => {
    const shown = shownText(option)
    const [field = ''] = shown.split(' ')
    const values =
      kind === 'added' ? { before: null, after: shown } : { before: shown, after: null }
    return { field, kind, ...values, summary: `${shown} ${kind}`, ...judgement }
  }
  return [
    ...[...old].filter((option) => !now.has(option)).map((option) => change(option, 'removed')),
    ...[...now].filter((option) => !old.has(option)).map((option) => change(option, 'added')),
  ]
}

function textsOf(options: readonly RequirementsOption[]): Set<string> {
  return new Set(options.map(({ name, value }) => (value === null ? name : `${name} ${value}`)))
}

function packagesOf(requirements: readonly Requirement[]): Map<string, Requirement[]> {
  const packages = new Map<string, Requirement[]>()
  for (const requirement of requirements) {
    // Where no name is written, the address is what can be compared.
    const name = requirement.name ?? requirement.path ?? requirement.url
    if (name === null || requirement.constraint) continue
    const same = packages.get(name)
    if (same === undefined) packages.set(name, [requirement])
    else same.push(requirement)
  }
  return packages
}

function comparePackage(
  name: string,
  before: readonly Requirement[] | undefined,
  after: readonly Requirement[] | undefined,
): Change | null {
  const old = describe(before)
  const now = describe(after)
  if (old === now) return null
  const shown = shownText(name)
  const change = {
    field: shown,
    kind: kindOf(old, now),
    before: old === null ? null : shownText(old),
    after: now === null ? null : shownText(now),
  }
  const wanted = (text: string) => (text === ANY ? '' : ` ${shownText(text)}`)
  if (old === null) {
    const judgement = minor('The app uses a package that it did not use before.')
    return { ...change, summary: `${shown}${wanted(now ?? ANY)} added`, ...judgement }
  }
  if (now === null) {
    const judgement = patch('The app uses one package less.')
    return { ...change, summary: `${shown}${wanted(old)} removed`, ...judgement }
  }
  const { what, ...judgement } = judge(before, after)
  return {
    ...change,
    summary: `${shown} ${shownText(old)} → ${shownText(now)}${what === null ? '' : ` (${what})`}`,
    ...judgement,
  }
}

const ANY = 'any version'

/** Everything of a package's requirements that means something, in the order of its text. */
function describe(requirements: readonly Requirement[] | undefined): string | null {
  if (requirements === undefined) return null
  return requirements.map(describeOne).toSorted(compareText).join('; ')
}

function describeOne({ extras, clauses, marker, source, path, url }: Requirement): string {
  const from = source === 'index' ? clausesText(clauses) : (path ?? url ?? source)
  return [
    extras.length > 0 ? `[${extras.join(',')}]` : '',
    from === '' ? ANY : from,
    marker === null ? '' : `where ${marker}`,
  ]
    .filter((part) => part !== '')
    .join(' ')
}

// ">=1,<2" and "<2, >=1" are the same.
function clausesText(clauses: Requirement['clauses']): string {
  return clauses
    .map(({ operator, version }) => operator + version)
    .toSorted(compareText)
    .join(',')
}

function judge(
  before: readonly Requirement[] | undefined,
  after: readonly Requirement[] | undefined,
): Judgement & { what: string | null } {
  const [old] = before ?? []
  const [now] = after ?? []
  if (before?.length !== 1 || after?.length !== 1 || old === undefined || now === undefined) {
    return { what: null, ...patch('The same package is asked for in a different way.') }
  }
  const step = versionStep(old, now)
  if (step !== null) return step
  if (old.source !== now.source) {
    return { what: 'other source', ...patch('The same package comes from somewhere else.') }
  }
  if (old.pinned !== now.pinned) {
    return now.pinned
      ? { what: 'pinned', ...patch('Every installation gets the same version now.') }
      : { what: 'no longer pinned', ...patch('An installation may get a newer version.') }
  }
  if (old.marker !== now.marker) {
    return { what: 'other marker', ...patch('It is asked for on other systems than before.') }
  }
  return { what: null, ...patch('The same package is asked for in a different way.') }
}

/** A step from one version to another; null where either isn't known, or they are the same. */
function versionStep(
  before: Requirement,
  after: Requirement,
): (Judgement & { what: string }) | null {
  const old = leastVersion(before)
  const now = leastVersion(after)
  if (old === null || now === null) return null
  const [from, to] = [parsePackageVersion(old), parsePackageVersion(now)]
  if (from === null || to === null) return null
  const isUp = satisfies(to, { operator: '>=', version: old })
  // Either is at least the other: 1.0 and 1.0.0.
  if (isUp === satisfies(from, { operator: '>=', version: now })) return null
  const direction = isUp === true ? 'up' : 'down'
  const isSame = (index: number) => numberAt(from, index) === numberAt(to, index)
  const isMajor = plain(from.epoch) !== plain(to.epoch) || !isSame(0)
  if (!isMajor && isSame(1)) {
    return { what: direction, ...patch('Only the last numbers of its version differ.') }
  }
  const level = isMajor ? 'major' : 'minor'
  return {
    what: `${direction}, ${level}`,
    ...minor(`Another ${level} version of a package can bring, change and remove things.`),
  }
}

function numberAt({ release }: PackageVersion, index: number): string {
  return plain(release[index] ?? '0')
}

function plain(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '')
}

/** The one version that will do, else the lowest; null where the text names none or several. */
function leastVersion({ version, clauses }: Requirement): string | null {
  if (version !== null) return version
  const [least, ...others] = clauses.filter(({ operator }) => /^(?:={2,3}|>=|~=)$/.test(operator))
  if (least === undefined || others.length > 0) return null
  return least.version.replace(/\.\*$/, '')
}
