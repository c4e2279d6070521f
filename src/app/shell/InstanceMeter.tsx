import { styled } from '@mui/material/styles'
import { Meter } from '../../ui/Meter.tsx'

const Root = styled('div')(({ theme }) => ({
  ...theme.typography.caption,
  display: 'grid',
  gap: 8,
  padding: '0 8px',
  color: theme.vars.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
}))

/** How many instances one has and may have. */
export function InstanceMeter({ used, max }: { used: number; max: number }) {
  return (
    <Root>
      {used} of {max} instances running
      <Meter used={used} max={max} />
    </Root>
  )
}
