import type { Finding } from '../finding.ts'
import { MANIFEST_PATH } from '../manifest/manifest.ts'
import { clip, isTable, SECTION_KEYS, type SectionName } from '../manifest/table.ts'
import type { TomlItem, TomlPath } from '../manifest/toml-source.ts'
import type { Change, Fix, TextEdit } from './fix.ts'
import type { TomlDocument } from './toml-document.ts'

type Proposal = { title: string; edits: TextEdit[] }

/**
 * The change to app.toml that a finding in it asks for, unchecked; null where somebody has to decide.
 * Keys without effect are never removed: another program may read them.
 */
export function proposeManifestFix(document: TomlDocument, finding: Finding): Fix | null {
  const proposal = propose(document, finding)
  if (proposal === null || proposal.edits.length === 0) return null
  const change: Change = { kind: 'edit', path: MANIFEST_PATH, edits: proposal.edits }
  return { title: proposal.title, changes: [change] }
}

function propose(document: TomlDocument, finding: Finding): Proposal | null {
  const { code, line, column } = finding
  if (code === 'manifest.byte-order-mark') {
    return { title: 'Remove the byte order mark', edits: [{ start: 0, end: 1, text: '' }] }
  }
  const section = /^link\.(runtime|file|env)-(?:present|unused)$/.exec(code)?.[1]
  if (section !== undefined) return removeSection(document, section)
  if (line === undefined || column === undefined) return null
  const items = document.at(line, column)
  const keys = items.filter((item) => item.kind !== 'element' && item.key !== item.end)
  const value = items.find((item) => item.kind !== 'header' && isValueAt(document, item, finding))
  switch (code) {
    case 'manifest.key-spelling':
    case 'manifest.unknown-key':
    case 'manifest.unknown-section':
      return finding.fix === undefined ? null : renameKey(document, keys, code, finding.fix)
    case 'manifest.key-conflict':
      return removeTwin(document, keys)
    case 'manifest.tag-empty':
    case 'manifest.tag-repeated':
      return value === undefined ? null : removeItem(document, value, `Remove this tag`)
    case 'env.optional-unused':
    case 'file.optional-unused':
      return value === undefined ? null : removeItem(document, value, 'Remove Optional')
    case 'env.name-repeated':
      return value === undefined ? null : removeEarlier(document, value)
    default:
      return writeValue(document, items, finding.fix)
  }
}

function isValueAt(document: TomlDocument, item: TomlItem, { line, column }: Finding): boolean {
  return line !== undefined && column !== undefined && document.isValueAt(item, line, column)
}

function withoutIndex(path: TomlPath): TomlPath {
  return typeof path.at(-1) === 'number' ? path.slice(0, -1) : path
}

function renameKey(
  document: TomlDocument,
  items: readonly TomlItem[],
  code: string,
  name: string,
): Proposal | null {
  if (!/^[A-Za-z]+$/.test(name)) return null
  for (const item of items) {
    const full = withoutIndex(item.path)
    // A dotted key is one place for several names: the finding is about one of them.
    const lengths = code === 'manifest.unknown-section' ? [1] : [full.length, 1]
    for (const length of lengths) {
      const path = full.slice(0, length)
      const old = path.at(-1)
      if (typeof old !== 'string' || old === name) continue
      if (code === 'manifest.key-spelling' && old.toLowerCase() !== name.toLowerCase()) continue
      return {
        title: `Rename ${clip(old)} to ${name}`,
        edits: document.rename(path, name),
      }
    }
  }
  return null
}

// Two spellings of one key that say the same: the later one goes.
function removeTwin(document: TomlDocument, items: readonly TomlItem[]): Proposal | null {
  for (const item of items) {
    const key = item.path.at(-1)
    const table = document.value(item.path.slice(0, -1))
    if (typeof key !== 'string' || !isTable(table)) continue
    const value = table[key]
    const twin = Object.keys(table).find(
      (other) => other !== key && other.toLowerCase() === key.toLowerCase(),
    )
    if (twin === undefined || typeof value === 'object' || table[twin] !== value) continue
    return removeItem(document, item, `Remove ${clip(key)}, which repeats ${clip(twin)}`)
  }
  return null
}

function removeItem(document: TomlDocument, item: TomlItem, title: string): Proposal | null {
  const edit = document.remove(item)
  return edit === null ? null : { title, edits: [edit] }
}

function removeSection(document: TomlDocument, name: string): Proposal | null {
  const root = document.value([])
  const key = isTable(root) && Object.keys(root).find((other) => other.toLowerCase() === name)
  if (typeof key !== 'string') return null
  const edits = document.removeTables([[key]])
  return edits === null ? null : { title: `Remove the section [${key}]`, edits }
}

// The last one wins, so the ones before it go.
function removeEarlier(document: TomlDocument, item: TomlItem): Proposal | null {
  const [section, index, key] = item.path
  if (section === undefined || typeof index !== 'number' || key === undefined) return null
  const entries = document.value([section])
  const name = document.value(item.path)
  if (!Array.isArray(entries) || typeof name !== 'string') return null
  const same: TomlPath[] = []
  for (const [position, entry] of entries.entries()) {
    if (!isTable(entry)) continue
    const own = Object.entries(entry).find(([other]) => other.toLowerCase() === 'name')
    if (own?.[1] === name) same.push([section, position])
  }
  const edits = document.removeTables(same.slice(0, -1))
  const count = same.length - 1
  return edits === null
    ? null
    : {
        title: `Keep only the last ${clip(name)}, removing ${count === 1 ? 'the one' : count} before it`,
        edits,
      }
}

/** A finding's `fix` that is a line of app.toml, such as `Version = "1.2.0"`. */
const LINE = /^([A-Za-z]+) = (\S[^\r\n]*)$/

function writeValue(
  document: TomlDocument,
  items: readonly TomlItem[],
  fix: string | undefined,
): Proposal | null {
  const [, key, raw] = LINE.exec(fix ?? '') ?? []
  if (key === undefined || raw === undefined) return null
  for (const item of items) {
    if (item.kind === 'header') {
      const order = keysOf(withoutIndex(item.path))
      const edit = order.includes(key) ? document.insert(item.path, key, raw, order) : null
      if (edit !== null) return { title: `Add ${key} = ${clip(raw)}`, edits: [edit] }
    } else if (String(item.path.at(-1)).toLowerCase() === key.toLowerCase()) {
      return { title: `Change ${key} to ${clip(raw)}`, edits: [document.replace(item, raw)] }
    }
  }
  return null
}

function keysOf(section: TomlPath): readonly string[] {
  const names = Object.keys(SECTION_KEYS) as SectionName[]
  const name = names.find((known) => known.toLowerCase() === String(section[0]).toLowerCase())
  return name === undefined || section.length !== 1 ? [] : SECTION_KEYS[name]
}
