import { storageProblem } from '../store/storage-problem.ts'

let silentUntil = 0

/** For work that nobody waits for: the platform goes on, and its operator reads of it. */
export function complain(error: unknown): void {
  if (storageProblem(error) === undefined || !(error instanceof Error)) {
    console.error('wavedeck:', error)
    return
  }
  // Tried again every second; once a minute is enough to read of it.
  if (Date.now() < silentUntil) return
  silentUntil = Date.now() + 60_000
  console.error(`wavedeck: the data folder can’t be written: ${error.message}`)
}
