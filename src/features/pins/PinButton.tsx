import { styled } from '@mui/material/styles'
import { useMutation } from '@tanstack/react-query'
import type { App } from '../../api/generated/types.gen.ts'
import { pinAppOptions } from '../../api/pins.ts'
import { Icon } from '../../ui/Icon.tsx'
import { radius } from '../../ui/tokens.ts'

const Root = styled('button')(({ theme }) => ({
  display: 'grid',
  placeItems: 'center',
  flex: 'none',
  width: 30,
  height: 30,
  padding: 0,
  border: 0,
  borderRadius: radius.s,
  background: 'none',
  color: theme.vars.palette.text.tertiary,
  cursor: 'pointer',
  '&:hover': { backgroundColor: theme.vars.palette.background.sunken },
  '&[aria-pressed="true"]': {
    color: theme.vars.palette.primary.main,
    '& path': { fill: 'currentColor' },
  },
}))

/** Pinned apps come first, for the one who pinned them. */
export function PinButton({ app }: { app: Pick<App, 'name' | 'title' | 'pinned'> }) {
  const { mutate } = useMutation(pinAppOptions())
  return (
    <Root
      type="button"
      aria-label={`Pin ${app.title}`}
      aria-pressed={app.pinned}
      title={app.pinned ? 'Unpin' : 'Pin to the top'}
      onClick={() => mutate({ appName: app.name, pinned: !app.pinned })}
    >
      <Icon name="pin" size={18} />
    </Root>
  )
}
