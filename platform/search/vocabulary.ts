/** How far a word of the vocabulary is from one that was typed; `prefix`: the nearest of its beginnings. */
export type Nearness = { readonly whole: number; readonly prefix: number }

/** Words in the order of their code units, so that those with a common beginning stand together. */
export class Vocabulary {
  #terms: string[] = []

  /** Takes many at once; `terms` are each once. */
  load(terms: Iterable<string>): void {
    this.#terms = [...terms].sort()
  }

  /** @param term one that is not there yet */
  add(term: string): void {
    this.#terms.splice(this.#firstFrom(term), 0, term)
  }

  *beginningWith(prefix: string): Iterable<string> {
    for (let at = this.#firstFrom(prefix); at < this.#terms.length; at += 1) {
      const term = this.#terms[at]
      if (term === undefined || !term.startsWith(prefix)) return
      yield term
    }
  }

  /**
   * Every term that `word`, or `word` as the beginning of it, becomes with at most `edits` letters left out, added,
   * changed or swapped with their neighbour (optimal string alignment).
   *
   * The sorted terms are walked as the tree they are: what terms have in common is computed once, and a beginning that
   * is too far off is passed over with everything below it.
   */
  near(word: string, edits: number): Map<string, Nearness> {
    const found = new Map<string, Nearness>()
    const rows: Uint8Array[] = [Uint8Array.from({ length: word.length + 1 }, (_, n) => n)]
    /** The least distance of a beginning, up to each depth. */
    const nearest: number[] = [word.length]
    const limit = word.length + edits
    let depth = 0
    let before = ''
    for (let at = 0; at < this.#terms.length;) {
      const term = this.#terms[at] ?? ''
      depth = Math.min(depth, sharedLength(term, before))
      before = term
      const end = Math.min(term.length, limit)
      let lost = false
      while (depth < end && !lost) {
        const least = fillRow(rows, depth, term, word, edits)
        depth += 1
        const here = rows[depth]?.[word.length] ?? limit
        nearest[depth] = Math.min(nearest[depth - 1] ?? limit, here)
        lost = least > edits && (nearest[depth] ?? limit) > edits
      }
      if (lost) {
        at = this.#firstBehind(term.slice(0, depth))
        continue
      }
      const prefix = nearest[depth] ?? limit
      const last = rows[depth]?.[word.length] ?? limit
      const whole = depth === term.length ? last : edits + 1
      if (prefix <= edits) found.set(term, { whole, prefix })
      at += 1
    }
    return found
  }

  #firstFrom(text: string): number {
    return this.#search((term) => term >= text)
  }

  #firstBehind(prefix: string): number {
    return this.#search((term) => term > prefix && !term.startsWith(prefix))
  }

  #search(isBehind: (term: string) => boolean): number {
    let [low, high] = [0, this.#terms.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (isBehind(this.#terms[middle] ?? '')) high = middle
      else low = middle + 1
    }
    return low
  }
}

function sharedLength(a: string, b: string): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1
  return length
}

/**
 * Fills the row of the distances between `word`'s beginnings and the first `depth + 1` letters of `term`, where they
 * can be within `edits`: as many places beside the diagonal. Around that stands something larger.
 *
 * @returns the least of them
 */
function fillRow(
  rows: Uint8Array[],
  depth: number,
  term: string,
  word: string,
  edits: number,
): number {
  const above = rows[depth] ?? new Uint8Array()
  const row = (rows[depth + 1] ??= new Uint8Array(word.length + 1))
  const from = Math.max(1, depth + 1 - edits)
  const to = Math.min(word.length, depth + 1 + edits)
  const letter = term.charCodeAt(depth)
  const before = depth > 0 ? term.charCodeAt(depth - 1) : Number.NaN
  row.fill(edits + 1)
  if (from === 1) row[0] = depth + 1
  let min = row[0] ?? 0
  for (let at = from; at <= to; at += 1) {
    const same = letter === word.charCodeAt(at - 1)
    let least = Math.min(
      (above[at] ?? 0) + 1,
      (row[at - 1] ?? 0) + 1,
      (above[at - 1] ?? 0) + (same ? 0 : 1),
    )
    if (at > 1 && letter === word.charCodeAt(at - 2) && before === word.charCodeAt(at - 1)) {
      least = Math.min(least, (rows[depth - 1]?.[at - 2] ?? 0) + 1)
    }
    row[at] = least
    if (least < min) min = least
  }
  return min
}
