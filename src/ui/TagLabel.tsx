import { styled } from '@mui/material/styles'
import type { ReactNode } from 'react'
import { radius } from './tokens.ts'

/**
 * A label in a colour that somebody chose. Only its hue and some of its chroma are kept: lightness is the theme's, so
 * that the text holds its contrast whatever was chosen.
 */
const Root = styled('span')(({ theme }) => ({
  ...theme.typography.caption,
  display: 'inline-block',
  maxWidth: '100%',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  padding: '2px 8px',
  borderRadius: radius.s,
  fontWeight: 500,
  color: theme.vars.palette.text.secondary,
  backgroundColor: theme.vars.palette.idle.soft,
  '&[data-colored]': {
    color: 'oklch(from var(--tag) 0.42 min(c, 0.14) h)',
    backgroundColor: 'oklch(from var(--tag) 0.955 min(c, 0.035) h)',
    ...theme.applyStyles('dark', {
      color: 'oklch(from var(--tag) 0.83 min(c, 0.11) h)',
      backgroundColor: 'oklch(from var(--tag) 0.29 min(c, 0.055) h)',
    }),
  },
}))

type Props = {
  title: ReactNode
  /** The colour that somebody chose; without one it is grey. */
  color?: string
}

export function TagLabel({ title, color }: Props) {
  return color === undefined ? (
    <Root>{title}</Root>
  ) : (
    <Root data-colored="" style={{ '--tag': color }}>
      {title}
    </Root>
  )
}
