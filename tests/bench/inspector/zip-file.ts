import { open, type FileHandle } from 'node:fs/promises'
import { crc32, deflateRawSync } from 'node:zlib'

const FLUSH_BYTES = 4 * 1024 * 1024
const MARK_32 = 0xffffffff

/** Writes zip archives of any size to disk, as packing programs do. */
export class ZipFile {
  readonly #file: FileHandle
  readonly #zip64: boolean
  readonly #directory: Buffer[] = []
  #waiting: Buffer[] = []
  #waitingBytes = 0
  #offset = 0

  private constructor(file: FileHandle, zip64: boolean) {
    this.#file = file
    this.#zip64 = zip64
  }

  /** `zip64` writes the wide records even where the narrow ones would do. */
  static async create(path: string, zip64: boolean): Promise<ZipFile> {
    return new ZipFile(await open(path, 'w'), zip64)
  }

  async add(name: string, data: Uint8Array, isStored = false): Promise<void> {
    const packed = isStored
      ? Buffer.from(data.buffer, data.byteOffset, data.length)
      : deflateRawSync(data)
    const rawName = Buffer.from(name)
    const at = this.#offset
    const header = Buffer.alloc(30)
    header.writeUInt32LE(0x04034b50, 0)
    header.writeUInt16LE(this.#zip64 ? 45 : 20, 4)
    header.writeUInt16LE(isStored ? 0 : 8, 8)
    header.writeUInt32LE(0x5a21, 10)
    header.writeUInt32LE(crc32(data), 14)
    header.writeUInt32LE(packed.length, 18)
    header.writeUInt32LE(data.length, 22)
    header.writeUInt16LE(rawName.length, 26)
    await this.#write(header, rawName, packed)

    const extra = Buffer.alloc(this.#zip64 ? 12 : 0)
    if (this.#zip64) {
      extra.writeUInt16LE(1, 0)
      extra.writeUInt16LE(8, 2)
      extra.writeBigUInt64LE(BigInt(at), 4)
    }
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(0x0314, 4)
    header.copy(entry, 6, 4, 28)
    entry.writeUInt16LE(extra.length, 30)
    entry.writeUInt32LE((0o100644 << 16) >>> 0, 38)
    entry.writeUInt32LE(this.#zip64 ? MARK_32 : at, 42)
    this.#directory.push(Buffer.concat([entry, rawName, extra]))
  }

  /** @returns the size of the archive in bytes */
  async finish(): Promise<number> {
    const start = this.#offset
    const count = this.#directory.length
    await this.#write(...this.#directory)
    const size = this.#offset - start
    const wide = Buffer.alloc(76)
    wide.writeUInt32LE(0x06064b50, 0)
    wide.writeBigUInt64LE(44n, 4)
    wide.writeUInt16LE(45, 12)
    wide.writeUInt16LE(45, 14)
    wide.writeBigUInt64LE(BigInt(count), 24)
    wide.writeBigUInt64LE(BigInt(count), 32)
    wide.writeBigUInt64LE(BigInt(size), 40)
    wide.writeBigUInt64LE(BigInt(start), 48)
    wide.writeUInt32LE(0x07064b50, 56)
    wide.writeBigUInt64LE(BigInt(this.#offset), 64)
    wide.writeUInt32LE(1, 72)
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0)
    end.writeUInt16LE(Math.min(count, 0xffff), 8)
    end.writeUInt16LE(Math.min(count, 0xffff), 10)
    end.writeUInt32LE(size, 12)
    end.writeUInt32LE(this.#zip64 ? MARK_32 : start, 16)
    if (this.#zip64 || count > 0xffff) await this.#write(wide)
    await this.#write(end)
    await this.#flush()
    await this.#file.close()
    return this.#offset
  }

  async #write(...parts: Buffer[]): Promise<void> {
    for (const part of parts) {
      this.#offset += part.length
      this.#waitingBytes += part.length
      this.#waiting.push(part)
    }
    if (this.#waitingBytes >= FLUSH_BYTES) await this.#flush()
  }

  async #flush(): Promise<void> {
    await this.#file.writeFile(Buffer.concat(this.#waiting))
    this.#waiting = []
    this.#waitingBytes = 0
  }
}
