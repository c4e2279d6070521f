// All benchmarks, one after the other: npm run bench. Each prints a table with ratios.
import { spawnSync } from 'node:child_process'
import path from 'node:path'

const benches = [
  'tests/bench/inspector/inspector.bench.ts',
  'tests/bench/import/import.bench.ts',
  'tests/bench/catalog/catalog.bench.ts',
  'tests/bench/app/app.bench.ts',
  'tests/bench/scheduler/scheduler.bench.ts',
  'tests/bench/instances/instances.bench.ts',
  'tests/bench/logs/logs.bench.ts',
  'tests/bench/tags/tags.bench.ts',
  'tests/durability/kill.bench.ts',
]

for (const bench of benches) {
  console.log(`\n${path.basename(bench, '.bench.ts')}`)
  const { status } = spawnSync(process.execPath, [path.resolve(bench)], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
