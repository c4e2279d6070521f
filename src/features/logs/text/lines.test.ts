import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columnsOf, rowsFor, wrapAt } from './columns.ts'
import { looksLikeJson, summarize, unfolded } from './json-line.ts'
import { LineGroups } from './line-groups.ts'
import { timeOf } from './line-time.ts'
import { severityOf, severityWords } from './severity.ts'

describe('how bad a line says it is', () => {
  test.each([
    ['WARNING:root:disk is nearly full', 'Warning'],
    ['2026-11-25 22:12:51,123 - app.db - ERROR - gone', 'Error'],
    ['2026-11-25 22:12:51.123 | CRITICAL | __main__:<module>:3 - stop', 'Error'],
    ['INFO:     127.0.0.1:5000 - "GET / HTTP/1.1" 500 Internal Server Error', 'Info'],
    ['[2026-11-25 22:12:51 +0000] [12] [DEBUG] worker', 'Debug'],
    ['[warn] cache is cold', 'Warning'],
    ['error: no such file', 'Error'],
    ['ts=2026-11-25T22:12:51Z level=error msg="no"', 'Error'],
    ['E1125 22:12:51.123456 7 main.cc:1] no', 'Error'],
    ['127.0.0.1 - - [25/Nov/2026 22:12:51] "GET / HTTP/1.1" 503 -', 'Error'],
    ['127.0.0.1 - - [25/Nov/2026 22:12:51] "GET / HTTP/1.1" 404 -', 'Warning'],
    ['127.0.0.1 - - [25/Nov/2026 22:12:51] "GET / HTTP/1.1" 200 -', ''],
    ["ModuleNotFoundError: No module named 'pandas'", 'Error'],
    ['app.py:3: DeprecationWarning: use the other', 'Warning'],
    ['INFORMATION is not a level', ''],
    ['no errors were found', ''],
    ['the user said ERRORS', ''],
  ])('%s', (line, word) => {
    expect(severityWords[severityOf(line, false)]).toBe(word)
  })

  test.each([
    ['{"level":"warning","msg":"x"}', 'Warning'],
    ['{"msg":"an ERROR in words","levelname":"INFO"}', 'Info'],
    ['{"level":50,"msg":"pino"}', 'Error'],
    ['{"msg":"none"}', ''],
  ])('%s', (line, word) => {
    expect(severityWords[severityOf(line, true)]).toBe(word)
  })
})

describe('when a line says it is', () => {
  const at = Date.UTC(2026, 10, 25, 22, 12, 51)
  test.each([
    ['2026-11-25T22:12:51Z started', at, true],
    ['2026-11-25 22:12:51.250+01:00 started', at - 3_600_000 + 250, true],
    ['[2026-11-25 22:12:51 +0000] [12] [INFO] started', at, true],
    ['10.0.0.1 - - [25/Nov/2026:22:12:51 -0500] "GET /"', at + 5 * 3_600_000, true],
    ['2026/11/25 22:12:51 # started', new Date(2026, 10, 25, 22, 12, 51).getTime(), false],
  ])('%s', (line, time, hasZone) => {
    expect(timeOf(line, false)).toMatchObject({ at: time, hasZone })
  })

  test('in JSON, as text or as a number of seconds or milliseconds', () => {
    expect(timeOf('{"msg":"x","ts":1764108771.5}', true)?.at).toBe(1_764_108_771_500)
    expect(timeOf('{"time":1764108771500}', true)?.at).toBe(1_764_108_771_500)
    expect(timeOf('{"timestamp":"2026-11-25T22:12:51Z"}', true)?.at).toBe(at)
  })

  test('is none where there is none', () => {
    for (const line of ['', '14:02 tea', '2026-13-45 99:99:99', 'v2026-11-25', '1.2.3.4']) {
      expect(timeOf(line, false), line).toBeNull()
    }
  })
})

test('a traceback belongs to the line that announces it, chained ones too', () => {
  const lines = [
    ['INFO: fine', 2, false],
    ['ERROR: could not score', 4, false],
    ['Traceback (most recent call last):', 0, true],
    ['  File "a.py", line 1, in <module>', 0, true],
    ["KeyError: 'a'", 4, true],
    ['', 0, true],
    ['During handling of the above exception, another exception occurred:', 0, true],
    ['', 0, true],
    ['Traceback (most recent call last):', 0, true],
    ['  File "b.py", line 2, in <module>', 0, true],
    ['ValueError: b', 4, true],
    ['INFO: fine again', 2, false],
    ['  indented, but of no error', 0, false],
  ] as const
  const groups = new LineGroups()
  for (const [text, own, continues] of lines) {
    const placed = groups.place(text, own)
    expect(placed.continues, text).toBe(continues)
    if (continues) expect(placed.severity, text).toBe(4)
  }
})

describe('JSON', () => {
  test('is told by its message first', () => {
    expect(summarize('{"level":"info","ts":1,"msg":"hello","user":{"id":7},"ok":true}')).toEqual({
      text: 'info  hello  user={"id":7} ok=true',
      restAt: 13,
    })
    expect(summarize('{"a":1}')?.text).toBe('a=1')
  })

  test('that is hostile stays one harmless line', () => {
    const line = JSON.stringify({
      msg: '\u001b[31mred\u0007\nnext\u202e',
      ['k\u0000']: '\u001b]0;t\u0007',
    })
    const text = summarize(line)?.text ?? ''
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u001f\u202e]/)
    expect(text).toContain('red ↵ next')
    expect(unfolded(line)?.join('')).not.toContain('\u202e')
  })

  test('that is none after all is left as it is', () => {
    for (const line of ['{}', '{oops}', '{"a":', '[1]', 'null']) {
      expect(looksLikeJson(line) && summarize(line) !== null, line).toBe(false)
    }
  })
})

test('rows are as many as counted, none is too wide, and together they are the text', () => {
  const unit = fc.constantFrom('a', ' ', 'é', '日', '🚀', '\t', 'e\u0301', '─', 'ع', '\u200d')
  fc.assert(
    fc.property(
      fc.string({ unit, maxLength: 300 }),
      fc.integer({ min: 8, max: 60 }),
      (text, width) => {
        const starts = wrapAt(text, width)
        expect(starts).toHaveLength(rowsFor(columnsOf(text), width))
        const rows = starts.map((from, i) => text.slice(from, starts[i + 1]))
        expect(rows.join('')).toBe(text)
        for (const row of rows) expect(columnsOf(row)).toBeLessThanOrEqual(width + 2)
      },
    ),
  )
})
