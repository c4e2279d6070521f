import { setTimeout as sleep } from 'node:timers/promises'

/** Asks again until the answer is as hoped for; the last answer is in the error otherwise. */
export async function eventually<T>(
  ask: () => Promise<T>,
  isDone: (answer: T) => boolean,
  limitMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + limitMs
  for (;;) {
    const answer = await ask()
    if (isDone(answer)) return answer
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(answer)}`)
    await sleep(50)
  }
}
