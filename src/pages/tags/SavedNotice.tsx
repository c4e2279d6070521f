import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import { radius } from '../../ui/tokens.ts'

const Root = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 8,
  marginBottom: 16,
  padding: '8px 12px 8px 16px',
  border: `1px solid ${theme.vars.palette.line.strong}`,
  borderRadius: radius.control,
  backgroundColor: theme.vars.palette.background.paper,
  '& p': { flex: '1 1 160px', margin: 0, overflowWrap: 'anywhere' },
}))

export type Saved = { id: string; title: string; isNew: boolean }

/** Says that it worked, and what comes next to a new tag. */
export function SavedNotice({ saved, onClose }: { saved: Saved; onClose: () => void }) {
  return (
    <Root role="status" aria-label="What was done">
      <p>
        {saved.title} is {saved.isNew ? 'created' : 'saved'}.
      </p>
      {saved.isNew && (
        <Button size="small" component={Link} to={paths.tagAssign(saved.id)}>
          Assign to apps…
        </Button>
      )}
      <Button size="small" variant="text" onClick={onClose}>
        Close
      </Button>
    </Root>
  )
}
