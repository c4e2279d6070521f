import type { TomlTable, TomlValue } from 'smol-toml'
import { advice, error, warning, type Finding, type Place } from '../finding.ts'
import { MANIFEST_PATH } from './manifest.ts'
import { showName } from '../zip/entry-name.ts'
import { suggest } from './suggest.ts'
import type { TomlPath, TomlSource } from './toml-source.ts'
import { fixOf, tomlText } from './toml-text.ts'

/** What the readers of all sections share. */
export type ManifestContext = { source: TomlSource; findings: Finding[] }

/** The keys of each section, spelled as the platform documents them. */
export const SECTION_KEYS = {
  App: [
    'Name',
    'Version',
    'Title',
    'Description',
    'LongDescription',
    'Category',
    'Keywords',
    'Tags',
    'InstanceLifecycle',
    'InstanceTimeout',
    'SetupGuide',
  ],
  Runtime: [
    'Module',
    'RuntimeVersion',
    'VolumeMount',
    'VolumeSize',
    'ResourceVolumeSize',
    'MemoryLimit',
    'MemoryReservation',
    'CPULimit',
    'CPUReservation',
    'GPUCount',
    'GPUType',
    'EnableOIDC',
    'EnableSHM',
    'RoutingMode',
    'AppMode',
    'Port',
    'CustomImage',
    'AppArgs',
    'AppEntryPoint',
  ],
  Env: ['Name', 'Value', 'Secret', 'SecretKey', 'Optional'],
  File: ['Path', 'Value', 'Secret', 'SecretKey', 'Optional'],
  Link: ['Address'],
} as const satisfies Record<string, readonly string[]>

export type SectionName = keyof typeof SECTION_KEYS

const MAX_SUGGESTIONS = 50

export function isTable(value: TomlValue | undefined): value is TomlTable {
  return (
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.prototype.toString.call(value) === '[object Object]'
  )
}

/** How a TOML value's type is called in messages. */
export function typeName(value: TomlValue): string {
  if (Array.isArray(value)) return 'a list'
  if (isTable(value)) return 'a table'
  if (typeof value === 'object') return 'a date'
  return { string: 'a text', boolean: 'true or false', number: 'a number', bigint: 'a number' }[
    typeof value as 'string' | 'boolean' | 'number' | 'bigint'
  ]
}

/**
 * Maps the keys of a table to their documented spelling: other letter case is advised against,
 * unknown keys are warned about, two spellings of one key refused.
 */
export function matchKeys(
  context: ManifestContext,
  table: TomlTable,
  path: TomlPath,
  known: readonly string[],
  words: { noun: string; unknownCode: string },
): Map<string, { key: string; value: TomlValue }> {
  const { source, findings } = context
  const matched = new Map<string, { key: string; value: TomlValue }>()
  let unknown = 0
  for (const [key, value] of Object.entries(table)) {
    const place = { path: MANIFEST_PATH, ...source.key([...path, key]) }
    const canonical = known.find((name) => name.toLowerCase() === key.toLowerCase())
    if (canonical === undefined) {
      // Guessing is slow, and nobody reads the hundredth guess.
      const meant = unknown++ < MAX_SUGGESTIONS ? suggest(key, known) : null
      findings.push(
        warning(
          words.unknownCode,
          `"${clip(key)}" is no ${words.noun} that the platform knows, so it has no effect.${meant === null ? ' Remove it.' : ` Did you mean "${meant}"?`}`,
          meant === null ? place : { ...place, fix: meant },
        ),
      )
      continue
    }
    const other = matched.get(canonical)
    if (other !== undefined) {
      findings.push(
        error(
          'manifest.key-conflict',
          `"${other.key}" and "${key}" are the same ${words.noun}, as letter case doesn't count. Remove one of them.`,
          place,
        ),
      )
      continue
    }
    if (key !== canonical) {
      findings.push(
        advice('manifest.key-spelling', `The documented spelling of "${key}" is "${canonical}".`, {
          ...place,
          fix: canonical,
        }),
      )
    }
    matched.set(canonical, { key, value })
  }
  return matched
}

const MAX_SHOWN = 80

/** At most 80 characters of a text, made safe for showing as `showName` does. */
export function clip(text: string): string {
  // Cut first: what follows looks at every character.
  const shown = showName(text.slice(0, MAX_SHOWN + 1))
  // Half of a surrogate pair at the end would be unreadable.
  return shown.length > MAX_SHOWN
    ? `${shown.slice(0, MAX_SHOWN - 3).replace(/[\ud800-\udbff]$/, '')}…`
    : shown
}

