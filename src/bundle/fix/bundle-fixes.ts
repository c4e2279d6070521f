import type { Finding } from '../finding.ts'
import { findNestedRoots } from '../inspect.ts'
import { MANIFEST_PATH } from '../manifest/manifest.ts'
import { strayCodeOf } from '../contents/stray-files.ts'
import type { Archive } from '../zip/archive.ts'
import { showName } from '../zip/entry-name.ts'
import type { Fix } from './fix.ts'
import { proposeListFix } from './list-fixes.ts'
import { findPart, partsOf, readText } from './parts.ts'

/** Files that a machine made and no app needs, by the code of their finding. */
const REMOVABLE: Record<string, string> = {
  'content.git': 'files of version control',
  'content.virtual-environment': 'files of a Python environment',
  'content.node-modules': 'files of Node packages',
  'content.macos': 'files of macOS metadata',
  'content.windows': 'files of Windows metadata',
  'content.cache': 'files of caches',
  'content.editor': 'files of editor settings',
}

/**
 * The change to the bundle's files that a finding asks for, unchecked; null where somebody has to
 * decide. Secrets are never removed: the app may need them, and they are known by now.
 */
export async function proposeBundleFix(archive: Archive, finding: Finding): Promise<Fix | null> {
  const { code, path, fix } = finding
  if (REMOVABLE[code] !== undefined) return removeStray(archive, code, REMOVABLE[code])
  switch (code) {
    case 'archive.nested-root':
      return reroot(archive)
    case 'manifest.missing':
      return path === undefined || fix !== MANIFEST_PATH ? null : rename(path, fix)
    case 'archive.name-not-utf8':
      return markNames(archive)
    // An icon keeps its name, as early platforms know no other than icon.png.
    case 'screenshot.extension-mismatch':
      return path === undefined || fix === undefined || !/^\.[a-z]+$/.test(fix)
        ? null
        : rename(path, path.replace(/(?:\.[^./]*)?$/, fix))
    default:
      return path === undefined || !/^(?:requirements|packages)\./.test(code)
        ? null
        : proposeListFix(await readText(archive, findPart(partsOf(archive), path)), finding)
  }
}

function rename(from: string, to: string): Fix {
  return {
    title: `Rename ${showName(from)} to ${showName(to)}`,
    changes: [{ kind: 'rename', from, to }],
  }
}

function removeStray(archive: Archive, code: string, what: string): Fix | null {
  const paths = new Set<string>()
  let count = 0
  for (const { path, isFolder } of archive.entries) {
    if (isFolder || strayCodeOf(path) !== code) continue
    count++
    paths.add(strayRoot(path, code))
  }
  const [first] = paths
  if (first === undefined) return null
  const title = count === 1 ? `Remove ${showName(first)}` : `Remove ${count} ${what}`
  return { title, changes: [{ kind: 'remove', paths: [...paths] }] }
}

// The outermost folder in which every file is of this kind, else the file.
function strayRoot(path: string, code: string): string {
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
    if (strayCodeOf(`${path.slice(0, at)}/x`) === code) return path.slice(0, at)
  }
  return path
}

// Only where nothing but junk is beside the folder: anything else may belong to the app.
function reroot(archive: Archive): Fix | null {
  const [folder, other] = findNestedRoots(archive)
  if (folder === undefined || other !== undefined) return null
  const beside = new Set<string>()
  for (const { path, isFolder } of archive.entries) {
    if (path.startsWith(`${folder}/`) || `${folder}/`.startsWith(`${path}/`)) continue
    if (!isFolder && REMOVABLE[strayCodeOf(path) ?? ''] === undefined) return null
    let end = path.indexOf('/')
    while (end > 0 && `${folder}/`.startsWith(path.slice(0, end + 1))) {
      end = path.indexOf('/', end + 1)
    }
    beside.add(end < 0 ? path : path.slice(0, end))
  }
  const junk = [...beside]
  const also = junk.length === 0 ? '' : `, and remove ${junk.map(showName).slice(0, 3).join(', ')}`
  return {
    title: `Make ${showName(folder)} the root of the bundle${also}${junk.length > 3 ? ' and more' : ''}`,
    changes: [
      ...(junk.length === 0 ? [] : [{ kind: 'remove' as const, paths: junk }]),
      { kind: 'reroot', folder },
    ],
  }
}

// Only names whose bytes are UTF-8 without the mark: those of other encodings are guesses.
function markNames(archive: Archive): Fix | null {
  const paths: string[] = []
  for (const { path, isFolder, flags, nameLength } of archive.entries) {
    const length = new TextEncoder().encode(path).length
    if (length === path.length || flags & FLAG_UTF8) continue
    if (length + (isFolder ? 1 : 0) !== nameLength) return null
    if (!isFolder) paths.push(path)
  }
  const [first] = paths
  if (first === undefined) return null
  const what = paths.length === 1 ? `the name ${showName(first)}` : `${paths.length} names`
  return {
    title: `Mark ${what} as UTF-8`,
    // Rewriting marks them all; one change is enough to have it rewritten.
    changes: [{ kind: 'rename', from: first, to: first }],
  }
}

const FLAG_UTF8 = 1 << 11
