import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Figures } from './run.ts'

/** One archive takes a few milliseconds; nothing but a hang takes this long, however busy the machine. */
const PATIENCE_MS = 10_000
const LOOK_EVERY_MS = 500

/**
 * Runs the comparison in a thread of its own. Rejects, naming the archive, when one of them takes
 * ten seconds: the thread is ended then, which even an endless loop doesn't survive.
 */
export function watchDifferential(count: number, seed: number): Promise<Figures> {
  const progress = new SharedArrayBuffer(4)
  const current = new Int32Array(progress).fill(-1)
  const worker = new Worker(path.join(import.meta.dirname, 'worker.ts'), {
    workerData: { count, seed, progress },
  })
  return new Promise((resolve, reject) => {
    // The start loads everything and is as slow as the machine.
    let seen = -1
    let since = performance.now()
    const timer = setInterval(() => {
      const index = Atomics.load(current, 0)
      if (index !== seen || index < 0) {
        seen = index
        since = performance.now()
      } else if (performance.now() - since > PATIENCE_MS) {
        void worker.terminate()
        finish(() => reject(new Error(`Archive ${index} of seed ${seed} hangs`)))
      }
    }, LOOK_EVERY_MS)
    const finish = (settle: () => void) => {
      clearInterval(timer)
      settle()
    }
    worker.on('message', (figures: Figures) => finish(() => resolve(figures)))
    worker.on('error', (reason) => finish(() => reject(reason)))
    worker.on('exit', () => finish(() => reject(new Error('The comparison ended without figures'))))
  })
}
