import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LineAssembler, maxLineLength, type RawLine } from './line-assembler.ts'

const encoder = new TextEncoder()
const size = (text: string) => encoder.encode(text).length

/** The lines of a text that comes in these pieces, the unfinished one included. */
function assemble(pieces: readonly string[]): RawLine[] {
  const assembler = new LineAssembler(0)
  const lines: RawLine[] = []
  let at = 0
  for (const piece of pieces) {
    const end = at + size(piece)
    assembler.push(piece, at, end, (line) => lines.push(line))
    at = end
  }
  const rest = assembler.finish()
  return rest === null ? lines : [...lines, rest]
}

test('however a text is cut into pieces, the lines and their places are the same', () => {
  const unit = fc.constantFrom('a', ' ', '\n', '\r', '<', 'é', '日', '🚀', '\u001b[31m')
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 80 }), fc.array(fc.nat(80)), (units, cuts) => {
      const whole = assemble([units.join('')])
      const places = [0, ...cuts, units.length].sort((a, b) => a - b)
      const pieces = places.slice(1).map((to, i) => units.slice(places[i], to).join(''))
      expect(assemble(pieces)).toEqual(whole)
      const text = units.join('')
      for (const { raw, position } of whole) {
        expect(encoder.encode(text).subarray(position, position + size(raw))).toEqual(
          encoder.encode(raw),
        )
      }
    }),
  )
})

test('a line came when its beginning came, wherever its pieces end', () => {
  const assembler = new LineAssembler(0)
  const lines: RawLine[] = []
  const push = (text: string, start: number) =>
    assembler.push(text, start, start + text.length, (line) => lines.push(line))
  push('unknown\n', 0)
  assembler.arrived([{ position: 8, at: 1_000 }])
  push('one\ntwo', 8)
  assembler.arrived([
    { position: 15, at: 2_000 },
    { position: 19, at: 3_000 },
  ])
  push(' is\nthree\n', 15)
  // After a broken connection it is said again.
  assembler.arrived([
    { position: 19, at: 3_000 },
    { position: 25, at: 4_000 },
  ])
  push('four\n', 25)
  expect(lines.map(({ raw, at }) => [raw, at])).toEqual([
    ['unknown', null],
    ['one', 1_000],
    ['two is', 1_000],
    ['three', 3_000],
    ['four', 4_000],
  ])
})

test('a line that goes on for days keeps its own time, and the next one gets its', () => {
  const assembler = new LineAssembler(0)
  const lines: RawLine[] = []
  const count = 200_000
  for (let n = 0; n < count; n += 1) {
    assembler.arrived([{ position: n, at: n }])
    assembler.push(n === count - 2 ? '\n' : '.', n, n + 1, (line) => lines.push(line))
  }
  expect(lines.map(({ at }) => at)).toEqual([0])
  expect(assembler.rest()?.at).toBe(count - 1)
})

test('bytes that are no UTF-8 don’t shift the lines after the piece they came in', () => {
  const assembler = new LineAssembler(0)
  const lines: RawLine[] = []
  // 0xff and 0xfe arrive as two U+FFFD.
  assembler.push('a\u{fffd}\u{fffd}\nb\n', 0, 6, (line) => lines.push(line))
  assembler.push('c\n', 6, 8, (line) => lines.push(line))
  expect(lines.map(({ raw, position }) => [raw, position])).toEqual([
    ['a\u{fffd}\u{fffd}', 0],
    ['b', 4],
    ['c', 6],
  ])
})

test('of a line of ten megabytes the beginning is kept and the rest counted', () => {
  const piece = 'x'.repeat(100_000)
  const lines = assemble([...Array.from({ length: 100 }, () => piece), '\nnext\n'])
  expect(lines).toHaveLength(2)
  expect(lines[0]?.raw).toHaveLength(maxLineLength)
  expect(lines[0]?.lost).toBe(10_000_000 - maxLineLength)
  expect(lines[1]).toMatchObject({ raw: 'next', position: 10_000_001, lost: 0 })
})

test('a cut never goes through a character', () => {
  const [line] = assemble(['x'.repeat(maxLineLength - 1) + '🚀🚀'])
  expect(line?.raw.isWellFormed()).toBe(true)
  expect(line?.lost).toBe(4)
})

test('a progress bar that never ends its line stays small', () => {
  const assembler = new LineAssembler(0)
  let at = 0
  for (let n = 0; n < 10_000; n += 1) {
    const piece = `\rstep ${n} of 10000`
    assembler.push(piece, at, at + piece.length, () => {})
    at += piece.length
    expect(assembler.rest()?.raw.length).toBeLessThan(8192)
  }
  expect(assembler.rest()?.raw).toContain('step 9999 of 10000')
  expect(assembler.rest()?.lost).toBe(0)
})

test('what begins in the middle of a line is left out up to the next', () => {
  const assembler = new LineAssembler(100, true)
  const lines: RawLine[] = []
  assembler.push('the end of one\nwhole\n', 100, 121, (line) => lines.push(line))
  expect(lines).toMatchObject([{ raw: 'whole', position: 115 }])
})
