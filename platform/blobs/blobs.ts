import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { syncFolder } from './sync-folder.ts'

const hashBytes = 1024 * 1024

export type StoredBlob = { readonly sha256: string; readonly size: number }

/** An upload grew past the size that was allowed. */
export class BlobTooLarge extends Error {}

/**
 * Content-addressed files. A blob is written to `incoming/`, synced, then renamed into place: what has a name is
 * whole. What no row refers to is swept at start.
 */
export class Blobs {
  readonly #folder: string
  readonly #incoming: string

  private constructor(folder: string) {
    this.#folder = folder
    this.#incoming = path.join(folder, 'incoming')
  }

  static async open(folder: string): Promise<Blobs> {
    const blobs = new Blobs(folder)
    await rm(blobs.#incoming, { recursive: true, force: true })
    await mkdir(blobs.#incoming, { recursive: true })
    return blobs
  }

  path(sha256: string): string {
    return path.join(this.#folder, sha256.slice(0, 2), sha256)
  }

  /** The whole blob; for images, which are bounded, not for bundles. */
  read(sha256: string): Promise<Buffer<ArrayBuffer>> {
    return readFile(this.path(sha256))
  }

  /**
   * Writes a stream to a temporary file. Nothing is kept unless `keep` is called; call `discard` otherwise.
   *
   * @param maxBytes at most this much
   * @throws {BlobTooLarge} past `maxBytes`; the temporary file is gone then, as after any other failure
   */
  async receive(source: AsyncIterable<Uint8Array>, maxBytes: number): Promise<IncomingBlob> {
    const file = path.join(this.#incoming, randomUUID())
    const hash = createHash('sha256')
    let size = 0
    const handle = await open(file, 'wx')
    try {
      for await (const chunk of source) {
        size += chunk.length
        if (size > maxBytes) throw new BlobTooLarge()
        hash.update(chunk)
        await handle.writeFile(chunk)
      }
      await handle.sync()
      await handle.close()
    } catch (error) {
      await handle.close().catch(() => {})
      await discard(file)
      throw error
    }
    const sha256 = hash.digest('hex')
    return {
      file,
      sha256,
      size,
      keep: () => this.#putInPlace(sha256, (target) => rename(file, target)),
      discard: () => discard(file),
    }
  }

  /**
   * Takes a whole file of this data folder without copying it: kept, it gets a second name, which costs nothing. It
   * stays where it is in any case, and nobody may write to it any more.
   */
  async adopt(file: string): Promise<IncomingBlob> {
    const { sha256, size } = await hashFile(file)
    return {
      file,
      sha256,
      size,
      keep: () => this.#putInPlace(sha256, (target) => this.#linkOrCopy(file, target)),
      discard: async () => {},
    }
  }

  async put(bytes: Uint8Array): Promise<StoredBlob> {
    const incoming = await this.receive(single(bytes), Number.MAX_SAFE_INTEGER)
    try {
      await incoming.keep()
    } finally {
      await incoming.discard()
    }
    return { sha256: incoming.sha256, size: incoming.size }
  }

  /** Removes what `isUsed` doesn't know. Only for the start, when nobody is importing. */
  async sweep(isUsed: (sha256: string) => boolean): Promise<number> {
    let swept = 0
    for (const prefix of await readdir(this.#folder)) {
      if (prefix.length !== 2) continue
      for (const sha256 of await readdir(path.join(this.#folder, prefix))) {
        if (isUsed(sha256)) continue
        await rm(this.path(sha256), { force: true })
        swept += 1
      }
    }
    return swept
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.path(sha256), { force: true })
  }

  async #putInPlace(sha256: string, put: (target: string) => Promise<void>): Promise<void> {
    const target = this.path(sha256)
    if (await exists(target)) return
    const folder = path.dirname(target)
    const isNew = (await mkdir(folder, { recursive: true })) !== undefined
    await put(target)
    // A name is durable only once the folder that holds it is.
    await syncFolder(folder)
    if (isNew) await syncFolder(this.#folder)
  }

  /** Some file systems have no second names, and none has them across its border. */
  async #linkOrCopy(file: string, target: string): Promise<void> {
    try {
      await link(file, target)
    } catch (error) {
      if (!hasNoLinks(error)) throw error
      const copy = await this.receive(createReadStream(file), Number.MAX_SAFE_INTEGER)
      try {
        await rename(copy.file, target)
      } finally {
        await copy.discard()
      }
    }
  }
}

export type IncomingBlob = StoredBlob & {
  /** The temporary file, until `keep` or `discard`. */
  readonly file: string
  keep(): Promise<void>
  discard(): Promise<void>
}

/** What can't be removed now is removed at the next start; why it is discarded matters more. */
async function discard(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => {})
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Its bytes are on the disk afterwards. */
async function hashFile(file: string): Promise<StoredBlob> {
  const hash = createHash('sha256')
  const buffer = Buffer.alloc(hashBytes)
  const handle = await open(file, 'r')
  try {
    await handle.sync()
    let size = 0
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, hashBytes, size)
      if (bytesRead === 0) return { sha256: hash.digest('hex'), size }
      hash.update(buffer.subarray(0, bytesRead))
      size += bytesRead
    }
  } finally {
    await handle.close()
  }
}

const codesWithoutLinks: ReadonlySet<unknown> = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EXDEV'])

function hasNoLinks(error: unknown): boolean {
  return error instanceof Error && 'code' in error && codesWithoutLinks.has(error.code)
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}

async function* single(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
