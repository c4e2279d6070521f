import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { checkAnswers } from './api-checks.ts'
import { Client } from './client.ts'
import { checkData, countOrphanBlobs, incomingFiles, instanceProcesses } from './data-checks.ts'
import { Ledger } from './ledger.ts'
import { type PlatformProcess, startProcess } from './platform-process.ts'
import { Random } from './random.ts'

export type KillOptions = {
  readonly rounds: number
  readonly scheduler: 'process' | 'simulated'
  readonly seed: number
}

/** What happened, for people; `wrong` is what should not have. */
export type KillResult = {
  readonly wrong: string[]
  acknowledged: number
  /** Requests that were under way when the kill came, and those among the creations that had been done. */
  unanswered: number
  doneUnheard: number
  /** Kills while an earlier one was being recovered from. */
  killsWhileStarting: number
  /** Kills that left something half-done for the next start to sweep. */
  killsWithLeftovers: number
}

const personas = ['author', 'author', 'author-2', 'user', 'admin']

/**
 * Starts the platform, lets several clients work at once, kills it at a random moment, starts it again on the same
 * data and compares; over and over. The same seed gives the same requests and moments as far as the machine lets it.
 */
export async function killRounds(options: KillOptions): Promise<KillResult> {
  const { rounds, scheduler, seed } = options
  const dataDir = await mkdtemp(path.join(tmpdir(), 'wavedeck-kill-'))
  const random = new Random(seed)
  const ledger = new Ledger()
  const clients = personas.map((persona) => new Client(persona, ledger))
  const result: KillResult = {
    wrong: [],
    acknowledged: 0,
    unanswered: 0,
    doneUnheard: 0,
    killsWhileStarting: 0,
    killsWithLeftovers: 0,
  }
  const start = () => startProcess(dataDir, ['--scheduler', scheduler])
  // The very first start, too, may be killed in the middle of making its folder and tables.
  const early = start()
  await sleep(random.between(100, 700))
  await early.end('SIGKILL')
  let platform: PlatformProcess = start()
  const check = async (round: number) => {
    const url = await platform.url()
    for (const client of clients) await client.connect(url)
    const wrong = await checkData(dataDir)
    const verdict = await checkAnswers(clients, ledger, scheduler)
    wrong.push(...verdict.wrong, ...(await checkData(dataDir, ledger)))
    result.doneUnheard += verdict.doneUnheard
    result.wrong.push(...wrong.map((text) => `seed ${seed}, ${scheduler} round ${round}: ${text}`))
  }
  try {
    const first = await platform.url()
    for (const client of clients) await client.connect(first)
    for (let round = 1; round <= rounds && result.wrong.length === 0; round += 1) {
      result.acknowledged += await workUntilKilled(platform, clients, random)
      result.unanswered += clients.filter((client) => client.pending !== null).length
      const left = (await countOrphanBlobs(dataDir)) + (await incomingFiles(dataDir)).length
      if (left > 0) result.killsWithLeftovers += 1
      if (random.next() < 0.2) {
        const early = start()
        await sleep(random.between(50, 700))
        await early.end('SIGKILL')
        result.killsWhileStarting += 1
      }
      platform = start()
      await check(round)
    }
    // A clean end leaves no process behind.
    await platform.end('SIGTERM')
    for (const [pid, id] of await instanceProcesses(dataDir)) {
      result.wrong.push(`seed ${seed}: process ${pid} of ${id} outlives a clean stop`)
    }
    if (platform.output().includes('wavedeck:')) result.wrong.push(platform.output())
    return result
  } catch (error) {
    throw new Error(`seed ${seed}, ${scheduler}; the platform said:\n${platform.output()}`, {
      cause: error,
    })
  } finally {
    await platform.end('SIGKILL')
    for (const pid of (await instanceProcesses(dataDir)).keys()) process.kill(pid, 'SIGKILL')
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** @returns how many requests were acknowledged */
async function workUntilKilled(
  platform: PlatformProcess,
  clients: readonly Client[],
  random: Random,
): Promise<number> {
  const due = random.between(3, 60)
  const delayMs = random.between(0, 20)
  let acknowledged = 0
  let over = false
  const enough = Promise.withResolvers<void>()
  const works = clients.map((client) =>
    client.work(
      new Random(random.between(0, 2 ** 31)),
      () => {
        acknowledged += 1
        if (acknowledged >= due) enough.resolve()
      },
      () => over,
    ),
  )
  const working = Promise.all(works)
  // Counted in answers, not in time, so that a slow machine is killed amid its work, too.
  await Promise.race([enough.promise, working])
  await sleep(delayMs)
  over = true
  await platform.end('SIGKILL')
  await working
  return acknowledged
}
