import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold, searchWords, unfoldedLength, wordsOf } from './words.ts'

test.each([
  ['Sales-forecast 2.0', ['sales', 'forecast', '2', '0']],
  ['Müller’s Straße', ['muller', 's', 'strasse']],
  ['e\u0301te\u0301', ['ete']],
  ['売上AI', ['売上', '上', 'ai']],
  ['\ud800!\u0000', []],
])('the words of %j', (text, words) => {
  expect(wordsOf(text).map((word) => word.text)).toEqual(words)
})

test('words stand where they say, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      for (const { text: folded, start, end } of wordsOf(text)) {
        expect(fold(text.slice(start, end)).slice(0, 64)).toBe(folded)
      }
    }),
  )
})

test('what is typed of a text is found as a beginning of its words', () => {
  fc.assert(
    fc.property(fc.lorem({ maxCount: 4 }), fc.nat(), (text, at) => {
      const typed = text.slice(0, 1 + (at % text.length))
      const words = wordsOf(text).map((word) => word.text)
      for (const word of searchWords(typed)) {
        expect(words.some((one) => one.startsWith(word))).toBe(true)
      }
    }),
  )
})

test('a search is sixteen words at most, whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (q) => {
      expect(searchWords(q).length).toBeLessThanOrEqual(16)
    }),
  )
})

test('a folded beginning is as long as the letters it comes from', () => {
  expect(unfoldedLength('Müller', 3)).toBe(3)
  expect(unfoldedLength('Mu\u0308ller', 2)).toBe(3)
  expect(unfoldedLength('Straße', 6)).toBe(5)
  expect(unfoldedLength('ﬁnance', 2)).toBe(1)
})
