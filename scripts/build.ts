import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const stampFile = path.join(root, 'node_modules', '.wavedeck-build')
const sources = ['src/**/*.*', 'public/**/*.*', 'index.html', 'vite.config.ts', 'package-lock.json']

/** Changes with every file that goes into the built catalog. */
function stampOfSources(): string {
  const hash = createHash('sha256')
  for (const file of globSync(sources, { cwd: root }).sort()) {
    if (file.includes('.test.')) continue
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** Builds the catalog into `dist/` unless what is there was built from the same sources. */
export async function buildIfStale(): Promise<void> {
  const stamp = stampOfSources()
  const built = existsSync(path.join(root, 'dist', 'index.html')) && existsSync(stampFile)
  if (built && readFileSync(stampFile, 'utf8') === stamp) return
  console.log('Building the catalog …')
  const { build } = await import('vite')
  await build({ root, logLevel: 'warn', build: { manifest: true } })
  writeFileSync(stampFile, stamp)
}
