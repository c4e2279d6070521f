import useMediaQuery from '@mui/material/useMediaQuery'
import type { ReactNode } from 'react'
import type { TagDetail } from '../../api/generated/types.gen.ts'
import type { Actor } from '../../rules/actor.ts'
import { TagCards } from './TagCards.tsx'
import type { TagSort } from './tags-params.ts'
import { TagTable } from './TagTable.tsx'

// The sidebar, from 1024 pixels on, takes the room that a table needs.
const roomForTable = '(min-width: 900px) and (max-width: 1023.95px), (min-width: 1120px)'

export type TagListProps = {
  tags: readonly TagDetail[]
  total: number
  actor: Actor
  sort: TagSort
  onSort: (sort: TagSort) => void
  /** Belongs to the search before. */
  stale: boolean
  /** The tag whose form stands in the list; null where none does. */
  editedId: string | null
  editor: ReactNode
  onEdit: (tagId: string | null) => void
}

/** A table where there is room to compare, cards where there isn't. */
export function TagList(props: TagListProps) {
  const table = useMediaQuery(roomForTable, { noSsr: true })
  return table ? <TagTable {...props} /> : <TagCards {...props} />
}
