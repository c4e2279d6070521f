import { appendFile, type FileHandle, mkdir, open, readdir, stat } from 'node:fs/promises'
import path from 'node:path'

/** One file of a log; the name is the position of its first byte in the whole. Beside it lies when what is in it came. */
type Part = { readonly start: number; readonly file: string; readonly times: string }

/** What is at `position` and after it came at `at`, in milliseconds since 1970. */
export type Arrival = { readonly position: number; readonly at: number }

function partIn(folder: string, start: number): Part {
  const name = path.join(folder, String(start).padStart(15, '0'))
  return { start, file: `${name}.log`, times: `${name}.times` }
}

/**
 * What one run of an instance printed: files named by position, so that any position is found by the names alone. The
 * oldest are dropped when it grows too large; positions stay what they were.
 */
export class RunLog {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Where what is still there begins and ends, in bytes; null where nothing was ever written. */
  async extent(): Promise<{ start: number; end: number } | null> {
    const parts = await this.#parts()
    const [first, last] = [parts[0], parts.at(-1)]
    if (first === undefined || last === undefined) return null
    const handle = await open(last.file, 'r').catch(() => null)
    if (handle === null) return null
    try {
      return { start: first.start, end: last.start + (await handle.stat()).size }
    } finally {
      await handle.close()
    }
  }

  /** About the last so many bytes, as text. */
  async end(bytes: number): Promise<string> {
    const extent = await this.extent()
    if (extent === null) return ''
    const reader = this.reader()
    try {
      let position = Math.max(extent.start, extent.end - bytes)
      let text = ''
      const buffer = Buffer.alloc(bytes)
      while (position < extent.end) {
        const found = await reader.read(position, buffer)
        if (found.bytes.length === 0) break
        text += found.bytes.toString('utf8')
        position = found.position + found.bytes.length
      }
      return text
    } finally {
      await reader.close()
    }
  }

  /** The last line that says something, at most 200 characters; where an app died, that is mostly the reason. */
  async lastLine(): Promise<string | null> {
    const text = await this.end(4096)
    const line = text.split('\n').findLast((each) => each.trim() !== '')
    return line === undefined ? null : line.trim().slice(0, 200)
  }

  /** A reader holds one file open at a time; close it. */
  reader(): LogReader {
    return new LogReader(() => this.#parts())
  }

  /** For what the platform itself has to say, before the app runs. */
  async append(text: string): Promise<void> {
    const handle = await this.openLast()
    try {
      await handle.appendFile(text)
    } finally {
      await handle.close()
    }
  }

  /** The file that is written to, for a program's output. */
  async openLast(): Promise<FileHandle> {
    await mkdir(this.#folder, { recursive: true })
    const last = (await this.#parts()).at(-1) ?? partIn(this.#folder, 0)
    const handle = await open(last.file, 'a', 0o600)
    await this.mark()
    return handle
  }

  /** Notes that what comes next comes now, as the supervisor does. Without room for that, the output is what counts. */
  async mark(): Promise<void> {
    const last = (await this.#parts()).at(-1)
    if (last === undefined) return
    try {
      const position = last.start + (await stat(last.file)).size
      const line = `${String(position).padStart(15, '0')} ${String(Date.now()).padStart(13, '0')}\n`
      await appendFile(last.times, line, { mode: 0o600 })
    } catch {
      // A full disk.
    }
  }

  async #parts(): Promise<Part[]> {
    const names = await readdir(this.#folder).catch(() => [])
    return names
      .filter((name) => /^\d{15}\.log$/.test(name))
      .map((name) => partIn(this.#folder, Number.parseInt(name, 10)))
      .sort((a, b) => a.start - b.start)
  }
}

export class LogReader {
  readonly #list: () => Promise<Part[]>
  #open: { part: Part; handle: FileHandle; arrivals: Arrivals } | undefined

  constructor(list: () => Promise<Part[]>) {
    this.#list = list
  }

  /**
   * What is written from this position on, at most as many bytes as the buffer holds. Empty: nothing yet. `position` is
   * where the bytes really begin, which is later than asked for where what was there is dropped.
   */
  async read(position: number, buffer: Buffer): Promise<{ position: number; bytes: Buffer }> {
    const found = await this.#readHere(position, buffer)
    if (found.length > 0) return { position, bytes: found }
    // At the end of its file, or not there yet: the names say which comes next.
    const parts = await this.#list()
    const part = parts.findLast(({ start }) => start <= position) ?? parts[0]
    if (part === undefined || part.file === this.#open?.part.file) {
      return { position, bytes: found }
    }
    const handle = await open(part.file, 'r').catch(() => null)
    if (handle === null) return { position, bytes: found }
    await this.close()
    this.#open = { part, handle, arrivals: new Arrivals(part.times) }
    const from = Math.max(position, part.start)
    return { position: from, bytes: await this.#readHere(from, buffer) }
  }

  /** When that came which was read last, from one position to another: the first says it of its beginning. */
  async arrivals(from: number, to: number): Promise<Arrival[]> {
    return (await this.#open?.arrivals.within(from, to)) ?? []
  }

  async close(): Promise<void> {
    await this.#open?.handle.close()
    await this.#open?.arrivals.close()
    this.#open = undefined
  }

  async #readHere(position: number, buffer: Buffer): Promise<Buffer> {
    if (this.#open === undefined || position < this.#open.part.start) return buffer.subarray(0, 0)
    const offset = position - this.#open.part.start
    const { bytesRead } = await this.#open.handle.read(buffer, 0, buffer.length, offset)
    return buffer.subarray(0, bytesRead)
  }
}

/** Reads what the supervisor noted beside one file of a log, as it grows. */
class Arrivals {
  readonly #file: string
  #handle: FileHandle | null = null
  #read = 0
  #rest = ''
  #known: Arrival[] = []

  constructor(file: string) {
    this.#file = file
  }

  async within(from: number, to: number): Promise<Arrival[]> {
    await this.#readOn()
    const first = this.#known.findLastIndex(({ position }) => position <= from)
    const found: Arrival[] = []
    for (let index = Math.max(0, first); index < this.#known.length; index += 1) {
      const arrival = this.#known[index]
      if (arrival === undefined || arrival.position >= to) break
      found.push(arrival)
    }
    // Nobody reads backwards: what came before isn't asked for again.
    if (first > 0) this.#known = this.#known.slice(first)
    return found
  }

  async close(): Promise<void> {
    await this.#handle?.close()
  }

  async #readOn(): Promise<void> {
    this.#handle ??= await open(this.#file, 'r').catch(() => null)
    if (this.#handle === null) return
    const room = Buffer.alloc(8 * 1024)
    for (;;) {
      const { bytesRead } = await this.#handle.read(room, 0, room.length, this.#read)
      if (bytesRead === 0) return
      this.#read += bytesRead
      const lines = `${this.#rest}${room.toString('latin1', 0, bytesRead)}`.split('\n')
      this.#rest = lines.pop() ?? ''
      for (const line of lines) {
        // Nothing else is one: a full disk may have cut it.
        const mark = /^(\d{15}) (\d{13})$/.exec(line)
        if (mark === null) continue
        const arrival = { position: Number(mark[1]), at: Number(mark[2]) }
        // Nothing came in between.
        if (this.#known.at(-1)?.position === arrival.position) this.#known.pop()
        this.#known.push(arrival)
      }
    }
  }
}
