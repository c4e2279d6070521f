import { createHash } from 'node:crypto'
import { chmod, mkdir, open, readdir, rename, rm, rmdir, symlink } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { syncFolder } from '../blobs/sync-folder.ts'
import { BackupError, blobsReferredTo, databaseName, type Summary, summaryName } from './backup.ts'
import { readTar, type TarEntry, TarError } from './tar.ts'

type Link = { readonly place: string; readonly target: string }

/**
 * Makes a data folder from a backup. It is put together beside its place and moved there once everything was checked,
 * so that there is never half a one.
 *
 * @throws {BackupError} for a folder that isn't empty, and for a backup that is cut off or damaged; nothing is left then
 */
export async function restore(file: string, dataDir: string): Promise<Summary> {
  await refuseUsed(dataDir)
  const partial = `${dataDir}.restoring-${process.pid}`
  try {
    await mkdir(path.dirname(dataDir), { recursive: true })
    await mkdir(partial, { mode: 0o700 })
    const summary = await unpack(file, partial)
    await syncFolders(partial)
    await rmdir(dataDir).catch(() => {})
    await rename(partial, dataDir)
    await syncFolder(path.dirname(dataDir))
    return summary
  } catch (error) {
    if (error instanceof BackupError) throw error
    const text = error instanceof Error ? error.message : String(error)
    const whose = error instanceof TarError ? `${file} is not a whole backup: ` : ''
    throw new BackupError(`${whose}${text}. Nothing was restored.`, { cause: error })
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

async function refuseUsed(dataDir: string): Promise<void> {
  const names = await readdir(dataDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new BackupError(`${dataDir} can’t be used: ${error.message}.`)
  })
  if (names.length === 0) return
  throw new BackupError(
    `${dataDir} is not empty. Restore into a new folder, then start with --data-dir.`,
  )
}

async function unpack(file: string, folder: string): Promise<Summary> {
  const archive = await open(file, 'r')
  try {
    const links: Link[] = []
    const modes: [place: string, mode: number][] = []
    const blobs = new Set<string>()
    let summary: Summary | undefined
    for await (const { entry, content } of readTar(archive)) {
      if (summary !== undefined) throw new TarError('it goes on after its end')
      const place = placeOf(entry, folder)
      if (entry.path === summaryName) {
        summary = await readSummary(content)
      } else if (entry.type === 'link') {
        // Made last, so that nothing is ever written through one.
        links.push({ place, target: entry.target })
      } else if (entry.type === 'folder') {
        await mkdir(place, { recursive: true })
        modes.push([place, entry.mode])
      } else {
        const sha256 = await writeFile(place, entry.mode, content)
        if (!entry.path.startsWith('blobs/')) continue
        if (sha256 !== path.basename(place)) throw new TarError(`${entry.path} holds other bytes`)
        blobs.add(sha256)
      }
    }
    if (summary === undefined) throw new TarError('it ends before its end')
    await checkDatabase(folder, blobs)
    for (const { place, target } of links) await symlink(target, place)
    // Innermost first: a folder may not let anybody in any more.
    for (const [place, mode] of modes.toReversed()) await chmod(place, mode & 0o777)
    return summary
  } finally {
    await archive.close()
  }
}

/** Where an entry belongs; only what a backup holds is let in, and nothing outside the folder. */
function placeOf({ path: name, type }: TarEntry, folder: string): string {
  const parts = name.split('/')
  const isSafe = parts.every((part) => part !== '' && part !== '.' && part !== '..')
  const [top = '', second = ''] = parts
  if (isSafe && type === 'file') {
    if (name === databaseName || name === summaryName) return path.join(folder, name)
    if (top === 'blobs' && parts.length === 2 && /^[0-9a-f]{64}$/.test(second)) {
      return path.join(folder, 'blobs', second.slice(0, 2), second)
    }
  }
  if (isSafe && top === 'volumes' && parts.length > 1) return path.join(folder, ...parts)
  throw new TarError('it holds what no backup holds')
}

async function writeFile(
  place: string,
  mode: number,
  content: AsyncIterable<Uint8Array>,
): Promise<string> {
  await mkdir(path.dirname(place), { recursive: true })
  const hash = createHash('sha256')
  const file = await open(place, 'wx', mode & 0o777)
  try {
    for await (const chunk of content) {
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return hash.digest('hex')
}

async function readSummary(content: AsyncIterable<Uint8Array>): Promise<Summary> {
  let text = ''
  for await (const chunk of content) text += Buffer.from(chunk).toString('utf8')
  const summary: Summary = JSON.parse(text)
  if (summary.format === 1) return summary
  throw new BackupError('This backup was made by a newer Wavedeck. Restore it with that one.')
}

/** The database is whole, and every blob it refers to was there; what it doesn't refer to is not kept. */
async function checkDatabase(folder: string, blobs: ReadonlySet<string>): Promise<void> {
  const database = new DatabaseSync(path.join(folder, databaseName), { readOnly: true })
  try {
    const rows = database.prepare('PRAGMA integrity_check').all()
    if (rows.length !== 1 || Object.values(rows[0] ?? {})[0] !== 'ok') {
      throw new TarError('its database is damaged')
    }
    if (database.prepare('PRAGMA foreign_key_check').all().length > 0) {
      throw new TarError('its database refers to what isn’t there')
    }
    const due = new Set(blobsReferredTo(database))
    for (const sha256 of due) {
      if (!blobs.has(sha256)) throw new TarError(`the blob ${sha256} is missing`)
    }
    for (const sha256 of blobs) {
      if (!due.has(sha256)) await rm(path.join(folder, 'blobs', sha256.slice(0, 2), sha256))
    }
  } finally {
    database.close()
  }
}

async function syncFolders(folder: string): Promise<void> {
  for (const item of await readdir(folder, { withFileTypes: true })) {
    if (item.isDirectory()) await syncFolders(path.join(folder, item.name))
  }
  await syncFolder(folder)
}
