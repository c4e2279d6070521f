import { styled } from '@mui/material/styles'
import { radius } from './tokens.ts'

/** What was just done, over the page and its dialogs, with what can be done about it. */
export const FloatingNotice = styled('section')(({ theme }) => ({
  ...theme.typography.body2,
  position: 'fixed',
  zIndex: 15,
  left: '50%',
  bottom: 24,
  translate: '-50%',
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '4px 8px',
  width: 'max-content',
  maxWidth: 'min(560px, calc(100vw - 32px))',
  padding: '8px 8px 8px 16px',
  border: `1px solid ${theme.vars.palette.line.strong}`,
  borderRadius: radius.l,
  color: theme.vars.palette.text.primary,
  backgroundColor: theme.vars.palette.background.paper,
  boxShadow: theme.vars.palette.floating.shadow,
  '& > p': { flex: '1 1 160px', margin: 0, padding: '4px 8px 4px 0', overflowWrap: 'anywhere' },
  '& > button:last-child': { marginInlineStart: 'auto' },
  '& > p > small': {
    ...theme.typography.caption,
    display: 'block',
    color: theme.vars.palette.error.main,
  },
  [theme.breakpoints.down('sm')]: {
    bottom: 'calc(69px + env(safe-area-inset-bottom))',
    // The longer ones take a line of their own, above their buttons.
    '& > p:has(small)': { flexBasis: '100%' },
  },
}))
