import { styled } from '@mui/material/styles'
import { radius } from '../../ui/tokens.ts'

export const Part = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 16,
  minWidth: 0,
  padding: 16,
})

/** What is known of a file, in a row. */
export const Facts = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  margin: 0,
  color: theme.vars.palette.text.tertiary,
  fontVariantNumeric: 'tabular-nums',
  overflowWrap: 'anywhere',
}))

export const Notice = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  margin: 0,
  padding: '8px 12px',
  borderRadius: radius.m,
  color: theme.vars.palette.text.secondary,
  backgroundColor: theme.vars.palette.background.sunken,
  textWrap: 'pretty',
}))

/** The row above a file's contents. */
export const FileBar = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: '8px 16px',
  minHeight: 32,
})
