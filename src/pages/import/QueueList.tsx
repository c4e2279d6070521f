import { styled } from '@mui/material/styles'
import { nameOf, type QueueItem, titleOf } from '../../features/bundles/queue-item.ts'
import { AppIcon } from '../../ui/AppIcon.tsx'
import { radius } from '../../ui/tokens.ts'
import { itemState } from './item-words.ts'
import { StateMark } from './StateMark.tsx'

const List = styled('ul')(({ theme }) => ({
  display: 'flex',
  gap: 4,
  margin: '-4px',
  padding: 4,
  listStyle: 'none',
  overflowX: 'auto',
  '& li': { flex: 'none', width: 210, minWidth: 0 },
  '@media (min-width: 1240px)': {
    position: 'sticky',
    top: 24,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    maxHeight: 'calc(100dvh - 48px)',
    overflowX: 'visible',
    overflowY: 'auto',
    '& li': { width: 'auto' },
  },
  '& button': {
    display: 'flex',
    alignItems: 'center',
    gap: 10,
    width: '100%',
    minHeight: 52,
    padding: '7px 10px',
    textAlign: 'start',
    font: 'inherit',
    color: theme.vars.palette.text.primary,
    border: '1px solid transparent',
    borderRadius: radius.m,
    background: 'none',
    cursor: 'pointer',
  },
  '& button:hover': { backgroundColor: theme.vars.palette.background.sunken },
  '& button[aria-current]': {
    borderColor: theme.vars.palette.line.strong,
    backgroundColor: theme.vars.palette.background.paper,
  },
}))

const Words = styled('span')(({ theme }) => ({
  display: 'grid',
  minWidth: 0,
  '& b': {
    ...theme.typography.body2,
    fontWeight: 500,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
}))

type Props = { items: readonly QueueItem[]; shown: string; onShow: (id: string) => void }

export function QueueList({ items, shown, onShow }: Props) {
  return (
    <nav aria-label="Chosen bundles">
      <List>
        {items.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              aria-current={item.id === shown ? 'true' : undefined}
              onClick={() => onShow(item.id)}
            >
              <AppIcon name={nameOf(item)} title={titleOf(item)} src={item.iconUrl} size={32} />
              <Words>
                <b>{titleOf(item)}</b>
                <StateMark {...itemState(item)} />
              </Words>
            </button>
          </li>
        ))}
      </List>
    </nav>
  )
}
