import { randomUUID } from 'node:crypto'
import {
  type FileHandle,
  lstat,
  open,
  readdir,
  readlink,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { syncFolder } from '../blobs/sync-folder.ts'
import { TarWriter } from './tar.ts'

/** A backup can't be made or restored; the message is for the operator. */
export class BackupError extends Error {}

export const databaseName = 'wavedeck.sqlite'
/** The last entry: what there has to be before it. */
export const summaryName = 'summary.json'

export type Summary = {
  /** Grows when an older Wavedeck could not restore it. */
  readonly format: number
  readonly createdAt: string
  readonly apps: number
  readonly instances: number
  readonly blobs: number
}

/** Every blob that some row refers to. */
export function blobsReferredTo(database: DatabaseSync): string[] {
  const rows = database
    .prepare('select bundle_sha256 as sha from apps union select sha256 from app_images')
    .all()
  return rows.map(({ sha }) => String(sha))
}

const passes = 20

/**
 * Writes everything that the platform keeps into one file: blobs, then the database, then the volumes. It takes no lock
 * and disturbs nobody, whether a platform runs on the folder or not.
 *
 * The database is one moment's, and every blob of that moment is there: what one snapshot refers to is written first,
 * then a newer snapshot is taken, until one refers to nothing new. Blobs never change, so it doesn't matter when they
 * are read. Volumes are as they are when they are read.
 *
 * @throws {BackupError} where there is nothing to back up, or the file can't be written; nothing is left of it then
 */
export async function backUp(dataDir: string, file: string, now: Date): Promise<Summary> {
  const source = path.join(dataDir, databaseName)
  if (!existsSync(source)) {
    throw new BackupError(`There is no Wavedeck in ${dataDir}. Name its folder with --data-dir.`)
  }
  const folder = path.dirname(file)
  const partial = path.join(folder, `.${path.basename(file)}.${randomUUID()}`)
  const snapshot = `${partial}.sqlite`
  try {
    // It holds secrets: for its owner alone.
    const handle = await open(partial, 'wx', 0o600)
    let summary: Summary
    try {
      summary = await write(dataDir, source, snapshot, handle, now)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(partial, file)
    await syncFolder(folder)
    return summary
  } catch (error) {
    if (error instanceof BackupError) throw error
    const text = error instanceof Error ? error.message : String(error)
    throw new BackupError(`The backup could not be made: ${text}. Nothing was left at ${file}.`, {
      cause: error,
    })
  } finally {
    for (const left of [partial, snapshot]) await rm(left, { force: true }).catch(() => {})
  }
}

async function write(
  dataDir: string,
  source: string,
  snapshot: string,
  handle: FileHandle,
  now: Date,
): Promise<Summary> {
  const tar = new TarWriter(handle)
  const written = new Set<string>()
  for (let pass = 0; pass < passes; pass += 1) {
    await takeSnapshot(source, snapshot)
    const database = new DatabaseSync(snapshot, { readOnly: true })
    try {
      let missing = 0
      for (const sha256 of blobsReferredTo(database)) {
        if (written.has(sha256)) continue
        const blob = path.join(dataDir, 'blobs', sha256.slice(0, 2), sha256)
        if (await addFile(tar, blob, `blobs/${sha256}`, 0o600)) written.add(sha256)
        // Deleted with its app since the snapshot; a newer one won't refer to it.
        else missing += 1
      }
      if (missing > 0) continue
      await addFile(tar, snapshot, databaseName, 0o600)
      const ids = database.prepare('select id from instances').all()
      for (const { id } of ids) await addTree(tar, dataDir, `volumes/${String(id)}`)
      const count = (sql: string) => Number(database.prepare(sql).get()?.['n'])
      const summary: Summary = {
        format: 1,
        createdAt: now.toISOString(),
        apps: count('select count(*) as n from apps'),
        instances: ids.length,
        blobs: blobsReferredTo(database).length,
      }
      const text = Buffer.from(`${JSON.stringify(summary, null, 2)}\n`)
      const entry = { path: summaryName, type: 'file', mode: 0o600, target: '' } as const
      await tar.add({ ...entry, size: text.length }, [text])
      await tar.end()
      return summary
    } finally {
      database.close()
    }
  }
  throw new BackupError(
    'Bundles that the database refers to are missing from blobs/. Start the platform and see which apps have lost theirs.',
  )
}

/** Copies the database as it is at one moment, while others read and write it. */
async function takeSnapshot(source: string, target: string): Promise<void> {
  // Made before, so that nobody else may read it.
  await writeFile(target, '', { mode: 0o600 })
  const database = new DatabaseSync(source, { readOnly: true, timeout: 30_000 })
  try {
    database.prepare('VACUUM INTO ?').run(target)
  } finally {
    database.close()
  }
}

/** @returns false where there is no such file */
async function addFile(tar: TarWriter, file: string, name: string, mode: number): Promise<boolean> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    if (isGone(error)) return null
    throw error
  })
  if (handle === null) return false
  try {
    const { size } = await handle.stat()
    const entry = { path: name, type: 'file', size, mode, target: '' } as const
    await tar.add(entry, exactly(handle, size))
    return true
  } finally {
    await handle.close()
  }
}

/** As many bytes as were announced: of a file that grows no more, for one that shrinks zeros, as tar does it. */
async function* exactly(handle: FileHandle, size: number): AsyncIterable<Uint8Array> {
  for (let position = 0; position < size;) {
    const length = Math.min(256 * 1024, size - position)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
    yield bytesRead === 0 ? buffer : buffer.subarray(0, bytesRead)
    position += bytesRead === 0 ? length : bytesRead
  }
}

/** Folders, files and symbolic links; sockets and the like live with their process. */
async function addTree(tar: TarWriter, dataDir: string, name: string): Promise<void> {
  const place = path.join(dataDir, name)
  const stats = await lstat(place).catch((error: unknown) => {
    if (isGone(error)) return null
    throw error
  })
  if (stats === null) return
  const entry = { path: name, size: 0, mode: stats.mode, target: '' }
  if (stats.isSymbolicLink()) {
    await tar.add({ ...entry, type: 'link', target: await readlink(place) })
  } else if (stats.isFile()) {
    await addFile(tar, place, name, stats.mode)
  } else if (stats.isDirectory()) {
    await tar.add({ ...entry, type: 'folder' })
    for (const child of await readdir(place)) await addTree(tar, dataDir, `${name}/${child}`)
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
