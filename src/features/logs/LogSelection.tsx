import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useLocation } from 'react-router'
import { paths } from '../../paths.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { withLogPlace } from './log-address.ts'
import type { LogClient } from './log-client.ts'
import type { LineRange } from './log-protocol.ts'

const Bar = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 8,
  padding: '8px 20px',
  borderTop: `1px solid ${theme.vars.palette.line.main}`,
  color: theme.vars.palette.text.secondary,
  '& > span': { marginInlineEnd: 'auto' },
  '@media (max-width: 767.95px)': { padding: '8px 16px' },
}))

type Props = {
  client: LogClient
  instanceId: string
  run: number | null
  range: LineRange
  onClear: () => void
}

/** What can be done with the marked lines. */
export function LogSelection({ client, instanceId, run, range, onClear }: Props) {
  const { pathname, search } = useLocation()
  const isOne = range.from === range.to
  const params = withLogPlace(new URLSearchParams(), { run: run ?? 'newest', lines: range })
  // On its own page, whoever it is sent to: not everybody has the list that this was opened from.
  const link = new URL(`${paths.instanceLogPage(instanceId)}?${params}`, location.origin)
  return (
    <Bar role="group" aria-label="Marked lines" key={pathname + search}>
      <span>{isOne ? 'One line is marked.' : 'Several lines are marked.'}</span>
      <CopyButton
        text={() => client.text(range)}
        label={isOne ? 'Copy line' : 'Copy lines'}
        variant="outlined"
      />
      <CopyButton text={link.href} label="Copy link" variant="outlined" />
      <Button size="small" variant="text" onClick={onClear}>
        Clear
      </Button>
    </Bar>
  )
}
