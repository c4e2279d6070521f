// Packs a folder into a bundle: npm run pack -- FOLDER [-o FILE]
import { stat, writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { inspectBundle } from '../src/bundle/inspect.ts'
import { packBundle } from '../src/bundle/pack/pack.ts'
import { readFolder } from '../platform/files/read-folder.ts'

const USAGE = `Usage: npm run pack -- FOLDER [-o FILE]

Packs a folder into a bundle, honouring its .appignore.
  -o, --output FILE   where to write it; by default <Name>.<Version>.wave, here
Errors that would keep the bundle from being imported are listed, but it is written all the same.
Exit code: 0, or 2 for wrong usage or an unreadable folder.
`

function readArguments(): { folder: string; output: string | undefined } | null {
  try {
    const { values, positionals } = parseArgs({
      options: { output: { type: 'string', short: 'o' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    })
    if (values.help) {
      process.stdout.write(USAGE)
      process.exit(0)
    }
    const [folder] = positionals
    return folder === undefined || positionals.length > 1 ? null : { folder, output: values.output }
  } catch (reason) {
    process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n\n`)
    return null
  }
}

async function main(): Promise<number> {
  const options = readArguments()
  if (options === null) {
    process.stderr.write(USAGE)
    return 2
  }
  const folder = resolve(options.folder)
  try {
    if (!(await stat(folder)).isDirectory()) throw new Error('it is no folder')
    const { bytes, left } = await packBundle(await readFolder(folder))
    const { manifest, stats, findings } = await inspectBundle(new Blob([bytes]))
    const errors = findings.filter((finding) => finding.severity === 'error')
    const usable = manifest !== null && errors.length === 0
    const name = usable ? `${manifest.name}.${manifest.version}` : basename(folder)
    const output = options.output ?? `${name}.wave`
    await writeFile(output, bytes)
    process.stdout.write(
      `${output}: ${stats.fileCount} files, ${bytes.length} bytes, ${left.length} left out\n`,
    )
    for (const { message, path, line } of errors) {
      const where = path === undefined ? '' : `${path}${line === undefined ? '' : `:${line}`}: `
      process.stderr.write(`error: ${where}${message}\n`)
    }
    return 0
  } catch (reason) {
    process.stderr.write(
      `${options.folder} can't be packed: ${reason instanceof Error ? reason.message : String(reason)}\n`,
    )
    return 2
  }
}

process.exitCode = await main()
