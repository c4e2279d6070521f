import { describe, expect, test } from 'vitest'
import { severity } from '../text/severity.ts'
import { drawRows } from './draw-rows.ts'
import { heldLimit, HeldLines } from './held-lines.ts'
import { lineAtTime } from './line-at-time.ts'
import { BlockBuilder } from './line-block.ts'
import { findText } from './matching.ts'
import { ShownRows } from './shown-rows.ts'

function held(lines: readonly string[], into = new HeldLines(), from = 0): HeldLines {
  let at = from
  for (const raw of lines) {
    into.add({ raw, position: at, end: at + raw.length + 1, lost: 0, at: null })
    at += raw.length + 1
  }
  return into
}

const numbered = (count: number) => Array.from({ length: count }, (_, n) => `line ${n}`)

function rowsOf(lines: HeldLines, width: number | null = null) {
  const shown = new ShownRows()
  shown.setLayout(width, shown.filter)
  shown.sync(lines.blocks())
  return shown
}

const drawn = (shown: ShownRows, from = shown.firstRow, to = shown.endRow) =>
  drawRows(shown, from, to, { query: null, current: null, numberFrom: 1 })

test('a line has the time that it names, or else the one when it came', () => {
  const lines = new HeldLines()
  const named = '2026-11-25T22:12:51Z started'
  const traceback = ['Traceback (most recent call last):', '  File "app.py", line 1']
  const at = Date.UTC(2026, 10, 25, 22, 12, 52)
  for (const [index, raw] of [named, 'plain', ...traceback].entries()) {
    lines.add({ raw, position: index * 100, end: (index + 1) * 100, lost: 0, at: at + index })
  }
  lines.setRest({ raw: 'unfinished', position: 400, end: 410, lost: 0, at: at + 4 })
  const rows = drawn(rowsOf(lines)).map(({ time, isArrival }) => ({ time, isArrival }))
  expect(rows).toEqual([
    { time: Date.UTC(2026, 10, 25, 22, 12, 51), isArrival: false },
    { time: at + 1, isArrival: true },
    { time: at + 2, isArrival: true },
    { time: null, isArrival: false },
    { time: at + 4, isArrival: true },
  ])
})

test('a moment is found by what lines say, and where none of them is that late by when they came', () => {
  const came = Date.UTC(2026, 10, 25, 22)
  const lines = new HeldLines()
  const texts = ['listening', '2026-03-01T10:00:00Z one', '2026-03-01T11:00:00Z two', 'plain']
  for (const [index, raw] of texts.entries()) {
    lines.add({ raw, position: index, end: index + 1, lost: 0, at: came + index })
  }
  const { entries } = rowsOf(lines)
  const first = Date.UTC(2026, 2, 1, 10)
  expect(lineAtTime(entries, Date.UTC(2026, 2, 1, 10, 30))).toEqual({ line: 2, first })
  expect(lineAtTime(entries, came + 1)).toEqual({ line: 3, first })
  expect(lineAtTime(entries, came + 60_000)).toBe('too late')
  expect(lineAtTime(rowsOf(held(['nobody knows'])).entries, came)).toBe('unknown')
})

test('a moment within the time that lines came in is found among both', () => {
  const hour = (n: number) => Date.UTC(2026, 10, 25, n)
  const lines = new HeldLines()
  const texts = [
    'plain',
    '2026-11-25T12:00:00Z warn',
    'plain',
    'plain',
    'until 2027-01-01T00:00:00Z',
  ]
  for (const [index, raw] of texts.entries()) {
    lines.add({
      raw,
      position: index,
      end: index + 1,
      lost: 0,
      at: hour(index === 0 ? 10 : 11 + index),
    })
  }
  const { entries } = rowsOf(lines)
  expect(lineAtTime(entries, hour(11))).toEqual({ line: 1, first: hour(10) })
  expect(lineAtTime(entries, hour(13))).toEqual({ line: 2, first: hour(10) })
})

describe('what is held', () => {
  test('is bounded by lines, the newest stay', () => {
    const lines = new HeldLines()
    let dropped = 0
    for (let n = 0; n < heldLimit.lines * 2; n += 1) {
      lines.add({ raw: '', position: n, end: n + 1, lost: 0, at: null })
      if (lines.isFull) dropped += lines.dropFirst()
    }
    expect(lines.lines).toBeLessThanOrEqual(heldLimit.lines + 2048)
    expect(lines.lines + dropped).toBe(heldLimit.lines * 2)
    expect(lines.blocks().at(-1)?.positions.at(-1)).toBe(heldLimit.lines * 2)
  })

  test('is bounded by length too', () => {
    const lines = new HeldLines()
    for (let n = 0; n < 1000; n += 1) {
      held(['x'.repeat(65_000)], lines)
      if (lines.isFull) lines.dropFirst()
    }
    const length = lines.blocks().reduce((sum, { text }) => sum + text.length, 0)
    expect(length).toBeLessThan(heldLimit.length + 600_000)
  })

  test('full blocks stay the same ones', () => {
    const lines = held(numbered(3000))
    const [first] = lines.blocks()
    held(['more'], lines)
    expect(lines.blocks()[0]).toBe(first)
  })

  test('a line that isn’t finished is there, and is one line when it is', () => {
    const lines = held(['one'])
    lines.setRest({ raw: 'tw', position: 4, end: 6, lost: 0, at: null })
    expect(drawn(rowsOf(lines)).map(({ text }) => text)).toEqual(['one', 'tw'])
    held(['two'], lines, 4)
    lines.setRest(null)
    expect(drawn(rowsOf(lines)).map(({ text }) => text)).toEqual(['one', 'two'])
  })
})

