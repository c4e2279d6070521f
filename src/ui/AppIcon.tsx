import { styled } from '@mui/material/styles'
import { useState } from 'react'
import { hueOf } from './hue.ts'
import { initials } from './initials.ts'

type Props = {
  /** The app's name: the generated mark's hue comes from it, so that all its versions look alike. */
  name: string
  title: string
  /** The icon's address; null or unloadable gives the generated mark. */
  src: string | null
  /** Side in pixels. */
  size?: number
}

const Root = styled('span')({
  display: 'inline-grid',
  placeItems: 'center',
  flex: 'none',
  overflow: 'hidden',
  position: 'relative',
  width: 'var(--size)',
  height: 'var(--size)',
  borderRadius: 'calc(var(--size) * 0.23)',
  '& img': { width: '100%', height: '100%', objectFit: 'cover', display: 'block' },
})

/** White on these lightnesses keeps 4.5:1 at every hue. */
const Generated = styled('span')({
  display: 'grid',
  placeItems: 'center',
  width: '100%',
  height: '100%',
  color: 'white',
  fontSize: 'calc(var(--size) * 0.36)',
  lineHeight: 1,
  fontWeight: 600,
  letterSpacing: '-0.01em',
  background:
    'linear-gradient(150deg, oklch(0.58 0.125 var(--hue)), oklch(0.45 0.12 calc(var(--hue) + 10)))',
  '& svg': { position: 'absolute', inset: 0, width: '100%', height: '100%', opacity: 0.22 },
  '& b': { position: 'relative', fontWeight: 600 },
})

/** Decoration: the title stands beside it wherever it is shown. */
export function AppIcon({ name, title, src, size = 48 }: Props) {
  const [broken, setBroken] = useState<string | null>(null)
  const hue = hueOf(name)
  return (
    <Root style={{ '--size': `${size}px` }} aria-hidden="true">
      {src !== null && src !== broken ? (
        <img src={src} alt="" loading="lazy" decoding="async" onError={() => setBroken(src)} />
      ) : (
        <Generated style={{ '--hue': hue }}>
          <svg viewBox="0 0 48 48" fill="none" stroke="currentColor" strokeWidth="2.5">
            <path
              d={`M-4 ${30 + (hue % 7)}c10-9 18-9 28 0s18 9 28 0`}
              transform={`rotate(${(hue % 5) * 6 - 12} 24 24)`}
            />
            <path
              d={`M-4 ${39 + (hue % 7)}c10-9 18-9 28 0s18 9 28 0`}
              transform={`rotate(${(hue % 5) * 6 - 12} 24 24)`}
            />
          </svg>
          <b>{initials(title, 2)}</b>
        </Generated>
      )}
    </Root>
  )
}
