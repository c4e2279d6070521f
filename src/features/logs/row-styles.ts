import { styled } from '@mui/material/styles'

/** Every row is as high as this, in pixels, so that any row is found by counting. */
export const rowHeight = 20

/** Columns of the gutters, and what stands between them and the text, in pixels. */
export const gutterPixels = { mark: 18, gap: 12, pad: 12 } as const

export const Scroller = styled('div')(({ theme }) => ({
  flex: 1,
  minWidth: 0,
  overflow: 'auto',
  overflowAnchor: 'none',
  overscrollBehavior: 'contain',
  borderBlock: `1px solid ${theme.vars.palette.line.main}`,
  backgroundColor: theme.vars.palette.background.sunken,
  color: theme.vars.palette.text.primary,
  fontFamily: 'var(--wd-mono)',
  fontSize: 12.5,
  lineHeight: `${rowHeight}px`,
  fontVariantLigatures: 'none',
  fontFeatureSettings: 'normal',
  tabSize: 4,
  // Colours of an app keep their hue; how light they are is the theme's, so that they can be read.
  '--log-least-light': '0',
  '--log-most-light': '0.5',
  '[data-theme="dark"] &': { '--log-least-light': '0.76', '--log-most-light': '1' },
  '&:focus-visible': { outlineOffset: -2 },
  '&[data-wrap]': { overflowX: 'hidden' },
}))

export const Canvas = styled('div')({ position: 'relative', minWidth: '100%' })

export const Window = styled('div')({
  position: 'absolute',
  insetBlockStart: 0,
  insetInlineStart: 0,
  minWidth: '100%',
  width: 'max-content',
  '[data-wrap] > * > &': { width: '100%' },
})

export const Empty = styled('p')(({ theme }) => ({
  margin: 0,
  padding: '12px 20px',
  fontFamily: theme.typography.fontFamily,
  fontSize: 13,
  color: theme.vars.palette.text.tertiary,
}))

export const RowBox = styled('div')(({ theme }) => ({
  display: 'flex',
  height: rowHeight,
  paddingInlineEnd: gutterPixels.pad,
  borderInlineStart: '3px solid transparent',
  whiteSpace: 'pre',
  '&[data-severity="4"]': {
    borderColor: theme.vars.palette.error.main,
    backgroundColor: theme.vars.palette.error.soft,
  },
  '&[data-severity="3"]': {
    borderColor: theme.vars.palette.warning.main,
    backgroundColor: theme.vars.palette.warning.soft,
  },
  '&[data-marked]': {
    backgroundColor: theme.vars.palette.primary.soft,
    borderColor: theme.vars.palette.primary.main,
  },
  '& [data-text]': { unicodeBidi: 'isolate', direction: 'ltr' },
  '& [data-text="detail"]': { color: theme.vars.palette.text.secondary },
  // Folded, it is one row whatever its length; unfolded, all of it is there.
  '[data-wrap] & [data-text="json"]': { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' },
  '& [data-text] > span[style]': {
    color:
      'oklch(from var(--fg, currentcolor) clamp(var(--log-least-light), l, var(--log-most-light)) c h)',
  },
  '& [data-text] > span[data-bg]': {
    color: 'inherit',
    backgroundColor: `color-mix(in oklab, var(--bg) 22%, ${theme.vars.palette.background.sunken})`,
  },
  '& [data-look~="bold"]': { fontWeight: 700 },
  '& [data-look~="dim"], & [data-look~="quiet"]': { color: theme.vars.palette.text.secondary },
  '& [data-look~="italic"]': { fontStyle: 'italic' },
  '& [data-look~="underline"]': { textDecoration: 'underline' },
  '& [data-look~="strike"]': { textDecoration: 'line-through' },
  '& [data-look~="underline"][data-look~="strike"]': { textDecoration: 'underline line-through' },
  '& mark': {
    color: theme.vars.palette.text.primary,
    backgroundColor: theme.vars.palette.warning.soft,
    outline: `1px solid ${theme.vars.palette.warning.main}`,
    outlineOffset: -1,
    borderRadius: 2,
  },
  '& mark[aria-current]': {
    color: theme.vars.palette.primary.contrastText,
    backgroundColor: theme.vars.palette.primary.main,
    outline: 0,
  },
  '& time': { color: theme.vars.palette.text.secondary },
  '& [data-lost]': {
    marginInlineStart: 8,
    fontStyle: 'italic',
    color: theme.vars.palette.text.secondary,
  },
}))

export const Gutter = styled('span')(({ theme }) => ({
  display: 'flex',
  flex: 'none',
  gap: gutterPixels.gap,
  paddingInlineEnd: gutterPixels.gap,
  userSelect: 'none',
  color: theme.vars.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
  '& > button': {
    font: 'inherit',
    lineHeight: 'inherit',
    display: 'flex',
    justifyContent: 'space-between',
    height: rowHeight,
    padding: 0,
    border: 0,
    background: 'none',
    color: 'inherit',
    cursor: 'pointer',
    textAlign: 'end',
  },
  '& > button:hover': { color: theme.vars.palette.primary.main, textDecoration: 'underline' },
  '& > button:focus-visible': { outlineOffset: -2 },
  '& > button > b': { width: gutterPixels.mark, textAlign: 'center', fontWeight: 700 },
  '[data-severity="4"] & b': { color: theme.vars.palette.error.main },
  '[data-severity="3"] & b': { color: theme.vars.palette.warning.main },
}))

export const Fold = styled('button')(({ theme }) => ({
  font: 'inherit',
  lineHeight: 'inherit',
  flex: 'none',
  width: 20,
  height: rowHeight,
  padding: 0,
  marginInlineStart: -4,
  border: 0,
  background: 'none',
  color: theme.vars.palette.text.secondary,
  cursor: 'pointer',
  '&:hover': { color: theme.vars.palette.primary.main },
  '&[aria-expanded="true"] > svg': { transform: 'none' },
  '& > svg': { transform: 'rotate(-90deg)', verticalAlign: 'middle' },
}))
