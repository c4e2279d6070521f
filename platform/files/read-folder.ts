import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import type { PackFile } from '../../src/bundle/pack/pack.ts'

/**
 * Every regular file under a folder, with paths relative to it. A link to a file inside the folder
 * stands for that file; a link that leads out, to a folder or nowhere is listed as a link. Files are
 * read when they're wanted. Rejects when a folder can't be read.
 */
export async function readFolder(folder: string): Promise<PackFile[]> {
  const root = await realpath(folder)
  const files: PackFile[] = []

  async function follow(relative: string): Promise<PackFile> {
    const target = await realpath(path.join(root, relative)).catch(() => null)
    const isFile = target !== null && (await stat(target)).isFile()
    if (isFile && target.startsWith(root + path.sep)) {
      return { path: relative, read: () => readFile(target) }
    }
    const refuse = () => Promise.reject(new Error('it is a link that isn’t followed'))
    return { path: relative, read: refuse, isLink: true }
  }

  async function walk(relative: string): Promise<void> {
    for (const item of await readdir(path.join(root, relative), { withFileTypes: true })) {
      const inside = relative === '' ? item.name : `${relative}/${item.name}`
      if (item.isDirectory()) await walk(inside)
      else if (item.isSymbolicLink()) files.push(await follow(inside))
      else if (item.isFile()) {
        files.push({ path: inside, read: () => readFile(path.join(root, inside)) })
      }
    }
  }
  await walk('')
  return files
}
