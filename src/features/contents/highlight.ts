import { type Block, type Grammar, type Language, languages, type TokenKind } from './languages.ts'

export type Token = { kind: TokenKind; text: string }

/** Longer lines are data, not code: they stay plain. */
const maxLineLength = 2000

/** What stands between two tokens is taken a word at a time, so that every step gets on. */
const plainRun = /[\p{L}\p{N}_$]+|\s+|[^\p{L}\p{N}_$\s]/uy

// Controls, the marks that turn the reading direction around, and letters without a width: what a line is can differ
// from what it seems to be (“Trojan Source”, 2021). Joiners stay: Persian words and emoji need them.
const hidden =
  // oxlint-disable-next-line no-control-regex
  /([\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff])/

/**
 * A text's lines as tokens, asked for a line at a time: only what is in sight costs anything. The tokens of a line,
 * hidden characters aside, are its text.
 */
export class HighlightedText {
  readonly lines: readonly string[]
  readonly #grammar: Grammar | null
  /** The block that each line begins in, as far as it is known. */
  readonly #states: (Block | null)[] = [null]

  /** @param language null for plain text */
  constructor(text: string, language: Language | null) {
    this.lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
    this.#grammar = language === null ? null : languages[language]
  }

  /** @param index from 0 */
  tokens(index: number): Token[] {
    const line = this.lines[index] ?? ''
    const grammar = this.#grammar
    if (grammar === null) return reveal([{ kind: 'plain', text: line }])
    for (let at = this.#states.length - 1; at < index; at++) {
      this.#states.push(tokenize(grammar, this.lines[at] ?? '', this.#states[at] ?? null).state)
    }
    return reveal(tokenize(grammar, line, this.#states[index] ?? null).tokens)
  }
}

function tokenize(grammar: Grammar, line: string, state: Block | null) {
  const tokens: Token[] = []
  if (line.length > maxLineLength) {
    return { tokens: [{ kind: state?.kind ?? 'plain', text: line } satisfies Token], state }
  }
  let block = state
  let at = 0
  const take = (kind: TokenKind, end: number) => {
    const last = tokens.at(-1)
    const text = line.slice(at, end)
    if (last?.kind === kind) last.text += text
    else tokens.push({ kind, text })
    at = end
  }
  while (at < line.length) {
    if (block !== null) {
      const end = endOfBlock(block, line, at)
      take(block.kind, end ?? line.length)
      if (end !== null) block = null
      continue
    }
    const opened = grammar.blocks.find(({ open }) => endOfMatch(open, line, at) !== null)
    if (opened !== undefined) {
      block = opened
      take(opened.kind, endOfMatch(opened.open, line, at) ?? line.length)
      continue
    }
    let matched = false
    for (const [kind, rule] of grammar.rules) {
      const end = endOfMatch(rule, line, at)
      if (end === null) continue
      take(kind, end)
      matched = true
      break
    }
    if (matched) continue
    const end = endOfMatch(plainRun, line, at) ?? at + 1
    take(grammar.words.has(line.slice(at, end)) ? 'keyword' : 'plain', end)
  }
  return { tokens, state: block }
}

/** Where the expression's match at this place ends; null where there is none, or an empty one. */
function endOfMatch(rule: RegExp, line: string, at: number): number | null {
  rule.lastIndex = at
  return rule.test(line) && rule.lastIndex > at ? rule.lastIndex : null
}

function endOfBlock({ close, escapes = false }: Block, line: string, from: number): number | null {
  for (let at = from; at < line.length; at++) {
    if (escapes && line[at] === '\\') at += 1
    else if (line.startsWith(close, at)) return at + close.length
  }
  return null
}

function reveal(tokens: Token[]): Token[] {
  if (!tokens.some(({ text }) => hidden.test(text))) return tokens
  return tokens.flatMap(({ kind, text }) =>
    // Odd pieces are the matches, because the pattern is one group.
    text
      .split(hidden)
      .map((piece, index) =>
        index % 2 === 0 ? { kind, text: piece } : { kind: 'hidden' as const, text: codeOf(piece) },
      )
      .filter((token) => token.text !== ''),
  )
}

function codeOf(character: string): string {
  return `\\u{${character.charCodeAt(0).toString(16)}}`
}
