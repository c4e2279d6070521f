import { compareVersions, parseVersion } from '../../rules/semver.ts'
import type { Inspection, InspectOptions } from '../inspect.ts'
import { MANIFEST_PATH } from '../manifest/manifest.ts'
import { isTable, SECTION_KEYS } from '../manifest/table.ts'
import { applyEdits, type Fix, type TextEdit } from './fix.ts'
import { findPart, partsOf, readText } from './parts.ts'
import { givesVersion } from './propose-fix.ts'
import { TomlDocument } from './toml-document.ts'

/** Characters of a version: it becomes part of a Kubernetes label value. */
const MAX_LENGTH = 63

/**
 * A version for a try while developing: `-YYYYMMDDhhmmss` in UTC at its end, in place of an older
 * one. `1.2.0` becomes `1.2.0-20260102030405`, which comes before 1.2.0; `1.2.0-rc.1` becomes
 * `1.2.0-rc.1-20260102030405`, which comes after it and before rc.2. Null where the version isn't
 * valid or would have more than the 63 characters that the platform takes. Throws a RangeError for a
 * year that isn't written with four digits.
 */
export function withDevelopmentSuffix(version: string, date: Date): string | null {
  const year = date.getUTCFullYear()
  if (!(year >= 1000 && year <= 9999)) throw new RangeError('The year must have four digits')
  const stamp = date.toISOString().slice(0, 19).replace(/\D/g, '')
  const result = `${version.replace(/-\d{14}$/, '')}-${stamp}`
  return isUsable(result) ? result : null
}

function isUsable(version: string): boolean {
  return (
    version.length <= MAX_LENGTH &&
    parseVersion(version)?.build.length === 0 &&
    /[A-Za-z0-9]$/.test(version)
  )
}

/**
 * An app.toml with another version, everything else as it was; null where it has no [App] to put it
 * in, or is no TOML. Throws a RangeError for a version that the platform doesn't take.
 */
export async function setVersion(tomlText: string, version: string): Promise<string | null> {
  const edit = await versionEdit(tomlText, version)
  return edit && applyEdits(tomlText, [edit])
}

async function versionEdit(tomlText: string, version: string): Promise<TextEdit | null> {
  if (!isUsable(version)) throw new RangeError('The platform takes no such version')
  const document = await TomlDocument.open(tomlText)
  const root = document?.value([])
  if (!document || !isTable(root)) return null
  const section = Object.keys(root).find((key) => key.toLowerCase() === 'app')
  const app = section === undefined ? undefined : root[section]
  if (section === undefined || !isTable(app)) return null
  const raw = JSON.stringify(version)
  const key = Object.keys(app).find((name) => name.toLowerCase() === 'version')
  if (key === undefined) return document.insert([section], 'Version', raw, SECTION_KEYS.App)
  const item = document.find([section, key])
  return item === undefined ? null : document.replace(item, raw)
}

/**
 * A fix that gives the app another version, for when this one is taken. Null where the bundle would
 * be refused with it, or its app.toml can't be changed. Throws as `setVersion` does.
 */
export async function proposeVersion(
  inspection: Inspection,
  version: string,
  options: InspectOptions = {},
): Promise<Fix | null> {
  const { archive, manifest } = inspection
  if (archive === null || archive.get(MANIFEST_PATH)?.isFolder !== false) return null
  const text = await readText(archive, findPart(partsOf(archive), MANIFEST_PATH))
  const edit = await versionEdit(text, version)
  if (edit === null) return null
  const isHigher = manifest !== null && compareVersions(version, manifest.version) > 0
  const fix: Fix = {
    title: `${isHigher ? 'Raise' : 'Change'} the version to ${version}`,
    changes: [{ kind: 'edit', path: MANIFEST_PATH, edits: [edit] }],
  }
  return (await givesVersion(inspection, fix, version, options)) ? fix : null
}
