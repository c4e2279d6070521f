import type { Query } from './held/matching.ts'
import type { Severity } from './text/severity.ts'

/**
 * `full`: reading stopped because nothing more can be held while somebody looks at what is there. `signedOut`,
 * `refused`: the platform said no; nobody tries any more.
 */
export type StreamState =
  | 'connecting'
  | 'open'
  | 'reconnecting'
  | 'ended'
  | 'full'
  | 'signedOut'
  | 'refused'

/** What is on the screen, in rows of equal height. */
export type View = {
  readonly from: number
  readonly count: number
  /** Whether the newest rows are wanted, whichever they are. */
  readonly isFollowing: boolean
  /** Columns that a row holds; null: rows are as long as lines. */
  readonly width: number | null
  /** Whether times that lines begin with stand in a column of their own. */
  readonly hidesStamps: boolean
}

export type Filter = {
  /** Only lines at least this bad, with what belongs to them. */
  readonly least: Severity
  /** Only lines that the search finds. */
  readonly onlyHits: boolean
}

/** A stretch of lines, by where the first and the last begin in the log, in bytes. */
export type LineRange = { readonly from: number; readonly to: number }

export type ToWorker =
  /** `at`: a position to begin at; null: the end of the log. */
  | { readonly type: 'open'; readonly url: string; readonly at: number | null }
  | { readonly type: 'view'; readonly view: View }
  | { readonly type: 'search'; readonly query: Query | null }
  | { readonly type: 'step'; readonly by: 1 | -1 }
  | { readonly type: 'filter'; readonly filter: Filter }
  | { readonly type: 'unfold'; readonly line: number; readonly isOpen: boolean }
  | { readonly type: 'goTo'; readonly position: number }
  | { readonly type: 'goToTime'; readonly at: number }
  | { readonly type: 'goToEdge'; readonly edge: 'first' | 'last' }
  | { readonly type: 'earlier' | 'retry' | 'sleep' | 'wake' }
  /** Answered on the message's port with the text: of these lines, or of all that are shown. */
  | { readonly type: 'text'; readonly range: LineRange | null }

export type Row = {
  readonly key: string
  /** The line's number as it came in; and as people count, where that is known. */
  readonly line: number
  readonly number: number | null
  /** Where the line begins in the log, in bytes. */
  readonly position: number
  /** Which of a line's rows. */
  readonly part: number
  readonly kind: 'text' | 'json' | 'detail'
  readonly isOpen: boolean
  readonly text: string
  /** What of the line comes before, and stands in the column of times instead. */
  readonly before: string
  /** Whether something was found in that. */
  readonly isBeforeHit: boolean
  /** Flat groups of four: offset, fg, bg, attributes. */
  readonly runs: readonly number[]
  /** From where the text is secondary; only in a folded JSON line. */
  readonly quietFrom: number | null
  /** Flat pairs: from, to. */
  readonly hits: readonly number[]
  /** Which of the hits is the one that was stepped to; -1: none. */
  readonly current: number
  readonly isHit: boolean
  readonly severity: Severity
  /** Whether it was printed together with the line before. */
  readonly continues: boolean
  /** Milliseconds since 1970; null: nobody knows. */
  readonly time: number | null
  /** Whether that is when it came: the line names no time itself. */
  readonly isArrival: boolean
  readonly stamp: { readonly from: number; readonly to: number; readonly hasZone: boolean } | null
  /** UTF-16 units of the line that are not here. */
  readonly lost: number
}

export type SearchState = {
  /** What was looked for. */
  readonly text: string
  readonly total: number
  /** From 1; null: none was stepped to. */
  readonly current: number | null
  readonly isDone: boolean
  readonly problem: string | null
}

export type Frame = {
  readonly firstRow: number
  readonly endRow: number
  /** Which row the first of `rows` is. */
  readonly rowsFrom: number
  readonly rows: readonly Row[]
  /** Where to go; each has a number of its own. */
  readonly jump: { readonly id: number; readonly row: number } | null
  readonly state: StreamState
  /** What the platform said as it refused, or why nothing comes. */
  readonly refusal: {
    readonly status: number
    readonly code: string
    readonly title: string
  } | null
  readonly lines: number
  /** Lines that are shown, where a filter is on. */
  readonly shownLines: number
  /** Bytes before and within what is held. */
  readonly start: number
  readonly end: number
  /** Whether nothing comes before what is held. */
  readonly isAtStart: boolean
  readonly isLoadingEarlier: boolean
  /** Bytes that the platform no longer had when they were to be read. */
  readonly gapBytes: number
  /** All that came since the log was opened, and how many of those are errors. */
  readonly added: number
  readonly addedErrors: number
  readonly search: SearchState | null
  /** The number of the last line, as people count; null: not known. */
  readonly lastNumber: number | null
  /** Which of the instance's runs it is. */
  readonly run: number | null
  readonly notice: { readonly id: number; readonly text: string } | null
}
