import { findPattern, type Query } from '../held/matching.ts'

export type PatternRequest = {
  readonly id: number
  readonly query: Query
  readonly block: { readonly text: string; readonly starts: Uint32Array; readonly count: number }
}

export type PatternAnswer = { readonly id: number; readonly hits: Int32Array }

/** Tries patterns, and nothing else: one that takes for ever is ended together with this worker. */
globalThis.addEventListener('message', ({ data }: MessageEvent<PatternRequest>) => {
  const answer: PatternAnswer = { id: data.id, hits: findPattern(data.query, data.block) }
  globalThis.postMessage(answer, { transfer: [] })
})
