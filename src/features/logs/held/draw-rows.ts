import type { Row } from '../log-protocol.ts'
import { columnsOf, wrapAt } from '../text/columns.ts'
import { summarize } from '../text/json-line.ts'
import { timeOf } from '../text/line-time.ts'
import type { Severity } from '../text/severity.ts'
import { lineFlag, lineText } from './line-block.ts'
import { findText, hitsBefore, type Query } from './matching.ts'
import { type Entry, shownLines, type ShownRows } from './shown-rows.ts'

/** Without wrapping, more of a line than this is beside every screen, and costs its layout all the same. */
const maxUnwrapped = 4000

type Around = {
  readonly query: Query | null
  /** The hit that was stepped to. */
  readonly current: { readonly first: number; readonly hit: number } | null
  /** What is added to a line's number for people; null: not known. */
  readonly numberFrom: number | null
}

/** The rows from one to another, ready to be drawn. */
export function drawRows(shown: ShownRows, from: number, to: number, around: Around): Row[] {
  const rows: Row[] = []
  const start = shown.at(from)
  if (start === null) return rows
  let isReached = false
  for (const entry of shown.entries) {
    if (entry === start.entry) isReached = true
    if (!isReached) continue
    for (const line of shownLines(entry)) {
      if (entry === start.entry && line < start.line) continue
      const all = rowsOfLine(shown, entry, line, around)
      const isFirst = entry === start.entry && line === start.line
      rows.push(...(isFirst ? all.slice(start.part) : all))
      if (rows.length >= to - from) return rows.slice(0, to - from)
    }
  }
  return rows
}

function rowsOfLine(shown: ShownRows, entry: Entry, line: number, around: Around): Row[] {
  const { block } = entry
  const number = block.first + line
  const start = block.starts[line] ?? 0
  const text = lineText(block, line)
  const first = hitsBefore(entry.hits, start)
  const end = hitsBefore(entry.hits, start + text.length + 1)
  const isJson = ((block.flags[line] ?? 0) & lineFlag.json) !== 0
  const time = block.times[line] ?? Number.NaN
  const shared = {
    line: number,
    number: around.numberFrom === null ? null : number + around.numberFrom,
    position: block.positions[line] ?? 0,
    isOpen: false,
    quietFrom: null,
    isHit: end > first,
    severity: (block.severities[line] ?? 0) as Severity,
    continues: ((block.flags[line] ?? 0) & lineFlag.continues) !== 0,
    time: Number.isNaN(time) ? null : time,
    isArrival: ((block.flags[line] ?? 0) & lineFlag.isArrival) !== 0,
    stamp: null,
    lost: 0,
    before: '',
    isBeforeHit: false,
    runs: [],
    hits: [],
    current: -1,
  }
  const summary = isJson ? summarize(text) : null
  if (summary !== null) {
    const details = shown.detailsOf(number)
    const current =
      around.current?.first === block.first &&
      around.current.hit >= first &&
      around.current.hit < end
    const row: Row = {
      ...shared,
      key: `${number}`,
      part: 0,
      kind: 'json',
      isOpen: details !== undefined,
      text: summary.text,
      quietFrom: summary.restAt,
      hits: hitsIn(summary.text, around.query),
      current: current ? 0 : -1,
    }
    return [row, ...(details ?? []).flatMap((detail, part) => detailRows(detail, part))]
  }

  function detailRows(detail: string, part: number): Row[] {
    return pieces(detail, shown.width).map((piece, wrapped) => ({
      ...shared,
      key: `${number}.${part}.${wrapped}`,
      part: part + 1,
      kind: 'detail' as const,
      text: piece.text,
      hits: hitsIn(piece.text, around.query),
    }))
  }

  const cut = shown.stampOf(block, line)
  const body = text.slice(cut)
  const stamp = cut === 0 ? timeOf(text, false) : null
  // A line that only looks like JSON is one row long, whatever its length.
  const parts = isJson
    ? [{ from: 0, text: body.slice(0, maxUnwrapped) }]
    : pieces(body, shown.width)
  const hidden = shown.width === null || isJson ? Math.max(0, body.length - maxUnwrapped) : 0
  return parts.map((piece, part): Row => {
    const from = start + cut + piece.from
    const to = from + piece.text.length
    const hits: number[] = []
    let current = -1
    for (let hit = first; hit < end; hit += 1) {
      const hitFrom = Math.max(entry.hits[hit * 2] ?? 0, from)
      const hitTo = Math.min(entry.hits[hit * 2 + 1] ?? 0, to)
      if (hitFrom >= hitTo) continue
      if (around.current?.first === block.first && around.current.hit === hit)
        current = hits.length / 2
      hits.push(hitFrom - from, hitTo - from)
    }
    return {
      ...shared,
      key: part === 0 ? `${number}` : `${number}:${part}`,
      part,
      kind: 'text',
      text: piece.text,
      before: part === 0 ? text.slice(0, cut) : '',
      isBeforeHit: part === 0 && end > first && (entry.hits[first * 2] ?? 0) < start + cut,
      runs: runsIn(block.runs, start, from, to),
      hits,
      current,
      stamp: part === 0 && stamp !== null && stamp.to <= piece.text.length ? stamp : null,
      lost: part === parts.length - 1 ? (block.lost.get(line) ?? 0) + hidden : 0,
    }
  })
}

type Piece = { readonly from: number; readonly text: string }

function pieces(text: string, width: number | null): Piece[] {
  if (width === null) return [{ from: 0, text: text.slice(0, maxUnwrapped) }]
  if (columnsOf(text) <= width) return [{ from: 0, text }]
  const starts = wrapAt(text, width)
  return starts.map((from, row) => ({ from, text: text.slice(from, starts[row + 1]) }))
}

/** In what is only shown: text as it stands. A pattern is marked at the line. */
function hitsIn(text: string, query: Query | null): number[] {
  if (query === null || query.isRegex) return []
  return [...findText(query, text)]
}

/** The styles between two offsets, the one that the first begins with included. */
function runsIn(runs: Int32Array, lineStart: number, from: number, to: number): number[] {
  let low = 0
  let high = runs.length / 4
  while (low < high) {
    const middle = (low + high) >> 1
    if ((runs[middle * 4] ?? 0) <= from) low = middle + 1
    else high = middle
  }
  const found: number[] = []
  // The one before may be of an earlier line, which ends with it.
  const before = (low - 1) * 4
  if (low > 0 && (runs[before] ?? 0) >= lineStart)
    found.push(0, ...runs.subarray(before + 1, before + 4))
  for (let i = low * 4; i < runs.length && (runs[i] ?? 0) < to; i += 4) {
    found.push((runs[i] ?? 0) - from, ...runs.subarray(i + 1, i + 4))
  }
  return found.some((value, i) => i % 4 !== 0 && value !== 0) ? found : []
}
