import { clip } from '../../manifest/table.ts'
import type { Clause } from './requirement.ts'

/** A requirement by name: `name[extra] >=1,<2` or `name @ address` (PEP 508, without its marker). */
export type NamedRequirement = {
  spelling: string
  extras: string[]
  clauses: Clause[]
  /** With its place in the text; null where there's none. */
  address: { text: string; index: number } | null
  /** The first thing that some versions of pip refuse, and others don't. */
  doubt: NamedProblem | null
}

/** `late`: pip only notices when it installs the package, which a marker can prevent. */
export type NamedProblem = { index: number; message: string; fix?: string; late?: true }

/** Extras and clauses that are read; what follows so many is taken for granted. */
const MAX_PARTS = 100

const NAME = /[a-z0-9](?:[a-z0-9._-]*[a-z0-9_])?/iy
const BLANK = /\s*/y
const OPERATOR = /===|~=|==|!=|<=|>=|<|>/y
const VERSION = /[^,;\s)]*/y

const PUBLIC = String.raw`(?:[-_.]?(?:alpha|beta|preview|pre|a|b|c|rc)[-_.]?[0-9]*)?(?:-[0-9]+|[-_.]?(?:post|rev|r)[-_.]?[0-9]*)?(?:[-_.]?dev[-_.]?[0-9]*)?`
const RELEASE = String.raw`v?(?:[0-9]+!)?[0-9]+(?:\.[0-9]+)*`
const LOCAL = String.raw`(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?`
const EXACT = new RegExp(String.raw`^${RELEASE}(?:\.\*|${PUBLIC}${LOCAL})$`, 'i')
const ORDERED = new RegExp(`^${RELEASE}${PUBLIC}$`, 'i')
const COMPATIBLE = new RegExp(String.raw`^v?(?:[0-9]+!)?[0-9]+(?:\.[0-9]+)+${PUBLIC}$`, 'i')

/**
 * Reads a requirement by name. Whatever any version of pip accepts is read; what none does is a
 * problem, with its place.
 */
export function readNamed(text: string): NamedRequirement | NamedProblem {
  return new NamedReader(text).read()
}

class NamedReader {
  readonly #text: string
  #at = 0
  #doubt: NamedProblem | null = null

  constructor(text: string) {
    this.#text = text
  }

