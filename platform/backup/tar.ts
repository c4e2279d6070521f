import type { FileHandle } from 'node:fs/promises'

/**
 * Tape archives, as POSIX describes them (pax interchange format): names and sizes of any length in a record before
 * the file, everything else in the classic header. `tar tf` and Python read what this writes.
 */
export type TarEntry = {
  /** Relative, with slashes; folders without one at the end. */
  readonly path: string
  readonly type: 'file' | 'folder' | 'link'
  /** Bytes of a file; 0 for the rest. */
  readonly size: number
  /** Permission bits. */
  readonly mode: number
  /** Where a symbolic link points to. */
  readonly target: string
}

/** The archive ends before its end, or isn't one. */
export class TarError extends Error {}

const blockBytes = 512
const maxPaxBytes = 64 * 1024
const typeFlags = { file: '0', link: '2', folder: '5' } as const
const zeros = new Uint8Array(blockBytes)

const padding = (size: number): number => (blockBytes - (size % blockBytes)) % blockBytes

function header(path: string, flag: string, size: number, mode: number): Buffer {
  const block = Buffer.alloc(blockBytes)
  const octal = (value: number, at: number, length: number) =>
    block.write(value.toString(8).padStart(length - 1, '0'), at, 'ascii')
  // What doesn't fit is in the pax record, which goes before this.
  block.write(Buffer.from(path).subarray(0, 100).toString('latin1'), 0, 'latin1')
  octal(mode & 0o777, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size < 8 ** 11 ? size : 0, 124, 12)
  octal(0, 136, 12)
  block.write('        ', 148, 'ascii')
  block.write(flag, 156, 'ascii')
  block.write('ustar\u000000', 257, 'latin1')
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii')
  return block
}

/** A record counts its own length, digits included. */
function paxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`)
  let length = rest + String(rest).length
  if (String(length).length > String(rest).length) length = rest + String(length).length
  return `${length} ${key}=${value}\n`
}

/** Writes an archive into an open file, entry by entry. */
export class TarWriter {
  readonly #file: FileHandle

  constructor(file: FileHandle) {
    this.#file = file
  }

  /**
   * @param content exactly `size` bytes
   * @throws {TarError} where the content has another length
   */
  async add(
    { path, type, size, mode, target }: TarEntry,
    content: AsyncIterable<Uint8Array> | Iterable<Uint8Array> = [],
  ): Promise<void> {
    const pax = Buffer.from(
      paxRecord('path', path) +
        paxRecord('size', String(size)) +
        (type === 'link' ? paxRecord('linkpath', target) : ''),
    )
    await this.#write(header('PaxHeader', 'x', pax.length, 0o644))
    await this.#write(pax)
    await this.#write(zeros.subarray(0, padding(pax.length)))
    await this.#write(header(path, typeFlags[type], size, mode))
    let written = 0
    for await (const chunk of content) {
      written += chunk.length
      await this.#write(chunk)
    }
    if (written !== size) throw new TarError(`${path} has ${written} bytes, not ${size}`)
    await this.#write(zeros.subarray(0, padding(size)))
  }

  /** Two empty blocks say that nothing is missing. */
  async end(): Promise<void> {
    await this.#write(zeros)
    await this.#write(zeros)
  }

  async #write(bytes: Uint8Array): Promise<void> {
    if (bytes.length > 0) await this.#file.writeFile(bytes)
  }
}

/**
 * Reads an archive from an open file, in order. The content of an entry is to be read before the next entry is asked
 * for; what isn't is skipped.
 *
 * @throws {TarError} where it is cut off, damaged, or of a kind that `TarWriter` doesn't write
 */
export async function* readTar(
  file: FileHandle,
): AsyncGenerator<{ entry: TarEntry; content: AsyncIterable<Uint8Array> }> {
  let position = 0
  const read = async (length: number): Promise<Buffer> => {
    const buffer = Buffer.alloc(length)
    for (let done = 0; done < length;) {
      const { bytesRead } = await file.read(buffer, done, length - done, position + done)
      if (bytesRead === 0) throw new TarError('it ends before its end')
      done += bytesRead
    }
    position += length
    return buffer
  }
  let pax = new Map<string, string>()
  for (;;) {
    const block = await read(blockBytes)
    if (block.every((byte) => byte === 0)) {
      if ((await read(blockBytes)).every((byte) => byte === 0)) return
      throw new TarError('it is damaged, or no backup')
    }
    const sum = Number.parseInt(block.toString('ascii', 148, 154), 8)
    const isWhole = block.fill(' ', 148, 156).reduce((total, byte) => total + byte, 0) === sum
    if (!isWhole) throw new TarError('it is damaged, or no backup')
    const flag = String.fromCharCode(block[156] ?? 0)
    const size = Number(pax.get('size') ?? Number.parseInt(block.toString('ascii', 124, 135), 8))
    if (flag === 'x') {
      if (size > maxPaxBytes) throw new TarError('it has a header of unlikely length')
      pax = parsePax((await read(size)).toString('utf8'))
      await read(padding(size))
      continue
    }
    const type = flag === '0' ? 'file' : flag === '2' ? 'link' : flag === '5' ? 'folder' : null
    const path = pax.get('path')
    if (type === null || path === undefined || !Number.isSafeInteger(size) || size < 0) {
      throw new TarError('it holds what no backup holds')
    }
    const mode = Number.parseInt(block.toString('ascii', 100, 107), 8)
    const end = position + size
    const content = (async function* () {
      while (position < end) yield await read(Math.min(256 * 1024, end - position))
    })()
    yield { entry: { path, type, size, mode, target: pax.get('linkpath') ?? '' }, content }
    position = end
    await read(padding(size))
    pax = new Map()
  }
}

function parsePax(text: string): Map<string, string> {
  const records = new Map<string, string>()
  let bytes = Buffer.from(text)
  while (bytes.length > 0) {
    const length = Number.parseInt(bytes.toString('utf8', 0, 10), 10)
    if (!(length > 3) || length > bytes.length) throw new TarError('it has a damaged header')
    const record = bytes.toString('utf8', bytes.indexOf(0x20) + 1, length - 1)
    const equals = record.indexOf('=')
    records.set(record.slice(0, equals), record.slice(equals + 1))
    bytes = bytes.subarray(length)
  }
  return records
}
