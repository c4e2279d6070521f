// Backs up a platform, running or not: npm run backup -- FILE [--data-dir FOLDER]
import path from 'node:path'
import { parseArgs } from 'node:util'
import { BackupError, backUp } from '../platform/backup/backup.ts'

const usage = `Usage: npm run backup -- FILE [--data-dir FOLDER]

Writes everything that the platform keeps into one tar file; it may go on running.
  --data-dir FOLDER    what to back up (WAVEDECK_DATA_DIR, default .wavedeck)
`

function readArguments(): { file: string; dataDir: string } | null {
  try {
    const { values, positionals } = parseArgs({
      options: { 'data-dir': { type: 'string' } },
      allowPositionals: true,
    })
    const [file] = positionals
    if (file === undefined || positionals.length > 1) return null
    const root = path.resolve(import.meta.dirname, '..')
    const dataDir =
      values['data-dir'] ?? process.env['WAVEDECK_DATA_DIR'] ?? path.join(root, '.wavedeck')
    return { file: path.resolve(file), dataDir: path.resolve(dataDir) }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return null
  }
}

const given = readArguments()
if (given === null) {
  console.error(usage)
  process.exit(2)
}
try {
  const { apps, instances } = await backUp(given.dataDir, given.file, new Date())
  console.log(`Backed up ${apps} apps and ${instances} instances to ${given.file}`)
} catch (error) {
  if (!(error instanceof BackupError)) throw error
  console.error(error.message)
  process.exit(1)
}
