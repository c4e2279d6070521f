// Runs the comparison apart, so that whoever started it can see and end a hang.
import { parentPort, workerData } from 'node:worker_threads'
import { startOracle } from './oracle.ts'
import { runDifferential } from './run.ts'

const { count, seed, progress } = workerData as {
  count: number
  seed: number
  progress: SharedArrayBuffer
}
const current = new Int32Array(progress)
const oracle = startOracle()
try {
  const figures = await runDifferential({
    oracle,
    count,
    seed,
    onArchive: (index) => Atomics.store(current, 0, index),
  })
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(figures)
} finally {
  oracle.close()
}
