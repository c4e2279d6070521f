import type { Severity } from '../../bundle/finding.ts'
import { showName } from '../../bundle/zip/entry-name.ts'
import { fileSize } from '../../rules/amounts.ts'
import { Icon } from '../../ui/Icon.tsx'
import { EntryIcon } from './EntryIcon.tsx'
import { fileKind } from './file-kind.ts'
import { Name, Row, Twist, Weight } from './file-tree-styles.ts'
import { FindingMark } from './FindingMark.tsx'
import type { NoteRow, TreeRow } from './tree-rows.ts'

/** Pixels. */
export const rowHeight = 32

const indent = 14
/** Deeper levels are not pushed out of sight. */
const maxIndents = 8

const noteWords: Record<NoteRow['note'], string> = {
  loading: 'Loading…',
  failed: 'Could not be read. Try again',
  empty: 'Empty folder',
}

type Props = {
  id: string
  row: TreeRow
  index: number
  total: number
  /** The worst finding at it or below it. */
  worst: Severity | null
  isActive: boolean
  isSelected: boolean
  onOpen: () => void
  onToggle: () => void
}

export function FileTreeRow(props: Props) {
  const { id, row, index, total, worst, isActive, isSelected, onOpen, onToggle } = props
  const place = {
    id,
    role: 'treeitem',
    'aria-level': row.level,
    'aria-posinset': row.position,
    'aria-setsize': row.siblings,
    'data-active': isActive,
    style: {
      top: index * rowHeight,
      height: rowHeight,
      paddingInlineStart: Math.min(row.level - 1, maxIndents) * indent,
    },
  }
  if (row.kind === 'note') {
    return (
      // The tree has the focus and takes the keys.
      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
      <Row {...place} aria-selected={false} data-note="" onClick={onOpen}>
        <Twist />
        <Name>{noteWords[row.note]}</Name>
      </Row>
    )
  }
  const { name, size } = row.entry
  const isFolder = row.kind === 'folder'
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <Row
      {...place}
      aria-selected={isSelected}
      aria-expanded={isFolder ? row.isOpen : undefined}
      onClick={onOpen}
    >
      <Twist
        data-open={isFolder && row.isOpen}
        onClick={(event) => {
          if (!isFolder) return
          event.stopPropagation()
          onToggle()
        }}
      >
        {isFolder && <Icon name="chevron" size={16} />}
      </Twist>
      <EntryIcon kind={isFolder ? 'folder' : fileKind(name).isImage === true ? 'image' : 'file'} />
      <Name title={showName(name)}>
        <bdi>{showName(name)}</bdi>
      </Name>
      {worst !== null && <FindingMark severity={worst} />}
      <Weight style={{ '--share': total === 0 ? 0 : Math.min(1, size / total) }}>
        {fileSize(size)}
      </Weight>
    </Row>
  )
}
