import { styled } from '@mui/material/styles'
import { memo, useLayoutEffect, useRef } from 'react'
import { radius } from '../../ui/tokens.ts'
import { levelIn, type LogBlock, type LogBuffer, readable } from './log-buffer.ts'

const Scroller = styled('div')(({ theme }) => ({
  flex: 1,
  minHeight: 120,
  margin: '0 20px',
  padding: '12px 14px',
  overflow: 'auto',
  overflowAnchor: 'none',
  borderRadius: radius.m,
  backgroundColor: theme.vars.palette.background.sunken,
  color: theme.vars.palette.text.secondary,
  fontFamily: 'var(--wd-mono)',
  fontSize: 12.5,
  lineHeight: '20px',
  tabSize: 4,
  '&[data-wrap="false"] pre': { whiteSpace: 'pre', overflowWrap: 'normal' },
  '& pre': { margin: 0, font: 'inherit', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  '& [data-block]': { contentVisibility: 'auto', containIntrinsicSize: 'auto 4000px' },
  '& [data-level="error"]': { color: theme.vars.palette.error.main, fontWeight: 500 },
  '& [data-level="warning"]': { color: theme.vars.palette.warning.main, fontWeight: 500 },
  '& [data-level="info"]': { color: theme.vars.palette.success.main },
  '@media (max-width: 599.95px)': { margin: '0 8px 8px' },
}))

const Note = styled('p')(({ theme }) => ({
  ...theme.typography.caption,
  margin: '0 0 8px',
  color: theme.vars.palette.text.tertiary,
}))

type Props = {
  log: LogBuffer
  wrap: boolean
  /** Whether the end stays in sight as lines come. */
  following: boolean
  emptyWords: string
  droppedWords: string | null
  onLeaveEnd: () => void
  onReachEnd: () => void
}

const nearEnd = 24

/** Text only ever as text. Not a live region: a log would talk without end. */
export function LogLines(props: Props) {
  const { log, wrap, following, emptyWords, droppedWords, onLeaveEnd, onReachEnd } = props
  const scroller = useRef<HTMLDivElement>(null)
  const lastTop = useRef(0)

  useLayoutEffect(() => {
    const element = scroller.current
    if (!following || element === null) return
    element.scrollTop = element.scrollHeight
    lastTop.current = element.scrollTop
  }, [log, following, wrap])

  const rest = readable(log.rest)
  return (
    <Scroller
      ref={scroller}
      role="region"
      aria-label="What it printed"
      tabIndex={0}
      data-wrap={wrap}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        const atEnd = scrollHeight - scrollTop - clientHeight <= nearEnd
        const up = scrollTop < lastTop.current - 2
        lastTop.current = scrollTop
        if (following && up && !atEnd) onLeaveEnd()
        if (!following && atEnd && !up) onReachEnd()
      }}
    >
      {droppedWords !== null && <Note>{droppedWords}</Note>}
      {log.count === 0 && rest === '' && <Note>{emptyWords}</Note>}
      {log.blocks.map((block) => (
        <Block key={block.key} block={block} />
      ))}
      {rest !== '' && <pre>{rest}</pre>}
    </Scroller>
  )
}

const Block = memo(function Block({ block }: { block: LogBlock }) {
  return (
    <div data-block="">
      {block.lines.map((line, index) => (
        // Lines of a block never move.
        // oxlint-disable-next-line react/no-array-index-key
        <Line key={index} text={line} />
      ))}
    </div>
  )
})

function Line({ text }: { text: string }) {
  const found = levelIn(text)
  if (found === null) return <pre>{text === '' ? ' ' : text}</pre>
  return (
    <pre>
      {text.slice(0, found.start)}
      <span data-level={found.level}>{text.slice(found.start, found.end)}</span>
      {text.slice(found.end)}
    </pre>
  )
}
