import { styled } from '@mui/material/styles'
import { radius } from './tokens.ts'

/** A neutral area parted from the rest by a hairline. */
export const Surface = styled('section')(({ theme }) => ({
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.line.main}`,
  borderRadius: radius.l,
}))
