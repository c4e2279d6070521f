import { Problem } from '../http/problem.ts'
import { isDiskFull, isReadOnly } from './errors.ts'

/** What to answer where the platform could not write: for the one place where errors become answers. */
export function storageProblem(error: unknown): Problem | undefined {
  if (isDiskFull(error)) {
    return new Problem(
      507,
      'storage.full',
      'The platform’s disk is full. Nothing of this was kept; an admin has to free some space.',
    )
  }
  if (isReadOnly(error)) {
    return new Problem(
      507,
      'storage.read-only',
      'The platform can’t write to its data folder. Nothing of this was kept; an admin has to mend the folder’s permissions or its disk.',
    )
  }
  return undefined
}
