import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useEffect, useEffectEvent, useRef } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'

const Root = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  justifyItems: 'center',
  gap: 8,
  marginTop: 24,
  color: theme.vars.palette.text.tertiary,
  fontVariantNumeric: 'tabular-nums',
}))

/** How far below the screen the end of the list may be before more is asked for. */
const ahead = '1200px'

type Props = {
  shown: number
  total: number
  loading: boolean
  error: Error | null
  onMore: () => void
}

/** The rest of the list: it comes by itself when one gets there, and by a button. */
export function MoreApps({ shown, total, loading, error, onMore }: Props) {
  const root = useRef<HTMLDivElement>(null)
  const isStuck = error !== null
  const near = useEffectEvent(() => {
    if (!loading && !isStuck) onMore()
  })

  // Anew for every page: what is still near after one has come is not told again.
  useEffect(() => {
    if (root.current === null) return undefined
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) near()
      },
      { rootMargin: ahead },
    )
    observer.observe(root.current)
    return () => observer.disconnect()
  }, [shown, loading])

  return (
    <Root ref={root}>
      {error !== null && <ErrorState title="More apps could not be read" error={error} />}
      <Button
        onClick={() => {
          if (!loading) onMore()
        }}
        aria-disabled={loading}
      >
        {loading ? 'Loading…' : 'Show more'}
      </Button>
      {shown} of {total} shown
    </Root>
  )
}
