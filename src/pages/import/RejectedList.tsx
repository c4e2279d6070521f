import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import type { Rejected } from '../../features/bundles/chosen.ts'
import { radius } from '../../ui/tokens.ts'

const Root = styled('section')(({ theme }) => ({
  marginBottom: 24,
  padding: '14px 16px',
  border: `1px solid ${theme.vars.palette.line.strong}`,
  borderRadius: radius.l,
  backgroundColor: theme.vars.palette.background.paper,
  '& header': { display: 'flex', gap: 12, alignItems: 'center', justifyContent: 'space-between' },
  '& h2': { ...theme.typography.h3, margin: 0, color: theme.vars.palette.error.main },
  '& ul': {
    ...theme.typography.body2,
    display: 'grid',
    gap: 8,
    maxHeight: 280,
    overflowY: 'auto',
    margin: '10px 0 0',
    padding: 0,
    listStyle: 'none',
  },
  '& li': { overflowWrap: 'anywhere', color: theme.vars.palette.text.secondary },
  '& b': { fontWeight: 500, color: theme.vars.palette.text.primary },
}))

type Props = { rejected: readonly Rejected[]; onDismiss: () => void }

/** What could not be taken, each by its name and with its reason. Stays until it is dismissed. */
export function RejectedList({ rejected, onDismiss }: Props) {
  const count = rejected.length
  return (
    <Root role="alert">
      <header>
        <h2>{count === 1 ? 'One was not taken' : `${count} were not taken`}</h2>
        <Button size="small" variant="text" onClick={onDismiss}>
          Dismiss
        </Button>
      </header>
      <ul aria-label="Not taken" tabIndex={0}>
        {rejected.map(({ name, reason }, index) => (
          // Two files of one name may be refused for two reasons.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={`${name}/${index}`}>
            <b>{name}</b> {reason}
          </li>
        ))}
      </ul>
    </Root>
  )
}
