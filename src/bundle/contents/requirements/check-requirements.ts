import { warning, type Finding } from '../../finding.ts'
import { clip } from '../../manifest/table.ts'
import type { Archive } from '../../zip/archive.ts'
import { resolveInRoot } from '../resolve-in-root.ts'
import { addressKind, parseAddress } from './address.ts'
import { checkLocal } from './check-local.ts'
import { checkTogether } from './check-together.ts'
import { checkWheels } from './check-wheels.ts'
import type { ParsedRequirements, RequirementsOption } from './requirement.ts'

export type RequirementsContext = {
  /** The manifest's; its name tells the Python that wheels must fit. */
  runtimeVersion: string | null
}

/**
 * Checks what the requirements ask for against the bundle, the runtime and each other. The findings
 * of reading them aren't among the answer. Errors are only what makes every version of pip fail.
 */
export function checkRequirements(
  archive: Archive,
  { requirements, options }: ParsedRequirements,
  { runtimeVersion }: RequirementsContext,
): Finding[] {
  return [
    ...checkLocal(archive, requirements),
    ...checkWheels(
      requirements.filter(({ path }) => path === null || isThere(archive, path)),
      runtimeVersion,
    ),
    ...checkTogether(requirements, options),
    ...options.flatMap((option) => checkOption(archive, option)),
  ]
}

function isThere(archive: Archive, path: string): boolean {
  const resolved = resolveInRoot(path)
  return resolved !== null && archive.get(resolved)?.isFolder === false
}

function checkOption(archive: Archive, option: RequirementsOption): Finding[] {
  const { name, value, file, line, column } = option
  const isSearched = name === '--find-links'
  if (value === null || value.includes('${')) return []
  if (!isSearched && name !== '--index-url' && name !== '--extra-index-url') return []
  const place = { path: file, line, column }
  const kind = addressKind(value)
  if (kind === 'url') {
    const { scheme, host } = parseAddress(value)
    if (scheme !== 'http' || /^(?:localhost|127\.|\[::1\])/.test(host)) return []
    const message = `Packages from ${clip(host)} come over plain http, where anybody on the way can put in others. Use https.`
    return [warning('requirements.insecure-index', message, place)]
  }
  if (!isSearched || kind !== null || value.startsWith('/')) return []
  // pip looks beside the file first, then where it runs.
  const beside = file.slice(0, file.lastIndexOf('/') + 1)
  const folders = [beside + value, value].map((path) => resolveInRoot(path))
  const isFound = folders.some(
    (path) => path !== null && (path === '' || archive.hasFolder(path) || archive.get(path)),
  )
  if (isFound) return []
  const message = `There is no folder "${clip(value)}" in the bundle, so pip finds no packages there. Add it, or remove the line.`
  return [warning('requirements.find-links-missing', message, place)]
}
