import { Icon } from '../../ui/Icon.tsx'
import type { Row } from './log-protocol.ts'
import { countWords } from './log-words.ts'
import { Fold, Gutter, RowBox } from './row-styles.ts'
import { type Segment, segmentsOf } from './row-segments.ts'
import { severityWords } from './text/severity.ts'

const marks = ['', '', '', '!', '✕'] as const

const shortClock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})
const exact = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'full',
  timeStyle: 'long',
})

export type Columns = {
  /** Digits of the largest line number; 0: no numbers. */
  readonly digits: number
  /** Characters of the column of times: 12 to the millisecond, 8 to the second; 0: there is none. */
  readonly times: 0 | 8 | 12
}

type Props = {
  row: Row
  columns: Columns
  isMarked: boolean
  /** Whether Tab comes to it; the arrows go on from there. */
  isTabStop: boolean
  onMark: (row: Row, extend: boolean) => void
  onFold: (row: Row) => void
}

/** One row. What an app printed is only ever text here. */
export function LogRow({ row, columns, isMarked, isTabStop, onMark, onFold }: Props) {
  const isFirst = row.part === 0
  const isTimed = columns.times > 0 && isFirst
  const word = severityWords[row.severity]
  const name = row.number === null ? 'Line' : `Line ${row.number.toLocaleString('en')}`
  return (
    <RowBox
      data-severity={row.severity > 2 ? row.severity : undefined}
      data-marked={isMarked ? '' : undefined}
    >
      <Gutter>
        <button
          type="button"
          tabIndex={isFirst && isTabStop ? 0 : -1}
          data-line={isFirst ? row.line : undefined}
          aria-hidden={isFirst ? undefined : true}
          aria-pressed={isFirst ? isMarked : undefined}
          aria-label={`${name}${word === '' ? '' : `, ${word.toLowerCase()}`}`}
          title={isFirst && word !== '' ? word : undefined}
          onClick={(event) => onMark(row, event.shiftKey)}
        >
          <b aria-hidden="true">{isFirst && !row.continues ? marks[row.severity] : ''}</b>
          {columns.digits > 0 && (
            <span aria-hidden="true" style={{ width: `${columns.digits}ch` }}>
              {isFirst ? row.number : ''}
            </span>
          )}
        </button>
        {columns.times > 0 && (
          <span style={{ width: `${columns.times}ch` }}>
            {isTimed && row.time !== null && (
              <time dateTime={isoOf(row.time)} title={exactWords(row)}>
                {row.isBeforeHit ? (
                  <mark>{clockOf(row.time, columns)}</mark>
                ) : (
                  clockOf(row.time, columns)
                )}
              </time>
            )}
          </span>
        )}
      </Gutter>
      {row.kind === 'json' && (
        <Fold
          type="button"
          tabIndex={-1}
          aria-expanded={row.isOpen}
          aria-label={row.isOpen ? 'Fold' : 'Unfold'}
          onClick={() => onFold(row)}
        >
          <Icon name="chevron" size={14} />
        </Fold>
      )}
      <span
        data-text={row.kind}
        data-row={row.key}
        data-before={row.before === '' ? undefined : row.before}
      >
        {segmentsOf(row).map((segment) => (
          <Piece key={segment.from} segment={segment} row={row} />
        ))}
        {row.text === '' ? '\u200b' : null}
      </span>
      {row.lost > 0 && (
        <span
          data-lost=""
          title={`${countWords(row.lost, 'more character')} in this line; the download has them`}
        >
          … {row.lost.toLocaleString('en')} more
        </span>
      )}
    </RowBox>
  )
}

function Piece({ segment, row }: { segment: Segment; row: Row }) {
  const { text, look, isQuiet, isStamp, hit } = segment
  if (hit > 0) return <mark aria-current={hit === 2 ? 'true' : undefined}>{text}</mark>
  if (look !== null) {
    const style: Record<string, string> = {}
    if (look.color !== null) style['--fg'] = look.color
    if (look.background !== null) style['--bg'] = look.background
    return (
      <span
        data-look={look.attributes}
        data-bg={look.background === null ? undefined : ''}
        style={Object.keys(style).length === 0 ? undefined : style}
      >
        {text}
      </span>
    )
  }
  if (isStamp && row.time !== null) {
    return (
      <time dateTime={isoOf(row.time)} title={exactWords(row)}>
        {text}
      </time>
    )
  }
  return isQuiet ? <span data-look="quiet">{text}</span> : text
}

function clockOf(time: number, { times }: Columns): string {
  return (times === 12 ? clock : shortClock).format(time)
}

/** Beyond what a Date holds there is nothing to say. */
function isoOf(time: number): string | undefined {
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : undefined
}

function exactWords({ time, isArrival, stamp, text, before }: Row): string {
  if (time === null) return ''
  const local = exact.format(time)
  if (isArrival) return `${local}, when it was printed`
  if (before !== '') return `${local}; printed as ${before.trim()}`
  if (stamp === null) return local
  const printed = `printed as ${text.slice(stamp.from, stamp.to)}`
  return stamp.hasZone ? `${local}; ${printed}` : `${local}, if it is your time zone; ${printed}`
}
