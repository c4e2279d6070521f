// Writes the corpus as files, for other readers to try: npm run hostile -- FOLDER
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Family } from './case.ts'
import { archiveFamilies, manifestFamilies } from './corpus.ts'

const USAGE = `Usage: npm run hostile -- FOLDER

Writes every archive and manifest of the corpus into a new folder, with expected.json:
a list of {file, about, verdict, codes, thoroughOnly?, knownGap?, manifest?}.
`

type Expected = {
  file: string
  about: string
  verdict: string
  codes: readonly string[]
  says?: string
  thoroughOnly?: true
  knownGap?: string
  /** The app.toml alone. */
  manifest?: string
}

async function writeFamily(folder: string, { name, cases }: Family): Promise<Expected[]> {
  const expected: Expected[] = []
  for (const [index, hostile] of cases.entries()) {
    const { expect, thoroughOnly, knownGap, manifest } = hostile
    const stem = `${name}-${String(index + 1).padStart(3, '0')}`
    const file = `${stem}.wave`
    await writeFile(path.join(folder, file), await hostile.build())
    if (manifest !== undefined) await writeFile(path.join(folder, `${stem}.toml`), manifest)
    expected.push({
      file,
      about: hostile.name,
      ...expect,
      ...(thoroughOnly === undefined ? {} : { thoroughOnly }),
      ...(knownGap === undefined ? {} : { knownGap }),
      ...(manifest === undefined ? {} : { manifest: `${stem}.toml` }),
    })
  }
  return expected
}

async function main(): Promise<number> {
  const [folder, ...others] = process.argv.slice(2)
  if (folder === undefined || folder.startsWith('-') || others.length > 0) {
    process.stderr.write(USAGE)
    return 2
  }
  await mkdir(path.dirname(path.resolve(folder)), { recursive: true })
  // An existing folder may hold somebody's files.
  await mkdir(folder)
  const expected: Expected[] = []
  for (const family of [...archiveFamilies, ...manifestFamilies]) {
    expected.push(...(await writeFamily(folder, family)))
  }
  await writeFile(path.join(folder, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`)
  process.stdout.write(`${expected.length} bundles in ${folder}\n`)
  return 0
}

try {
  process.exitCode = await main()
} catch (reason) {
  process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`)
  process.exitCode = 2
}
