/** A version of SemVer 2.0.0. Numbers are exact, however long. */
export type Version = {
  major: bigint
  minor: bigint
  patch: bigint
  /** Identifiers after `-`, as written; empty for a release. */
  prerelease: readonly string[]
  /** Identifiers after `+`; they don't take part in precedence. */
  build: readonly string[]
}

// https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string
const NUMBER = '(?:0|[1-9][0-9]*)'
const PRERELEASE = `(?:${NUMBER}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)`
const SEMVER = new RegExp(
  `^(${NUMBER})\\.(${NUMBER})\\.(${NUMBER})` +
    `(?:-(${PRERELEASE}(?:\\.${PRERELEASE})*))?` +
    '(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?$',
)

/** Longer texts are no version; it keeps hostile ones cheap. The platform allows 63 characters. */
const MAX_LENGTH = 1024

type Parts = { core: [string, string, string]; prerelease: string[]; build: string[] }

function split(text: string): Parts | null {
  if (text.length > MAX_LENGTH) return null
  const match = SEMVER.exec(text)
  if (match === null) return null
  const [, major = '', minor = '', patch = '', prerelease, build] = match
  return {
    core: [major, minor, patch],
    prerelease: prerelease?.split('.') ?? [],
    build: build?.split('.') ?? [],
  }
}

/** Reads a SemVer 2.0.0 version; null when the text is none (a leading `v` included). */
export function parseVersion(text: string): Version | null {
  const parts = split(text)
  if (parts === null) return null
  const [major, minor, patch] = parts.core
  return {
    major: BigInt(major),
    minor: BigInt(minor),
    patch: BigInt(patch),
    prerelease: parts.prerelease,
    build: parts.build,
  }
}

/**
 * SemVer precedence (section 11): negative, zero or positive. Build metadata is ignored.
 * Texts that aren't versions come before all versions, in code unit order.
 */
export function compareVersions(a: string, b: string): number {
  const left = split(a)
  const right = split(b)
  if (left === null || right === null) {
    if (left !== null) return 1
    if (right !== null) return -1
    return a < b ? -1 : a > b ? 1 : 0
  }
  for (const [index, number] of left.core.entries()) {
    const order = compareNumbers(number, right.core[index] ?? '0')
    if (order !== 0) return order
  }
  return comparePrereleases(left.prerelease, right.prerelease)
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length
  for (const [index, left] of a.entries()) {
    const right = b[index]
    if (right === undefined) return 1
    const order = compareIdentifiers(left, right)
    if (order !== 0) return order
  }
  return a.length - b.length
}

function compareIdentifiers(a: string, b: string): number {
  const numericA = isNumeric(a)
  const numericB = isNumeric(b)
  if (numericA && numericB) return compareNumbers(a, b)
  if (numericA !== numericB) return numericA ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

// Neither has leading zeros, so the longer one is the larger one.
function compareNumbers(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length
  return a < b ? -1 : a > b ? 1 : 0
}

function isNumeric(identifier: string): boolean {
  return /^[0-9]+$/.test(identifier)
}

/**
 * A printable ASCII string whose code unit order is the precedence of `compareVersions`, for an
 * indexed column with binary collation (SQLite `BINARY`, PostgreSQL `"C"`). Versions that differ
 * only in build metadata have the same key. A text that is no version keeps its own characters
 * after a `!`, which comes before every version.
 */
export function versionSortKey(text: string): string {
  const parts = split(text)
  if (parts === null) return `!${text}`
  const core = parts.core.map(numberKey).join('')
  if (parts.prerelease.length === 0) return `${core}~`
  // `-` < `~` puts prereleases first; a text ends with `!`, which is below every character of an
  // identifier, so a prefix comes before what it begins.
  const identifiers = parts.prerelease.map((identifier) =>
    isNumeric(identifier) ? `0${numberKey(identifier)}` : `1${identifier}!`,
  )
  return `${core}-${identifiers.join('')}`
}

// The length first, as two digits of base 36: enough for 1295 digits.
function numberKey(digits: string): string {
  return digits.length.toString(36).padStart(2, '0') + digits
}