describe('rows', () => {
  test('of a long line are several, each found by its number, with what was found in it', () => {
    const shown = rowsOf(held(['short', 'abcdefghij'.repeat(10), 'end']), 33)
    expect(shown.endRow - shown.firstRow).toBe(1 + 4 + 1)
    expect(drawn(shown, 2, 4).map(({ part, text }) => [part, text.length])).toEqual([
      [1, 32],
      [2, 32],
    ])
    const [entry] = shown.entries
    if (entry === undefined) throw new Error('No entry')
    const query = { text: 'bcd', isRegex: false, matchesCase: true }
    entry.hits = findText(query, entry.block.text)
    // One of them is parted by the end of a row.
    const hits = drawRows(shown, 1, 5, { query, current: null, numberFrom: 1 })
    expect(hits.flatMap((row) => row.hits).length / 2).toBe(11)
  })

  test('keep their number while others go and come before them', () => {
    const lines = held(numbered(5000), new HeldLines(), 100_000)
    const shown = rowsOf(lines)
    const row = shown.rowOf(4321)
    expect(drawn(shown, row, row + 1)[0]?.text).toBe('line 4321')
    const builder = new BlockBuilder(0)
    builder.add({ raw: 'earlier', position: 0, end: 8, lost: 0, at: null })
    const earlier = builder.take()
    lines.prepend(earlier === null ? [] : [earlier])
    shown.sync(lines.blocks())
    expect(shown.firstRow).toBe(-1)
    expect(drawn(shown, row, row + 1)[0]?.text).toBe('line 4321')
    expect(drawn(shown, -1, 0)[0]?.text).toBe('earlier')
    shown.sync(lines.blocks().slice(2))
    expect(drawn(shown, row, row + 1)[0]?.text).toBe('line 4321')
    expect(shown.firstRow).toBeGreaterThan(0)
  })

  test('are found by where a line begins in the log', () => {
    const shown = rowsOf(held(numbered(3000)))
    const position = numbered(2000).join('\n').length + 1
    expect(shown.lineAt(position)).toBe(2000)
    expect(shown.lineAt(position + 3)).toBe(2000)
    expect(shown.lineAt(1e12)).toBe(2999)
  })

  test('by level are fewer, and what belongs together stays together', () => {
    const shown = rowsOf(
      held([
        'INFO: a',
        'ERROR: b',
        'Traceback (most recent call last):',
        '  File "x"',
        'KeyError: 1',
        'WARNING: c',
      ]),
    )
    shown.setLayout(null, { least: severity.error, onlyHits: false })
    expect(drawn(shown).map(({ text }) => text)).toEqual([
      'ERROR: b',
      'Traceback (most recent call last):',
      '  File "x"',
      'KeyError: 1',
    ])
    expect(shown.lines).toBe(4)
  })

  test('of JSON are one, and more when it is unfolded', () => {
    const shown = rowsOf(held(['{"msg":"hello","a":{"b":1}}', 'next']))
    expect(drawn(shown).map(({ kind, text }) => [kind, text])).toEqual([
      ['json', 'hello  a={"b":1}'],
      ['text', 'next'],
    ])
    shown.unfold(0, true)
    expect(drawn(shown).map(({ text }) => text.trim())).toEqual([
      'hello  a={"b":1}',
      '{',
      '"msg": "hello",',
      '"a": {',
      '"b": 1',
      '}',
      '}',
      'next',
    ])
    shown.unfold(0, false)
    expect(shown.endRow).toBe(2)
  })

  test('without wrapping are drawn up to a bound, and say how much more there is', () => {
    const shown = rowsOf(held(['y'.repeat(10_000)]))
    expect(drawn(shown)[0]).toMatchObject({ lost: 6000 })
    expect(drawn(shown)[0]?.text).toHaveLength(4000)
  })
})

test('a time that stands in its own column takes no room from the text', () => {
  const shown = rowsOf(
    held([`2026-11-25 22:12:51,123 ${'x'.repeat(40)}`, '[2026-11-25 22:12:51] y']),
    40,
  )
  expect(shown.endRow).toBe(3)
  shown.setLayout(40, shown.filter, true)
  expect(drawn(shown).map(({ before, text }) => [before, text])).toEqual([
    ['2026-11-25 22:12:51,123 ', 'x'.repeat(40)],
    ['[2026-11-25 22:12:51] ', 'y'],
  ])
})

test('colours are those of the line, also in the rows that it is wrapped into', () => {
  const esc = '\u001b'
  const shown = rowsOf(held([`${esc}[31m${'r'.repeat(50)}${esc}[0mplain`, 'next']), 41)
  const [first, second, next] = drawn(shown)
  expect(first?.runs).toEqual([0, 2, 0, 0])
  expect(second?.runs).toEqual([0, 2, 0, 0, 10, 0, 0, 0])
  expect(next?.runs).toEqual([])
})
