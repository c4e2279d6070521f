import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { syncFolder } from '../blobs/sync-folder.ts'
import type { Config } from '../config.ts'
import { Problem } from '../http/problem.ts'
import { Lock } from '../lock.ts'
import { isDiskFull } from '../store/errors.ts'
import type { Reserve } from '../store/reserve.ts'
import type { Database } from '../store/schema.ts'
import {
  deleteUpload,
  getUpload,
  listAllUploads,
  listUploads,
  postponeExpiry,
  putUpload,
  type UploadRow,
} from '../store/uploads.ts'
import { UploadLocks } from './upload-locks.ts'

/** One person's uploads together are at most so many of the largest bundles. */
const largestPerUser = 4
const hourMs = 60 * 60 * 1000
const isId = /^[0-9a-f]{32}$/

export type Upload = UploadRow & {
  /** Bytes that have arrived. */
  readonly offset: number
}

type Parts = {
  readonly config: Config
  readonly database: Database
  readonly reserve: Reserve
  readonly now: () => Date
}

export const uploadNotFound = () =>
  new Problem(
    404,
    'upload.not-found',
    'There is no such upload. It was imported, cancelled or has expired; begin a new one.',
  )

/**
 * Bundles on their way: a row says whose and how large, a file named by the id holds what has arrived, and its size is
 * how much that is. The row is first to come and last to go but for an import, where it goes with the transaction; what
 * a crash leaves of one without the other is swept.
 */
export class Uploads {
  readonly locks = new UploadLocks()
  readonly #parts: Parts
  readonly #folder: string
  /** Two that begin at once must not both be the last that was allowed. */
  readonly #beginning = new Lock()
  #timer: NodeJS.Timeout | undefined

  private constructor(parts: Parts) {
    this.#parts = parts
    this.#folder = path.join(parts.config.dataDir, 'uploads')
  }

