import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Archive } from '../../src/bundle/zip/archive.ts'
import { openArchive } from '../../src/bundle/zip/open-archive.ts'
import { openFile } from '../files/open-file.ts'

/**
 * Unpacks a bundle that passed the inspection into an empty folder. The archive reader has refused unsafe paths
 * and links; the check here holds even if it should ever be wrong.
 *
 * @throws when the archive can't be read, a file differs from its checksum, or the disk is full
 */
export async function unpackBundle(bundleFile: string, folder: string): Promise<void> {
  const file = await openFile(bundleFile)
  try {
    const { archive, findings } = await openArchive(file.blob)
    if (archive === null) {
      throw new Error(findings[0]?.message ?? 'The stored bundle can’t be read.')
    }
    await unpackEntries(archive, folder)
  } finally {
    await file.close()
  }
}

async function unpackEntries(archive: Archive, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const entry of archive.entries) {
    const target = path.join(folder, entry.path)
    if (!target.startsWith(folder + path.sep)) throw new Error(`Unsafe path: ${entry.path}`)
    if (entry.isFolder) {
      await mkdir(target, { recursive: true })
      continue
    }
    await mkdir(path.dirname(target), { recursive: true })
    await pipeline(Readable.from(archive.stream(entry)), createWriteStream(target, { flags: 'wx' }))
  }
}
