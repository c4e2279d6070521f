import { performance } from 'node:perf_hooks'
import type { Family } from './process-group.ts'
import { listProcesses, type Process, sharedMemory } from './process-table.ts'

const everyMs = 250
/** Over how long the use of the processor is averaged. */
const cpuOverMs = 2_000

/** `cpu` is in processors: 0.5 is half of one. Null until it was looked at long enough. */
export type Use = { readonly memory: number; readonly cpu: number | null }

/** More than these an app may not have: bytes of resident memory, and processes. */
export type Bounds = { readonly memory: number; readonly processes: number }

type Watched = {
  readonly family: Family
  readonly bounds: Bounds
  readonly over: (bound: keyof Bounds) => void
  use: Use | null
  isCounting: boolean
  since: { at: number; cpuSeconds: number } | null
}

type Sum = { memory: number; cpuSeconds: number; pids: number[] }

const nothing: Sum = { memory: 0, cpuSeconds: 0, pids: [] }

/** Looks at what the watched apps take, and calls out when one is over its bounds. */
export class GroupWatch {
  readonly #watched = new Map<number, Watched>()
  #timer: NodeJS.Timeout | undefined

  /** @returns how to stop looking */
  watch(family: Family, bounds: Bounds, over: Watched['over']): () => void {
    const watched: Watched = { family, bounds, over, use: null, isCounting: false, since: null }
    this.#watched.set(family.group, watched)
    this.#plan()
    return () => {
      if (this.#watched.get(family.group) === watched) this.#watched.delete(family.group)
    }
  }

  /** What it took when it was last looked at. */
  use(group: number): Use | null {
    return this.#watched.get(group)?.use ?? null
  }

  #plan(): void {
    if (this.#timer !== undefined || this.#watched.size === 0) return
    this.#timer = setTimeout(() => void this.#look(), everyMs).unref()
  }

  async #look(): Promise<void> {
    const processes = await listProcesses().catch(() => [])
    const at = performance.now()
    const families = [...this.#watched.values()].map(({ family }) => family)
    const sums = sumByFamily(processes, families)
    for (const [group, watched] of this.#watched) {
      const sum = sums.get(group) ?? nothing
      watched.use = { memory: sum.memory, cpu: cpuOf(watched, sum, at) }
      const { memory, processes } = watched.bounds
      if (sum.pids.length > processes) this.#callOut(watched, 'processes')
      else if (sum.memory > memory && sum.pids.length === 1) this.#callOut(watched, 'memory')
      else if (sum.memory > memory && !watched.isCounting) void this.#count(watched, sum)
    }
    this.#timer = undefined
    this.#plan()
  }

  /** Processes that forked share pages, which a plain sum counts for each. It takes a while, so nobody waits for it. */
  async #count(watched: Watched, { pids, memory }: Sum): Promise<void> {
    watched.isCounting = true
    const shared = (await sharedMemory(pids)) ?? memory
    watched.isCounting = false
    if (shared > watched.bounds.memory) this.#callOut(watched, 'memory')
  }

  #callOut(watched: Watched, bound: keyof Bounds): void {
    // It may have ended while that was found out.
    if (this.#watched.get(watched.family.group) !== watched) return
    this.#watched.delete(watched.family.group)
    watched.over(bound)
  }
}

function cpuOf(watched: Watched, { cpuSeconds }: Sum, at: number): number | null {
  watched.since ??= { at, cpuSeconds }
  const ms = at - watched.since.at
  if (ms < cpuOverMs) return watched.use?.cpu ?? null
  // A child that ended took its count with it.
  const cpu = Math.max(0, ((cpuSeconds - watched.since.cpuSeconds) * 1000) / ms)
  watched.since = { at, cpuSeconds }
  return cpu
}

/**
 * What each family takes, by its group. Group and ancestry together: a process that leaves the group stays a
 * descendant, since supervisors take in orphans where the system lets them (Linux).
 */
export function sumByFamily(
  processes: readonly Process[],
  families: readonly Family[],
): Map<number, Sum> {
  const groups = new Set(families.map(({ group }) => group))
  const supervisors = new Map(families.map(({ group, supervisor }) => [supervisor, group]))
  const byPid = new Map(processes.map((process) => [process.pid, process]))
  const found = new Map<number, number | null>()
  const familyOf = (process: Process): number | null => {
    const known = found.get(process.pid)
    if (known !== undefined) return known
    // Written first: a table read while processes come and go may hold a circle.
    found.set(process.pid, null)
    const parent = byPid.get(process.parent)
    const family = groups.has(process.group)
      ? process.group
      : (supervisors.get(process.parent) ?? (parent ? familyOf(parent) : null))
    found.set(process.pid, family)
    return family
  }
  const sums = new Map<number, Sum>()
  for (const process of processes) {
    const family = familyOf(process)
    if (family === null) continue
    const sum = sums.get(family) ?? { memory: 0, cpuSeconds: 0, pids: [] }
    sum.memory += process.memory || 0
    sum.cpuSeconds += process.cpuSeconds || 0
    sum.pids.push(process.pid)
    sums.set(family, sum)
  }
  return sums
}
