import type { Language } from './languages.ts'

export type FileKind = {
  /** “Python source”: what it is, as a heading says it. */
  words: string
  isImage?: boolean
  language?: Language
}

const kinds: readonly (readonly [names: string, kind: FileKind])[] = [
  ['py pyi pyw', { words: 'Python source', language: 'python' }],
  ['toml', { words: 'TOML', language: 'toml' }],
  ['ini cfg conf properties', { words: 'Settings', language: 'toml' }],
  ['json ipynb geojson webmanifest', { words: 'JSON', language: 'json' }],
  ['jsonl ndjson', { words: 'JSON lines', language: 'json' }],
  ['yaml yml', { words: 'YAML', language: 'yaml' }],
  ['md markdown', { words: 'Markdown', language: 'markdown' }],
  ['sh bash zsh', { words: 'Shell script', language: 'shell' }],
  ['js mjs cjs jsx', { words: 'JavaScript', language: 'script' }],
  ['ts tsx', { words: 'TypeScript', language: 'script' }],
  ['c h cc cpp hpp java go rs', { words: 'Source code', language: 'script' }],
  ['css scss less', { words: 'Stylesheet', language: 'css' }],
  ['html htm', { words: 'Web page', language: 'markup' }],
  ['xml svg', { words: 'XML', language: 'markup' }],
  ['txt log rst', { words: 'Text' }],
  ['csv tsv', { words: 'Table' }],
  ['r sql', { words: 'Source code' }],
  ['png', { words: 'PNG image', isImage: true }],
  ['jpg jpeg', { words: 'JPEG image', isImage: true }],
  ['gif', { words: 'GIF image', isImage: true }],
  ['webp', { words: 'WebP image', isImage: true }],
  ['bmp tif tiff ico avif heic', { words: 'Image' }],
  ['whl', { words: 'Python wheel' }],
  ['zip wave jar', { words: 'Zip archive' }],
  ['gz tgz bz2 xz zst 7z rar tar', { words: 'Archive' }],
  ['pkl pickle joblib', { words: 'Python pickle' }],
  ['npy npz', { words: 'NumPy array' }],
  ['parquet', { words: 'Parquet table' }],
  ['arrow feather', { words: 'Arrow table' }],
  ['h5 hdf5', { words: 'HDF5 data' }],
  ['xls xlsx', { words: 'Spreadsheet' }],
  ['pdf', { words: 'PDF document' }],
  ['db sqlite sqlite3', { words: 'SQLite database' }],
  ['onnx pt pth safetensors mojo', { words: 'Trained model' }],
  ['ttf otf woff woff2', { words: 'Font' }],
  ['mp3 wav ogg flac', { words: 'Sound' }],
  ['mp4 webm mov avi', { words: 'Video' }],
  ['so dll dylib pyd exe', { words: 'Program code' }],
  ['pyc pyo', { words: 'Python cache' }],
]

const byExtension = new Map<string, FileKind>(
  kinds.flatMap(([names, kind]) => names.split(' ').map((name) => [name, kind] as const)),
)

const byName = new Map<string, FileKind>([
  ['requirements.txt', { words: 'Python requirements', language: 'shell' }],
  ['packages.txt', { words: 'System packages', language: 'shell' }],
  ['app.toml', { words: 'Manifest', language: 'toml' }],
  ['.appignore', { words: 'Ignore rules', language: 'shell' }],
  ['.gitignore', { words: 'Ignore rules', language: 'shell' }],
  ['dockerfile', { words: 'Dockerfile', language: 'shell' }],
  ['makefile', { words: 'Makefile', language: 'shell' }],
  ['license', { words: 'Text' }],
])

/** What a file is by its name, for people; what it really holds is told by reading it. */
export function fileKind(name: string): FileKind {
  const lower = name.toLowerCase()
  const dot = lower.lastIndexOf('.')
  return (
    byName.get(lower) ??
    (dot > 0 ? byExtension.get(lower.slice(dot + 1)) : undefined) ?? { words: 'File' }
  )
}
