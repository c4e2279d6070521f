import { compareText } from '../finding.ts'

/** One file of the folder to pack; forward slashes, relative to it. */
export type PackFile = { path: string; read(): Promise<Uint8Array> }

const IGNORE_PATH = '.appignore'

// What belongs to a machine or a repository and never to an app, at any depth.
const ALWAYS_LEFT = [
  '.git/',
  '.hg/',
  '.svn/',
  '__pycache__/',
  '.venv/',
  'venv/',
  'node_modules/',
  '__MACOSX/',
  '.DS_Store',
  '._*',
  'Thumbs.db',
  'desktop.ini',
  '.ipynb_checkpoints/',
  '.pytest_cache/',
  '.mypy_cache/',
  '.ruff_cache/',
  '.idea/',
  '.vscode/',
  '*.wave',
]

/** The first moment that zip can express, so that the same files always give the same bytes. */
const FIXED_TIME = new Date(Date.UTC(1980, 0, 1))

/**
 * Packs files into a bundle, leaving out what `.appignore` (gitignore syntax) and good sense say.
 * The same files give the same bytes, whatever their order. `left` lists the paths left out, sorted.
 * Rejects when a file can't be read, when two paths are the same, or a path leads out of the folder.
 */
export async function packBundle(
  files: readonly PackFile[],
): Promise<{ bytes: Uint8Array<ArrayBuffer>; left: string[] }> {
  const sorted = files
    .map((file) => ({ file, path: normalize(file.path) }))
    .toSorted((a, b) => compareText(a.path, b.path))
  for (const [index, { path }] of sorted.entries()) {
    if (index > 0 && sorted[index - 1]?.path === path)
      throw new Error(`Two files are named "${path}"`)
  }
  const ignoreFile = sorted.find(({ path }) => path === IGNORE_PATH)
  const rules =
    ignoreFile === undefined ? '' : new TextDecoder().decode(await ignoreFile.file.read())

  const [{ default: JSZip }, { default: ignore }] = await Promise.all([
    import('jszip'),
    import('ignore'),
  ])
  // Two sets: an author's "!" must not bring back what is always left out.
  const always = ignore({ ignorecase: false }).add(ALWAYS_LEFT)
  const chosen = ignore({ ignorecase: false }).add(rules)
  const zip = new JSZip()
  const left: string[] = []
  for (const { file, path } of sorted) {
    if (always.ignores(path) || chosen.ignores(path)) {
      left.push(path)
      continue
    }
    zip.file(path, await file.read(), { date: FIXED_TIME, createFolders: false, binary: true })
  }
  const bytes = await zip.generateAsync({
    type: 'arraybuffer',
    compression: 'DEFLATE',
    compressionOptions: { level: 6 },
    platform: 'DOS',
  })
  return { bytes: new Uint8Array(bytes), left }
}

// The ignore package throws on "./a", "/a" and "../a"; the last must not be packed at all.
function normalize(path: string): string {
  const parts = path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
  if (parts.length === 0 || parts.includes('..'))
    throw new Error(`"${path}" is no path inside the folder`)
  return parts.join('/')
}
