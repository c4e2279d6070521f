import type { Theme } from '@mui/material/styles'
import { radius } from '../../ui/tokens.ts'

/** The frame that a card and its skeleton share. */
export function cardStyles(theme: Theme) {
  return {
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    height: '100%',
    padding: '18px 18px 14px',
    border: `1px solid ${theme.vars.palette.line.main}`,
    borderRadius: radius.l,
    backgroundColor: theme.vars.palette.background.paper,
  } as const
}
