import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { radius } from '../../ui/tokens.ts'

const Root = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: '4px 12px',
  padding: '6px 8px 6px 14px',
  borderRadius: radius.m,
  backgroundColor: theme.vars.palette.warning.soft,
}))

const words: Record<string, string> = {
  q: 'the search (too long)',
  sort: 'the order',
  view: 'cards or table',
  density: 'comfortable or compact',
  category: 'a category',
  tag: 'a tag',
  owner: 'an owner',
  lifecycle: 'how it runs',
}

/** An address that somebody wrote by hand, or that a mail program cut off. */
export function Misread({ names, onTidy }: { names: readonly string[]; onTidy: () => void }) {
  if (names.length === 0) return null
  return (
    <Root role="status">
      <span>
        Part of the address means nothing here and was left out:{' '}
        {names.map((name) => words[name] ?? name).join(', ')}.
      </span>
      <Button size="small" variant="text" onClick={onTidy}>
        All right
      </Button>
    </Root>
  )
}
