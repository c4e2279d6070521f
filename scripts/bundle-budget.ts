import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

const dist = path.resolve(import.meta.dirname, '..', 'dist')

/** Gzipped bytes of JavaScript before the catalog can be used. */
const budget = 200 * 1024

type Chunk = {
  file: string
  name?: string
  imports?: string[]
  dynamicImports?: string[]
  src?: string
}

/**
 * Adds up the entry, what it asks for at once, the catalog's page, and what these import statically, from the build's
 * own manifest.
 */
export async function checkBudget(): Promise<{ passed: boolean; output: string }> {
  const manifest: Record<string, Chunk> = JSON.parse(
    readFileSync(path.join(dist, '.vite', 'manifest.json'), 'utf8'),
  )
  const seen = new Set<string>()
  const visit = (key: string) => {
    const chunk = manifest[key]
    if (chunk === undefined || seen.has(key)) return
    seen.add(key)
    for (const next of chunk.imports ?? []) visit(next)
  }
  const start = manifest['index.html']?.dynamicImports ?? []
  // vite.config.ts names the piece that the catalog's page lies in.
  const page = Object.keys(manifest).find((key) => manifest[key]?.name === 'catalog')
  if (start.length === 0 || page === undefined) {
    return { passed: false, output: 'The build’s manifest lacks the start or the catalog’s page.' }
  }
  for (const key of ['index.html', ...start, page]) visit(key)
  const sizes = [...seen].map((key) => {
    const file = manifest[key]?.file ?? ''
    return { file, bytes: gzipSync(readFileSync(path.join(dist, file))).length }
  })
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`
  const rows = sizes
    .toSorted((a, b) => b.bytes - a.bytes)
    .map(({ file, bytes }) => `  ${kilobytes(bytes).padStart(9)}  ${file}`)
  return {
    passed: total <= budget,
    output: `startup JavaScript of the catalog: ${kilobytes(total)} gzip of ${kilobytes(budget)}\n${rows.join('\n')}`,
  }
}
