import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PackFile } from '../../src/bundle/pack/pack.ts'

/** Every regular file under a folder, with paths relative to it. Symlinks are not followed. */
export async function readFolder(folder: string): Promise<PackFile[]> {
  const files: PackFile[] = []
  async function walk(relative: string): Promise<void> {
    const items = await readdir(join(folder, relative), { withFileTypes: true })
    for (const item of items) {
      const path = relative === '' ? item.name : `${relative}/${item.name}`
      if (item.isDirectory()) await walk(path)
      else if (item.isFile()) files.push({ path, read: () => readFile(join(folder, path)) })
    }
  }
  await walk('')
  return files
}
