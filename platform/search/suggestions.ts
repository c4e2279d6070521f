import type { SearchSuggestion } from '../../src/api/generated/types.gen.ts'
import { type Found, findWords, mistakesIn } from './find-words.ts'
import type { IndexedApp, SearchIndex } from './search-index.ts'

const maxSuggestions = 5
/** Of one word; each costs a search. */
const maxTries = 5
/** A search of more words is no list of mistakes, and looking for the nearest of each takes too long. */
const maxMissing = 3

/**
 * Searches near to one that found nothing: with the nearest words that the entries have in place of those that none
 * has, or, where each word is found but never all together, with one of them.
 */
export function suggestionsFor(
  index: SearchIndex,
  entries: readonly IndexedApp[],
  words: readonly string[],
  { missing }: Found,
): SearchSuggestion[] {
  const inScope = new Uint8Array(index.size)
  for (const { number } of entries) inScope[number] = 1
  const looked = missing.slice(0, maxMissing)
  const nearest = new Map(looked.map((word) => [word, nearestTo(index, word, inScope)]))
  const [first] = missing
  const others = words.flatMap((word) =>
    missing.includes(word) && word !== first ? (nearest.get(word)?.[0] ?? []) : word,
  )
  const replaced = (nearest.get(first ?? '') ?? []).map((term) =>
    others.map((word) => (word === first ? term : word)),
  )
  const known = others.filter((word) => word !== first)
  const searches = [
    ...replaced,
    ...(first !== undefined && known.length > 0 ? [known] : []),
    ...known.slice(0, maxTries).map((word) => [word]),
  ]
  const found = new Map<string, SearchSuggestion>()
  for (const search of searches) {
    const q = [...new Set(search)].join(' ')
    if (found.size === maxSuggestions || found.has(q)) continue
    const count = findWords(index, entries, search).entries.length
    if (count > 0) found.set(q, { q, count })
  }
  return [...found.values()]
}

/** The terms of the entries that are most like the word, nearest and most frequent first. */
function nearestTo(index: SearchIndex, word: string, inScope: Uint8Array): string[] {
  const allowed = mistakesIn(word)
  if (allowed === 0) return []
  const edits = allowed + 1
  return [...index.vocabulary.near(word, edits)]
    .flatMap(([term, { whole, prefix }]) => {
      if (term.length < 3) return []
      const count = index.postings(term).filter((posting) => inScope[posting >> 2] === 1).length
      return count > 0 ? { term, distance: Math.min(whole, prefix + 0.5), count } : []
    })
    .toSorted((a, b) => a.distance - b.distance || b.count - a.count)
    .slice(0, maxTries)
    .map(({ term }) => term)
}
