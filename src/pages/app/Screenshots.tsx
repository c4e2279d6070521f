import { styled } from '@mui/material/styles'
import { type KeyboardEvent, useState } from 'react'
import type { App } from '../../api/generated/types.gen.ts'
import { radius } from '../../ui/tokens.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { ScreenshotDialog } from './ScreenshotDialog.tsx'

const Strip = styled('ul')({
  display: 'flex',
  gap: 12,
  margin: '-4px',
  padding: 4,
  listStyle: 'none',
  overflowX: 'auto',
  scrollPaddingInline: 4,
  scrollSnapType: 'x proximity',
  '& li': { flex: 'none', scrollSnapAlign: 'start' },
})

const Thumb = styled('button')(({ theme }) => ({
  display: 'block',
  width: 'min(300px, 72vw)',
  aspectRatio: '5 / 3',
  padding: 0,
  overflow: 'hidden',
  border: `1px solid ${theme.vars.palette.line.main}`,
  borderRadius: radius.m,
  backgroundColor: theme.vars.palette.background.sunken,
  cursor: 'zoom-in',
  '&:hover': { borderColor: theme.vars.palette.line.control },
  '& img': {
    display: 'block',
    width: '100%',
    height: '100%',
    objectFit: 'cover',
    objectPosition: 'top',
  },
}))

/** The pictures an author chose. Left and right go from one to the next, here and in large. */
export function Screenshots({ app }: { app: App }) {
  const [large, setLarge] = useState<number | null>(null)
  const count = app.screenshots.length
  return (
    <section aria-labelledby="screenshots">
      <VisuallyHidden as="h2" id="screenshots">
        Screenshots
      </VisuallyHidden>
      <Strip onKeyDown={moveFocus}>
        {app.screenshots.map((src, index) => (
          <li key={src}>
            <Thumb type="button" onClick={() => setLarge(index)}>
              <img
                src={src}
                loading="lazy"
                decoding="async"
                alt={`Screenshot ${index + 1} of ${count}, open large`}
              />
            </Thumb>
          </li>
        ))}
      </Strip>
      {large !== null && (
        <ScreenshotDialog
          app={app}
          index={Math.min(large, count - 1)}
          onIndex={setLarge}
          onClose={() => setLarge(null)}
        />
      )}
    </section>
  )
}

function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  if (step === 0) return
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const at = buttons.findIndex((button) => button === document.activeElement)
  const next = buttons[at + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
