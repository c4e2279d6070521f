import { error, warning } from '../finding.ts'
import type { Manifest } from './manifest.ts'
import { clip, type SECTION_KEYS, type Section } from './table.ts'
import { readValueSource } from './source-rules.ts'

export type EnvSection = Section<(typeof SECTION_KEYS)['Env'][number]>

// What every shell and every language can read (POSIX).
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
/** Characters of a name for which another one is offered. */
const MAX_FIXABLE = 200

/** The `H2O_WAVE*` names that authors may set; a trailing `*` stands for anything. */
export const ALLOWED_WAVE_NAMES: readonly string[] = [
  'H2O_WAVE_ML_*',
  'H2O_WAVE_PUBLIC_DIR',
  'H2O_WAVE_PRIVATE_DIR',
  'H2O_WAVE_MAX_REQUEST_SIZE',
  'H2O_WAVE_NO_STORE',
  'H2O_WAVE_SESSION_INACTIVITY_TIMEOUT',
  'H2O_WAVE_DATA_DIR',
  'H2O_WAVE_PING_INTERVAL',
  'H2O_WAVE_APP_MODE',
]

/**
 * Reads the `[[Env]]` entries. Of a repeated name the last one wins, as on the platform.
 * `allowed` are reserved names that the deployment opens, a trailing `*` allowed.
 */
export function readEnv(
  sections: readonly EnvSection[],
  allowed: readonly string[],
): Manifest['env'] {
  const env = new Map<string, Manifest['env'][number]>()
  const seen = new Set<string>()
  for (const section of sections) {
    const name = readName(section, allowed)
    const source = readValueSource(section, 'env')
    if (name === null) continue
    if (seen.has(name)) {
      section.report(
        warning(
          'env.name-repeated',
          `"${clip(name)}" is set more than once; the last one wins. Remove the others.`,
          section.place('Name'),
        ),
      )
    }
    seen.add(name)
    if (source === null) continue
    env.delete(name)
    env.set(name, { name, ...source })
  }
  return [...env.values()]
}

function readName(section: EnvSection, allowed: readonly string[]): string | null {
  const name = section.string('Name')
  if (name === null) {
    if (!section.has('Name')) {
      section.report(error('env.name-missing', 'Its Name is missing.', section.place()))
    }
    return null
  }
  const place = section.place('Name')
  if (!NAME.test(name)) {
    const fixed = name
      .slice(0, MAX_FIXABLE)
      .trim()
      .replace(/[^A-Za-z0-9_]+/g, '_')
      .replace(/^(?=\d)/, '_')
    section.report(
      error(
        'env.name-invalid',
        `"${clip(name)}" is no name for an environment variable. Use letters, digits and "_", not starting with a digit.`,
        NAME.test(fixed) && name.length <= MAX_FIXABLE
          ? { ...place, fix: `Name = "${fixed}"` }
          : place,
      ),
    )
    return null
  }
  if (isReserved(name) && !matchesAny(name, allowed)) {
    section.report(
      error(
        'env.name-reserved',
        `"${clip(name)}" is set by the platform. Choose another name.`,
        place,
      ),
    )
    return null
  }
  return name
}

function isReserved(name: string): boolean {
  if (name.startsWith('H2O_CLOUD')) return true
  return name.startsWith('H2O_WAVE') && !matchesAny(name, ALLOWED_WAVE_NAMES)
}

function matchesAny(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  )
}
