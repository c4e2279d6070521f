import { styled } from '@mui/material/styles'
import { radius } from './tokens.ts'

const Root = styled('button')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'inline-flex',
  alignItems: 'center',
  gap: 8,
  flex: 'none',
  minHeight: 32,
  padding: '5px 13px',
  borderRadius: radius.round,
  border: `1px solid ${theme.vars.palette.line.strong}`,
  color: theme.vars.palette.text.secondary,
  backgroundColor: theme.vars.palette.background.paper,
  fontFamily: 'inherit',
  fontWeight: 500,
  cursor: 'pointer',
  whiteSpace: 'nowrap',
  '&:hover': { borderColor: theme.vars.palette.line.control },
  '&[aria-pressed="true"]': {
    color: theme.vars.palette.primary.main,
    borderColor: theme.vars.palette.primary.main,
    backgroundColor: theme.vars.palette.primary.soft,
  },
  '& [data-count]': {
    fontVariantNumeric: 'tabular-nums',
    fontWeight: 400,
    color: theme.vars.palette.text.tertiary,
  },
  '&[aria-pressed="true"] [data-count]': { color: 'inherit' },
}))

type Props = { label: string; count?: number; selected: boolean; onSelect: () => void }

/** One of several ways to narrow a list. */
export function FilterChip({ label, count, selected, onSelect }: Props) {
  return (
    <Root type="button" aria-pressed={selected} onClick={onSelect}>
      {label}
      {count !== undefined && <span data-count="">{count.toLocaleString('en')}</span>}
    </Root>
  )
}
