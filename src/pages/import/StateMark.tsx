import { styled } from '@mui/material/styles'
import { Icon } from '../../ui/Icon.tsx'
import type { ItemState } from './item-words.ts'

const Root = styled('span')(({ theme }) => ({
  ...theme.typography.caption,
  display: 'inline-flex',
  alignItems: 'center',
  gap: 5,
  minWidth: 0,
  fontWeight: 500,
  fontVariantNumeric: 'tabular-nums',
  color: theme.vars.palette.idle.main,
  '& svg': { flex: 'none', width: 15, height: 15 },
  '&[data-mark="ok"]': { color: theme.vars.palette.success.main },
  '&[data-mark="warning"]': { color: theme.vars.palette.warning.main },
  '&[data-mark="error"]': { color: theme.vars.palette.error.main },
  '&[data-mark="busy"]': { color: theme.vars.palette.primary.main },
}))

/** A state in a word, with a mark and a colour that say the same. */
export function StateMark({ mark, words }: ItemState) {
  const icon = mark === 'busy' ? 'arrow' : mark === 'idle' ? 'info' : mark
  return (
    <Root data-mark={mark}>
      <Icon name={icon} />
      {words}
    </Root>
  )
}