  read(): NamedRequirement | NamedProblem {
    this.#take(BLANK)
    const spelling = this.#take(NAME)
    if (spelling === '') return this.#problem('A line begins with the name of a package')
    this.#take(BLANK)
    const extras = this.#extras()
    if (!Array.isArray(extras)) return extras
    this.#take(BLANK)
    if (this.#peek() === '@') {
      this.#at++
      this.#take(BLANK)
      return this.#address(spelling, extras)
    }
    const clauses = this.#clauses()
    if (!Array.isArray(clauses)) return clauses
    this.#take(BLANK)
    if (this.#at < this.#text.length) return this.#leftover(spelling, clauses)
    return { spelling, extras, clauses, address: null, doubt: this.#doubt }
  }

  #peek(): string {
    return this.#text.charAt(this.#at)
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }

  #problem(message: string, fix?: string): NamedProblem {
    return fix === undefined ? { index: this.#at, message } : { index: this.#at, message, fix }
  }

  #extras(): string[] | NamedProblem {
    if (this.#peek() !== '[') return []
    this.#at++
    const extras: string[] = []
    for (;;) {
      this.#take(BLANK)
      if (this.#peek() === ']' && extras.length === 0) break
      const extra = this.#take(NAME)
      if (extra === '') return this.#problem('The name of an extra is missing')
      extras.push(extra)
      this.#take(BLANK)
      if (extras.length >= MAX_PARTS) return this.#skipRest(extras)
      if (this.#peek() !== ',') break
      this.#at++
    }
    if (this.#peek() !== ']') return this.#problem('The bracket of the extras is never closed')
    this.#at++
    return extras
  }

  #address(spelling: string, extras: string[]): NamedRequirement | NamedProblem {
    const index = this.#at
    const text = this.#take(/\S*/y)
    this.#take(BLANK)
    if (text === '') return this.#problem('An address must follow the "@"')
    if (this.#at < this.#text.length) return this.#problem('Something follows the address')
    if (!/^(?:file:|[a-z][a-z0-9+.-]*:\/\/[^/?#])/i.test(text) && !text.includes('${')) {
      this.#at = index
      const isPath = /^\.{0,2}\//.test(text)
      const message = 'After "@" comes an address with its scheme and host, such as https://…'
      return { ...this.#problem(message, isPath ? text : undefined), late: true }
    }
    return { spelling, extras, clauses: [], address: { text, index }, doubt: null }
  }

  #clauses(): Clause[] | NamedProblem {
    const clauses: Clause[] = []
    const inParentheses = this.#peek() === '('
    if (inParentheses) this.#at++
    for (;;) {
      this.#take(BLANK)
      const index = this.#at
      const operator = this.#take(OPERATOR)
      if (operator === '') {
        if (clauses.length > 0 || inParentheses) this.#doubtEnd(index)
        break
      }
      this.#take(BLANK)
      const version = this.#take(VERSION)
      const clause = { operator, version }
      const grade = gradeClause(clause)
      if (grade === 'refused') {
        this.#at = index
        return this.#problem(`"~=" needs a version of at least two numbers, such as ~=1.2`)
      }
      if (grade === 'legacy') this.#doubt ??= { index, ...explainLegacy(clause) }
      clauses.push(clause)
      if (clauses.length >= MAX_PARTS) return this.#skipRest(clauses)
      this.#take(BLANK)
      if (this.#peek() !== ',') break
      this.#at++
    }
    if (inParentheses) {
      this.#take(BLANK)
      if (this.#peek() !== ')') return this.#problem('A parenthesis is never closed')
      this.#at++
    }
    return clauses
  }

  #skipRest<Part>(parts: Part[]): Part[] {
    this.#at = this.#text.length
    return parts
  }

  #doubtEnd(index: number): void {
    const message = 'pip before 24.1 wants a version after the last comma, and inside parentheses'
    this.#doubt ??= { index, message }
  }

  #leftover(spelling: string, clauses: readonly Clause[]): NamedProblem {
    const rest = this.#text.slice(this.#at)
    const single = /^=(?![=<>!~])\s*/.exec(rest)
    if (single !== null && clauses.length === 0) {
      return this.#problem(
        'One version is asked for by "==", not "="',
        this.#fixed('==', single[0]),
      )
    }
    const turned = /^=([<>])/.exec(rest)
    if (turned !== null) {
      const operator = `${turned[1] ?? ''}=`
      return this.#problem(`The operator is "${operator}"`, this.#fixed(operator, turned[0]))
    }
    if (/^v?\d/.test(rest) && clauses.length === 0) {
      return this.#problem('Between name and version stands an operator', `${spelling}==${rest}`)
    }
    if (/^[<>=!~]/.test(rest)) return this.#problem('Commas stand between the versions asked for')
    return this.#problem('One package stands on a line')
  }

  #fixed(operator: string, wrong: string): string {
    const after = this.#text.slice(this.#at + wrong.length).trim()
    return this.#text.slice(0, this.#at).trimEnd() + operator + after
  }
}

// pip before 24.1 took any text for a version, except after "~=".
function gradeClause({ operator, version }: Clause): 'fine' | 'legacy' | 'refused' {
  if (version.includes('${')) return 'fine'
  if (operator === '===') return version === '' ? 'legacy' : 'fine'
  if (operator === '~=') return COMPATIBLE.test(version) ? 'fine' : 'refused'
  const pattern = operator === '==' || operator === '!=' ? EXACT : ORDERED
  return pattern.test(version) ? 'fine' : 'legacy'
}

function explainLegacy({ operator, version }: Clause): { message: string } {
  if (version === '') return { message: `The version after "${operator}" is missing` }
  return {
    message: version.endsWith(']')
      ? 'Extras in brackets stand before the version, not after it'
      : `"${clip(version)}" after "${operator}" is no version by PEP 440, which pip from 24.1 on insists on`,
  }
}
