import type { App, SearchMatch } from '../../src/api/generated/types.gen.ts'
import type { MatchedWord } from './app-search.ts'
import { unfoldedLength, wordsOf } from './words.ts'

const maxMatches = 40

/** Where an app's texts say what was searched for: the beginning that was typed, or the whole of a misspelt word. */
export function matchesOf(app: App, words: readonly MatchedWord[]): SearchMatch[] {
  if (words.length === 0) return []
  const found: SearchMatch[] = []
  const look = (field: SearchMatch['field'], text: string, index = 0) => {
    let end = 0
    for (const word of wordsOf(text)) {
      const length = matchedLength(text.slice(word.start, word.end), word.text, words)
      // In a script without spaces words overlap: what a longer one covers already is not said twice.
      if (length === 0 || word.start + length <= end) continue
      const start = Math.max(word.start, end)
      end = word.start + length
      found.push({ appId: app.id, field, index, start, end })
    }
  }
  look('title', app.title)
  look('name', app.name)
  look('description', app.description)
  for (const [index, keyword] of app.keywords.entries()) look('keyword', keyword, index)
  for (const [index, tag] of app.tags.entries()) {
    const before = found.length
    look('tag', tag.title, index)
    if (found.length > before) continue
    // Found by its name, which people don't see: it is the tag that was found.
    const byName = wordsOf(tag.name).some((word) => matchedLength(tag.name, word.text, words) > 0)
    if (byName && tag.title !== '') {
      found.push({ appId: app.id, field: 'tag', index, start: 0, end: tag.title.length })
    }
  }
  look('owner', app.owner.name)
  return found.slice(0, maxMatches)
}

/** How much of a word is matched, in code units; 0: nothing. */
function matchedLength(raw: string, text: string, words: readonly MatchedWord[]): number {
  let length = 0
  for (const word of words) {
    if (text.startsWith(word.text)) length = Math.max(length, unfoldedLength(raw, word.text.length))
    else if (word.misspelt.has(text)) length = raw.length
  }
  return length
}
