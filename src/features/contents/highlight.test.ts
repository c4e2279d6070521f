import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HighlightedText, type Token } from './highlight.ts'
import { type Language, languages } from './languages.ts'

const all = Object.keys(languages) as Language[]

function tokens(language: Language | null, text: string): Token[] {
  const code = new HighlightedText(text, language)
  return code.lines.flatMap((_, index) => code.tokens(index))
}

const text = (parts: readonly Token[]) => parts.map((token) => token.text).join('')
const of = (kind: Token['kind'], parts: readonly Token[]) =>
  parts.filter((token) => token.kind === kind).map((token) => token.text)

test('tokens are the text, whatever it is', () => {
  const pieces = fc.constantFrom(
    ...'"\'`#/*<!->=[]{}\\ \ta1_.é:;',
    '"""',
    "'''",
    '```',
    '-->',
    '\n',
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...all),
      fc.array(pieces, { maxLength: 120 }),
      (language, parts) => {
        const written = parts.join('')
        expect(text(tokens(language, written))).toBe(written.replaceAll('\n', ''))
      },
    ),
  )
})

test.each<[Language, string, Partial<Record<Token['kind'], string[]>>]>([
  [
    'python',
    '@app("/")\ndef run(n=1):  # go\n    return "x"',
    {
      keyword: ['def', 'return'],
      name: ['@app', 'run'],
      comment: ['# go'],
      string: ['"/"', '"x"'],
    },
  ],
  ['toml', '[App]\nName = "x" # y', { keyword: ['[App]'], name: ['Name'], comment: ['# y'] }],
  ['json', '{"a": [1, true, "b"]}', { name: ['"a"'], number: ['1'], string: ['"b"'] }],
  ['yaml', 'a: yes # b', { name: ['a'], keyword: ['yes'], comment: ['# b'] }],
  ['markdown', '# T\n`x`', { keyword: ['# T'], string: ['`x`'] }],
  ['shell', 'h2o-wave==1.8 # why', { comment: ['# why'] }],
  ['script', '/* a */ const b = 1 // c', { comment: ['/* a */', '// c'], keyword: ['const'] }],
  ['css', 'a { color: #fff }', { name: ['color'], number: ['#fff'] }],
  ['markup', '<a b="c"><!-- d -->', { name: ['b'], string: ['"c"'], comment: ['<!-- d -->'] }],
])('%s', (language, written, expected) => {
  const found = tokens(language, written)
  for (const [kind, words] of Object.entries(expected)) {
    expect(of(kind as Token['kind'], found)).toEqual(words)
  }
})

test('what goes on over lines keeps its colour, also where only a later line is asked for', () => {
  const code = new HighlightedText('a = """one\ntwo # three\n""" + b', 'python')
  expect(code.tokens(1)).toEqual([{ kind: 'string', text: 'two # three' }])
  expect(code.tokens(2)[0]).toEqual({ kind: 'string', text: '"""' })
})

test('characters that nobody sees are shown', () => {
  expect(tokens('python', 'if a: # \u202e} \u2066')).toContainEqual({
    kind: 'hidden',
    text: '\\u{202e}',
  })
  expect(of('hidden', tokens(null, 'zero\u200bwidth \0'))).toEqual(['\\u{200b}', '\\u{0}'])
  expect(of('hidden', tokens(null, 'family 👨\u200d👩 and\ttab'))).toEqual([])
})

test('lines end as every system ends them', () => {
  expect(new HighlightedText('\uFEFFa\r\nb\rc\nd', null).lines).toEqual(['a', 'b', 'c', 'd'])
})

test('a line without end stays plain', () => {
  expect(tokens('json', `"${'a'.repeat(5000)}"`)).toMatchObject([{ kind: 'plain' }])
})
