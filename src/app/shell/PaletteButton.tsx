import { styled } from '@mui/material/styles'
import { Icon } from '../../ui/Icon.tsx'
import { isMac } from '../../ui/is-mac.ts'
import { radius } from '../../ui/tokens.ts'
import { openPalette } from '../palette/palette-state.ts'

const Root = styled('button')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  minWidth: 44,
  minHeight: 44,
  padding: '0 12px',
  border: 0,
  borderRadius: radius.control,
  fontFamily: 'inherit',
  color: theme.vars.palette.text.secondary,
  background: 'none',
  cursor: 'pointer',
  '&:hover': { backgroundColor: theme.vars.palette.background.sunken },
  '&[data-place="sidebar"]': {
    minHeight: 36,
    padding: '0 9px',
    marginBottom: 12,
    border: `1px solid ${theme.vars.palette.line.control}`,
  },
  whiteSpace: 'nowrap',
  '& > kbd': {
    ...theme.typography.caption,
    marginInlineStart: 'auto',
    fontFamily: 'inherit',
    color: theme.vars.palette.text.tertiary,
  },
}))

/** Opens the palette; the keys that do it, too, stand beside it where there is room. */
export function PaletteButton({ place }: { place: 'sidebar' | 'topBar' }) {
  const wide = place === 'sidebar'
  return (
    <Root
      type="button"
      data-place={place}
      aria-haspopup="dialog"
      aria-label={wide ? undefined : 'Find anything'}
      aria-keyshortcuts={isMac ? 'Meta+K' : 'Control+K'}
      onClick={() => openPalette('palette')}
    >
      <Icon name="search" size={wide ? 18 : 20} />
      {wide && (
        <>
          Find anything
          <kbd aria-hidden="true">{isMac ? '⌘ K' : 'Ctrl K'}</kbd>
        </>
      )}
    </Root>
  )
}
