import fc from 'fast-check'
import { expect, test } from 'vitest'
import { appendLog, emptyLog, levelIn, logText, readable, unseenPart } from './log-buffer.ts'

test('however a text is cut into chunks, the lines are the same', () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '<', 'é') })
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), fc.array(fc.nat(200)), (lines, cuts) => {
      const text = lines.join('\n')
      let log = emptyLog
      let from = 0
      for (const cut of [...cuts].sort((a, b) => a - b)) {
        log = appendLog(log, text.slice(from, cut))
        from = Math.max(from, Math.min(cut, text.length))
      }
      log = appendLog(log, text.slice(from))
      expect(logText(log)).toBe(text)
    }),
  )
})

test('the newest lines stay and the rest is counted', () => {
  let log = emptyLog
  for (let i = 0; i < 3000; i += 1) log = appendLog(log, `line ${i}\n`, 1000)
  expect(log.count).toBeGreaterThanOrEqual(1000)
  expect(log.count).toBeLessThan(1200)
  expect(log.dropped + log.count).toBe(3000)
  expect(logText(log)).toContain('line 2999')
  expect(logText(log)).not.toContain('line 0\n')
})

test('a block that is full is never touched again', () => {
  const first = appendLog(emptyLog, 'x\n'.repeat(500))
  const second = appendLog(first, 'y\n')
  expect(second.blocks[0]).toBe(first.blocks[0])
  expect(second.blocks[1]).toBe(first.blocks[1])
})

test('a line without an end is bounded', () => {
  let log = emptyLog
  for (let i = 0; i < 100; i += 1) log = appendLog(log, 'z'.repeat(10_000))
  expect(log.rest.length).toBeLessThan(20_000)
})

test('colours and control characters of a terminal are not shown, markup is text', () => {
  expect(readable('\u001b[31mred\u001b[0m \u0007<b>bold</b>\r')).toBe('red <b>bold</b>')
})

test('the level is found near the start of a line only', () => {
  expect(levelIn('14:02:17.204 INFO  connecting')).toEqual({ level: 'info', start: 13, end: 17 })
  expect(levelIn('WARNING: disk')?.level).toBe('warning')
  expect(levelIn('INFORMATION')).toBeNull()
  expect(levelIn(`${'x'.repeat(80)} ERROR`)).toBeNull()
})

test('what a new connection repeats is left out, to the byte', () => {
  expect(unseenPart('one\n', 4, 0)).toBe('one\n')
  expect(unseenPart('one\n', 4, 4)).toBe('')
  expect(unseenPart('one\nzwölf\n', 11, 4)).toBe('zwölf\n')
  expect(unseenPart('later\n', 106, 4)).toBe('later\n')
  expect(unseenPart('no position\n', Number.NaN, 4)).toBe('no position\n')
})
