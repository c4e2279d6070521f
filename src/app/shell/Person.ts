import { styled } from '@mui/material/styles'

/** A name over the lines that say more of the person. */
export const Person = styled('span')(({ theme }) => ({
  ...theme.typography.caption,
  flex: 1,
  minWidth: 0,
  color: theme.vars.palette.text.tertiary,
  '& > *': { display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '& > b': { fontWeight: 500, fontSize: 13, color: theme.vars.palette.text.primary },
}))
