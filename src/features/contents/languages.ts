/** What a piece of a text is, for its colour. `hidden` stands for a character that nobody could see. */
export type TokenKind = 'plain' | 'comment' | 'string' | 'keyword' | 'number' | 'name' | 'hidden'

/** What may go on over several lines. */
export type Block = { kind: TokenKind; open: RegExp; close: string; escapes?: boolean }

/**
 * A language by rough rules, enough to tell text from code at a glance. All expressions are sticky, and each is linear
 * in the line's length: no quantifier is inside another, and what may fail late is bounded.
 */
export type Grammar = {
  blocks: readonly Block[]
  rules: readonly (readonly [kind: TokenKind, rule: RegExp])[]
  words: ReadonlySet<string>
}

const words = (text: string) => new Set(text.split(' '))

const doubleQuoted: readonly [TokenKind, RegExp] = ['string', /"(?:[^"\\]|\\.)*"?/y]
const singleQuoted: readonly [TokenKind, RegExp] = ['string', /'(?:[^'\\]|\\.)*'?/y]
const number: readonly [TokenKind, RegExp] = ['number', /(?<![\w.])[-+]?\d[\w.]{0,60}/y]
const hashComment: readonly [TokenKind, RegExp] = ['comment', /(?<=^|\s)#.*/y]

export const languages = {
  python: {
    blocks: [
      { kind: 'string', open: /[rbfuRBFU]{0,2}"""/y, close: '"""', escapes: true },
      { kind: 'string', open: /[rbfuRBFU]{0,2}'''/y, close: "'''", escapes: true },
    ],
    rules: [
      ['comment', /#.*/y],
      ['string', /(?<!\w)[rbfuRBFU]{0,2}"(?:[^"\\]|\\.)*"?/y],
      ['string', /(?<!\w)[rbfuRBFU]{0,2}'(?:[^'\\]|\\.)*'?/y],
      ['name', /@[\w.]{1,80}/y],
      ['name', /(?<=\b(?:def|class) {1,4})\w{1,80}/y],
      number,
    ],
    words: words(
      'False None True and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield',
    ),
  },
  toml: {
    blocks: [
      { kind: 'string', open: /"""/y, close: '"""', escapes: true },
      { kind: 'string', open: /'''/y, close: "'''" },
    ],
    rules: [
      ['comment', /[#;].*/y],
      ['keyword', /(?<=^\s{0,40})\[\[?[^\]]{0,200}\]\]?/y],
      ['name', /(?<=^\s{0,40})[\w.-]{1,80}(?=\s{0,40}=)/y],
      doubleQuoted,
      ['string', /'[^']*'?/y],
      number,
    ],
    words: words('true false inf nan'),
  },
  json: {
    blocks: [],
    rules: [['name', /"(?:[^"\\]|\\.)*"(?=\s{0,40}:)/y], doubleQuoted, number],
    words: words('true false null'),
  },
  yaml: {
    blocks: [],
    rules: [
      hashComment,
      ['name', /[\w./-]{1,80}(?=:(?:\s|$))/y],
      ['keyword', /---$/y],
      doubleQuoted,
      singleQuoted,
      number,
    ],
    words: words('true false null yes no on off'),
  },
  markdown: {
    blocks: [
      { kind: 'string', open: /(?<=^\s{0,3})```.*/y, close: '```' },
      { kind: 'comment', open: /<!--/y, close: '-->' },
    ],
    rules: [
      ['keyword', /(?<=^)#{1,6}\s.*/y],
      ['name', /(?<=^\s{0,20})(?:[-*+]|\d{1,9}\.)(?=\s)/y],
      ['comment', /(?<=^)>.*/y],
      ['string', /`[^`]{1,400}`/y],
      ['name', /\[[^\][]{0,200}\](?=\()/y],
    ],
    words: new Set<string>(),
  },
  shell: {
    blocks: [],
    rules: [hashComment, doubleQuoted, singleQuoted, ['name', /\$\{?\w{1,80}\}?/y], number],
    words: words(
      'if then else elif fi for in do done while case esac function return export FROM RUN COPY ADD CMD ENTRYPOINT ENV WORKDIR EXPOSE USER ARG',
    ),
  },
  script: {
    blocks: [
      { kind: 'comment', open: /\/\*/y, close: '*/' },
      { kind: 'string', open: /`/y, close: '`', escapes: true },
    ],
    rules: [['comment', /\/\/.*/y], doubleQuoted, singleQuoted, number],
    words: words(
      'abstract as async await break case catch class const continue default delete do else enum export extends false final finally fn for from func function go if impl implements import in instanceof interface let match mod mut new null of package private protected public return static struct super switch this throw true try type typeof undefined use var void while yield',
    ),
  },
  css: {
    blocks: [{ kind: 'comment', open: /\/\*/y, close: '*/' }],
    rules: [
      doubleQuoted,
      singleQuoted,
      ['keyword', /@[\w-]{1,60}/y],
      ['name', /[\w-]{1,60}(?=\s{0,20}:\s)/y],
      ['number', /#[\da-fA-F]{3,8}\b/y],
      number,
    ],
    words: new Set<string>(),
  },
  markup: {
    blocks: [{ kind: 'comment', open: /<!--/y, close: '-->' }],
    rules: [
      ['keyword', /<[/!?]?[\w:-]{1,80}/y],
      ['keyword', /[/?]?>/y],
      ['name', /[\w:-]{1,80}(?==["'])/y],
      ['string', /"[^"]*"?/y],
    ],
    words: new Set<string>(),
  },
} as const satisfies Record<string, Grammar>

export type Language = keyof typeof languages
