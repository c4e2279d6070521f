import { expect, test } from 'vitest'
import { killRounds } from './kill-rounds.ts'

/** Another one every time, printed by what fails; WAVEDECK_SEED brings one back. */
const seed = Number(process.env['WAVEDECK_SEED'] ?? Date.now() % 1_000_000)
const limitMs = 15 * 60_000

test(
  `killed at any moment, it keeps what it acknowledged (seed ${seed})`,
  { timeout: limitMs },
  async () => {
    const { wrong, acknowledged } = await killRounds({ rounds: 15, scheduler: 'simulated', seed })
    expect(wrong).toEqual([])
    expect(acknowledged).toBeGreaterThan(0)
  },
)

test(`so it is with real processes (seed ${seed})`, { timeout: limitMs }, async () => {
  const { wrong, acknowledged } = await killRounds({ rounds: 5, scheduler: 'process', seed })
  expect(wrong).toEqual([])
  expect(acknowledged).toBeGreaterThan(0)
})
