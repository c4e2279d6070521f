import Button from '@mui/material/Button'
import IconButton from '@mui/material/IconButton'
import { styled } from '@mui/material/styles'
import type { App } from '../../api/generated/types.gen.ts'
import { Icon } from '../../ui/Icon.tsx'
import { SheetDialog } from '../../ui/SheetDialog.tsx'
import { useSwipe } from '../../ui/use-swipe.ts'

const Bar = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  padding: '8px 12px 8px 20px',
  fontVariantNumeric: 'tabular-nums',
  '& > span': { flex: 1, minWidth: 0, overflowWrap: 'anywhere', fontWeight: 500 },
}))

const Stage = styled('div')(({ theme }) => ({
  flex: 1,
  minHeight: 0,
  display: 'grid',
  placeItems: 'center',
  padding: 16,
  // Sideways is ours; up and down, and pinching, stay the browser's.
  touchAction: 'pan-y pinch-zoom',
  backgroundColor: theme.vars.palette.background.sunken,
  '& img': {
    maxWidth: '100%',
    maxHeight: '100%',
    minHeight: 0,
    objectFit: 'contain',
    userSelect: 'none',
    borderRadius: 4,
  },
}))

type Props = { app: App; index: number; onIndex: (index: number) => void; onClose: () => void }

export function ScreenshotDialog({ app, index, onIndex, onClose }: Props) {
  const count = app.screenshots.length
  const go = (step: number) => onIndex((index + step + count) % count)
  const swipe = useSwipe(go)
  return (
    <SheetDialog
      label={`Screenshots of ${app.title}`}
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') go(1)
        if (event.key === 'ArrowLeft') go(-1)
      }}
    >
      <Bar>
        <span role="status">
          {app.title} · {index + 1} of {count}
        </span>
        {count > 1 && (
          <>
            <Button size="small" onClick={() => go(-1)}>
              Previous
            </Button>
            <Button size="small" onClick={() => go(1)}>
              Next
            </Button>
          </>
        )}
        <IconButton onClick={onClose} aria-label="Close">
          <Icon name="close" />
        </IconButton>
      </Bar>
      <Stage {...swipe}>
        <img src={app.screenshots[index]} alt={`Screenshot ${index + 1} of ${app.title}`} />
      </Stage>
    </SheetDialog>
  )
}
