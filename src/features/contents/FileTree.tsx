import { type KeyboardEvent, useId, useRef, useState } from 'react'
import type { FindingMarks } from './finding-marks.ts'
import { Tree } from './file-tree-styles.ts'
import { FileTreeRow, rowHeight } from './FileTreeRow.tsx'
import { findByPrefix, type FolderRow, pathOf, type TreeRow } from './tree-rows.ts'
import { revealRow, useRowWindow } from './use-row-window.ts'

type Props = {
  rows: readonly TreeRow[]
  /** Unpacked bytes of the whole bundle. */
  total: number
  marks: FindingMarks
  /** What the viewer shows. */
  selected: string
  onSelect: (path: string, isFolder: boolean) => void
  onToggle: (path: string, isOpen: boolean) => void
  onRetry: (folder: string) => void
}

/** Letters typed with less time between them (in milliseconds) are one word. */
const typingPauseMs = 700

/**
 * The bundle's files as a tree view (WAI-ARIA Authoring Practices). The focus stays on the tree, which says which row is
 * active: rows come and go as they scroll by, and a focus on one of them would go with it.
 */
export function FileTree(props: Props) {
  const { rows, total, marks, selected, onSelect, onToggle, onRetry } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const typed = useRef({ text: '', at: 0 })
  const [activeKey, setActiveKey] = useState(`/${selected}`)
  const { first, end, onScroll } = useRowWindow(scroller, rows.length, rowHeight)
  const found = rows.findIndex(({ key }) => key === activeKey)
  const active = Math.max(0, found)

  const activate = (index: number) => {
    const row = rows[index]
    if (row === undefined) return
    setActiveKey(row.key)
    revealRow(scroller.current, index, rowHeight)
  }
  const activatePath = (path: string | null) => {
    const index = rows.findIndex((row) => pathOf(row) === path)
    if (index !== -1) activate(index)
  }
  const open = (row: TreeRow) => {
    if (row.kind === 'file') return onSelect(row.entry.path, false)
    if (row.kind === 'note') return row.note === 'failed' ? onRetry(row.parent) : undefined
    const { path } = row.entry
    // A second time on the same folder closes it.
    onToggle(path, path === selected ? !row.isOpen : true)
    onSelect(path, true)
  }

  const page = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
  const last = rows.length - 1
  const moves: Readonly<Record<string, (row: TreeRow) => void>> = {
    ArrowDown: () => activate(Math.min(last, active + 1)),
    ArrowUp: () => activate(Math.max(0, active - 1)),
    PageDown: () => activate(Math.min(last, active + page())),
    PageUp: () => activate(Math.max(0, active - page())),
    Home: () => activate(0),
    End: () => activate(last),
    ArrowRight: (row) => {
      if (row.kind !== 'folder') return
      if (row.isOpen) activate(Math.min(last, active + 1))
      else onToggle(row.entry.path, true)
    },
    ArrowLeft: (row) => {
      if (row.kind === 'folder' && row.isOpen) onToggle(row.entry.path, false)
      else if (row.parent !== null) activatePath(row.parent)
    },
    Enter: open,
    ' ': open,
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const row = rows[active]
    if (row === undefined) return
    const { text, at } = typed.current
    const typing = text !== '' && event.timeStamp - at < typingPauseMs
    const move = event.key === ' ' && typing ? undefined : moves[event.key]
    if (move !== undefined) {
      event.preventDefault()
      // What is typed after a move is another word.
      typed.current = { text: '', at: 0 }
      return move(row)
    }
    if (event.key.length !== 1) return
    event.preventDefault()
    const word = typing ? text + event.key : event.key
    typed.current = { text: word, at: event.timeStamp }
    // A word that grows may stay where it is; a new one goes on from the next row.
    const match = findByPrefix(rows, typing ? active : active + 1, word)
    if (match !== null) activate(match)
  }

  const toggle = (row: FolderRow) => onToggle(row.entry.path, !row.isOpen)
  const shown = rows.slice(first, end).map((row, place) => ({ row, index: first + place }))
  const activeRow = rows[active]
  // Screen readers follow it even when it has scrolled away.
  if (activeRow !== undefined && (active < first || active >= end)) {
    shown.push({ row: activeRow, index: active })
  }
  return (
    <Tree
      ref={scroller}
      role="tree"
      aria-label="Files in the bundle"
      tabIndex={0}
      aria-activedescendant={activeRow === undefined ? undefined : `${id}${activeRow.key}`}
      onKeyDown={onKeyDown}
      onScroll={onScroll}
    >
      <div role="none" style={{ height: rows.length * rowHeight }}>
        {shown.map(({ row, index }) => (
          <FileTreeRow
            key={row.key}
            id={`${id}${row.key}`}
            row={row}
            index={index}
            total={total}
            worst={row.kind === 'note' ? null : marks.worstAt(row.entry.path)}
            isActive={index === active}
            isSelected={pathOf(row) === selected}
            onOpen={() => {
              setActiveKey(row.key)
              open(row)
            }}
            onToggle={() => {
              setActiveKey(row.key)
              if (row.kind === 'folder') toggle(row)
            }}
          />
        ))}
      </div>
    </Tree>
  )
}
