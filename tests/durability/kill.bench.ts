// Many kill rounds, with figures: npm run bench:kill -- [--rounds 200] [--seed NUMBER]
import { parseArgs } from 'node:util'
import { killRounds } from './kill-rounds.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const rounds = Number(values.rounds)
const seed = Number(values.seed)
/** Every fifth round runs real Python apps. */
const real = Math.ceil(rounds / 5)
let failed = false
for (const [scheduler, count] of [
  ['simulated', rounds - real],
  ['process', real],
] as const) {
  const { wrong, ...figures } = await killRounds({ rounds: count, scheduler, seed })
  console.log(`${scheduler}: ${count} rounds, seed ${seed}`, figures)
  for (const text of wrong) console.error(text)
  failed ||= wrong.length > 0
}
process.exitCode = failed ? 1 : 0
