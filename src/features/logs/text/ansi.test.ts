import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attribute, readable, readLine, trueColor } from './ansi.ts'
import { cssColor, lookOf } from './ansi-colors.ts'

const esc = '\u001b'

test('what has nothing special in it is handed on as it is', () => {
  const text = 'plain text, ümlaut, 日本語, 🚀, a\ttab'
  expect(readLine(text)).toEqual({ text, runs: [], style: { fg: 0, bg: 0, attributes: 0 } })
})

describe('colours', () => {
  const runs = (text: string) => readLine(text).runs

  test('of sixteen, of 256 and in full, in both ways to write them', () => {
    expect(runs(`${esc}[31mred`)).toEqual([0, 2, 0, 0])
    expect(runs(`${esc}[97;44mwhite on blue`)).toEqual([0, 16, 5, 0])
    expect(runs(`${esc}[38;5;208morange`)).toEqual([0, 209, 0, 0])
    expect(runs(`${esc}[38:5:208morange`)).toEqual([0, 209, 0, 0])
    const sea = trueColor + 0x0b7285
    expect(runs(`${esc}[38;2;11;114;133msea`)).toEqual([0, sea, 0, 0])
    expect(runs(`${esc}[48:2::11:114:133msea`)).toEqual([0, 0, sea, 0])
    expect(runs(`${esc}[38;2;11;114;133;1msea, bold`)).toEqual([0, sea, 0, attribute.bold])
  })

  test('go on until they are taken back, over the end of a line too', () => {
    const first = readLine(`a${esc}[1;31mb${esc}[22mc`)
    expect(first).toMatchObject({ text: 'abc', runs: [1, 2, 0, attribute.bold, 2, 2, 0, 0] })
    const second = readLine(`d${esc}[0me`, first.style)
    expect(second).toMatchObject({ text: 'de', runs: [0, 2, 0, 0, 1, 0, 0, 0] })
  })

  test('that make no sense change nothing', () => {
    expect(runs(`${esc}[38;5;999mx`)).toEqual([])
    expect(runs(`${esc}[38;2;1mx`)).toEqual([])
    expect(runs(`${esc}[999999999999mx`)).toEqual([])
    expect(runs(`${esc}[?1;31mx`)).toEqual([])
  })

  test('as CSS: the cube and the greys are xterm’s', () => {
    expect(cssColor(0)).toBeNull()
    expect(cssColor(16 + 1)).toBe('#000000')
    expect(cssColor(208 + 1)).toBe('#ff8700')
    expect(cssColor(255 + 1)).toBe('#eeeeee')
    expect(lookOf(2, 0, attribute.inverse)).toMatchObject({ color: null, background: cssColor(2) })
  })
})

describe('what a terminal would do more than show', () => {
  test.each([
    ['a title', `${esc}]0;owned\u0007text`],
    ['the clipboard', `${esc}]52;c;aGVsbG8=${esc}\\text`],
    ['a link', `${esc}]8;;https://evil.example\u0007te${esc}]8;;\u0007xt`],
    ['cursor moves', `${esc}[2J${esc}[1;1H${esc}[5Atext`],
    ['a device string', `${esc}P1$r0m${esc}\\text`],
    ['character sets and resets', `${esc}(B${esc}ctext`],
    ['8-bit forms', '\u009b31mtext\u009b0m'],
    ['a bell', 'te\u0007xt'],
    ['an unfinished sequence', `text${esc}[31`],
    ['a lone escape', `text${esc}`],
  ])('%s is not shown and not done', (_what, line) => {
    expect(readable(line)).toBe('text')
  })

  test('a string without an end hides nothing of what follows', () => {
    expect(readable(`${esc}]0;all of this is text`)).toBe('0;all of this is text')
  })

  test('what can’t be seen or turns the text around is spelled out', () => {
    expect(readable('a\u202eb\u2066c\u200bd\u2028e')).toBe(
      String.raw`a\u202eb\u2066c\u200bd\u2028e`,
    )
    expect(readable('NUL \0, DEL \u007f')).toBe('NUL ␀, DEL ␡')
    expect(readable('tag \u{e0041}')).toBe(String.raw`tag \u{e0041}`)
  })

  test('a progress bar is what it came to', () => {
    expect(readable(' 10%\r 20%\r100%')).toBe('100%')
    expect(readable('windows line\r')).toBe('windows line')
    expect(readable(`working\r${esc}[2Kdone`)).toBe('done')
    expect(readable('|\b/\b-\bok')).toBe('ok')
  })
})

test('whatever comes, what is shown holds no control character, and markup stays what it is', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(esc, `${esc}[`, `${esc}]`, '31m', ';', '\u0007', '\r', '\b', '<b>', '\u009b'),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const { text, runs } = readLine(pieces.join('').replaceAll('\n', ''))
      expect(text).not.toMatch(
        // oxlint-disable-next-line no-control-regex
        /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
      )
      for (let i = 0; i < runs.length; i += 4) {
        expect(runs[i]).toBeLessThan(text.length)
        if (i > 0) expect(runs[i]).toBeGreaterThan(runs[i - 4] ?? -1)
      }
    }),
  )
  expect(readable('<script>alert(1)</script>')).toBe('<script>alert(1)</script>')
})
