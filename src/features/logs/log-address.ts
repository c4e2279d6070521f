import type { LineRange } from './log-protocol.ts'

/** What of an open log stands in the URL: `run` and `line`. */
export type LogPlace = {
  /** A run's number, the one before the newest, or the newest. */
  readonly run: number | 'previous' | 'newest'
  /** Lines that are marked, by where they begin in the log, in bytes. */
  readonly lines: LineRange | null
}

export function readLogPlace(params: URLSearchParams): LogPlace {
  const run = params.get('run')
  const lines = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(params.get('line') ?? '')
  const from = Number(lines?.[1])
  const to = Number(lines?.[2] ?? lines?.[1])
  return {
    run:
      run === 'previous'
        ? run
        : run !== null && /^[1-9]\d{0,8}$/.test(run)
          ? Number(run)
          : 'newest',
    lines: lines === null ? null : { from: Math.min(from, to), to: Math.max(from, to) },
  }
}

/** The parameters with this place in them; the others stay. */
export function withLogPlace(params: URLSearchParams, { run, lines }: LogPlace): URLSearchParams {
  const next = new URLSearchParams(params)
  if (run === 'newest') next.delete('run')
  else next.set('run', String(run))
  if (lines === null) next.delete('line')
  else next.set('line', lines.from === lines.to ? `${lines.from}` : `${lines.from}-${lines.to}`)
  return next
}

export function withoutLog(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params)
  for (const name of ['log', 'run', 'line']) next.delete(name)
  return next
}
