import {
  killedApps,
  takenPorts,
  deafApps,
  forks,
  memory,
  silence,
  hangingInstalls,
  failingStarts,
} from './app-faults.ts'
import type { Scenario } from './fault-checks.ts'
import { killedPlatform, floods, clockJumps, fullDisk } from './platform-faults.ts'

/** A hundred launches, and what is done to them. */
export const scenarios: readonly Scenario[] = [
  killedApps,
  takenPorts,
  deafApps,
  forks,
  memory,
  silence,
  hangingInstalls,
  failingStarts,
  killedPlatform,
  floods,
  clockJumps,
  fullDisk,
]
