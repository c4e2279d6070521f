import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PaletteRow } from './command.ts'
import { queryWords } from './match.ts'
import { rank, withoutRepeats } from './rank.ts'
import { steadyRows } from './steady-rows.ts'

const command = (label: string) => ({ id: label, label, icon: 'play' as const, to: '/' })
const group = (label: string, labels: string[], max = 10) => ({
  label,
  commands: labels.map(command),
  max,
})
const labels = (rows: readonly PaletteRow[]) => rows.map((row) => row.command.label)

describe('rank', () => {
  const groups = [
    group('Commands', ['Import a bundle', 'Dark theme', 'Sign out']),
    group('Instances', ['Visit Dark matter', 'Pause Dark matter', 'Visit Importer']),
  ]

  test('the group with the best match comes first', () => {
    expect(labels(rank(groups, queryWords('dark'), []))).toEqual([
      'Dark theme',
      'Visit Dark matter',
      'Pause Dark matter',
    ])
    expect(labels(rank(groups, queryWords('visit dark'), []))).toEqual(['Visit Dark matter'])
  })

  test('among equals the recent one comes first', () => {
    const rows = rank(groups, queryWords('matter'), ['Pause Dark matter'])
    expect(labels(rows)).toEqual(['Pause Dark matter', 'Visit Dark matter'])
  })

  test('a group shows no more than it may', () => {
    expect(labels(rank([group('Many', ['a1', 'a2', 'a3'], 2)], ['a'], []))).toEqual(['a1', 'a2'])
  })

  test('a command that two groups have is shown once', () => {
    const rows = rank([group('One', ['a']), group('Two', ['a', 'b'])], [], [])
    expect(labels(withoutRepeats(rows))).toEqual(['a', 'b'])
  })
})

describe('steadyRows', () => {
  const rows = (text: string): PaletteRow[] =>
    [...text].map((id) => ({
      group: id === id.toUpperCase() ? 'Upper' : 'Lower',
      command: command(id),
      ranges: [],
    }))

  test('until somebody moves, what is new is taken as it is', () => {
    expect(labels(steadyRows(rows('abc'), rows('xbc'), null))).toEqual(['x', 'b', 'c'])
  })

  test('above the chosen row nothing moves; what is new goes below', () => {
    expect(labels(steadyRows(rows('abc'), rows('xbyc'), 'b'))).toEqual(['a', 'b', 'x', 'y', 'c'])
  })

  test('the chosen row is brought up to date in its place', () => {
    const next = rows('ba').map((row) => ({ ...row, command: { ...row.command, label: 'new' } }))
    expect(labels(steadyRows(rows('ab'), next, 'b'))).toEqual(['new', 'new'])
  })

  test('whatever arrives, the chosen row keeps its place and no group is torn apart', () => {
    const some = fc
      .uniqueArray(fc.constantFrom(...'abcdefABCDEF'), { minLength: 1 })
      .map((ids) => rows(ids.toSorted().join('')))
    fc.assert(
      fc.property(some, some, fc.nat(), (shown, next, n) => {
        const at = n % shown.length
        const chosen = shown[at]?.command.id ?? ''
        const after = steadyRows(shown, next, chosen)
        expect(labels(after).slice(0, at + 1)).toEqual(labels(shown).slice(0, at + 1))
        expect(new Set(labels(after)).size).toBe(after.length)
        const groups = after.map((row) => row.group)
        expect(groups.filter((each, index) => each !== groups[index - 1])).toEqual([
          ...new Set(groups),
        ])
      }),
    )
  })
})
