import Button from '@mui/material/Button'
import type { BulkAction } from '../../rules/bulk-instances.ts'
import { SelectionBar } from '../../ui/SelectionBar.ts'

type Props = {
  count: number
  /** Chosen, but not shown by the filters. */
  hidden: number
  /** As many match the filters; null: all of them are chosen. */
  matching: number | null
  onAct: (action: BulkAction) => void
  onSelectAll: () => void
  onClear: () => void
}

/** What can be done with the chosen instances. Nothing happens before one has seen what will. */
export function BulkBar(props: Props) {
  const { count, hidden, matching, onAct, onSelectAll, onClear } = props
  return (
    <SelectionBar role="group" aria-label="With the selected instances">
      <output>
        <b>{count} selected</b>
        {hidden > 0 && <small> {hidden} of them hidden by the filters</small>}
      </output>
      {matching !== null && (
        <Button size="small" variant="text" onClick={onSelectAll}>
          Select all {matching}
        </Button>
      )}
      <Button size="small" onClick={() => onAct({ kind: 'pause' })}>
        Pause…
      </Button>
      <Button size="small" onClick={() => onAct({ kind: 'resume' })}>
        Resume…
      </Button>
      <Button size="small" onClick={() => onAct({ kind: 'share', to: 'PRIVATE' })}>
        Open to…
      </Button>
      <Button size="small" color="error" onClick={() => onAct({ kind: 'terminate' })}>
        Terminate…
      </Button>
      <Button size="small" variant="text" onClick={onClear}>
        Clear
      </Button>
    </SelectionBar>
  )
}