/** One section of the manifest: its values by documented key, wrong types reported on reading. */
export class Section<Key extends string> {
  readonly #context: ManifestContext
  readonly #path: TomlPath
  readonly #values: Map<string, { key: string; value: TomlValue }>

  constructor(
    context: ManifestContext,
    table: TomlTable,
    path: TomlPath,
    name: string,
    keys: readonly Key[],
  ) {
    this.#context = context
    this.#path = path
    this.#values = matchKeys(context, table, path, keys, {
      noun: `key of [${name}]`,
      unknownCode: 'manifest.unknown-key',
    })
  }

  has(key: Key): boolean {
    return this.#values.has(key)
  }

  /** Where the value of a key stands; without a key, or where it is absent, the section. */
  place(key?: Key, index?: number): Place {
    const found = key === undefined ? undefined : this.#values.get(key)
    if (found === undefined) return { path: MANIFEST_PATH, ...this.#context.source.key(this.#path) }
    const path = [...this.#path, found.key, ...(index === undefined ? [] : [index])]
    return { path: MANIFEST_PATH, ...this.#context.source.value(path) }
  }

  /** A text; null when absent or, with a finding, of another type. */
  string(key: Key): string | null {
    const found = this.#values.get(key)
    if (found === undefined) return null
    if (typeof found.value === 'string') return found.value
    const raw = this.#context.source.text([...this.#path, found.key])
    const isScalar = typeof found.value !== 'object'
    return this.#wrongType(
      key,
      'a text',
      found.value,
      isScalar && raw !== null ? `"${raw}"` : undefined,
    )
  }

  /** A text that isn't blank; null when absent, blank or, with a finding, of another type. */
  text(key: Key): string | null {
    const value = this.string(key)
    return value === null || value.trim() === '' ? null : value
  }

  boolean(key: Key): boolean | null {
    const found = this.#values.get(key)
    if (found === undefined) return null
    if (typeof found.value === 'boolean') return found.value
    const meant =
      found.value === 1 ||
      /^(true|yes|on|1)$/i.test(typeof found.value === 'string' ? found.value : '')
        ? 'true'
        : 'false'
    return this.#wrongType(key, 'true or false, without quotes', found.value, meant)
  }

  /** A whole number; null when absent or, with a finding, anything else. */
  integer(key: Key): number | null {
    const found = this.#values.get(key)
    if (found === undefined) return null
    const { value } = found
    // The parser tells 8080 from 8080.0 only by the text.
    const raw = this.#context.source.text([...this.#path, found.key]) ?? ''
    const isFloat = /^[+-]?[\d_]+(\.|e)/i.test(raw) && !/^0[xob]/i.test(raw)
    if (typeof value === 'number' && Number.isInteger(value) && !isFloat) return value
    const digits =
      typeof value === 'string' && /^\s*[+-]?\d{1,15}\s*$/.test(value) ? value.trim() : null
    return this.#wrongType(
      key,
      'a whole number, without quotes',
      value,
      digits === null ? undefined : String(Number(digits)),
    )
  }

  /** A list of texts; empty when absent. Elements of other types are reported and left out. */
  strings(key: Key): string[] {
    const found = this.#values.get(key)
    if (found === undefined) return []
    if (!Array.isArray(found.value)) {
      const fixed = typeof found.value === 'string' ? `[${tomlText(found.value)}]` : undefined
      this.#wrongType(key, 'a list of texts', found.value, fixed)
      return []
    }
    const texts: string[] = []
    for (const [index, item] of found.value.entries()) {
      if (typeof item === 'string') texts.push(item)
      else {
        this.report(
          error(
            'manifest.wrong-type',
            `Every element of ${key} must be a text, but this is ${typeName(item)}.`,
            this.place(key, index),
          ),
        )
      }
    }
    return texts
  }

  /** The value whatever its type, for keys that take several. */
  raw(key: Key): TomlValue | undefined {
    return this.#values.get(key)?.value
  }

  report(finding: Finding): void {
    this.#context.findings.push(finding)
  }

  #wrongType(key: Key, wanted: string, value: TomlValue, fixed: string | undefined): null {
    this.report(
      error('manifest.wrong-type', `${key} must be ${wanted}, but it is ${typeName(value)}.`, {
        ...this.place(key),
        ...(fixed === undefined ? {} : fixOf(key, fixed)),
      }),
    )
    return null
  }
}