  /** Sweeps first: also rows whose file is gone, as after a restore. */
  static async open(parts: Parts): Promise<Uploads> {
    const uploads = new Uploads(parts)
    await mkdir(uploads.#folder, { recursive: true })
    for (const { id } of await listAllUploads(parts.database)) {
      if ((await uploads.#size(id)) === undefined) await deleteUpload(parts.database, id)
    }
    await uploads.sweep()
    uploads.#timer = setInterval(() => {
      uploads.sweep().catch((error: unknown) => {
        console.error('wavedeck: expired uploads could not be removed:', error)
      })
    }, hourMs).unref()
    return uploads
  }

  /** Waits for those who write; what they have written stays. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.locks.idle()
  }

  file(id: string): string {
    return path.join(this.#folder, id)
  }

  /** When one expires that something is added to now. */
  expiry(): Date {
    const { now, config } = this.#parts
    return new Date(now().getTime() + config.limits.uploadSeconds * 1000)
  }

  /**
   * Makes the row; the file comes with `create`.
   *
   * @param size of the whole, in bytes
   * @param metadata as the client sent it, or empty
   * @returns the id: nobody guesses it
   * @throws {Problem} 409 over the limits of one person, 413 over that of a bundle, 507 without the room for it
   */
  async begin(userId: string, size: number, metadata: string): Promise<string> {
    const { config, database, now } = this.#parts
    this.#refuseTooLarge(size)
    return this.#beginning.run(async () => {
      const own = await listUploads(database, userId, now())
      const bytes = own.reduce((sum, upload) => sum + upload.size, size)
      const { uploadsPerUser, bundleBytes } = config.limits
      if (own.length >= uploadsPerUser || bytes > largestPerUser * bundleBytes) {
        throw new Problem(
          409,
          'upload.too-many',
          `Your uploads that are not imported yet (${own.length}) are as many, or as large together, as one person’s may be. Finish or cancel one first.`,
        )
      }
      await this.#refuseWithoutRoom(size)
      const id = randomBytes(16).toString('hex')
      await putUpload(database, {
        id,
        user_id: userId,
        size,
        metadata,
        created_at: now().toISOString(),
        expires_at: this.expiry().toISOString(),
      })
      return id
    })
  }

  async create(id: string): Promise<void> {
    const handle = await open(this.file(id), 'wx')
    await handle.close()
    await syncFolder(this.#folder)
  }

  /** @returns undefined also for one that has expired, or whose file is gone */
  async find(id: string): Promise<Upload | undefined> {
    const { database, now } = this.#parts
    const row = await getUpload(database, id, now())
    return row && this.#withOffset(row)
  }

  /** @throws {Problem} 404 where there is none, or it is somebody else's */
  async findOwn(id: string, userId: string | null): Promise<Upload> {
    const upload = await this.find(id)
    if (upload === undefined || upload.user_id !== userId) throw uploadNotFound()
    return upload
  }

  async list(userId: string): Promise<Upload[]> {
    const rows = await listUploads(this.#parts.database, userId, this.#parts.now())
    const uploads = await Promise.all(rows.map((row) => this.#withOffset(row)))
    return uploads.filter((upload) => upload !== undefined)
  }

  /**
   * Adds bytes at the end. What has arrived before `source` or the disk fails stays, and is on the disk.
   *
   * @param offset the file's size; the caller has the lock and has compared
   * @returns the new size
   */
  async append(id: string, offset: number, source: AsyncIterable<Uint8Array>): Promise<number> {
    const { now } = this.#parts
    const handle = await open(this.file(id), 'r+')
    let end = offset
    let postponedAt = now().getTime()
    try {
      try {
        for await (const chunk of source) {
          for (let done = 0; done < chunk.length;) {
            const { bytesWritten } = await handle.write(chunk, done, chunk.length - done, end)
            done += bytesWritten
            end += bytesWritten
          }
          if (now().getTime() - postponedAt < hourMs) continue
          postponedAt = now().getTime()
          await this.#postpone(id)
        }
      } finally {
        await handle.sync()
      }
    } finally {
      await handle.close()
      await this.#postpone(id)
    }
    return end
  }

  /** The file first: on a full disk it makes the room to write down that the upload is gone. */
  async remove(id: string): Promise<void> {
    const { database, reserve } = this.#parts
    await this.removeFile(id)
    await deleteUpload(database, id).catch(async (error: unknown) => {
      if (!isDiskFull(error)) throw error
      reserve.release()
      await deleteUpload(database, id)
    })
  }

  async removeFile(id: string): Promise<void> {
    await rm(this.file(id), { force: true })
  }

  /** @throws {Problem} 404, 409 where something is missing still, 413 where the limit was lowered meanwhile */
  async findFinished(id: string, userId: string): Promise<Upload> {
    const upload = await this.findOwn(id, userId)
    this.#refuseTooLarge(upload.size)
    if (upload.offset === upload.size) return upload
    throw new Problem(
      409,
      'upload.incomplete',
      `${upload.offset} of ${upload.size} bytes have arrived. Send the rest, then import it.`,
    )
  }

  /**
   * Removes what has expired and files of no upload.
   *
   * @returns how many uploads and files
   */
  async sweep(): Promise<number> {
    const { database, now } = this.#parts
    // Files before rows: one that is listed without a row has lost it, and isn't waiting for one.
    const files = await readdir(this.#folder)
    const rows = await listAllUploads(database)
    const known = new Set(rows.map(({ id }) => id))
    const orphans = files.filter((name) => isId.test(name) && !known.has(name))
    for (const name of orphans) await this.removeFile(name)
    const expired = rows.filter(
      ({ id, expires_at }) => expires_at <= now().toISOString() && !this.locks.isHeld(id),
    )
    for (const { id } of expired) await this.remove(id)
    return orphans.length + expired.length
  }

  async #postpone(id: string): Promise<void> {
    await postponeExpiry(this.#parts.database, id, this.expiry())
  }

  async #withOffset(row: UploadRow): Promise<Upload | undefined> {
    const offset = await this.#size(row.id)
    return offset === undefined ? undefined : { ...row, offset }
  }

  async #size(id: string): Promise<number | undefined> {
    try {
      return (await stat(this.file(id))).size
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw error
    }
  }

  #refuseTooLarge(size: number): void {
    const { bundleBytes } = this.#parts.config.limits
    if (size <= bundleBytes) return
    throw new Problem(
      413,
      'bundle.too-large',
      `The bundle is larger than the ${bundleBytes} bytes that this deployment takes.`,
    )
  }

  /** Better now than after gigabytes. What others will still send is not counted: promises block nobody. */
  async #refuseWithoutRoom(size: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.#folder)
    if (size <= bavail * bsize) return
    throw new Problem(
      507,
      'storage.full',
      'The platform’s disk has no room for this bundle. An admin has to free some space.',
    )
  }
}
