import { styled } from '@mui/material/styles'
import { useEffect, useRef } from 'react'
import { NavLink, useLocation } from 'react-router'
import { withinPage } from './within-page.ts'

const Root = styled('nav')(({ theme }) => ({
  display: 'flex',
  gap: 4,
  marginBottom: 24,
  overflowX: 'auto',
  scrollbarWidth: 'none',
  borderBottom: `1px solid ${theme.vars.palette.line.main}`,
  '& a': {
    ...theme.typography.body1,
    flex: 'none',
    display: 'flex',
    alignItems: 'center',
    minHeight: 40,
    padding: '8px 12px',
    borderBottom: '2px solid transparent',
    fontWeight: 500,
    textDecoration: 'none',
    color: theme.vars.palette.text.secondary,
  },
  '& a:focus-visible': { outlineOffset: -2 },
  '& a:hover': { color: theme.vars.palette.text.primary },
  '& a[aria-current="page"]': {
    color: theme.vars.palette.primary.main,
    borderBottomColor: theme.vars.palette.primary.main,
  },
  '& [data-count]': {
    ...theme.typography.caption,
    marginInlineStart: 6,
    fontVariantNumeric: 'tabular-nums',
    color: theme.vars.palette.text.tertiary,
  },
}))

type LinkTab = { to: string; label: string; count?: number }

/** Parts of a page with an address each: links, so that they open in a new tab and Back goes through them. */
export function LinkTabs({ label, tabs }: { label: string; tabs: readonly LinkTab[] }) {
  const { pathname } = useLocation()
  const root = useRef<HTMLElement>(null)
  // Where they don't all fit, the current one is the one to see.
  useEffect(() => {
    // With the frame, which lays the page out anyway: asked for here, it would be laid out once more.
    const frame = requestAnimationFrame(() => {
      const strip = root.current
      const current = strip?.querySelector<HTMLElement>('[aria-current="page"]')
      if (!strip || !current) return
      const middle = current.offsetLeft - strip.offsetLeft + current.offsetWidth / 2
      strip.scrollLeft = middle - strip.clientWidth / 2
    })
    return () => cancelAnimationFrame(frame)
  }, [pathname])
  return (
    <Root ref={root} aria-label={label}>
      {tabs.map(({ to, label: words, count }) => (
        <NavLink key={to} to={to} end preventScrollReset state={withinPage}>
          {words}
          {count !== undefined && count > 0 && (
            <span data-count="">{count.toLocaleString('en')}</span>
          )}
        </NavLink>
      ))}
    </Root>
  )
}
