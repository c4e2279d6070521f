import type { Clause } from './requirement.ts'

/** A version of a Python package (PEP 440). Numbers stay digits, as they have no limit. */
export type PackageVersion = {
  epoch: string
  release: string[]
  /** `a`, `b` or `rc`, and its number. */
  pre: [stage: string, number: string] | null
  post: string | null
  dev: string | null
  local: string[]
}

const MAX_LENGTH = 256

// PEP 440, appendix B.
const VERSION =
  /^v?(?:(?<epoch>\d+)!)?(?<release>\d+(?:\.\d+)*)(?:[-_.]?(?<stage>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<number>\d*))?(?:-(?<post>\d+)|(?<isPost>[-_.]?(?:post|rev|r)[-_.]?)(?<postNumber>\d*))?(?:(?<isDev>[-_.]?dev[-_.]?)(?<dev>\d*))?(?:\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/i

const STAGES: Readonly<Record<string, string>> = {
  alpha: 'a',
  beta: 'b',
  c: 'rc',
  pre: 'rc',
  preview: 'rc',
}

/** Reads a version as PEP 440 spells them, or any of the spellings it tolerates; null for others. */
export function parsePackageVersion(text: string): PackageVersion | null {
  const trimmed = text.trim()
  if (trimmed.length > MAX_LENGTH) return null
  const groups = VERSION.exec(trimmed)?.groups
  if (groups === undefined) return null
  const stage = groups['stage']?.toLowerCase()
  const isPost = groups['isPost'] !== undefined
  return {
    epoch: groups['epoch'] ?? '0',
    release: (groups['release'] ?? '0').split('.'),
    pre: stage === undefined ? null : [STAGES[stage] ?? stage, groups['number'] || '0'],
    post: groups['post'] ?? (isPost ? groups['postNumber'] || '0' : null),
    dev: groups['isDev'] === undefined ? null : groups['dev'] || '0',
    local: groups['local']?.toLowerCase().split(/[-_.]/) ?? [],
  }
}

/**
 * Whether a version fulfils a clause such as `>=1.2`; null where that can't be said. Pre-releases
 * count like any other version, as they do for pip once somebody asks for one by number.
 */
export function satisfies(
  version: PackageVersion,
  { operator, version: text }: Clause,
): boolean | null {
  if (operator === '===') return null
  const isPrefix = text.endsWith('.*')
  const wanted = parsePackageVersion(isPrefix ? text.slice(0, -2) : text)
  if (wanted === null) return null
  if (isPrefix && (wanted.pre !== null || wanted.post !== null || wanted.dev !== null)) return null
  // pip before 24.1 pads 1.0.post1 otherwise than 1.0 when it compares with 1.0.0.*.
  if (isPrefix && wanted.release.length > version.release.length) return null
  const bare = { ...version, local: [] }
  const equal = () =>
    isPrefix
      ? startsWith(version, wanted)
      : compare(wanted.local.length === 0 ? bare : version, wanted) === 0
  if (operator === '==') return equal()
  if (operator === '!=') return !equal()
  if (isPrefix) return null
  if (operator === '<=') return compare(bare, wanted) <= 0
  if (operator === '>=') return compare(bare, wanted) >= 0
  if (operator === '<') return compare(version, wanted) < 0 && !isEarlyOf(version, wanted)
  if (operator === '>') {
    const isLater = version.post !== null && wanted.post === null
    const base = { ...bare, dev: null, post: isLater ? null : version.post }
    const isSameRelease = (isLater || version.local.length > 0) && compare(base, wanted) === 0
    return compare(version, wanted) > 0 && !isSameRelease
  }
  if (operator !== '~=' || wanted.release.length < 2) return null
  const series = { ...wanted, release: wanted.release.slice(0, -1) }
  return compare(bare, wanted) >= 0 && startsWith(version, series)
}

/** Whether two texts name the same version, e.g. 1.0 and 1.0.0. */
export function sameVersion(a: string, b: string): boolean {
  const [one, other] = [parsePackageVersion(a), parsePackageVersion(b)]
  return one === null || other === null ? a === b : compare(one, other) === 0
}

// "<2" means no pre-release of 2 either.
function isEarlyOf(version: PackageVersion, wanted: PackageVersion): boolean {
  const isEarly = version.pre !== null || version.dev !== null
  return (
    isEarly &&
    wanted.pre === null &&
    wanted.post === null &&
    wanted.dev === null &&
    compareNumbers(version.epoch, wanted.epoch) === 0 &&
    compareReleases(version.release, wanted.release) === 0
  )
}

function startsWith(version: PackageVersion, prefix: PackageVersion): boolean {
  return (
    compareNumbers(version.epoch, prefix.epoch) === 0 &&
    prefix.release.every(
      (number, index) => compareNumbers(version.release[index] ?? '0', number) === 0,
    )
  )
}

/** The order of versions: negative where `a` comes first. */
function compare(a: PackageVersion, b: PackageVersion): number {
  return (
    compareNumbers(a.epoch, b.epoch) ||
    compareReleases(a.release, b.release) ||
    comparePre(a, b) ||
    compareNumbers(a.post ?? '-', b.post ?? '-') ||
    compareDev(a.dev, b.dev) ||
    compareLocal(a.local, b.local)
  )
}

function compareReleases(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const order = compareNumbers(a[index] ?? '0', b[index] ?? '0')
    if (order !== 0) return order
  }
  return 0
}

// 1.0.dev1 < 1.0a1 < 1.0b1 < 1.0rc1 < 1.0
function comparePre(a: PackageVersion, b: PackageVersion): number {
  const rank = ({ pre, post, dev }: PackageVersion) =>
    pre === null
      ? post === null && dev !== null
        ? 0
        : 4
      : pre[0] === 'a'
        ? 1
        : pre[0] === 'b'
          ? 2
          : 3
  return rank(a) - rank(b) || compareNumbers(a.pre?.[1] ?? '0', b.pre?.[1] ?? '0')
}

function compareDev(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return compareNumbers(a, b)
}

function compareLocal(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [one, other] = [a[index], b[index]]
    if (one === undefined) return -1
    if (other === undefined) return 1
    const isNumber = /^\d+$/.test(one)
    if (isNumber !== /^\d+$/.test(other)) return isNumber ? 1 : -1
    const order = isNumber ? compareNumbers(one, other) : one < other ? -1 : one > other ? 1 : 0
    if (order !== 0) return order
  }
  return 0
}

// Digits of any length; "-" stands for none and comes before all.
function compareNumbers(a: string, b: string): number {
  const [one, other] = [a.replace(/^0+(?=\d)/, ''), b.replace(/^0+(?=\d)/, '')]
  if (one === '-' || other === '-') return Number(other === '-') - Number(one === '-')
  return one.length - other.length || (one < other ? -1 : one > other ? 1 : 0)
}
