// Makes a data folder from a backup: npm run restore -- FILE --data-dir FOLDER
import path from 'node:path'
import { parseArgs } from 'node:util'
import { BackupError } from '../platform/backup/backup.ts'
import { restore } from '../platform/backup/restore.ts'

const usage = `Usage: npm run restore -- FILE --data-dir FOLDER

Makes the data folder FOLDER, which must not be there or be empty, from a backup; everything is checked.
`

function readArguments(): { file: string; dataDir: string } | null {
  try {
    const { values, positionals } = parseArgs({
      options: { 'data-dir': { type: 'string' } },
      allowPositionals: true,
    })
    const [file] = positionals
    const dataDir = values['data-dir']
    if (file === undefined || dataDir === undefined || positionals.length > 1) return null
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
  const { createdAt, apps, instances } = await restore(given.file, given.dataDir)
  console.log(`Restored ${apps} apps and ${instances} instances of ${createdAt}.`)
  console.log(`Start with: npm start -- --data-dir ${given.dataDir}`)
} catch (error) {
  if (!(error instanceof BackupError)) throw error
  console.error(error.message)
  process.exit(1)
}
