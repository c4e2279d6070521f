import { expect, test } from 'vitest'
import { squarify } from './squarify.ts'
import { nextTile, tilesOf } from './tiles.ts'

const file = (name: string, size: number) => ({ name, path: name, size, packedSize: size })

test('the largest come first, specks are put together, and empty files have no area', () => {
  const specks = Array.from({ length: 1000 }, (_, n) => file(`speck-${n}`, 1))
  const listing = {
    folders: [{ ...file('data', 500_000), fileCount: 2 }],
    files: [file('b', 900_000), file('empty', 0), ...specks],
  }
  expect(tilesOf(listing)).toEqual([
    { name: 'b', path: 'b', size: 900_000, isFolder: false },
    { name: 'data', path: 'data', size: 500_000, isFolder: true },
    { name: '1,000 smaller ones', path: null, size: 1000, isFolder: false },
  ])
})

test('arrow keys lead to the tile in that direction, and no further than the edge', () => {
  const rects = squarify([4, 2, 2], { x: 0, y: 0, width: 400, height: 200 })
  expect(nextTile(rects, 0, 'ArrowRight')).not.toBeNull()
  expect(nextTile(rects, 1, 'ArrowLeft')).toBe(0)
  expect(nextTile(rects, 1, 'ArrowDown')).toBe(2)
  expect(nextTile(rects, 0, 'ArrowLeft')).toBeNull()
  expect(nextTile(rects, 0, 'End')).toBe(2)
  expect(nextTile(rects, 0, 'x')).toBeNull()
})
