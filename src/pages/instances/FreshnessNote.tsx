import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useChangesStatus } from '../../api/changes.ts'
import { Elapsed } from '../../ui/Elapsed.tsx'

const Root = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 8,
  margin: '0 0 12px',
  color: theme.vars.palette.warning.main,
}))

type Props = { readAt: number; reading: boolean; onRead: () => void }

/** While changes aren't pushed: how old what one sees is, and a way to read it now. Else nothing. */
export function FreshnessNote({ readAt, reading, onRead }: Props) {
  if (useChangesStatus() !== 'polling') return null
  return (
    <Root>
      <span>
        Not live: read <Elapsed since={new Date(readAt).toISOString()} /> ago.
      </span>
      <Button size="small" aria-disabled={reading} onClick={onRead}>
        {reading ? 'Reading…' : 'Read again'}
      </Button>
    </Root>
  )
}
