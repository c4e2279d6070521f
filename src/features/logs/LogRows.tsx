import {
  type ClipboardEvent,
  type KeyboardEvent,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { copiedText } from './copied-text.ts'
import type { LogClient } from './log-client.ts'
import type { Frame, LineRange, Row } from './log-protocol.ts'
import { LogRow } from './LogRow.tsx'
import { Canvas, Empty, rowHeight, Scroller, Window } from './row-styles.ts'
import { useRowWidth } from './use-row-width.ts'

/** With room to grow, as each more digit wraps all lines anew; 0: nobody knows their numbers. */
function digitsOf(frame: Frame | null): number {
  const last = frame?.lastNumber ?? null
  return last === null ? 0 : Math.max(4, String(last).length)
}

type Props = {
  client: LogClient
  frame: Frame | null
  label: string
  wrap: boolean
  times: boolean
  isFollowing: boolean
  onFollow: (isFollowing: boolean) => void
  marked: LineRange | null
  onMark: (range: LineRange | null) => void
  emptyWords: string
}

/** The lines, of which only those near the screen are drawn. */
export function LogRows(props: Props) {
  const { client, frame, label, wrap, times, isFollowing, onFollow, marked, onMark } = props
  const scroller = useRef<HTMLDivElement>(null)
  /** Where this itself scrolled to: that is no wish of the reader's. */
  const placed = useRef(0)
  const seen = useRef({ firstRow: 0, jump: 0 })
  const [tabStop, setTabStop] = useState<number | null>(null)
  const hasTimes = frame?.rows.some(({ time }) => time !== null) === true
  const [everHadTimes, setEverHadTimes] = useState(false)
  if (hasTimes && !everHadTimes) setEverHadTimes(true)
  const { width, columns } = useRowWidth(scroller, {
    digits: digitsOf(frame),
    times: times && everHadTimes,
  })

  /** Tells the worker what is on the screen. */
  function look(following: boolean) {
    const element = scroller.current
    if (element === null || frame === null) return
    const count = Math.ceil(element.clientHeight / rowHeight) + 1
    const from = frame.firstRow + Math.floor(element.scrollTop / rowHeight)
    client.look({
      from: following ? 0 : from,
      count,
      isFollowing: following,
      width: wrap ? width : null,
      hidesStamps: columns.times > 0,
    })
  }

  function place(top: number) {
    const element = scroller.current
    if (element === null) return
    element.scrollTop = top
    placed.current = element.scrollTop
  }

  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null || frame === null) return
    const { firstRow, jump } = frame
    const isNewJump = jump !== null && jump.id !== seen.current.jump
    if (isNewJump) {
      place((jump.row - firstRow) * rowHeight)
      if (isFollowing) onFollow(false)
    } else if (isFollowing) {
      place(element.scrollHeight)
    } else if (seen.current.firstRow !== firstRow) {
      place(element.scrollTop + (seen.current.firstRow - firstRow) * rowHeight)
    }
    seen.current = { firstRow, jump: jump?.id ?? 0 }
    look(isFollowing && !isNewJump)
  })

  // Following, new lines would take away what somebody is about to copy.
  useEffect(() => {
    const selected = () => {
      const selection = document.getSelection()
      const isHere = scroller.current?.contains(selection?.anchorNode ?? null) === true
      if (isFollowing && isHere && selection?.isCollapsed === false) onFollow(false)
    }
    document.addEventListener('selectionchange', selected)
    return () => document.removeEventListener('selectionchange', selected)
  }, [isFollowing, onFollow])

  function scrolled() {
    const element = scroller.current
    if (element === null) return
    const before = placed.current
    const top = element.scrollTop
    if (Math.abs(top - before) >= 1) {
      placed.current = top
      const isAtEnd = top + element.clientHeight >= element.scrollHeight - 4
      if (isFollowing && top < before && !isAtEnd) return onFollow(false)
      if (!isFollowing && top > before && isAtEnd && frame?.state === 'open') return onFollow(true)
    }
    look(isFollowing)
  }

  function mark(row: Row, extend: boolean) {
    setTabStop(row.line)
    const { position } = row
    if (extend && marked !== null) {
      onMark({ from: Math.min(marked.from, position), to: Math.max(marked.to, position) })
    } else if (marked?.from === position && marked.to === position) onMark(null)
    else onMark({ from: position, to: position })
    if (isFollowing) onFollow(false)
  }

  function fold(row: Row, isOpen = !row.isOpen) {
    if (row.kind !== 'json' || row.isOpen === isOpen) return
    if (isFollowing) onFollow(false)
    client.send({ type: 'unfold', line: row.line, isOpen })
  }

  function keyDown(event: KeyboardEvent<HTMLElement>) {
    const { key } = event
    if (key === 'End') {
      event.preventDefault()
      onFollow(true)
    } else if (key === 'Home') {
      event.preventDefault()
      onFollow(false)
      client.send({ type: 'goToEdge', edge: 'first' })
    } else if (isFollowing && (key === 'ArrowUp' || key === 'PageUp')) onFollow(false)
    const button = event.target instanceof HTMLElement ? event.target.closest('[data-line]') : null
    const line = button?.getAttribute('data-line')
    if (line === null || line === undefined || frame === null) return
    const lines = frame.rows.filter(({ part }) => part === 0)
    const at = lines.findIndex((row) => String(row.line) === line)
    const row = lines[at]
    if (row === undefined) return
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault()
      const next = lines[at + (key === 'ArrowDown' ? 1 : -1)]
      if (next === undefined) return
      setTabStop(next.line)
      const target = scroller.current?.querySelector<HTMLElement>(`[data-line="${next.line}"]`)
      target?.focus({ preventScroll: true })
      target?.scrollIntoView({ block: 'nearest' })
      if (event.shiftKey) mark(next, true)
    } else if (key === 'ArrowRight') fold(row, true)
    else if (key === 'ArrowLeft') fold(row, false)
  }

  function copy(event: ClipboardEvent) {
    const text = scroller.current === null ? null : copiedText(scroller.current)
    if (text === null) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', text)
  }

  const rows = frame?.rows ?? []
  const stop = rows.some(({ line, part }) => line === tabStop && part === 0)
    ? tabStop
    : rows.find(({ part }) => part === 0)?.line
  return (
    <Scroller
      ref={scroller}
      role="log"
      // Heard of together, from the announcer: read out line by line, a busy log would never end.
      aria-live="off"
      aria-label={label}
      tabIndex={0}
      data-wrap={wrap ? '' : undefined}
      onScroll={scrolled}
      onWheel={(event) => {
        if (isFollowing && event.deltaY < 0) onFollow(false)
      }}
      onKeyDown={keyDown}
      onCopy={copy}
    >
      {frame === null || frame.endRow === frame.firstRow ? (
        <Empty>{props.emptyWords}</Empty>
      ) : (
        <Canvas style={{ height: (frame.endRow - frame.firstRow) * rowHeight }}>
          <Window
            style={{ transform: `translateY(${(frame.rowsFrom - frame.firstRow) * rowHeight}px)` }}
          >
            {rows.map((row) => (
              <LogRow
                key={row.key}
                row={row}
                columns={columns}
                isMarked={
                  marked !== null && row.position >= marked.from && row.position <= marked.to
                }
                isTabStop={row.line === stop}
                onMark={mark}
                onFold={fold}
              />
            ))}
          </Window>
        </Canvas>
      )}
    </Scroller>
  )
}
