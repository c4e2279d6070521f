/** A word of a text: folded, and where it stands, in UTF-16 code units. */
export type Word = { readonly text: string; readonly start: number; readonly end: number }

const unspaced = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`
const runs = new RegExp(`([${unspaced}]+)|(?:(?![${unspaced}])[\\p{L}\\p{N}\\p{M}])+`, 'gu')

/** Longer than any word that somebody types; what comes behind it is not looked at. */
const maxWord = 64
/** Of a script without spaces, so much of a run is found. */
const maxRun = 8
/** Of one text. A description that says more is found by its beginning. */
const maxWords = 1_000

/** Lower case, without accents, compatible forms made one: what is compared instead of what is written. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
}

/**
 * The words of a text that a search finds. Where a script writes no spaces every character begins a word, so that
 * looking at beginnings finds what is inside of a run.
 */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  for (const { 0: run, 1: withoutSpaces, index } of text.matchAll(runs)) {
    if (words.length >= maxWords) break
    if (withoutSpaces === undefined) {
      add(words, run.slice(0, maxWord * 2), index, index + run.length)
      continue
    }
    const characters = Array.from(run.slice(0, maxWords * 2))
    let start = index
    for (const [at, character] of characters.entries()) {
      const piece = characters.slice(at, at + maxRun).join('')
      add(words, piece, start, start + piece.length)
      start += character.length
    }
  }
  return words.slice(0, maxWords)
}

/** The words that somebody searches for, each once, at most sixteen. */
export function searchWords(q: string): string[] {
  const words: Word[] = []
  for (const { 0: run, 1: withoutSpaces, index } of q.matchAll(runs)) {
    if (withoutSpaces === undefined) {
      add(words, run, index, index)
      continue
    }
    const characters = [...run]
    for (let at = 0; at < characters.length; at += maxRun) {
      add(words, characters.slice(at, at + maxRun).join(''), index, index)
    }
  }
  return [...new Set(words.map(({ text }) => text))].slice(0, 16)
}

function add(words: Word[], raw: string, start: number, end: number): void {
  const text = fold(raw).slice(0, maxWord)
  if (text !== '') words.push({ text, start, end })
}

/** How much of `raw`, in code units, `length` folded code units come from. */
export function unfoldedLength(raw: string, length: number): number {
  let folded = 0
  let taken = 0
  for (const character of raw) {
    const own = fold(character).length
    // Accents that follow as characters of their own belong to the letter before them.
    if (folded >= length && own > 0) break
    folded += own
    taken += character.length
  }
  return taken
}
