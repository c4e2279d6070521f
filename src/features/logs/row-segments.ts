import type { Row } from './log-protocol.ts'
import { type LookOfText, lookOf } from './text/ansi-colors.ts'

/** A piece of a row that is set in one way. */
export type Segment = {
  readonly from: number
  readonly text: string
  readonly look: LookOfText | null
  readonly isQuiet: boolean
  readonly isStamp: boolean
  /** 0: none; 1: found; 2: found, and the one that was stepped to. */
  readonly hit: 0 | 1 | 2
}

/** Parts a row's text where anything about it changes. */
export function segmentsOf(row: Row): Segment[] {
  const { text, runs, hits, stamp, quietFrom } = row
  const edges = new Set([0, text.length])
  const edge = (at: number) => {
    if (at > 0 && at < text.length) edges.add(at)
  }
  for (let i = 0; i < runs.length; i += 4) edge(runs[i] ?? 0)
  for (const at of hits) edge(at)
  if (stamp !== null) [stamp.from, stamp.to].forEach(edge)
  if (quietFrom !== null) edge(quietFrom)
  const sorted = [...edges].sort((a, b) => a - b)
  const segments: Segment[] = []
  let run = -4
  let hit = 0
  for (let i = 0; i + 1 < sorted.length; i += 1) {
    const from = sorted[i] ?? 0
    const to = sorted[i + 1] ?? 0
    while (run + 4 < runs.length && (runs[run + 4] ?? 0) <= from) run += 4
    while (hit < hits.length && (hits[hit + 1] ?? 0) <= from) hit += 2
    const isHit = hit < hits.length && (hits[hit] ?? 0) <= from
    const isAsUsual = run < 0 || (runs[run + 1] === 0 && runs[run + 2] === 0 && runs[run + 3] === 0)
    segments.push({
      from,
      text: text.slice(from, to),
      look: isAsUsual ? null : lookOf(runs[run + 1] ?? 0, runs[run + 2] ?? 0, runs[run + 3] ?? 0),
      isQuiet: quietFrom !== null && from >= quietFrom,
      isStamp: stamp !== null && from >= stamp.from && to <= stamp.to,
      hit: !isHit ? 0 : hit / 2 === row.current ? 2 : 1,
    })
  }
  return segments
}
