import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Vocabulary } from './vocabulary.ts'

/** Optimal string alignment by its definition. */
function distance(a: string, b: string): number {
  const row = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j
    const same = a[i - 1] === b[j - 1]
    const choices = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (same ? 0 : 1)]
    if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
      choices.push(at(i - 2, j - 2) + 1)
    }
    return Math.min(...choices)
  }
  const known = new Map<string, number>()
  const at = (i: number, j: number): number => {
    const found = known.get(`${i} ${j}`) ?? row(i, j)
    known.set(`${i} ${j}`, found)
    return found
  }
  return at(a.length, b.length)
}

const term = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', '\u4e88'),
  minLength: 1,
  maxLength: 9,
})

test('finds exactly the terms that are near, whole or by their beginning', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(term, { maxLength: 40 }),
      fc.uniqueArray(term, { maxLength: 10 }),
      term.filter((word) => word.length > 3),
      fc.constantFrom(1, 2, 3),
      (terms, later, word, edits) => {
        const vocabulary = new Vocabulary()
        vocabulary.load(terms)
        const added = later.filter((one) => !terms.includes(one))
        for (const one of added) vocabulary.add(one)
        const expected = [...terms, ...added].flatMap((one) => {
          const whole = distance(one, word)
          const beginnings = Array.from({ length: one.length + 1 }, (_, n) => one.slice(0, n))
          const prefix = Math.min(...beginnings.map((part) => distance(part, word)))
          if (prefix > edits) return []
          return [[one, { whole: Math.min(whole, edits + 1), prefix }] as const]
        })
        const found = [...vocabulary.near(word, edits)].map(
          ([one, { whole, prefix }]) =>
            [one, { whole: Math.min(whole, edits + 1), prefix }] as const,
        )
        expect(new Map(found)).toEqual(new Map(expected))
        const beginning = word.slice(0, 2)
        expect([...vocabulary.beginningWith(beginning)]).toEqual(
          [...terms, ...added].filter((one) => one.startsWith(beginning)).toSorted(),
        )
      },
    ),
    { numRuns: 500 },
  )
})
