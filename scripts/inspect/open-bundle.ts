import { stat } from 'node:fs/promises'
import { openFile } from '../../platform/files/open-file.ts'

/** A file that can't be read, with what to say of it. */
export class UnreadableFile extends Error {}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'part of its path is no folder',
  EACCES: 'you aren’t allowed to',
  EPERM: 'you aren’t allowed to',
  ELOOP: 'it is a link that leads to itself',
  ENAMETOOLONG: 'its name is too long',
}

/** Opens a bundle for the inspector. Rejects with an UnreadableFile. */
export async function openBundle(file: string): ReturnType<typeof openFile> {
  try {
    // Opening a pipe would wait for somebody to write to it.
    const stats = await stat(file)
    if (stats.isDirectory()) {
      throw new UnreadableFile(
        `${file} is a folder. Pack it first: npm run pack -- ${quoted(file)}`,
      )
    }
    if (!stats.isFile()) throw new UnreadableFile(`${file} can’t be read: it is no file.`)
    return await openFile(file)
  } catch (reason) {
    throw unreadable(file, reason)
  }
}

/** Puts the failure of a file system into words. */
export function unreadable(file: string, reason: unknown): UnreadableFile {
  if (reason instanceof UnreadableFile) return reason
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : ''
  const text = REASONS[code] ?? (reason instanceof Error ? reason.message : String(reason))
  return new UnreadableFile(`${file} can’t be read: ${text}.`)
}

function quoted(file: string): string {
  return /^[\w./+-]+$/.test(file) ? file : `'${file.replaceAll("'", String.raw`'\''`)}'`
}
