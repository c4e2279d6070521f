import { error, warning, type Finding, type Place } from '../../finding.ts'
import { clip } from '../../manifest/table.ts'
import type { Archive } from '../../zip/archive.ts'
import { showName } from '../../zip/entry-name.ts'
import { resolveInRoot } from '../resolve-in-root.ts'
import { nearFiles } from './near-files.ts'
import type { Requirement } from './requirement.ts'

/** Folders of the machine that made the bundle, as conda and `pip freeze` write them: nowhere else. */
const BUILD_MACHINE =
  /^(?:\/croot\/|\/tmp\/build\/|\/home\/conda\/|\/opt\/conda\/conda-bld\/|\/Users\/|\/?[a-z]:[\\/])/i

/** Where a cloud unpacks the bundle. Other platforms use other folders. */
const RESOURCES = '/resources/'

/** What `-e` and a folder need, for pip to install it. */
const PROJECT_FILES = ['pyproject.toml', 'setup.py']

/**
 * Checks what requirements ask for by path: whether it is in the bundle, and can be installed. Paths
 * are relative to the root, also in included files, as pip takes them from where it runs.
 */
export function checkLocal(archive: Archive, requirements: readonly Requirement[]): Finding[] {
  const findings: Finding[] = []
  const missing: { requirement: Requirement; path: string; resolved: string }[] = []
  for (const requirement of requirements) {
    const { source, path } = requirement
    if (source !== 'file' || path === null || path.includes('${')) continue
    const resolved = /^[a-z]:[\\/]/i.test(path) ? null : resolveInRoot(path)
    if (resolved === null) {
      findings.push(outside(archive, requirement, path))
      continue
    }
    const isFile = archive.get(resolved)?.isFolder === false
    const isFolder = resolved === '' || archive.hasFolder(resolved)
    if (isFile && !requirement.editable) continue
    if (isFolder && (requirement.editable || !ARCHIVE_FILE.test(resolved))) {
      if (!isProject(archive, resolved)) findings.push(notInstallable(requirement, path))
    } else missing.push({ requirement, path, resolved })
  }
  const near = nearFiles(
    archive,
    missing.map(({ resolved }) => withoutFragment(resolved)),
  )
  for (const { requirement, path, resolved } of missing) {
    const meant = near.get(withoutFragment(resolved)) ?? null
    findings.push(notThere(requirement, path, meant))
  }
  return findings
}

const ARCHIVE_FILE = /\.(?:whl|zip|tar|t[bgx]z|tlz|tar\.[a-z0-9]{2,4})$/i

function outside(archive: Archive, requirement: Requirement, path: string): Finding {
  const place = placeOf(requirement)
  const code = 'requirements.path-outside'
  const inside = path.startsWith(RESOURCES) ? resolveInRoot(path.slice(RESOURCES.length)) : null
  if (inside !== null && archive.get(inside) !== undefined) {
    const message = `"${clip(path)}" is where one platform unpacks the bundle; others use another folder. Write the path relative to the root.`
    return warning(code, message, { ...place, fix: `./${showName(inside)}` })
  }
  if (BUILD_MACHINE.test(path)) {
    const message = `"${clip(path)}" is a folder of the machine that wrote this list, as "pip freeze" does in conda environments. Ask for the package by name and version, or put the file into the bundle.`
    return severityOf(requirement)(code, message, place)
  }
  const message = `"${clip(path)}" is outside the bundle, so pip finds it only by luck. Put it into the bundle, and write its path relative to the root.`
  return warning(code, message, place)
}

function notThere(requirement: Requirement, path: string, meant: string | null): Finding {
  const place = placeOf(requirement)
  const shown = clip(path)
  const fix = meant === null ? {} : { fix: `./${showName(meant)}` }
  const bare = withoutFragment(path)
  if (requirement.editable) {
    const message = `The folder "${shown}" isn’t in the bundle, and "-e" needs one. Add it, or correct its path relative to the root.`
    return error('requirements.folder-missing', message, place)
  }
  if (/\.whl$/i.test(bare)) {
    const message = `The wheel "${shown}" isn’t in the bundle. Add it, or correct its path relative to the root.`
    return severityOf(requirement)('requirements.wheel-missing', message, { ...place, ...fix })
  }
  if (ARCHIVE_FILE.test(bare)) {
    const message = `The file "${shown}" isn’t in the bundle. Add it, or correct its path relative to the root.`
    return severityOf(requirement)('requirements.file-missing', message, { ...place, ...fix })
  }
  // pip takes what is no folder for the name of a package, which no path can be: no marker helps.
  const message = `There is no folder "${shown}" in the bundle. Add it, or correct its path relative to the root.`
  return error('requirements.folder-missing', message, { ...place, ...fix })
}

function notInstallable(requirement: Requirement, path: string): Finding {
  return error(
    'requirements.folder-not-installable',
    `The folder "${clip(path)}" has neither pyproject.toml nor setup.py, so pip can’t install it. Add one, or remove the line.`,
    placeOf(requirement),
  )
}

// pip leaves out what a marker excludes, and fetches nothing for a constraint.
function severityOf({ marker, constraint }: Requirement): typeof error {
  return marker === null && !constraint ? error : warning
}

function isProject(archive: Archive, folder: string): boolean {
  return PROJECT_FILES.some((name) => {
    const path = folder === '' ? name : `${folder}/${name}`
    return archive.get(path)?.isFolder === false
  })
}

function withoutFragment(path: string): string {
  return path.split('#', 1)[0] ?? path
}

function placeOf({ file, line, column }: Requirement): Place {
  return { path: file, line, column }
}
