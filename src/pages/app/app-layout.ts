import { styled } from '@mui/material/styles'
import { Surface } from '../../ui/Surface.tsx'

export const HeadRow = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'flex-start',
  gap: 16,
  marginBottom: 28,
})

export const Columns = styled('div')({
  display: 'grid',
  gap: 24,
  gridTemplateColumns: 'minmax(0, 1fr)',
  '@media (min-width: 880px)': { gridTemplateColumns: 'minmax(0, 1fr) minmax(280px, 34%)' },
})

const column = {
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  alignContent: 'start',
  minWidth: 0,
}

export const Main = styled('div')({ ...column, gap: 32 })

export const Aside = styled('div')({ ...column, gap: 16 })

export const Section = styled('section')(({ theme }) => ({
  minWidth: 0,
  '& > h2': { ...theme.typography.h2, margin: '0 0 12px' },
}))

export const Panel = styled(Surface)(({ theme }) => ({
  padding: '16px 20px 18px',
  '& > h2': { ...theme.typography.h2, margin: '0 0 8px' },
}))

/** Names on the left, values on the right. */
export const Facts = styled('dl')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  gridTemplateColumns: 'auto minmax(0, 1fr)',
  gap: '8px 20px',
  margin: 0,
  fontVariantNumeric: 'tabular-nums',
  '& dt': { color: theme.vars.palette.text.tertiary },
  '& dd': { margin: 0, textAlign: 'end', overflowWrap: 'anywhere' },
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12 },
}))
