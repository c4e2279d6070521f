import { styled } from '@mui/material/styles'
import { radius } from './tokens.ts'

const Root = styled('div')(({ theme }) => ({
  height: 4,
  borderRadius: radius.round,
  backgroundColor: theme.vars.palette.idle.soft,
  overflow: 'hidden',
  '& > i': {
    display: 'block',
    height: '100%',
    width: 'var(--share)',
    borderRadius: radius.round,
    backgroundColor: theme.vars.palette.primary.main,
    transition: 'width 150ms ease-out',
  },
  '&[data-full] > i': { backgroundColor: theme.vars.palette.warning.main },
}))

/** How much of something is used, as a bar. Decoration: a sentence beside it says the same. */
export function Meter({ used, max }: { used: number; max: number }) {
  const share = max === 0 ? 100 : Math.min(100, (used / max) * 100)
  return (
    <Root aria-hidden="true" data-full={used >= max ? '' : undefined}>
      <i style={{ '--share': `${share}%` }} />
    </Root>
  )
}
