import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import type { QueueItem } from '../../features/bundles/queue-item.ts'
import { itemState } from './item-words.ts'
import { StateMark } from './StateMark.tsx'

const Root = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: 12,
  position: 'sticky',
  zIndex: 5,
  bottom: 0,
  margin: '16px -16px 0',
  padding: '10px 16px',
  borderTop: `1px solid ${theme.vars.palette.line.main}`,
  backgroundColor: theme.vars.palette.background.paper,
  [theme.breakpoints.up('sm')]: { marginInline: -24, paddingInline: 24 },
  // The navigation is there.
  [theme.breakpoints.down('sm')]: { bottom: 'calc(57px + env(safe-area-inset-bottom))' },
  '@container (min-width: 780px)': { display: 'none' },
}))

/**
 * Where the import is below all that is said of the bundle, the way to it. It scrolls off as the
 * import comes into sight.
 */
export function ImportBar({ item, onGo }: { item: QueueItem; onGo: () => void }) {
  return (
    <Root data-covers-bottom="">
      <StateMark {...itemState(item)} />
      <Button size="small" onClick={onGo}>
        {item.transfer.kind === 'none' ? 'Go to import' : 'Show'}
      </Button>
    </Root>
  )
}
