import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** The data folder can't be used; the message says why and what to do. */
export class DataFolderError extends Error {}

/**
 * Takes the data folder for this process alone. The lock is the operating system's, through SQLite, so that it is
 * gone with the process, however that ends.
 *
 * @returns how to tell others where this platform listens, and how to let go
 * @throws {DataFolderError} when the folder can't be written or another process has it
 */
export function takeDataFolder(dataDir: string): { announce(url: string): void; release(): void } {
  const holder = path.join(dataDir, 'holder.json')
  const write = (url: string | null) =>
    writeFileSync(holder, JSON.stringify({ process: process.pid, url }))
  let lock: DatabaseSync | undefined
  try {
    mkdirSync(dataDir, { recursive: true })
    lock = new DatabaseSync(path.join(dataDir, 'lock.sqlite'))
    lock.exec('BEGIN EXCLUSIVE')
    write(null)
  } catch (error) {
    lock?.close()
    const text = error instanceof Error ? error.message : String(error)
    if (text.includes('locked')) {
      throw new DataFolderError(
        `The data folder ${dataDir} is in use by ${whoHolds(holder)}. Stop that one, or start with another --data-dir.`,
      )
    }
    throw new DataFolderError(
      `The data folder ${dataDir} can’t be written (${text}). Mend its permissions or free some space, or start with another --data-dir.`,
    )
  }
  const held = lock
  return { announce: write, release: () => held.close() }
}

function whoHolds(file: string): string {
  try {
    const { process: pid, url } = JSON.parse(readFileSync(file, 'utf8'))
    if (!Number.isSafeInteger(pid)) return 'another Wavedeck'
    return `another Wavedeck (process ${pid}${typeof url === 'string' ? `, ${url}` : ''})`
  } catch {
    return 'another Wavedeck'
  }
}
