/** Why a marker can't be read, and where in it. */
export type MarkerProblem = { index: number; message: string }

const MAX_DEPTH = 32

const VARIABLE =
  /(?:python_full_version|python_version|python_implementation|os[._]name|sys[._]platform|platform_release|platform_system|platform[._](?:version|machine|python_implementation)|implementation_(?:name|version)|dependency_groups|extras?)/y
const OPERATOR = /===|==|>=|<=|!=|~=|>|<|not[ \t]+in\b|in\b/y
const QUOTED = /'[^']*'|"[^"]*"/y
const JOINER = /and\b|or\b/y
const BLANK = /[ \t]*/y
const BARE_VALUE = /[\w.+-]+/y

/** Checks an environment marker such as `python_version < "3.9"` (PEP 508); null where it is fine. */
export function checkMarker(text: string): MarkerProblem | null {
  const reader = new MarkerReader(text)
  reader.expression(0)
  return reader.problem ?? reader.end()
}

class MarkerReader {
  problem: MarkerProblem | null = null
  readonly #text: string
  #at = 0
  #tooDeep = false

  constructor(text: string) {
    this.#text = text
  }

  expression(depth: number): void {
    for (;;) {
      this.#atom(depth)
      if (this.problem !== null || this.#tooDeep || !this.#take(JOINER)) return
    }
  }

  end(): MarkerProblem | null {
    this.#take(BLANK)
    if (this.#tooDeep || this.#at >= this.#text.length) return null
    return { index: this.#at, message: 'Comparisons are joined by "and" or "or"' }
  }

  #atom(depth: number): void {
    this.#take(BLANK)
    if (this.#text.charAt(this.#at) !== '(') {
      this.#comparison()
      return
    }
    this.#at++
    // Nobody nests that deep: leave it to pip.
    if (depth >= MAX_DEPTH) {
      this.#tooDeep = true
      return
    }
    this.expression(depth + 1)
    if (this.problem !== null || this.#tooDeep) return
    this.#take(BLANK)
    if (this.#text.charAt(this.#at) === ')') this.#at++
    else this.#fail('A parenthesis is never closed')
  }

  #comparison(): void {
    this.#value()
    if (this.problem !== null) return
    if (!this.#take(OPERATOR)) {
      this.#fail('An operator such as == or >= is missing')
      return
    }
    this.#value()
  }

  #value(): void {
    if (this.#take(QUOTED) || this.#take(VARIABLE)) return
    BARE_VALUE.lastIndex = this.#at
    const bare = BARE_VALUE.exec(this.#text)?.[0].slice(0, 40)
    this.#fail(
      bare === undefined
        ? 'A value in quotes, or a name such as python_version, is missing'
        : /^[a-z_.]+$/i.test(bare)
          ? `"${bare}" is no name that a marker knows; values stand in quotes`
          : `Values stand in quotes: write "${bare}" with them`,
    )
  }

  #take(pattern: RegExp): boolean {
    if (pattern !== BLANK) this.#take(BLANK)
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match === null) return false
    this.#at += match[0].length
    return true
  }

  #fail(message: string): void {
    this.problem ??= { index: this.#at, message }
  }
}
