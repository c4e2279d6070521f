import type { Progress } from '../../src/bundle/zip/verify.ts'
import { printable } from './terminal.ts'

/** Files that take noticeably long to verify. */
const LARGE_BYTES = 32 * 1024 * 1024
const CLEAR_LINE = '\r\u001b[2K'

/** One line on standard error that says how far a large file is; nothing in pipes and for small files. */
export class ProgressLine {
  readonly #name: string
  #shown = ''

  constructor(file: string) {
    this.#name = printable(file, 40)
  }

  /** What `inspectBundle` calls. */
  update = ({ doneBytes, totalBytes }: Progress): void => {
    if (!process.stderr.isTTY || totalBytes < LARGE_BYTES) return
    const text = `Verifying ${this.#name}: ${Math.floor((doneBytes / totalBytes) * 100)} %`
    if (text === this.#shown) return
    this.#shown = text
    process.stderr.write(CLEAR_LINE + text)
  }

  /** Leaves the line as if nothing had been there. */
  clear(): void {
    if (this.#shown !== '') process.stderr.write(CLEAR_LINE)
    this.#shown = ''
  }
}
