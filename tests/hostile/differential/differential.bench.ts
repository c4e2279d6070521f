// Many changed archives against Python's zipfile, with figures:
// npm run bench:differential -- [--count 10000] [--seed NUMBER]
import { parseArgs } from 'node:util'
import { watchDifferential } from './watch.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const { disagreements, memory, slowest, ...figures } = await watchDifferential(
  Number(values.count),
  Number(values.seed),
)
const mebibytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(1)} MiB`
console.log(`seed ${values.seed}`, figures)
console.log(`slowest: archive ${slowest.index}, ${slowest.milliseconds.toFixed(1)} ms`)
console.log(`memory grew by ${mebibytes(memory.resident)}, buffers by ${mebibytes(memory.buffers)}`)
for (const disagreement of disagreements) console.error(disagreement)
console.log(`${disagreements.length} disagreements`)
process.exitCode = disagreements.length > 0 ? 1 : 0
