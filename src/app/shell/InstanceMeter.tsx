import { styled } from '@mui/material/styles'
import { radius } from '../../ui/tokens.ts'

const Root = styled('div')(({ theme }) => ({
  ...theme.typography.caption,
  padding: '0 8px',
  color: theme.vars.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
  '& > div': {
    height: 4,
    marginTop: 8,
    borderRadius: radius.round,
    backgroundColor: theme.vars.palette.idle.soft,
    overflow: 'hidden',
  },
  '& > div > i': {
    display: 'block',
    height: '100%',
    width: 'var(--share)',
    borderRadius: radius.round,
    backgroundColor: theme.vars.palette.primary.main,
    transition: 'width 150ms ease-out',
  },
  '& > div[data-full] > i': { backgroundColor: theme.vars.palette.warning.main },
}))

/** How many instances one has and may have. The sentence says it; the bar shows it. */
export function InstanceMeter({ used, max }: { used: number; max: number }) {
  const share = max === 0 ? 100 : Math.min(100, (used / max) * 100)
  return (
    <Root>
      {used} of {max} instances running
      <div aria-hidden="true" data-full={used >= max ? '' : undefined}>
        <i style={{ '--share': `${share}%` }} />
      </div>
    </Root>
  )
}
