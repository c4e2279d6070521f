import type { Theme } from '@mui/material/styles'

/** What all tables share: quiet heads, hairlines between rows, figures that stand under each other. */
export const tableStyles = (theme: Theme) =>
  ({
    ...theme.typography.body2,
    width: '100%',
    borderCollapse: 'collapse',
    fontVariantNumeric: 'tabular-nums',
    '& th': {
      ...theme.typography.caption,
      padding: '10px 12px',
      textAlign: 'start',
      fontWeight: 500,
      color: theme.vars.palette.text.tertiary,
      whiteSpace: 'nowrap',
    },
    '& td, & th[scope="row"]': {
      ...theme.typography.body2,
      padding: '10px 12px',
      color: 'inherit',
      overflowWrap: 'anywhere',
      whiteSpace: 'normal',
    },
    '& tbody tr': { borderTop: `1px solid ${theme.vars.palette.line.main}` },
  }) as const
