import type { Archive } from '../../zip/archive.ts'
import { normalizeName } from './normalize-name.ts'
import { readWheelName } from './wheel-name.ts'

/** How near a file is to what was wanted: another letter case, another folder, another version. */
const CASE = 0
const FOLDER = 1
const VERSION = 2

/**
 * For paths that aren't in the archive, the files that were most likely meant: the same path in
 * other letters, the same name in another folder, or another wheel of the same package. Goes through
 * the archive once, and only when something is missing.
 */
export function nearFiles(archive: Archive, missing: readonly string[]): Map<string, string> {
  const found = new Map<string, { path: string; rank: number }>()
  if (missing.length === 0) return new Map()
  const wanted = new Map<string, { path: string; rank: number }[]>()
  const want = (key: string, path: string, rank: number) => {
    const list = wanted.get(key)
    if (list === undefined) wanted.set(key, [{ path, rank }])
    else if (list.length < MAX_SAME) list.push({ path, rank })
  }
  for (const path of new Set(missing)) {
    const key = path.toLowerCase()
    want(`path ${key}`, path, CASE)
    want(`name ${lastPart(key)}`, path, FOLDER)
    const distribution = distributionOf(lastPart(path))
    if (distribution !== null) want(`wheel ${distribution}`, path, VERSION)
  }
  for (const { path, isFolder } of archive.entries) {
    if (isFolder) continue
    const key = path.toLowerCase()
    const name = lastPart(key)
    const distribution = name.endsWith('.whl') ? distributionOf(lastPart(path)) : null
    const matches = [
      ...(wanted.get(`path ${key}`) ?? []),
      ...(wanted.get(`name ${name}`) ?? []),
      ...(distribution === null ? [] : (wanted.get(`wheel ${distribution}`) ?? [])),
    ]
    for (const { path: missed, rank } of matches) {
      if (rank < (found.get(missed)?.rank ?? Infinity)) found.set(missed, { path, rank })
    }
  }
  return new Map([...found].map(([missed, { path }]) => [missed, path]))
}

/** Ways to write the same missing file that are told apart. */
const MAX_SAME = 20

function lastPart(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

function distributionOf(fileName: string): string | null {
  const { wheel } = readWheelName(fileName)
  return wheel === null ? null : normalizeName(wheel.name)
}
