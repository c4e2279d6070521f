import { decodeText } from '../../src/bundle/contents/decode-text.ts'
import type { Finding } from '../../src/bundle/finding.ts'
import type { Archive } from '../../src/bundle/zip/archive.ts'
import { columnsOf, paint, printable, type Style } from './terminal.ts'

const MAX_FILE_BYTES = 256 * 1024
/** Columns of code that are shown where nothing else limits them. */
const MAX_COLUMNS = 100

/** Shows the lines that findings are about. */
export class CodeFrames {
  readonly #archive: Archive | null
  readonly #lines = new Map<string, string[]>()

  constructor(archive: Archive | null) {
    this.#archive = archive
  }

  /** The line of a finding between its neighbours, what it is about underlined; none without a line. */
  async of(finding: Finding, style: Style, width: number): Promise<string[]> {
    const { path, line, column } = finding
    if (path === undefined || line === undefined) return []
    const lines = await this.#read(path)
    const text = lines[line - 1]
    if (text === undefined) return []
    const digits = String(Math.min(line + 1, lines.length)).length
    const room = Math.min(MAX_COLUMNS, width - digits - 3)
    // A long line is shown from shortly before its column on.
    const skipped = Math.max(0, (column ?? 1) - Math.floor(room / 2))
    const from = text.length <= room ? 0 : skipped
    const row = (number: number) => {
      const shown = printable((lines[number - 1] ?? '').slice(from), room)
      return `${paint('dim', `${String(number).padStart(digits)} │`)} ${shown}`.trimEnd()
    }
    const frame = line > 1 ? [row(line - 1), row(line)] : [row(line)]
    if (column !== undefined && column <= text.length) {
      const indent = ' '.repeat(columnsOf(printable(text.slice(from, column - 1))))
      const marked = printable(text.slice(column - 1, column - 1 + tokenLength(text, column - 1)))
      const marks = Math.max(1, Math.min(columnsOf(marked), room - indent.length))
      frame.push(
        `${paint('dim', `${' '.repeat(digits)} │`)} ${indent}${paint(style, '^'.repeat(marks))}`,
      )
    }
    if (line < lines.length) frame.push(row(line + 1))
    return frame
  }

  async #read(path: string): Promise<string[]> {
    const known = this.#lines.get(path)
    if (known !== undefined) return known
    const lines = await this.#split(path)
    this.#lines.set(path, lines)
    return lines
  }

  async #split(path: string): Promise<string[]> {
    const entry = this.#archive?.get(path)
    if (!this.#archive || !entry || entry.isFolder || entry.size > MAX_FILE_BYTES) return []
    try {
      const { text } = decodeText(await this.#archive.read(entry, MAX_FILE_BYTES))
      const lines = (text ?? '').replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
      // The end of the last line begins no other.
      return lines.at(-1) === '' ? lines.slice(0, -1) : lines
    } catch {
      // Damage is a finding already.
      return []
    }
  }
}

/** How long the value, name or word is that begins there. */
function tokenLength(text: string, start: number): number {
  const first = text.charAt(start)
  if (first === '"' || first === "'") {
    const end = text.indexOf(first, start + 1)
    return (end < 0 ? text.length : end + 1) - start
  }
  const rest = text.slice(start)
  const token = first === '[' ? /^\[+[^\]]*\]*/ : /^[^\s=,;#[\]{}]+/
  return token.exec(rest)?.[0].length ?? 1
}
