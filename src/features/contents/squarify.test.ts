import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Rect, squarify } from './squarify.ts'

const room: Rect = { x: 0, y: 0, width: 600, height: 300 }

const weights = fc
  .array(fc.integer({ min: 1, max: 1_000_000_000 }), { minLength: 1, maxLength: 60 })
  .map((all) => all.toSorted((a, b) => b - a))

test('every weight gets its share of the area, inside the room', () => {
  fc.assert(
    fc.property(weights, (all) => {
      const total = all.reduce((sum, weight) => sum + weight, 0)
      const rects = squarify(all, room)
      expect(rects).toHaveLength(all.length)
      for (const [index, { x, y, width, height }] of rects.entries()) {
        const share = ((all[index] ?? 0) / total) * room.width * room.height
        expect(width * height).toBeCloseTo(share, 3)
        expect(x).toBeGreaterThan(-0.001)
        expect(y).toBeGreaterThan(-0.001)
        expect(x + width).toBeLessThan(room.width + 0.001)
        expect(y + height).toBeLessThan(room.height + 0.001)
      }
    }),
  )
})

test('no two areas lie on each other', () => {
  fc.assert(
    fc.property(weights, (all) => {
      const rects = squarify(all, room)
      for (const [index, a] of rects.entries()) {
        for (const b of rects.slice(index + 1)) {
          const overlapX = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
          const overlapY = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
          expect(Math.min(overlapX, overlapY)).toBeLessThan(0.001)
        }
      }
    }),
  )
})

test('equal weights are near squares', () => {
  for (const { width, height } of squarify([1, 1, 1, 1, 1, 1, 1, 1], room)) {
    expect(Math.max(width / height, height / width)).toBeLessThan(2.1)
  }
})

test('without room or weight there are areas of nothing', () => {
  expect(squarify([2, 1], { ...room, width: 0 }).every(({ width }) => width === 0)).toBe(true)
  expect(squarify([], room)).toEqual([])
})
