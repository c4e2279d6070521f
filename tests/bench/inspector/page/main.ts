import type { Answer, Reader } from './worker.ts'

export type Round = Answer & {
  /** From handing the file over to the answer on the main thread. */
  roundTrip: number
  /** The longest time in which the main thread ran nothing else. */
  longestBlock: number
}

const workers = new Map<Reader, Worker>()

function start(): Worker {
  return new Worker(new URL('worker.ts', import.meta.url), { type: 'module' })
}

/** Reads the chosen file in a worker that stays for the next round of the same reader. */
async function run(reader: Reader): Promise<Round> {
  const worker = workers.get(reader) ?? start()
  workers.set(reader, worker)
  return timed(worker, reader)
}

/** Reads the chosen file in a new worker that was made ready before, as by opening the Import page. */
async function runReady(reader: Reader): Promise<Round> {
  const worker = start()
  await ask(worker, { reader, file: null })
  const round = await timed(worker, reader)
  worker.terminate()
  return round
}

async function timed(worker: Worker, reader: Reader): Promise<Round> {
  const [file] = document.querySelector('input')?.files ?? []
  if (file === undefined) throw new Error('Choose a file first')
  const blocks = watchBlocks()
  const since = performance.now()
  const answer = await ask(worker, { reader, file })
  const roundTrip = performance.now() - since
  return { ...answer, roundTrip, longestBlock: blocks.stop() }
}

function ask(worker: Worker, request: { reader: Reader; file: File | null }): Promise<Answer> {
  const answered = new Promise<Answer>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => resolve(data), {
      once: true,
    })
    worker.addEventListener('error', (event) => reject(new Error(event.message)), { once: true })
  })
  // A worker's messages have no target origin.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  worker.postMessage(request)
  return answered
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

Object.assign(globalThis, { bench: { run, runReady } })
