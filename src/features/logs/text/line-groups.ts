import { type Severity, severity } from './severity.ts'

const header = /Traceback \(most recent call last\):\s*$/
const chained =
  /^(?:During handling of the above exception|The above exception was the direct cause)/
const indented = /^(?:[ \t]|\||\+-)/

/** What was printed as one thing doesn't grow for ever. */
const maxGroup = 1000

/** Tells which lines belong to the one before: tracebacks, and what is indented below an error. */
export class LineGroups {
  #state: 'none' | 'inTraceback' | 'afterTraceback' = 'none'
  #last: Severity = severity.none
  #size = 0

  /** @returns whether the line goes with the one before, and how bad it is */
  place(text: string, own: Severity): { continues: boolean; severity: Severity } {
    const continues = this.#size > 0 && this.#size < maxGroup && this.#continues(text)
    const isHeader = header.test(text)
    const level = continues || isHeader ? severity.error : own
    if (isHeader) this.#state = 'inTraceback'
    else if (!continues) this.#state = 'none'
    this.#size = continues ? this.#size + 1 : 1
    this.#last = level
    return { continues, severity: level }
  }

  #continues(text: string): boolean {
    // What `logging.exception` says stands right before its traceback.
    if (header.test(text)) return this.#last === severity.error
    if (this.#state === 'none')
      return this.#last === severity.error && indented.test(text) && text.trim() !== ''
    if (this.#state === 'inTraceback') {
      if (text !== '' && !indented.test(text)) this.#state = 'afterTraceback'
      return true
    }
    if (text === '' || chained.test(text)) return true
    return false
  }
}
