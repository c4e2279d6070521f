import type { MatchedWord } from './app-search.ts'
import type { IndexedApp, SearchIndex } from './search-index.ts'

/** Found as it is spelled in so many entries, a word is not looked for otherwise. */
const enough = 10
const notFound = 255
/** Nobody mistypes a longer word in a way that could be guessed. */
const longest = 32

export type Found = {
  readonly entries: readonly IndexedApp[]
  /** By an app's number, for those found: 0 is best. */
  readonly relevance: Uint16Array
  readonly words: readonly MatchedWord[]
  /** The words that none of the entries has; once nothing is left to find, as they are spelled. */
  readonly missing: readonly string[]
}

/** How many mistakes a word may have. Digits are rarely mistyped, and a version or a year is not its neighbour. */
export function mistakesIn(word: string): number {
  if (word.length < 4 || word.length > longest || /\p{N}/u.test(word)) return 0
  return word.length < 8 ? 1 : 2
}

/**
 * The entries that have every one of the words, and how well. A word costs by where it stands – title, name, keyword
 * or tag, description or owner – and, within a place, a whole word less than a beginning; a misspelt one costs more
 * than any that is spelled right, a whole one less than a beginning, one mistake less than two. What is said is summed
 * over the words; a title that is nothing but the words comes before its equals.
 */
export function findWords(
  index: SearchIndex,
  entries: readonly IndexedApp[],
  words: readonly string[],
): Found {
  const relevance = new Uint16Array(index.size)
  const wholeTitleWords = new Uint8Array(index.size)
  const inScope = new Uint8Array(index.size)
  for (const entry of entries) inScope[entry.number] = 1
  const costs = new Uint8Array(index.size)
  const matched: MatchedWord[] = []
  const missing: string[] = []
  let left = entries
  for (const word of words) {
    costs.fill(notFound)
    const found = spelled(index, word, inScope, costs)
    // Looking for mistakes takes longest; where nothing can be found any more it is not done.
    const misspelt =
      found < enough && left.length > 0
        ? spelledOtherwise(index, word, inScope, costs)
        : new Set<string>()
    if (found === 0 && misspelt.size === 0) missing.push(word)
    matched.push({ text: word, misspelt })
    left = left.filter(({ number }) => {
      const cost = costs[number] ?? notFound
      if (cost === notFound) return false
      if (cost === 0) wholeTitleWords[number] = (wholeTitleWords[number] ?? 0) + 1
      relevance[number] = (relevance[number] ?? 0) + cost * 2
      return true
    })
  }
  for (const { number, titleWords } of left) {
    const isWhole = wholeTitleWords[number] === words.length && titleWords === words.length
    relevance[number] = (relevance[number] ?? 0) + (isWhole ? 0 : 1)
  }
  return { entries: left, relevance, words: matched, missing }
}

/** @returns how many of the apps in scope were found that were not before */
function post(
  index: SearchIndex,
  term: string,
  inScope: Uint8Array,
  costs: Uint8Array,
  costOf: (place: number) => number,
): number {
  let found = 0
  const byPlace = [0, 1, 2, 3].map(costOf)
  for (const posting of index.postings(term)) {
    const number = posting >> 2
    if (inScope[number] !== 1) continue
    const cost = byPlace[posting & 3] ?? notFound
    const before = costs[number] ?? notFound
    if (before === notFound) found += 1
    if (cost < before) costs[number] = cost
  }
  return found
}

function spelled(index: SearchIndex, word: string, inScope: Uint8Array, costs: Uint8Array): number {
  let found = 0
  for (const term of index.vocabulary.beginningWith(word)) {
    const begins = term === word ? 0 : 1
    found += post(index, term, inScope, costs, (place) => place * 2 + begins)
  }
  return found
}

/** @returns the terms that some app in scope has */
function spelledOtherwise(
  index: SearchIndex,
  word: string,
  inScope: Uint8Array,
  costs: Uint8Array,
): Set<string> {
  const terms = new Set<string>()
  const edits = mistakesIn(word)
  if (edits === 0) return terms
  for (const [term, { whole, prefix }] of index.vocabulary.near(word, edits)) {
    // Short words are near to everything.
    if (term.length < 4 || term.startsWith(word)) continue
    const worse = whole <= edits ? (whole - 1) * 2 : (prefix - 1) * 2 + 1
    if (index.postings(term).some((posting) => inScope[posting >> 2] === 1)) terms.add(term)
    post(index, term, inScope, costs, (place) => 8 + worse * 4 + place)
  }
  return terms
}
