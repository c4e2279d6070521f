import { warning } from '../../finding.ts'
import { addressKind } from './address.ts'
import { readOptions, type LineOption } from './line-options.ts'
import { LineReport } from './line-report.ts'
import { logicalLines, type LogicalLine } from './logical-lines.ts'
import { checkMarker } from './marker.ts'
import { normalizeName } from './normalize-name.ts'
import { editableSource, sourceOf, type Source } from './requirement-source.ts'
import type { ParsedRequirements, Requirement } from './requirement.ts'

export const REQUIREMENTS_PATH = 'requirements.txt'

/** Lines of a file that are looked at, and options; the longest real ones have some hundred. */
const MAX_LINES = 5000

export type ParseOptions = {
  /** Its path in the bundle, for the places; `requirements.txt` where it isn't given. */
  file?: string
  /** Whether `-c` names the file: it limits versions and asks for nothing. */
  constraint?: boolean
}

/**
 * Reads a requirements file as pip does, without looking at any other file. Never throws: a line
 * that can't be read becomes a finding. Sources: pip's `req_file.py` and `constructors.py`, PEP 508.
 */
export function parseRequirements(text: string, options: ParseOptions = {}): ParsedRequirements {
  const { file = REQUIREMENTS_PATH, constraint = false } = options
  const parsed: ParsedRequirements = { requirements: [], options: [], findings: [] }
  let count = 0
  for (const line of logicalLines(text.replace(/^\uFEFF/, ''))) {
    if (++count > MAX_LINES || parsed.options.length > MAX_LINES) {
      parsed.findings.push(
        warning(
          'requirements.too-many',
          `It is so long that only what stands before this line was checked. Leave out what the app doesn’t need.`,
          { path: file, ...line.place(0) },
        ),
      )
      break
    }
    new LineParser(line, file, constraint, parsed).parse()
  }
  return parsed
}

class LineParser {
  readonly #line: LogicalLine
  readonly #file: string
  readonly #constraint: boolean
  readonly #parsed: ParsedRequirements
  readonly #report: LineReport

  constructor(line: LogicalLine, file: string, constraint: boolean, parsed: ParsedRequirements) {
    this.#line = line
    this.#file = file
    this.#constraint = constraint
    this.#parsed = parsed
    this.#report = new LineReport(line, file, parsed.findings)
  }

  parse(): void {
    const { text } = this.#line
    // pip takes everything from the first word with a dash for options.
    const dash = text.startsWith('-') ? 0 : text.indexOf(' -') + 1
    const hasOptions = dash > 0 || text.startsWith('-')
    const options = hasOptions ? this.#options(dash) : []
    if (options === null) return
    const written = hasOptions ? text.slice(0, dash).trimEnd() : text
    if (written === '') this.#optionLine(options)
    else this.#requirementLine(written, options)
  }

  #options(start: number): LineOption[] | null {
    const { options, rest, problem } = readOptions(this.#line.text, start)
    if (problem !== null) {
      if (problem.certain) this.#report.unreadable(problem.index, problem.message)
      else this.#report.unknownOption(problem.index, problem.message)
      return null
    }
    const [ignored] = rest
    if (ignored !== undefined) {
      this.#report.warning(
        'requirements.ignored',
        ignored.index,
        'pip ignores what follows an option and its value on the same line. Put it on a line of its own.',
      )
    }
    return options
  }

  // pip follows one editable or one list a line, and beside it reads no other option.
  #optionLine(options: readonly LineOption[]): void {
    const first = (name: string) => options.find((option) => option.name === name)
    const editable = first('--editable')
    const used = editable ?? first('--requirement') ?? first('--constraint')
    for (const option of options) {
      const { name, index } = option
      if (option === editable) this.#editable(option)
      else if ((used ?? option) !== option || name === '--hash') this.#ignored(option)
      else {
        const { value: written } = option
        const value = written === null ? null : this.#report.cleanAddress(written, index)
        this.#parsed.options.push({ name, value, file: this.#file, ...this.#line.place(index) })
      }
    }
  }

  #ignored({ name, index }: LineOption): void {
    const partner = name === '--hash' ? 'the line of its package' : 'a line of its own'
    this.#report.warning(
      'requirements.ignored',
      index,
      `pip ignores "${name}" here. Put it on ${partner}.`,
    )
  }

  #editable({ value, index }: LineOption): void {
    const source = editableSource(value ?? '', index, this.#report)
    if (source !== null) this.#add(source, index, { editable: true })
  }

  #requirementLine(written: string, options: readonly LineOption[]): void {
    const hashes: string[] = []
    for (const option of options) {
      if (option.name === '--hash') hashes.push(option.value ?? '')
      else if (option.name === '--global-option') {
        const message = 'Newer versions of pip know no "--global-option"'
        this.#report.unknownOption(option.index, message)
      } else if (option.name !== '--config-settings') this.#ignored(option)
    }
    const { text, marker } = splitMarker(written)
    const problem = marker === null ? null : checkMarker(marker.text)
    if (marker !== null && problem !== null) {
      const message = `The condition after ";" is wrong: ${problem.message}`
      this.#report.unreadable(marker.index + problem.index, message)
      return
    }
    const source = sourceOf(text, marker !== null, this.#report)
    if (source !== null) this.#add(source, 0, { marker: marker?.text ?? null, hashes })
  }

  #add(source: Source, index: number, more: Partial<Requirement>): void {
    const { clauses, extras } = source
    this.#parsed.requirements.push({
      ...source,
      extras: [...new Set(extras.map(normalizeName))].toSorted(),
      specifier: clauses.map(({ operator, version }) => operator + version).join(','),
      marker: null,
      hashes: [],
      editable: false,
      constraint: this.#constraint,
      file: this.#file,
      ...this.#line.place(index),
      ...more,
    })
  }
}

type Marker = { text: string; index: number }

/** Addresses may have a semicolon inside, so that there a blank must follow it. */
function splitMarker(line: string): { text: string; marker: Marker | null } {
  const separator = addressKind(line) === null ? ';' : '; '
  const at = line.indexOf(separator)
  if (at < 0) return { text: line, marker: null }
  const after = line.slice(at + separator.length)
  const index = line.length - after.trimStart().length
  const text = line.slice(0, at).trim()
  return { text, marker: after.trim() === '' ? null : { text: after.trim(), index } }
}
