import { styled } from '@mui/material/styles'
import { radius } from './tokens.ts'

/** At the foot of a list: how many are chosen, in an `output`, and what to do with them. It stays in view. */
export const SelectionBar = styled('div')(({ theme }) => ({
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
  // Above the bar that phones have at the bottom.
  [theme.breakpoints.down('sm')]: { bottom: 'calc(69px + env(safe-area-inset-bottom))' },
}))
