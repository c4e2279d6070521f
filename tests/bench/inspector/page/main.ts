import type { Answer, Reader } from './worker.ts'

export type Round = Answer & {
  /** From handing the file over to the answer on the main thread. */
  roundTrip: number
  /** The longest time in which the main thread ran nothing else. */
  longestBlock: number
}

const workers = new Map<Reader, Worker>()

/** Reads the chosen file in a worker that stays for the next round of the same reader. */
async function run(reader: Reader): Promise<Round> {
  const [file] = document.querySelector('input')?.files ?? []
  if (file === undefined) throw new Error('Choose a file first')
  const current =
    workers.get(reader) ?? new Worker(new URL('worker.ts', import.meta.url), { type: 'module' })
  workers.set(reader, current)
  const blocks = watchBlocks()
  const start = performance.now()
  const answered = new Promise<Answer>((resolve, reject) => {
    current.addEventListener('message', ({ data }: MessageEvent<Answer>) => resolve(data), {
      once: true,
    })
    current.addEventListener('error', (event) => reject(new Error(event.message)), { once: true })
  })
  // A worker's messages have no target origin.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  current.postMessage({ reader, file })
  const answer = await answered
  const roundTrip = performance.now() - start
  return { ...answer, roundTrip, longestBlock: blocks.stop() }
}

function watchBlocks(): { stop(): number } {
  let longest = 0
  let last = performance.now()
  const channel = new MessageChannel()
  const tick = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    channel.port2.postMessage(0)
  }
  channel.port1.addEventListener('message', tick)
  channel.port1.start()
  channel.port2.postMessage(0)
  return {
    stop: () => {
      tick()
      channel.port1.close()
      return longest
    },
  }
}

Object.assign(globalThis, { bench: { run } })
