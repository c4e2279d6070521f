import { styled } from '@mui/material/styles'
import type { ReactNode } from 'react'
import { chipColors, type ChipTheme } from './chip-colors.ts'
import { radius } from './tokens.ts'

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
    color: 'var(--chip-text)',
    backgroundColor: 'var(--chip)',
    ...theme.applyStyles('dark', {
      color: 'var(--chip-text-dark)',
      backgroundColor: 'var(--chip-dark)',
    }),
  },
  // Also those that are nearly the colour of what they lie on.
  boxShadow: 'inset 0 0 0 1px color-mix(in srgb, currentColor 14%, transparent)',
  // Where the system's own colours are forced, the shape still tells a chip from text.
  '@media (forced-colors: active)': { outline: '1px solid' },
}))

type Props = {
  title: ReactNode
  /** The colour that somebody chose, `#RRGGBB`; without one it is grey. */
  color?: string
  /** As this theme would draw it, whichever is shown: for previews. */
  as?: ChipTheme
}

/** A label in a colour that somebody chose, made to read in both themes whatever was chosen. */
export function Chip({ title, color, as }: Props) {
  const light = color === undefined ? null : chipColors(color, as ?? 'light')
  const dark = color === undefined ? null : chipColors(color, as ?? 'dark')
  if (light === null || dark === null) return <Root>{title}</Root>
  return (
    <Root
      data-colored=""
      style={{
        '--chip': light.background,
        '--chip-text': light.text,
        '--chip-dark': dark.background,
        '--chip-text-dark': dark.text,
      }}
    >
      {title}
    </Root>
  )
}
