import { error, warning, type Finding, type Place } from '../../finding.ts'
import { clip } from '../../manifest/table.ts'
import { hasCredentials, parseAddress, withoutCredentials } from './address.ts'
import type { LogicalLine } from './logical-lines.ts'

const VARIABLE = /\$\{[A-Z0-9_]+\}/

/** Findings for one line; a hostile one repeats itself. */
const MAX_FINDINGS = 10

/** Collects what is wrong with one line of a requirements file; `index` is always a place in its text. */
export class LineReport {
  readonly #line: LogicalLine
  readonly #file: string
  readonly #findings: Finding[]
  /** pip fills variables in, so nobody knows what the line will be. */
  readonly #hasVariable: boolean
  #count = 0

  constructor(line: LogicalLine, file: string, findings: Finding[]) {
    this.#line = line
    this.#file = file
    this.#findings = findings
    this.#hasVariable = VARIABLE.test(line.text)
  }

  place(index: number): { line: number; column: number } {
    return this.#line.place(index)
  }

  /** pip stops at the line and installs nothing; `certain`: whatever its version and the marker. */
  unreadable(index: number, message: string, how: { fix?: string; certain?: boolean } = {}): void {
    if (this.#hasVariable) return
    const make = how.certain === false ? warning : error
    const text = `pip can’t read this line and would install nothing. ${message}.`
    this.#push(make('requirements.unreadable', text, this.#at(index, how.fix)))
  }

  unknownOption(index: number, message: string): void {
    if (this.#hasVariable) return
    const text = `${message}, so it may refuse the whole file. Remove it.`
    this.#push(warning('requirements.unknown-option', text, this.#at(index)))
  }

  warning(code: string, index: number, message: string, fix?: string): void {
    this.#push(warning(code, message, this.#at(index, fix)))
  }

  error(code: string, index: number, message: string, fix?: string): void {
    this.#push(error(code, message, this.#at(index, fix)))
  }

  /** The address without the user and password in it, which are reported. */
  cleanAddress(text: string, index: number): string {
    const address = parseAddress(text)
    if (!hasCredentials(address)) return text
    this.warning(
      'requirements.credentials',
      index,
      `The address at ${clip(address.host)} holds a password or token, which everybody who downloads the bundle can read. Revoke it, and leave it out.`,
    )
    return withoutCredentials(text)
  }

  #push(finding: Finding): void {
    if (this.#count++ < MAX_FINDINGS) this.#findings.push(finding)
  }

  #at(index: number, fix?: string): Place {
    const place = { path: this.#file, ...this.#line.place(index) }
    return fix === undefined ? place : { ...place, fix }
  }
}
