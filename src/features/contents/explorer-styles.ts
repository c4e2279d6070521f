import { styled } from '@mui/material/styles'
import { Surface } from '../../ui/Surface.tsx'

/** Room for tree and viewer side by side: what a page with a sidebar leaves of some 900 pixels. */
const wide = '@container (min-width: 640px)'
const narrow = '@container (max-width: 639.95px)'

export const Frame = styled('div')({ containerType: 'inline-size' })

export const Panes = styled(Surface)({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  overflow: 'hidden',
  [wide]: { gridTemplateColumns: 'minmax(240px, 34%) minmax(0, 1fr)' },
  [narrow]: {
    '&[data-alone="tree"] > :last-of-type': { display: 'none' },
    '&[data-alone="viewer"] > :first-of-type': { display: 'none' },
  },
})

export const TreePane = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  minWidth: 0,
  maxHeight: 'min(70vh, 640px)',
  [wide]: {
    // As high as the viewer beside it, and never the reason for its height.
    height: 0,
    minHeight: 'max(100%, 480px)',
    maxHeight: 'max(100%, 480px)',
    borderInlineEnd: `1px solid ${theme.vars.palette.line.main}`,
    '& > [data-phone-only]': { display: 'none' },
  },
}))

export const Viewer = styled('div')({ minWidth: 0 })

export const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  alignItems: 'flex-start',
  gap: 8,
  padding: '12px 16px',
  borderBottom: `1px solid ${theme.vars.palette.line.main}`,
  '& > div': { width: '100%' },
  '& h2': {
    ...theme.typography.h3,
    margin: 0,
    outline: 'none',
    overflowWrap: 'anywhere',
  },
  '& h2:focus-visible': {
    outline: `2px solid ${theme.vars.palette.primary.main}`,
    outlineOffset: 2,
    borderRadius: 4,
  },
  [wide]: { '& > [data-phone-only]': { display: 'none' } },
}))
