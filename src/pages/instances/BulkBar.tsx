import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import type { BulkAction } from '../../rules/bulk-instances.ts'
import { radius } from '../../ui/tokens.ts'

const Root = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  position: 'sticky',
  zIndex: 5,
  bottom: 16,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 8,
  marginTop: 16,
  padding: '10px 12px 10px 20px',
  border: `1px solid ${theme.vars.palette.line.strong}`,
  borderRadius: radius.l,
  backgroundColor: theme.vars.palette.background.paper,
  boxShadow: theme.vars.palette.floating.shadow,
  '& > output': {
    flex: '1 1 150px',
    fontVariantNumeric: 'tabular-nums',
    '& b': { fontWeight: 600 },
    '& small': { ...theme.typography.caption, color: theme.vars.palette.text.tertiary },
  },
  [theme.breakpoints.down('sm')]: { bottom: 'calc(69px + env(safe-area-inset-bottom))' },
}))

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
    <Root role="group" aria-label="With the selected instances">
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
    </Root>
  )
}
