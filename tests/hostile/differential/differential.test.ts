import { expect, test } from 'vitest'
import { runManifests } from './manifests.ts'
import { startOracle } from './oracle.ts'
import { watchDifferential } from './watch.ts'

const MiB = 1024 ** 2

// The bases have a few KB each: whatever grows with the number of archives is a leak, whatever
// jumps with one of them believes a size that is a lie.
const MEMORY = { resident: 512 * MiB, buffers: 64 * MiB }

test('what we let in, Python reads to the same names and bytes, whatever is done to it', async () => {
  const count = Number(process.env['WAVEDECK_DIFFERENTIAL'] ?? 3000)
  const figures = await watchDifferential(count, 1)
  expect(figures.disagreements).toEqual([])
  // Changes that nothing survives, or that nothing notices, would prove little.
  expect(figures.accepted).toBeGreaterThan(count / 20)
  expect(figures.refused).toBeGreaterThan(count / 4)
  expect(figures.memory.resident).toBeLessThan(MEMORY.resident)
  expect(figures.memory.buffers).toBeLessThan(MEMORY.buffers)
}, 300_000)

test('a changed app.toml is read or refused as Python does, with every finding inside it', async () => {
  const oracle = startOracle()
  try {
    const { disagreements, read } = await runManifests(oracle, 5000, 1)
    expect(disagreements).toEqual([])
    // Null where Python is older than its tomllib.
    if (read !== null) expect(read).toBeGreaterThan(500)
  } finally {
    oracle.close()
  }
}, 300_000)
