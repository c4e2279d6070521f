import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { match, queryWords } from './match.ts'

const found = (text: string, query: string, aliases?: string[]) =>
  match(text, queryWords(query), aliases)

/** What would be highlighted. */
function marked(text: string, query: string): string[] {
  return (found(text, query)?.ranges ?? []).map(({ start, end }) => text.slice(start, end))
}

function score(text: string, query: string): number {
  const result = found(text, query)
  if (result === null) throw new Error(`“${query}” does not find “${text}”.`)
  return result.score
}

describe('what is found', () => {
  test.each([
    ['sales', 'Sales forecast', ['Sales']],
    ['fore', 'Sales forecast', ['fore']],
    ['forecast sales', 'Sales forecast', ['Sales', 'forecast']],
    ['sf', 'Sales forecast', ['S', 'f']],
    ['cast', 'Sales forecast', ['cast']],
    ['slaes', 'Sales forecast', ['Sales']],
    ['forcast', 'Sales forecast', ['forecast']],
    ['salles', 'Sales forecast', ['Sales']],
    ['uber', 'Über den Wolken', ['Über']],
    ['予測', '売上予測', ['予測']],
    ['naive', 'Naïve Bayes', ['Naïve']],
    ['pause sal', 'Pause Sales forecast', ['Pause', 'Sal']],
  ])('%s finds %s', (query, text, highlighted) => {
    expect(marked(text, query)).toEqual(highlighted)
  })

  test.each([
    ['sales bed', 'Sales forecast'],
    ['fs', 'Sales forecast'],
    ['srcs', 'Sales forecast'],
    ['sal3', 'Bed planner'],
    ['teh', 'The planner'],
  ])('%s does not find %s', (query, text) => {
    expect(found(text, query)).toBeNull()
  })

  test('other words find it, and nothing of them is highlighted', () => {
    expect(found('Dark theme', 'night', ['night', 'black'])).toMatchObject({ ranges: [] })
  })

  test('what is called so comes before what is found by its other words', () => {
    const alias = found('Dark theme', 'night', ['night'])
    expect(score('Night train', 'night')).toBeGreaterThan(alias?.score ?? 0)
  })

  test('the closer, the higher', () => {
    const scores = [
      score('Sales', 'sales'),
      score('Sales forecast', 'sales'),
      score('Salesforce', 'sales'),
      score('Presales', 'sales'),
      score('Slaes', 'sales'),
    ]
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    expect(new Set(scores).size).toBe(scores.length)
  })

  test('nothing typed finds everything', () => {
    expect(found('Sales forecast', '  ·  ')).toEqual({ score: 0, ranges: [] })
  })
})

const word = fc.stringMatching(/^[a-z]{5,12}$/)
const text = fc.array(word, { minLength: 1, maxLength: 6 })

test('the beginnings of some of its words find a text, in any order', () => {
  const some = text.chain((all) =>
    fc.record({
      all: fc.constant(all),
      typed: fc
        .shuffledSubarray(all, { minLength: 1 })
        .chain((chosen) =>
          fc.tuple(
            ...chosen.map((each) => fc.nat(each.length - 1).map((n) => each.slice(0, n + 1))),
          ),
        ),
    }),
  )
  fc.assert(
    fc.property(some, ({ all, typed }) => {
      expect(found(all.join(' '), typed.join(' '))).not.toBeNull()
    }),
  )
})

test('one slip in one word is forgiven', () => {
  const slip = fc.tuple(text, fc.nat(), fc.nat(), fc.constantFrom('drop', 'add', 'change', 'swap'))
  fc.assert(
    fc.property(slip, ([all, which, where, kind]) => {
      const meant = all[which % all.length] ?? ''
      const at = where % (meant.length - 1)
      const [before, letter, next, after] = [
        meant.slice(0, at),
        meant[at],
        meant[at + 1],
        meant.slice(at + 2),
      ]
      const typed = {
        drop: `${before}${next}${after}`,
        add: `${before}${letter}q${next}${after}`,
        change: `${before}q${next}${after}`,
        swap: `${before}${next}${letter}${after}`,
      }[kind]
      expect(found(all.join(' '), typed)).not.toBeNull()
    }),
  )
})

test('every order of the typed words finds the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(word, { maxLength: 4 }), (any, typed) => {
      const there = found(any, typed.join(' ')) === null
      expect(found(any, typed.toReversed().join(' ')) === null).toBe(there)
    }),
  )
})

test('whatever is typed and shown, the ranges lie in the text, in order and apart', () => {
  const any = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.string({ unit: fc.constantFrom('a', 'b', 'ß', 'İ', 'é', 'ﬁ', ' ', '-'), maxLength: 40 }),
  )
  fc.assert(
    fc.property(any, any, fc.array(any, { maxLength: 3 }), (shown, query, aliases) => {
      const result = found(shown, query, aliases)
      let last = 0
      for (const { start, end } of result?.ranges ?? []) {
        expect(start).toBeGreaterThanOrEqual(last)
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(shown.length)
        last = end
      }
    }),
    { numRuns: 1000 },
  )
})

test('a text finds itself, with the highest score its words can have', () => {
  fc.assert(
    fc.property(text, (all) => {
      expect(score(all.join(' '), all.join(' '))).toBeGreaterThanOrEqual(100)
    }),
  )
})
