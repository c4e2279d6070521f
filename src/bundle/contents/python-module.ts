import { clip } from '../manifest/table.ts'
import type { Archive } from '../zip/archive.ts'

/** Found, or why `python3 -m` would fail, with the module that was meant instead. */
export type ModuleLookup = { found: true } | { found: false; reason: string; meant: string | null }

// Compiled into or frozen in the interpreter: it never looks for them in the bundle.
const BUILT_IN = new Set(
  'abc atexit builtins codecs errno faulthandler gc genericpath importlib io itertools marshal ntpath os posix posixpath runpy signal site stat sys time zipimport'.split(
    ' ',
  ),
)

/** Names of the files that can hold a module's code: source, or compiled without its source. */
const CODE = ['.py', '.pyc']

/**
 * Looks a module up as `python3 -m` does from the bundle's root: regular packages first, then
 * modules, then folders without `__init__.py`; a package needs a `__main__`.
 */
export function findModule(archive: Archive, module: string): ModuleLookup {
  const hasCode = (path: string) =>
    CODE.some((extension) => archive.get(path + extension)?.isFolder === false)
  const fail = (reason: string): ModuleLookup => ({
    found: false,
    reason,
    meant: meantModule(archive, module),
  })

  const parts = module.split('.')
  const [first = ''] = parts
  if (BUILT_IN.has(first))
    return fail(`"${clip(first)}" is part of Python itself, which comes before the bundle`)
  let folder = ''
  for (const part of parts.slice(0, -1)) {
    folder += (folder === '' ? '' : '/') + part
    if (hasCode(`${folder}/__init__`)) continue
    if (hasCode(folder))
      return fail(`"${clip(folder)}.py" is a file, so it can't hold further modules`)
    if (!archive.hasFolder(folder)) return fail(`there is no folder "${clip(folder)}"`)
  }
  const path = parts.join('/')
  if (hasCode(`${path}/__init__`)) {
    return hasCode(`${path}/__main__`)
      ? { found: true }
      : fail(`the package "${clip(path)}" has no __main__.py`)
  }
  if (hasCode(path) || hasCode(`${path}/__main__`)) return { found: true }
  if (archive.hasFolder(path)) return fail(`the folder "${clip(path)}" has no __main__.py`)
  return fail(`there is neither "${clip(path)}.py" nor "${clip(path)}/__main__.py"`)
}

// The same name in other letters, or the same file in another folder if there's just one.
function meantModule(archive: Archive, module: string): string | null {
  const wanted = module.toLowerCase()
  const last = wanted.slice(wanted.lastIndexOf('.') + 1)
  const near: string[] = []
  for (const { path, isFolder } of archive.entries) {
    if (isFolder || !path.endsWith('.py')) continue
    const name = path
      .slice(0, -3)
      .replaceAll('/', '.')
      .replace(/\.__main__$/, '')
    if (name === module || !/^[\w.]+$/.test(name)) continue
    if (name.toLowerCase() === wanted) return name
    if (name.toLowerCase().endsWith(`.${last}`) || name.toLowerCase() === last) near.push(name)
  }
  return near.length === 1 ? (near[0] ?? null) : null
}
