import { styled } from '@mui/material/styles'
import { radius } from '../../ui/tokens.ts'

export const Tree = styled('div')(({ theme }) => ({
  position: 'relative',
  overflow: 'auto',
  flex: 1,
  minHeight: 0,
  padding: 8,
  overscrollBehavior: 'contain',
  outlineOffset: -2,
  '& > div': { position: 'relative' },
  '&:focus-visible [data-active="true"]': {
    outline: `2px solid ${theme.vars.palette.primary.main}`,
    outlineOffset: -2,
  },
}))

export const Row = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  position: 'absolute',
  insetInline: 0,
  display: 'flex',
  alignItems: 'center',
  gap: 6,
  paddingInlineEnd: 8,
  borderRadius: radius.s,
  color: theme.vars.palette.text.primary,
  cursor: 'pointer',
  userSelect: 'none',
  '&:hover': { backgroundColor: theme.vars.palette.background.sunken },
  '&[aria-selected="true"]': {
    color: theme.vars.palette.primary.main,
    backgroundColor: theme.vars.palette.primary.soft,
    fontWeight: 500,
  },
  '&[data-note]': { color: theme.vars.palette.text.tertiary },
  '& > svg': { flex: 'none', color: theme.vars.palette.text.tertiary },
  '&[aria-selected="true"] > svg': { color: 'inherit' },
}))

/** Bigger to hit than it looks. */
export const Twist = styled('span')(({ theme }) => ({
  display: 'grid',
  placeItems: 'center',
  flex: 'none',
  width: 24,
  height: '100%',
  marginInlineEnd: -4,
  color: theme.vars.palette.text.tertiary,
  '& svg': { transform: 'rotate(-90deg)', transition: 'transform 120ms' },
  '&[data-open="true"] svg': { transform: 'none' },
}))

export const Name = styled('span')({
  flex: 1,
  minWidth: 0,
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
})

/** A size, over a line as long as its share. */
export const Weight = styled('span')(({ theme }) => ({
  ...theme.typography.caption,
  position: 'relative',
  flex: 'none',
  width: 64,
  paddingBottom: 4,
  textAlign: 'end',
  fontWeight: 400,
  fontVariantNumeric: 'tabular-nums',
  whiteSpace: 'nowrap',
  color: theme.vars.palette.text.tertiary,
  '[aria-selected="true"] > &': { color: 'inherit' },
  '&::before, &::after': {
    content: '""',
    position: 'absolute',
    insetInlineEnd: 0,
    bottom: 0,
    width: '100%',
    height: 2,
    borderRadius: 1,
    backgroundColor: theme.vars.palette.line.main,
  },
  '&::after': {
    width: 'calc(var(--share) * 100%)',
    backgroundColor: theme.vars.palette.primary.main,
  },
}))
