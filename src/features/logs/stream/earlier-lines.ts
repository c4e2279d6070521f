import { BlockBuilder, type LineBlock } from '../held/line-block.ts'
import { type Arrival, LineAssembler } from '../text/line-assembler.ts'
import { LogStream } from './log-stream.ts'

export type Earlier = {
  readonly blocks: readonly LineBlock[]
  /** Where the first of them begins; equal to where it was asked up to if there is nothing. */
  readonly start: number
  /** Whether the log begins with them. */
  readonly isAtStart: boolean
}

/** Bytes that are fetched at a time. */
const stretchBytes = 4 * 1024 * 1024

/**
 * Reads the lines that come right before a position, as many as fit into a few megabytes.
 *
 * @returns null: it could not be read
 */
export function readEarlier(url: string, before: number): Promise<Earlier | null> {
  const from = Math.max(0, before - stretchBytes)
  const builder = new BlockBuilder(0)
  const blocks: LineBlock[] = []
  let assembler: LineAssembler | null = null
  let arrivals: readonly Arrival[] = []
  let start = before
  let isAtStart = from === 0
  return new Promise((resolve) => {
    const finish = () => {
      stream.stop()
      const last = builder.take()
      if (last !== null) blocks.push(last)
      resolve({ blocks, start, isAtStart })
    }
    const stream = new LogStream(url, from, {
      text: async (text, at, end) => {
        // What begins later than asked for is where the log begins.
        if (assembler === null) {
          isAtStart ||= at > from
          assembler = new LineAssembler(at, !isAtStart)
        }
        assembler.arrived(arrivals)
        arrivals = []
        assembler.push(text, at, end, (line) => {
          if (line.position >= before) return
          start = Math.min(start, line.position)
          const full = builder.add(line)
          if (full !== null) blocks.push(full)
        })
        if (end >= before) finish()
      },
      arrived: (more) => {
        arrivals = [...arrivals, ...more]
      },
      opened: () => {},
      broken: () => {
        stream.stop()
        resolve(null)
      },
      ended: finish,
      refused: () => resolve(null),
    })
    stream.start()
  })
}
