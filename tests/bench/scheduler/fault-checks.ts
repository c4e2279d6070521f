import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import type { App, Instance } from '../../../src/api/generated/types.gen.ts'
import { eventually } from '../../support/eventually.ts'
import { type BenchPlatform, Refused } from './bench-platform.ts'
import { leftBehind, processesNaming } from './left-behind.ts'

/** A start may take this long in the bench; what never listens shows whether it is kept to. */
export const startSeconds = 20
/** Once it happened, what the API says has to be right within this. */
const rightWithinMs = 2_000

/** What came of one launch: how long the API was wrong after the fault, and everything that was not as it must be. */
export type Outcome = { readonly wrongForMs: number | null; readonly problems: string[] }

export type Scenario = {
  readonly name: string
  readonly launches: number
  run(platform: BenchPlatform, launches: number): Promise<Outcome[]>
}

export type Check = (instance: Instance) => boolean

/** How long it takes until the API says what it has to. */
export async function rightAfter(
  platform: BenchPlatform,
  id: string,
  isRight: Check,
): Promise<number> {
  const since = performance.now()
  await eventually(() => platform.read(id), isRight, 90_000)
  return performance.now() - since
}

/** Ends an instance for good, and looks for what is left of it. */
export async function finish(
  platform: BenchPlatform,
  id: string,
  wrongForMs: number | null,
  problems: string[] = [],
): Promise<Outcome> {
  const file = path.join(platform.dataDir, 'instances', id, 'port')
  const port = Number(await readFile(file, 'utf8').catch(() => '0'))
  const reply = await platform.person.delete(`/instances/${id}`)
  if (reply.status !== 204) problems.push(`terminating answered ${reply.status}`)
  problems.push(...(await leftBehind(platform.dataDir, id, port)))
  if (wrongForMs !== null && wrongForMs > rightWithinMs) {
    problems.push(`the status was wrong for ${Math.round(wrongForMs)} ms`)
  }
  return { wrongForMs, problems }
}

/** The process that is the app, by its pid file. */
async function leaderOf(platform: BenchPlatform, id: string): Promise<number> {
  return Number.parseInt(
    await readFile(path.join(platform.dataDir, 'instances', id, 'pid'), 'utf8'),
    10,
  )
}

/** Kills the app itself: below bubblewrap that is the innermost process. */
export async function killApp(platform: BenchPlatform, id: string): Promise<void> {
  const leader = await leaderOf(platform, id)
  const own = processesNaming(id).filter(({ command }) => command.includes('-m server'))
  process.kill(own.find(({ command }) => !command.includes('bwrap'))?.pid ?? leader, 'SIGKILL')
}

/** Every line that the system took from the app has to be in its log, once and in order. */
export async function logProblems(platform: BenchPlatform, id: string): Promise<string[]> {
  const counted = path.join(platform.dataDir, 'volumes', id, 'printed')
  const printed = Number((await readFile(counted)).readBigInt64LE())
  // A kill between a line and the note of it has the app print that line once more when it is started again.
  const read = async () =>
    (await platform.log(id))
      .split('\n')
      .filter((line, n, all) => /^line \d{9}$/.test(line) && line !== all[n - 1])
  const isWhole = (found: readonly string[]) => found.length >= printed
  const lines = await eventually(read, isWhole, 3_000).catch(read)
  if (lines.length < printed) return [`${printed - lines.length} of ${printed} lines are lost`]
  const wrong = lines.findIndex((line, n) => line !== `line ${String(n).padStart(9, '0')}`)
  return wrong === -1 ? [] : [`line ${wrong} of the log is ${lines[wrong]}`]
}

/**
 * Launches so many of an app, a few at a time, and does the same with each.
 *
 * @param refusal the status that a launch may be refused with, which is an outcome then
 */
export async function each(
  launches: number,
  platform: BenchPlatform,
  app: App,
  one: (id: string, n: number) => Promise<Outcome>,
  atOnce = 3,
  refusal?: number,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  let next = 0
  const worker = async () => {
    while (next < launches) {
      const n = next
      next += 1
      const id = await platform.run(app).catch((error: unknown) => {
        if (error instanceof Refused && error.status === refusal) return null
        throw error
      })
      if (id === null) {
        outcomes.push({ wrongForMs: 0, problems: [] })
        continue
      }
      outcomes.push(
        await one(id, n).catch(async (error: unknown) => {
          const { problems } = await finish(platform, id, null)
          return { wrongForMs: null, problems: [String(error).slice(0, 400), ...problems] }
        }),
      )
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, launches) }, worker))
  return outcomes
}

export const reasonIs =
  (reason: string): Check =>
  ({ status, runtimeStatus }) =>
    status === 'FAILED' && runtimeStatus.reason === reason

/** The time between two steps of a timeline, in milliseconds. */
export async function between(
  platform: BenchPlatform,
  id: string,
  from: string,
  to: string,
): Promise<number> {
  const events = await platform.events(id)
  const at = (kind: string) => Date.parse(events.findLast((one) => one.kind === kind)?.at ?? '')
  return at(to) - at(from)
}

/** From when an app said that it is over a limit until the platform knew, in milliseconds. */
export async function sinceOver(
  platform: BenchPlatform,
  id: string,
  reason: string,
): Promise<number> {
  const known = (await platform.events(id)).find((event) => event.reason === reason)
  const over = /over at ([\d.]+)/.exec(await platform.log(id))?.[1]
  // It may have been ended before it could say so itself.
  return over === undefined ? 0 : Math.max(0, Date.parse(known?.at ?? '') - Number(over) * 1000)
}

/** A port that takes connections and never says a word. */
export async function blackHole(): Promise<number> {
  const server = createServer(() => {})
  server.unref()
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}
