import { styled } from '@mui/material/styles'
import { useEffect, useRef } from 'react'
import type { Finding, Severity } from '../../bundle/finding.ts'
import { radius } from '../../ui/tokens.ts'
import { FindingMark } from './FindingMark.tsx'
import type { HighlightedText, Token } from './highlight.ts'
import { useRowWindow } from './use-row-window.ts'

const rowHeight = 20
const padding = 8

const Scroller = styled('div')(({ theme }) => ({
  position: 'relative',
  overflow: 'auto',
  maxHeight: 'min(70vh, 640px)',
  borderRadius: radius.m,
  border: `1px solid ${theme.vars.palette.line.main}`,
  backgroundColor: theme.vars.palette.background.sunken,
  color: theme.vars.palette.text.primary,
  fontFamily: 'var(--wd-mono)',
  fontSize: 12.5,
  lineHeight: `${rowHeight}px`,
  fontVariantLigatures: 'none',
  tabSize: 4,
  '& > div': { position: 'relative', minWidth: '100%' },
}))

const Line = styled('div')(({ theme }) => ({
  position: 'absolute',
  insetInline: 0,
  display: 'flex',
  height: rowHeight,
  '&[data-severity="error"]': { backgroundColor: theme.vars.palette.error.soft },
  '&[data-severity="warning"]': { backgroundColor: theme.vars.palette.warning.soft },
  '&[data-severity="advice"]': { backgroundColor: theme.vars.palette.info.soft },
  '&[data-goal="true"]': { boxShadow: `inset 0 0 0 1px ${theme.vars.palette.primary.main}` },
  '& > [data-number]': {
    position: 'sticky',
    insetInlineStart: 0,
    flex: 'none',
    display: 'flex',
    justifyContent: 'flex-end',
    gap: 4,
    paddingInline: '6px 14px',
    textAlign: 'end',
    userSelect: 'none',
    color: theme.vars.palette.text.tertiary,
    backgroundColor: 'inherit',
  },
  '&:not([data-severity]) > [data-number]': {
    backgroundColor: theme.vars.palette.background.sunken,
  },
  '& > [data-number] > [data-severity]': { alignSelf: 'center', marginInlineEnd: 'auto' },
  '& > code': { font: 'inherit', whiteSpace: 'pre', paddingInlineEnd: 16 },
  '& i': { fontStyle: 'normal' },
  '& [data-token="comment"]': { color: theme.vars.palette.text.tertiary },
  '& [data-token="string"]': { color: theme.vars.palette.success.main },
  '& [data-token="keyword"]': { color: theme.vars.palette.primary.main, fontWeight: 500 },
  '& [data-token="number"]': { color: theme.vars.palette.warning.main },
  '& [data-token="name"]': { color: theme.vars.palette.primary.main },
  '& [data-token="hidden"]': {
    color: theme.vars.palette.error.main,
    backgroundColor: theme.vars.palette.error.soft,
  },
}))

/** Longer lines are cut: nobody reads them, and the browser would lay out all of them. */
const maxShownLine = 4000

type Props = {
  code: HighlightedText
  findings: readonly Finding[]
  /** The line to show, from 1, and how often it was asked for. */
  goal: { line: number; asked: number }
}

/** A text with line numbers. Only lines in sight are rendered, and only ever as text. */
export function CodeView({ code, findings, goal }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const count = code.lines.length
  const { first, end, onScroll } = useRowWindow(scroller, count, rowHeight, padding)
  const worst = severityByLine(findings)
  const digits = String(count).length
  const widest = code.lines.reduce((most, line) => Math.max(most, columns(line)), 0)

  useEffect(() => {
    const element = scroller.current
    if (element === null || goal.line < 1) return
    const top = padding + (goal.line - 1) * rowHeight
    element.scrollTop = top - Math.max(0, element.clientHeight - rowHeight) / 2
    if (goal.asked > 0) element.focus({ preventScroll: false })
  }, [goal])

  return (
    <Scroller ref={scroller} role="region" aria-label="Text" tabIndex={0} onScroll={onScroll}>
      <div
        style={{
          height: count * rowHeight + 2 * padding,
          width: `calc(${widest + digits}ch + 64px)`,
        }}
      >
        {code.lines.slice(first, end).map((_, place) => {
          const index = first + place
          const severity = worst.get(index + 1)
          return (
            <Line
              key={index}
              data-severity={severity}
              data-goal={goal.line === index + 1}
              style={{ top: padding + index * rowHeight }}
            >
              <span data-number="" style={{ minWidth: `calc(${digits}ch + 40px)` }}>
                {severity !== undefined && <FindingMark severity={severity} size={14} />}
                <span aria-hidden="true">{index + 1}</span>
              </span>
              <code>
                <Tokens tokens={code.tokens(index)} />
              </code>
            </Line>
          )
        })}
      </div>
    </Scroller>
  )
}

function Tokens({ tokens }: { tokens: readonly Token[] }) {
  let room = maxShownLine
  const shown: Token[] = []
  for (const token of tokens) {
    if (room <= 0) break
    shown.push({ kind: token.kind, text: token.text.slice(0, room) })
    room -= token.text.length
  }
  return (
    <>
      {shown.map(({ kind, text }, index) =>
        kind === 'plain' ? (
          text
        ) : (
          // Pieces of a line have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <i key={index} data-token={kind}>
            {text}
          </i>
        ),
      )}
      {room < 0 && <i data-token="comment"> … (line cut here)</i>}
    </>
  )
}

/** How wide a line is in the font's characters; a tab may take four. */
function columns(line: string): number {
  const shown = line.length > maxShownLine ? maxShownLine + 20 : line.length
  return line.includes('\t') ? shown + 3 * (line.split('\t', 200).length - 1) : shown
}

function severityByLine(findings: readonly Finding[]): Map<number, Severity> {
  const lines = new Map<number, Severity>()
  const rank: Record<Severity, number> = { error: 2, warning: 1, advice: 0 }
  for (const { line, severity } of findings) {
    if (line === undefined) continue
    const before = lines.get(line)
    if (before === undefined || rank[severity] > rank[before]) lines.set(line, severity)
  }
  return lines
}
