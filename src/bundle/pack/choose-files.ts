import { MANIFEST_PATH } from '../manifest/manifest.ts'

/**
 * Why something isn't packed: it never belongs into a bundle; it mostly holds secrets, unless
 * `.appignore` brings it back with "!"; `.appignore` says so; it is a link that isn't followed; it is
 * beside the folder that has the app.toml.
 */
export type LeaveReason = 'always' | 'secret' | '.appignore' | 'link' | 'outside'

/** A file that isn't packed, or a folder (with a slash at its end) with everything in it. */
export type LeftOut = {
  path: string
  fileCount: number
  reason: LeaveReason
  /** The line of `.appignore`, or of the packer's own list. */
  pattern: string | null
}

export const IGNORE_PATH = '.appignore'

// What belongs to a machine or a repository and never to an app, at any depth.
const ALWAYS = [
  '.git',
  '.hg/',
  '.svn/',
  '__pycache__/',
  '.venv/',
  'venv/',
  '.virtualenv/',
  '.tox/',
  '.nox/',
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

// What everybody who downloads the bundle could read.
const SECRET = [
  '.env',
  '.env.*',
  '!.env.example',
  '!.env.sample',
  '!.env.template',
  '!.env.dist',
  '.netrc',
  '.pypirc',
  '.npmrc',
  '.git-credentials',
  '.htpasswd',
  'id_rsa',
  'id_dsa',
  'id_ecdsa',
  'id_ed25519',
]

type Decision = { reason: LeaveReason; pattern: string | null } | null

/**
 * Tells which paths are packed. `rules` is the text of an `.appignore`, gitignore syntax, letter
 * case included. What is left out is grouped by the outermost folder that is left out as a whole.
 */
export async function chooseFiles(
  paths: readonly string[],
  rules: string,
): Promise<{ kept: string[]; left: LeftOut[] }> {
  const { default: ignore } = await import('ignore')
  // Two sets: an author's "!" must not bring back what is always left out.
  const always = ignore({ ignorecase: false }).add(ALWAYS)
  const chosen = ignore({ ignorecase: false })
    .add(SECRET.map((pattern) => ({ pattern, mark: 'secret' })))
    .add(rules.replace(/^\uFEFF/, ''))
  const decide = (path: string): Decision => {
    const fixed = always.test(path)
    if (fixed.ignored) return { reason: 'always', pattern: fixed.rule?.pattern ?? null }
    const { ignored, rule } = chosen.test(path)
    if (!ignored) return null
    return {
      reason: rule?.mark === 'secret' ? 'secret' : IGNORE_PATH,
      pattern: rule?.pattern ?? null,
    }
  }

  const folders = new Map<string, Decision>()
  const left = new Map<string, LeftOut>()
  const kept: string[] = []
  for (const path of paths) {
    const found = outermost(path, folders, decide)
    if (found === null) kept.push(path)
    else count(left, found.path, found.decision)
  }
  return { kept, left: [...left.values()] }
}

function outermost(
  path: string,
  folders: Map<string, Decision>,
  decide: (path: string) => Decision,
): { path: string; decision: NonNullable<Decision> } | null {
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
    const folder = path.slice(0, at + 1)
    let decision = folders.get(folder)
    if (decision === undefined) {
      decision = decide(folder)
      folders.set(folder, decision)
    }
    if (decision !== null) return { path: folder, decision }
  }
  const decision = decide(path)
  return decision === null ? null : { path, decision }
}

function count(
  left: Map<string, LeftOut>,
  path: string,
  decision: NonNullable<Decision>,
  files = 1,
): void {
  const known = left.get(path)
  if (known === undefined) left.set(path, { path, fileCount: files, ...decision })
  else known.fileCount += files
}

/**
 * The folder to pack, of paths that are relative to the one that was given: '' where that has the
 * app.toml itself or nothing below has one, else the nearest folder with one. Throws an Error where
 * several are equally near.
 */
export async function findRoot(paths: readonly string[]): Promise<string> {
  if (paths.includes(MANIFEST_PATH)) return ''
  const manifests = paths.filter((path) => path.endsWith(`/${MANIFEST_PATH}`))
  const { kept } = await chooseFiles(manifests, '')
  const folders = kept.map((path) => path.slice(0, -MANIFEST_PATH.length - 1))
  const depth = (folder: string) => folder.split('/').length
  const least = folders.reduce((min, folder) => Math.min(min, depth(folder)), Infinity)
  const [root = '', ...others] = folders.filter((folder) => depth(folder) === least)
  if (others.length === 0) return root
  const names = [root, ...others].slice(0, 5).map((folder) => `"${folder}"`)
  throw new Error(`The folder holds several apps: ${names.join(', ')}. Choose the folder of one`)
}

/** What is beside the root folder, grouped by the outermost folders that don't lead to it. */
export function outsideOf(root: string, paths: readonly string[]): LeftOut[] {
  const left = new Map<string, LeftOut>()
  const prefix = `${root}/`
  for (const path of paths) {
    if (root === '' || path.startsWith(prefix)) continue
    let end = path.indexOf('/') + 1
    while (end > 0 && prefix.startsWith(path.slice(0, end))) end = path.indexOf('/', end) + 1
    count(left, end === 0 ? path : path.slice(0, end), { reason: 'outside', pattern: null })
  }
  return [...left.values()]
}
