import { styled } from '@mui/material/styles'
import { radius } from '../../ui/tokens.ts'

const phone = '@media (max-width: 599.95px)'

export const Root = styled('dialog')(({ theme }) => ({
  width: 'min(640px, calc(100vw - 32px))',
  maxWidth: 'none',
  height: 'fit-content',
  maxHeight: 'min(560px, calc(100dvh - 96px))',
  margin: 'min(12vh, 96px) auto auto',
  padding: 0,
  overflow: 'hidden',
  border: `1px solid ${theme.vars.palette.line.strong}`,
  borderRadius: radius.l,
  color: theme.vars.palette.text.primary,
  backgroundColor: theme.vars.palette.background.paper,
  boxShadow: theme.vars.palette.floating.shadow,
  '&[open]': { display: 'flex', flexDirection: 'column' },
  '&::backdrop': { backgroundColor: theme.vars.palette.floating.scrim },
  [phone]: {
    width: '100vw',
    height: '100dvh',
    maxHeight: 'none',
    margin: 0,
    border: 0,
    borderRadius: 0,
  },
}))

export const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  flex: 'none',
  alignItems: 'center',
  gap: 12,
  padding: '0 8px 0 18px',
  borderBottom: `1px solid ${theme.vars.palette.line.main}`,
  [phone]: { paddingLeft: 16 },
  '& > svg': { flex: 'none', color: theme.vars.palette.text.tertiary },
  '& input': {
    ...theme.typography.subtitle1,
    flex: 1,
    minWidth: 0,
    height: 55,
    padding: 0,
    border: 0,
    outline: 'none',
    background: 'none',
    color: 'inherit',
    fontFamily: 'inherit',
    textOverflow: 'ellipsis',
  },
  '& input::placeholder': { color: theme.vars.palette.text.tertiary, opacity: 1 },
  '& button': {
    ...theme.typography.caption,
    flex: 'none',
    minWidth: 40,
    minHeight: 40,
    padding: '0 8px',
    border: 0,
    borderRadius: radius.control,
    fontFamily: 'inherit',
    fontWeight: 500,
    background: 'none',
    color: theme.vars.palette.text.secondary,
    cursor: 'pointer',
    '&:hover': { backgroundColor: theme.vars.palette.background.sunken },
    '&:focus-visible': { outlineOffset: -2 },
  },
}))

export const List = styled('div')(({ theme }) => ({
  flex: '1 1 auto',
  minHeight: 0,
  overflowY: 'auto',
  overscrollBehavior: 'contain',
  padding: '4px 8px 8px',
  '& [role="group"] > [data-label]': {
    ...theme.typography.caption,
    padding: '10px 10px 4px',
    fontWeight: 500,
    color: theme.vars.palette.text.tertiary,
  },
}))

export const Option = styled('div')(({ theme }) => ({
  ...theme.typography.body1,
  display: 'flex',
  alignItems: 'center',
  gap: 12,
  minHeight: 42,
  padding: '6px 10px',
  borderRadius: radius.control,
  scrollMargin: '34px 0 8px',
  cursor: 'pointer',
  [phone]: { minHeight: 48 },
  '&[aria-selected="true"]': { backgroundColor: theme.vars.palette.primary.soft },
  '&[aria-disabled="true"]': { cursor: 'default', color: theme.vars.palette.text.tertiary },
  '& > i': {
    display: 'grid',
    placeItems: 'center',
    flex: 'none',
    width: 28,
    height: 28,
    color: theme.vars.palette.text.secondary,
  },
  '&[aria-disabled="true"] > i': { opacity: 0.6 },
  '& > span': { flex: '1 1 auto', minWidth: 0, overflowWrap: 'anywhere' },
  '& > span > b': {
    display: '-webkit-box',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
    fontWeight: 500,
  },
  '& mark': {
    color: theme.vars.palette.primary.main,
    fontWeight: 600,
    background: 'none',
  },
  '&[aria-disabled="true"] mark': { color: 'inherit' },
  '& small': { ...theme.typography.caption, color: theme.vars.palette.text.tertiary },
  '& > span > small': { display: 'block' },
  '& > small': {
    flex: 'none',
    maxWidth: '40%',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
    [phone]: { whiteSpace: 'normal', textAlign: 'end' },
  },
  // What is tertiary on paper needs more on the chosen row's tint.
  '&[aria-selected="true"] small, &[aria-selected="true"][aria-disabled="true"]': {
    color: theme.vars.palette.text.secondary,
  },
}))

export const Note = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  flex: 'none',
  padding: '10px 18px',
  borderTop: `1px solid ${theme.vars.palette.line.main}`,
  color: theme.vars.palette.text.secondary,
  overflowWrap: 'anywhere',
  '&[role="alert"]': {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: 12,
    color: theme.vars.palette.error.main,
    '& > button': { flex: 'none' },
  },
  '&[data-empty]': {
    padding: '40px 24px 48px',
    border: 0,
    textAlign: 'center',
    '& b': {
      ...theme.typography.h3,
      display: 'block',
      color: theme.vars.palette.text.primary,
    },
  },
}))

/** For those with a keyboard before them. */
export const Foot = styled('div')(({ theme }) => ({
  ...theme.typography.caption,
  display: 'flex',
  flex: 'none',
  alignItems: 'center',
  gap: 16,
  minHeight: 40,
  padding: '6px 18px',
  borderTop: `1px solid ${theme.vars.palette.line.main}`,
  color: theme.vars.palette.text.tertiary,
  backgroundColor: theme.vars.palette.background.sunken,
  [`${phone}, (pointer: coarse)`]: { display: 'none' },
  '& > span': { whiteSpace: 'nowrap' },
  '& > :last-child': { marginInlineStart: 'auto' },
}))

export const Key = styled('kbd')(({ theme }) => ({
  ...theme.typography.caption,
  display: 'inline-block',
  minWidth: 20,
  padding: '0 5px',
  textAlign: 'center',
  fontFamily: 'inherit',
  border: `1px solid ${theme.vars.palette.line.strong}`,
  borderRadius: radius.s,
  color: theme.vars.palette.text.secondary,
  backgroundColor: theme.vars.palette.background.paper,
}))
