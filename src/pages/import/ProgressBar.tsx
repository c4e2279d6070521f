import { styled } from '@mui/material/styles'
import { radius } from '../../ui/tokens.ts'
import { percent } from './item-words.ts'

const Track = styled('div')(({ theme }) => ({
  height: 6,
  overflow: 'hidden',
  borderRadius: radius.round,
  backgroundColor: theme.vars.palette.idle.soft,
  '& > div': {
    height: '100%',
    borderRadius: radius.round,
    backgroundColor: theme.vars.palette.primary.main,
    transformOrigin: 'left',
  },
  '&[data-still] > div': { backgroundColor: theme.vars.palette.idle.main },
}))

type Props = {
  /** What is going on, for screen readers. */
  label: string
  done: number
  total: number
  /** Nothing moves at the moment. */
  isStill?: boolean
}

export function ProgressBar({ label, done, total, isStill = false }: Props) {
  const value = percent(done, total)
  return (
    <Track
      role="progressbar"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuemax={100}
      data-still={isStill ? '' : undefined}
    >
      <div style={{ width: `${value}%` }} />
    </Track>
  )
}
