import { expect, test } from 'vitest'
import { sumByFamily } from './group-watch.ts'
import type { Process } from './process-table.ts'

const process = (pid: number, parent: number, group: number, memory: number): Process => ({
  pid,
  parent,
  group,
  memory,
  cpuSeconds: 1,
})

test('an app takes what its group and all its descendants take, wherever they went', () => {
  const sums = sumByFamily(
    [
      process(10, 1, 10, 1_000), // a supervisor
      process(11, 10, 11, 1), // its app
      process(12, 11, 11, 2),
      process(13, 12, 13, 4), // left the group
      process(14, 10, 14, 8), // left, and was orphaned
      process(15, 14, 14, 16),
      process(20, 1, 20, 1_000),
      process(21, 20, 21, 32),
      process(99, 1, 99, 1_000), // somebody else
    ],
    [
      { group: 11, supervisor: 10 },
      { group: 21, supervisor: 20 },
    ],
  )
  expect(sums.get(11)).toEqual({ memory: 31, cpuSeconds: 5, pids: [11, 12, 13, 14, 15] })
  expect(sums.get(21)).toEqual({ memory: 32, cpuSeconds: 1, pids: [21] })
  expect(sums.size).toBe(2)
})

test('processes that seem to be each other’s parents end the search', () => {
  const circle = [process(5, 6, 5, 1), process(6, 5, 6, 1)]
  expect(sumByFamily(circle, [{ group: 11, supervisor: 10 }]).size).toBe(0)
})
