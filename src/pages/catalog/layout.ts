import { styled } from '@mui/material/styles'

export const Toolbar = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 12,
  marginBottom: 24,
})

export const Filters = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'flex-start',
  justifyContent: 'space-between',
  gap: 12,
  minWidth: 0,
  [theme.breakpoints.down('lg')]: { flexDirection: 'column', alignItems: 'stretch' },
}))

/** Between two cards, in pixels. */
export const cardGap = 16

export const Grid = styled('ul')({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 300px), 1fr))',
  gap: cardGap,
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '&[data-compact]': { gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 250px), 1fr))' },
  transition: 'opacity 120ms ease-out 80ms',
  '&[data-stale]': { opacity: 0.6 },
})
