import { styled } from '@mui/material/styles'
import { radius } from './tokens.ts'

const Root = styled('span')(({ theme }) => ({
  display: 'block',
  maxWidth: '100%',
  borderRadius: radius.s,
  backgroundColor: theme.vars.palette.idle.soft,
  '@media (prefers-reduced-motion: no-preference)': {
    animation: 'wd-breathe 1.6s ease-in-out infinite',
    '@keyframes wd-breathe': { '50%': { opacity: 0.55 } },
  },
}))

type Props = {
  width?: number | string
  height?: number
  /** As a button or an icon. */
  round?: boolean
  /** As a chip. */
  pill?: boolean
}

/** A grey stand-in with the size of what is coming. Hidden from screen readers: say “Loading” once, beside it. */
export function Skeleton({ width = '100%', height = 12, round = false, pill = false }: Props) {
  const borderRadius = pill ? radius.round : round ? radius.m : undefined
  return <Root aria-hidden="true" style={{ width, height, borderRadius }} />
}
