import type { Archive, Entry } from '../zip/archive.ts'
import { packLetters, packText } from '../zip/bytes.ts'
import { showName } from '../zip/entry-name.ts'
import { advice, warning, type Finding } from '../finding.ts'
import { MANIFEST_PATH } from '../manifest/manifest.ts'

type Kind = {
  code: string
  severity: 'warning' | 'advice'
  /** Completes "3 files …". */
  what: string
  matches(path: string): boolean
}

const inFolder = (pattern: RegExp) => (path: string) =>
  path.split('/').some((part) => pattern.test(part))
const named = (pattern: RegExp) => (path: string) =>
  pattern.test(path.slice(path.lastIndexOf('/') + 1))

// The first kind that matches takes the file.
const KINDS: readonly Kind[] = [
  {
    code: 'content.git',
    severity: 'warning',
    what: 'belong to version control, which may hold old secrets',
    matches: inFolder(/^\.(git|hg|svn)$/),
  },
  {
    code: 'content.virtual-environment',
    severity: 'warning',
    what: 'belong to a Python environment of your machine',
    matches: inFolder(/^(\.venv|venv|\.virtualenv|site-packages|\.tox|\.nox)$/),
  },
  {
    code: 'content.node-modules',
    severity: 'warning',
    what: 'are installed Node packages',
    matches: inFolder(/^node_modules$/),
  },
  {
    code: 'content.macos',
    severity: 'advice',
    what: 'are macOS metadata',
    matches: (path) => /^__MACOSX(\/|$)/.test(path) || named(/^(\.DS_Store|\._.+)$/)(path),
  },
  {
    code: 'content.windows',
    severity: 'advice',
    what: 'are Windows metadata',
    matches: named(/^(Thumbs\.db|desktop\.ini)$/i),
  },
  {
    code: 'content.cache',
    severity: 'advice',
    what: 'are caches that Python tools make anew',
    matches: inFolder(
      /^(__pycache__|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.ipynb_checkpoints)$/,
    ),
  },
  {
    code: 'content.editor',
    severity: 'advice',
    what: 'are settings of an editor',
    matches: inFolder(/^(\.idea|\.vscode)$/),
  },
  {
    code: 'content.env-file',
    severity: 'warning',
    what: 'are .env files, which mostly hold secrets that everybody who downloads the bundle can read',
    matches: named(/^\.env(\.(?!example$|sample$|template$|dist$).+)?$/),
  },
  {
    code: 'content.credentials',
    severity: 'warning',
    what: 'hold credentials of your machine',
    matches: named(/^(\.netrc|\.pypirc|\.npmrc|\.git-credentials|\.htpasswd)$/),
  },
  {
    code: 'content.private-key',
    severity: 'warning',
    what: 'are private keys, which everybody who downloads the bundle can read',
    matches: named(/^(id_(rsa|dsa|ecdsa|ed25519)|.+\.(p12|pfx|jks|ppk))$/i),
  },
  {
    code: 'content.bundle',
    severity: 'advice',
    what: 'are bundles inside the bundle',
    matches: named(/\.wave$/i),
  },
  {
    code: 'manifest.several',
    severity: 'advice',
    what: 'are manifests that nobody reads, as only the one at the root counts',
    matches: (path) => path.endsWith('/app.toml'),
  },
]

// One cheap test that most paths fail; every kind above must pass it.
const SUSPECT =
  /(?:^|\/)(?:\.|__pycache__|__MACOSX|node_modules|venv|site-packages|id_|thumbs|desktop)|\.(?:p12|pfx|jks|ppk|wave|pem|key)$|\/app\.toml$/i

// What SUSPECT says of a plain name, from its first or last letters alone.
const STARTS = new Set(
  ['__p', '__m', 'nod', 'ven', 'sit', 'id_', 'thu', 'des', 'app'].map(packText),
)
const ENDINGS = new Set(['p12', 'pfx', 'jks', 'ppk', 'pem', 'key'].map(packText))
const WAVE = packText('wav')
const DOT = 0x2e

function mayBeSuspect(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] === DOT || STARTS.has(packLetters(bytes, start))) return true
  if (bytes[end - 4] === DOT) return ENDINGS.has(packLetters(bytes, end - 3))
  return bytes[end - 5] === DOT && packLetters(bytes, end - 4) === WAVE
}

/** Key files are looked into, but only small and few ones. */
const MAX_KEY_BYTES = 64 * 1024
const MAX_KEY_FILES = 16

/** The code of the finding for a path that doesn't belong into a bundle; null for all others. */
export function strayCodeOf(path: string): string | null {
  return kindOf(path)?.code ?? null
}

function kindOf(path: string): Kind | undefined {
  return SUSPECT.test(path) ? KINDS.find((kind) => kind.matches(path)) : undefined
}

/** One finding for each kind of file that doesn't belong into a bundle, with the first as example. */
export async function findStrayFiles(archive: Archive): Promise<Finding[]> {
  const found = new Map<Kind, Entry[]>()
  const add = (kind: Kind, entry: Entry) => {
    const list = found.get(kind)
    if (list === undefined) found.set(kind, [entry])
    else list.push(entry)
  }
  let keyFiles = 0
  const keys = KINDS.find((kind) => kind.code === 'content.private-key')
  const suspects = archive.select({ folder: (path) => SUSPECT.test(path), name: mayBeSuspect })
  for (const entry of suspects) {
    if (!SUSPECT.test(entry.path)) continue
    const kind = KINDS.find((candidate) => candidate.matches(entry.path))
    // Without one at the root, the others have a finding of their own.
    if (kind?.code === 'manifest.several' && archive.get(MANIFEST_PATH) === undefined) continue
    if (kind !== undefined) add(kind, entry)
    else if (keys && /\.(pem|key)$/i.test(entry.path) && keyFiles < MAX_KEY_FILES) {
      keyFiles++
      if (entry.size <= MAX_KEY_BYTES && (await holdsPrivateKey(archive, entry))) add(keys, entry)
    }
  }
  return [...found].map(([kind, [first, ...others]]) => {
    const make = kind.severity === 'warning' ? warning : advice
    const count = others.length + 1
    const subject = count === 1 ? 'This file and its like' : `${count} files, this one among them,`
    return make(
      kind.code,
      `${subject} ${kind.what}. Leave them out, with .appignore or by "npm run pack".`,
      first === undefined ? {} : { path: showName(first.path) },
    )
  })
}

async function holdsPrivateKey(archive: Archive, entry: Entry): Promise<boolean> {
  const text = new TextDecoder().decode(await archive.readStart(entry, MAX_KEY_BYTES))
  return /-----BEGIN ([A-Z]+ )*PRIVATE KEY( BLOCK)?-----/.test(text)
}
