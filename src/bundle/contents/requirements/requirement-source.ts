import {
  addressKind,
  decode,
  fileNameOf,
  fragmentValue,
  parseAddress,
  revisionOf,
} from './address.ts'
import type { LineReport } from './line-report.ts'
import { readNamed, type NamedRequirement } from './named-requirement.ts'
import { normalizeName } from './normalize-name.ts'
import type { Requirement } from './requirement.ts'
import { readWheelName } from './wheel-name.ts'

/** What is asked for, and where it comes from. Extras are as they are written. */
export type Source = Pick<
  Requirement,
  'name' | 'spelling' | 'extras' | 'clauses' | 'source' | 'url' | 'path' | 'pinned' | 'version'
>

const NOTHING: Source = {
  name: null,
  spelling: null,
  extras: [],
  clauses: [],
  source: 'file',
  url: null,
  path: null,
  pinned: true,
  version: null,
}

// Source: pip's `ARCHIVE_EXTENSIONS`.
const ARCHIVE = /\.(?:whl|zip|tar|tgz|tbz|txz|tlz|tar\.(?:gz|bz2|xz|lz|lzma))$/i

/**
 * What a line, without its marker and options, asks for: pip's own guess between address, path and
 * name. Null, with a finding, where pip can't tell. Source: pip's `parse_req_from_line`.
 */
export function sourceOf(text: string, hasMarker: boolean, report: LineReport): Source | null {
  if (addressKind(text) !== null) return addressSource(text, 0, hasMarker, report)
  const { path, extras } = splitExtras(text)
  const at = text.indexOf('@')
  const mayBeNamed = at > 0 && !looksLikePath(text.slice(0, at))
  if (ARCHIVE.test(path) && !mayBeNamed) return { ...fileSource(path), extras }
  const named = readNamed(text)
  if (!('message' in named)) return namedSource(named, hasMarker, report)
  if (looksLikePath(text) && !mayBeNamed) return { ...fileSource(path), extras }
  report.unreadable(named.index, named.message, {
    ...(named.fix === undefined ? {} : { fix: named.fix }),
    certain: !(named.late === true && hasMarker),
  })
  return null
}

/** What `-e` asks for; `index` is where it stands in the line. Source: pip's `parse_editable`. */
export function editableSource(text: string, index: number, report: LineReport): Source | null {
  const named = text.includes('@') ? readNamed(text.split(';', 1)[0] ?? '') : null
  if (named !== null && 'spelling' in named && named.address !== null) {
    const source = addressSource(named.address.text, index, false, report)
    return source === null ? null : { ...source, ...nameAndExtras(named) }
  }
  const { path, extras } = splitExtras(text)
  const kind = addressKind(text)
  if (kind === null) return { ...fileSource(path), extras }
  if (kind === 'url') {
    report.unreadable(index, 'Only a folder or an address of version control can be editable')
    return null
  }
  if (kind === 'file') {
    const source = addressSource(path, index, false, report)
    return source === null ? null : { ...source, extras }
  }
  const source = addressSource(text, index, false, report)
  if (source?.name === null) {
    report.unreadable(index, 'Its name is missing: add “#egg=” with the name to the address')
    return null
  }
  return source
}

function namedSource(
  named: NamedRequirement,
  hasMarker: boolean,
  report: LineReport,
): Source | null {
  const { clauses, address } = named
  if (named.doubt !== null) {
    const { index, message } = named.doubt
    const text = `${message}. Not every version of pip reads this line. Correct it.`
    report.warning('requirements.version', index, text)
  }
  if (address === null) {
    const exact = clauses.find(
      ({ operator, version }) =>
        operator === '===' || (operator === '==' && !version.endsWith('.*')),
    )
    return {
      ...NOTHING,
      ...nameAndExtras(named),
      clauses,
      source: 'index',
      pinned: exact !== undefined,
      version: exact?.version ?? null,
    }
  }
  const source = addressSource(address.text, address.index, hasMarker, report)
  if (source === null) return null
  if (source.source === 'file' && source.path !== null && !source.path.startsWith('/')) {
    report.warning(
      'requirements.relative-address',
      address.index,
      'pip before 24.1 takes no relative path after "@". Write the path alone.',
      relative(source.path),
    )
  }
  return { ...source, ...nameAndExtras(named) }
}

function nameAndExtras({ spelling, extras }: NamedRequirement): Partial<Source> {
  return { name: normalizeName(spelling), spelling, extras }
}

function addressSource(
  text: string,
  index: number,
  hasMarker: boolean,
  report: LineReport,
): Source | null {
  const address = parseAddress(text)
  const kind = addressKind(text) ?? 'url'
  const egg = fragmentValue(address.fragment, 'egg')
  const name = egg === null ? null : (/^[a-z0-9][\w.-]{0,100}/i.exec(egg)?.[0] ?? null)
  const base: Source = {
    ...NOTHING,
    name: name === null ? null : normalizeName(name),
    spelling: name,
    extras: egg === null ? [] : splitExtras(egg).extras,
    url: report.cleanAddress(text, index),
  }
  if (kind === 'vcs') return { ...base, source: 'vcs', pinned: revisionOf(address) !== null }
  const wheel = wheelSource(fileNameOf(address.path))
  if (kind === 'url') return { ...base, ...wheel, source: 'url' }
  if (address.host === '' || address.host.toLowerCase() === 'localhost') {
    return { ...base, ...wheel, path: decode(address.path) }
  }
  const message =
    'After "file://" comes the name of a machine, so pip finds no file there. Write the path alone, relative to the root of the bundle.'
  const fix = relative(decode(address.host + address.path))
  // pip notices only when it wants the file, which a marker can prevent.
  if (hasMarker) report.warning('requirements.file-address', index, message, fix)
  else report.error('requirements.file-address', index, message, fix)
  return { ...base, ...wheel, source: 'url' }
}

function fileSource(path: string): Source {
  return { ...NOTHING, ...wheelSource(path.slice(path.lastIndexOf('/') + 1)), path }
}

function wheelSource(fileName: string): Partial<Source> {
  if (!/\.whl$/i.test(fileName)) return {}
  const { wheel } = readWheelName(fileName)
  if (wheel === null) return {}
  return { name: normalizeName(wheel.name), spelling: wheel.name, version: wheel.version }
}

function splitExtras(text: string): { path: string; extras: string[] } {
  const open = text.endsWith(']') ? text.lastIndexOf('[') : -1
  if (open <= 0 || open === text.length - 2) return { path: text, extras: [] }
  const extras = text.slice(open + 1, -1).split(',', 50)
  return { path: text.slice(0, open), extras: extras.map((extra) => extra.trim()) }
}

// Source: pip's `_looks_like_path`.
function looksLikePath(text: string): boolean {
  return text.includes('/') || text.startsWith('.')
}

function relative(path: string): string {
  return /^\.{0,2}\//.test(path) ? path : `./${path}`
}
